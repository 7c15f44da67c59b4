"""The level of a conversation: a maximum that fades slowly, and that only a professional lowers. Pure.

The keeper of the state hands it back in with each message; it holds codes and times, never words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chatservice.moderation import views
from chatservice.moderation.verdict import CATEGORIES, Level, Verdict
from chatservice.moderation.words import words_of

JOINED_LINES, JOINED_WITHIN = 3, timedelta(seconds=60)
# Two categories of concern within so many messages weigh as one high.
NEAR_TOGETHER = 10
# A level is held so long before it fades by one step, and it never fades below `concern`; `immediate` never fades.
FADES_AFTER = {Level.HIGH: timedelta(hours=12)}
# How many of the visitor's messages after a professional's risk question still answer it.
ANSWERS_WITHIN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A sent line and its time."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """A conversation's level and what it rests on: codes only."""

    level: Level = Level.NONE
    categories: tuple[str, ...] = ()
    since: datetime | None = None
    count: int = 0
    concerns: tuple[tuple[int, str], ...] = field(default=())
    asked: tuple[str, ...] = ()
    asked_at: int = 0


def joined(lines: Sequence[Line]) -> str:
    """Return the newest line joined with those before it that belong to it: the last 3 within 60 seconds."""
    if not lines:
        return ""
    newest = lines[-1].at
    near = [line.text for line in lines[-JOINED_LINES:] if newest - line.at <= JOINED_WITHIN]
    return " ".join(near)


def fold(state: State, verdict: Verdict, *, side: str, at: datetime, text: str = "") -> State:
    """Return the state after one more message.

    `side` is `visitor` or `professional`. A professional's question raises nothing; its categories are what a plain
    "yes" of the visitor inherits, at `high`. `text` is looked at for that yes only and is not kept.
    """
    if side != "visitor":
        return replace(state, asked=verdict.categories, asked_at=state.count) if verdict.categories else state
    state = faded(state, at=at)
    count = state.count + 1
    level, categories = verdict.level, verdict.categories
    if state.asked and count - state.asked_at <= ANSWERS_WITHIN and says_yes(text):
        level, categories = Level.highest(level, Level.HIGH), (*categories, *state.asked)
    before = tuple(each for each in state.concerns if count - each[0] < NEAR_TOGETHER)
    concerns = (*before, *((count, name) for name in categories))
    # Two dangers that one message may tell of are still one worry; another one in a later message weighs.
    if before and level is not Level.NONE and not {name for _, name in before}.issuperset(categories):
        level = Level.highest(level, Level.HIGH)
    rises = level.rank >= state.level.rank and level is not Level.NONE
    return replace(
        state,
        level=Level.highest(state.level, level),
        categories=_sorted((*state.categories, *categories)),
        since=at if rises else state.since,
        count=count,
        concerns=concerns,
        asked=() if count - state.asked_at >= ANSWERS_WITHIN else state.asked,
    )


def faded(state: State, *, at: datetime) -> State:
    """Return the state with its level a step lower where it has been quiet for long."""
    after = FADES_AFTER.get(state.level)
    if after is None or state.since is None or at - state.since < after:
        return state
    return replace(state, level=state.level.lowered(), since=at)


def judged(state: State, level: Level, *, at: datetime) -> State:
    """Return the state as a professional set it: the only way down, and what came before counts no more."""
    categories = () if level is Level.NONE else state.categories
    return replace(state, level=level, categories=categories, since=at, concerns=(), asked=())


def says_yes(text: str) -> bool:
    """Tell whether a text is a plain yes, in any of the three languages or by sign."""
    words = words_of(views.of(text).twice).words[:4]
    return bool(words) and words[0] in YES and not set(words) & NO


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    found = set(names)
    return tuple(name for name in CATEGORIES if name in found)


YES_WORDS = """joo juu jo jep joop juup kyllä kylla kyl kylläpä on oon olen oonhan niin nii ni totta toki tottakai aina
välillä valilla joskus ehkä ehka vähän vahan ja ah ajo jå jåå jepp jap japp okej visst precis ibland kanske lite alltid
yes yeah yea yep yup ye yess sure true sometimes maybe kinda always mhm mm mmm 👍 ✅"""
NO_WORDS = "ei en emmä enkä eikä eiku nej nä näe nope no not inte int aldrig never enpä koskaan nah"
YES, NO = frozenset(YES_WORDS.split()), frozenset(NO_WORDS.split())
