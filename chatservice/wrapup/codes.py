"""What a professional says of a talk, and what of it is taken. Pure but for the taxonomy's file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatservice.content.codes import Dimension, is_code
from chatservice.content.codes import codes as codes_of
from chatservice.content.taxonomy import is_topic
from chatservice.conversations.risk import Risk
from chatservice.wrapup.errors import SideTopics, UnknownCode, UnknownPlace, UnknownTopic
from chatservice.wrapup.models import UNKNOWN_PLACE

MOST_SIDES: Final = 2
# They tell more than that somebody was listened to, and less than where somebody was guided.
BROKEN_OFF: Final = ("O_OPEN", "O_DECL")
BEFORE_GUIDANCE: Final = "O_TRUST"


@dataclass(frozen=True, kw_only=True, slots=True)
class Codes:
    """One answer; what is empty of the single ones stays as the talk opened it or as it was said before.

    No text, no time, no school: those are never a professional's to give.
    """

    topic: str
    judged: Risk
    sides: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    risk_kinds: Sequence[str] = ()
    role: str = ""
    age: str = ""
    stage: str = ""
    language: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk may be said to come from: `own` is the entrance's, empty when it tells none."""

    own: str
    known: frozenset[str]


def main_first(outcomes: Sequence[str]) -> list[str]:
    """Return outcomes with the one that binds most first: it is the one that a table of main outcomes counts.

    The taxonomy tells them from listening over guidance to duties; what was broken off stands before guidance.
    """
    order = [one.code for one in codes_of(Dimension.OUTCOME, language="fi") if one.code not in BROKEN_OFF]
    after = order.index(BEFORE_GUIDANCE) + 1
    order[after:after] = BROKEN_OFF
    return sorted(outcomes, key=order.index, reverse=True)


def check(codes: Codes, *, channel: str, place: Place) -> None:
    """Refuse what is not of this channel, this area and this file; nothing is empty here.

    Raises UnknownTopic, SideTopics, UnknownCode, UnknownPlace.
    """
    for topic in (codes.topic, *codes.sides):
        if not is_topic(topic, channel=channel):
            raise UnknownTopic("expected topics of this channel: see content/data/taxonomy.json")
    if len(codes.sides) > MOST_SIDES or len({codes.topic, *codes.sides}) != 1 + len(codes.sides):
        raise SideTopics("expected at most two side topics, each another than the main one")
    for dimension, given in _given(codes):
        if len(set(given)) != len(given) or not all(is_code(code, dimension=dimension) for code in given):
            raise UnknownCode(f"expected codes of {dimension}, each once: see content/data/taxonomy.json")
    if codes.risk_kinds and codes.judged < Risk.CONCERN:
        raise UnknownCode("expected no kinds of a risk that is not seen")
    _check_place(codes.municipality, place)


def _given(codes: Codes) -> tuple[tuple[Dimension, Sequence[str]], ...]:
    return (
        (Dimension.OUTCOME, codes.outcomes),
        (Dimension.RISK_KIND, codes.risk_kinds),
        (Dimension.ROLE, (codes.role,)),
        (Dimension.AGE, (codes.age,)),
        (Dimension.STAGE, (codes.stage,)),
        (Dimension.LANGUAGE, (codes.language,)),
    )


def _check_place(municipality: str, place: Place) -> None:
    allowed = {place.own} if place.own else place.known | {UNKNOWN_PLACE}
    if municipality not in allowed:
        raise UnknownPlace("expected the municipality of the entrance, else one of the area or the word unknown")
