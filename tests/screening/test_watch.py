"""What one talk's watch makes of its lines: judged once, joined, asked, lowered. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chatservice.conversations.payload import Code, Kind, Payload, Side, Stream
from chatservice.conversations.risk import Risk
from chatservice.conversations.rows import Clear, EventRow
from chatservice.moderation.pipeline import default, screen
from chatservice.moderation.verdict import Verdict
from chatservice.screening import watch as watching
from chatservice.screening.watch import Sight, Watch, Watches

pytestmark = pytest.mark.pure
WISH = "en haluu enää elää"
PHONE = "mun numero on 0401234567"


class Clock:
    """A clock that moves by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def after(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def watch(*, risk: int = 0, clock: Clock | None = None) -> Watch:
    return Watch(language="fi", risk=risk, now=clock or Clock())


def lines(watched: Watch, texts: Sequence[str]) -> list[Sight]:
    return [watched.see(mid=uuid4(), text=text, rules=default()) for text in texts]


def says(text: str, *, code: str = "", side: Side = Side.PROFESSIONAL, conversation: UUID | None = None) -> Clear:
    row = EventRow(conversation or uuid4(), Stream.TALK, 1, Kind.MESSAGE, side, None, None, 0, b"")
    return Clear(row=row, payload=Payload(text=text, code=code))


def test_an_ordinary_line_has_no_mark_worth_showing() -> None:
    [seen] = lines(watch(), ["moi, mulla on huomenna koe"])
    assert (seen.mark.level, seen.mark.spots, seen.mark.label, seen.mark.open, seen.level) == (0, (), "ok", False, 0)


def test_danger_is_marked_with_its_words() -> None:
    [seen] = lines(watch(), [WISH])
    assert seen.mark.level >= Risk.HIGH
    assert "suicide" in seen.mark.categories
    assert any(WISH[ground.start : ground.end] for ground in seen.mark.grounds)
    assert seen.mark.open, "words of danger are shown as written"


def test_a_message_sent_again_is_judged_once() -> None:
    watched, mid = watch(), uuid4()
    first = watched.see(mid=mid, text=WISH, rules=default())
    assert watched.see(mid=mid, text=WISH, rules=default()) is first


def test_an_id_that_comes_again_with_other_words_is_judged_anew() -> None:
    watched, mid = watch(), uuid4()
    watched.see(mid=mid, text="moi", rules=default())
    assert watched.see(mid=mid, text=WISH, rules=default()).mark.level >= Risk.HIGH


def test_long_lines_are_read_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(text: str, **asked: Any) -> Verdict:
        read.append(len(text))
        return screen(text, **asked)

    monkeypatch.setattr(watching, "screen", counted)
    lines(watch(), ["a" * 4000] * 3)
    assert read == [4000] * 3


def test_lines_that_were_judged_lower_are_not_read_again_with_the_next() -> None:
    watched = watch()
    lines(watched, [WISH])
    watched.lower(risk=0)
    assert lines(watched, ["ok"])[0].mark.level == 0


@pytest.mark.parametrize(("stored", "then"), [(0, 0), (3, 2)])
def test_coming_back_takes_over_what_was_lowered_meanwhile(stored: int, then: int) -> None:
    watched = watch()
    assert lines(watched, [WISH])[0].level == Risk.HIGH
    watched.catch_up(risk=stored)
    assert lines(watched, ["joo"])[0].level == then


def test_a_message_sent_word_by_word_is_read_as_one() -> None:
    clock = Clock()
    watched = watch(clock=clock)
    said = lines(watched, ["en haluu", "enää", "elää"])
    assert said[0].mark.level < Risk.HIGH
    assert said[2].mark.level >= Risk.HIGH
    assert all((ground.start, ground.end) == (0, 0) for ground in said[2].mark.grounds), "no place in this line"


def test_lines_a_minute_apart_are_not_joined() -> None:
    clock = Clock()
    watched = watch(clock=clock)
    for text in ("en haluu", "enää"):
        lines(watched, [text])
        clock.after(61)
    assert lines(watched, ["elää"])[0].mark.level < Risk.HIGH


async def test_words_are_kept_for_a_minute() -> None:
    clock, watches = Clock(), Watches()
    watched = watches._watches[uuid4()] = watch(clock=clock)
    lines(watched, ["en haluu", "enää"])
    await watches.forget_words()
    assert [line.text for line in watched._lines] == ["en haluu", "enää"]
    clock.after(61)
    await watches.forget_words()
    assert not watched._lines


def test_a_talk_that_is_over_is_forgotten() -> None:
    watches, mia = Watches(), uuid4()
    first = watches.of(conversation=mia, language="fi", risk=0)
    watches.forget(conversation=mia)
    watches.forget(conversation=mia)
    assert watches.of(conversation=mia, language="fi", risk=0) is not first


def test_yes_to_a_question_of_risk_counts_as_said() -> None:
    watched = watch()
    watched.hear(says("Onko sinulla ajatuksia itsesi tappamisesta?"))
    [seen] = lines(watched, ["joo"])
    assert seen.mark.level >= Risk.HIGH
    assert "suicide" in seen.mark.categories


def test_no_to_it_does_not() -> None:
    watched = watch()
    watched.hear(says("Onko sinulla ajatuksia itsesi tappamisesta?"))
    assert lines(watched, ["ei"])[0].mark.level < Risk.HIGH


def test_what_a_visitor_says_is_no_question() -> None:
    watched = watch()
    watched.hear(says("Onko sinulla ajatuksia itsesi tappamisesta?", side=Side.VISITOR))
    assert lines(watched, ["joo"])[0].mark.level == Risk.NONE


def test_personal_data_is_masked_until_the_place_is_asked() -> None:
    watched = watch()
    assert not lines(watched, [PHONE])[0].mark.open
    watched.hear(says("Missä olet nyt?", code=Code.ASKS_PLACE))
    before, place, after = lines(watched, ["täällä", PHONE, PHONE])
    assert (before.mark.open, place.mark.open) == (True, True), "the answer may come in pieces"
    assert not after.mark.open


def test_what_is_said_after_the_question_leaves_it_standing() -> None:
    watched = watch()
    watched.hear(says("Missä olet nyt?", code=Code.ASKS_PLACE))
    watched.hear(says("Kerro rauhassa."))
    assert lines(watched, [PHONE])[0].mark.open


def test_the_question_ends_after_a_while() -> None:
    clock = Clock()
    watched = watch(clock=clock)
    watched.hear(says("Missä olet nyt?", code=Code.ASKS_PLACE))
    clock.after(watching.PLACE_WAITS.total_seconds() + 1)
    assert not lines(watched, [PHONE])[0].mark.open


def test_at_high_risk_personal_data_is_shown_at_once() -> None:
    assert lines(watch(risk=Risk.HIGH), [PHONE])[0].mark.open


def test_a_level_that_was_lowered_rises_by_new_words_only() -> None:
    watched = watch(risk=Risk.HIGH)
    watched.lower(risk=Risk.NONE)
    assert lines(watched, ["hei"])[0].level == Risk.NONE
    assert lines(watched, [WISH])[0].level >= Risk.HIGH


def test_the_least_used_watch_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatservice.screening.watch.KEPT", 2)
    watches, (mia, jonas, noor) = Watches(), (uuid4(), uuid4(), uuid4())
    first = watches.of(conversation=mia, language="fi", risk=0)
    watches.of(conversation=jonas, language="fi", risk=0)
    assert watches.of(conversation=mia, language="fi", risk=3) is first
    watches.of(conversation=noor, language="fi", risk=0)
    assert watches.of(conversation=mia, language="fi", risk=3) is first
    watches.hear(says("hei", conversation=jonas))
    watches.lower(conversation=jonas, risk=0)


def test_a_fault_of_moderation_delivers_the_line_as_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise KeyError("a rule")

    monkeypatch.setattr("chatservice.screening.watch.fold", broken)
    before = watching.lines_unchecked._value.get()
    [seen] = lines(watch(), [PHONE])
    assert (seen.mark.level, [ground.rule for ground in seen.mark.grounds]) == (Risk.CONCERN, ["unchecked"])
    assert seen.mark.spots, "its digits are masked"
    assert watching.lines_unchecked._value.get() == before + 1
