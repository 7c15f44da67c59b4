"""When the queue closes, who is still reached, and what the shift is told; alone and in pairs."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.duty.closing import Advice, Forecast, advice, forecast, last_intake, seats

pytestmark = pytest.mark.pure

NOW = datetime(2031, 3, 3, 14, 0, tzinfo=UTC)
TALK = 20.0


def at(minutes: float) -> datetime:
    """So many minutes from now."""
    return NOW + timedelta(minutes=minutes)


@dataclass(frozen=True, kw_only=True)
class Someone:
    """Somebody on duty for two hours who holds up to two talks."""

    worker: int = 1
    capacity: int = 2
    present: bool = True
    accepting: bool = True
    paused: bool = False
    pause_until: datetime | None = None
    stop_taking_at: datetime | None = None
    until: datetime | None = NOW + timedelta(minutes=120)


AINO, PETRI = Someone(worker=1), Someone(worker=2, until=at(60))


def look(
    *people: Someone, waiting: int = 0, held: dict[int, int] | None = None, closes: datetime | None = None
) -> Forecast:
    """The forecast of these people."""
    found = seats(on_duty=people, held=held or {}, talk_minutes=TALK, closes=closes, now=NOW)
    return forecast(seats=found, waiting=waiting, talk_minutes=TALK, now=NOW)


def test_the_last_talk_begins_a_talk_before_the_shift_ends() -> None:
    assert last_intake(on_duty=[AINO], waiting=0, talk_minutes=TALK, closes=None, now=NOW) == at(100)
    assert look(AINO) == Forecast(last_intake=at(100), reached=0, room=12)


def test_hours_that_close_earlier_win() -> None:
    assert look(AINO, closes=at(50)).last_intake == at(50)
    assert look(AINO, closes=at(300)).last_intake == at(100)


def test_of_a_pair_the_later_end_counts_and_without_the_pair_it_is_recomputed() -> None:
    both = look(AINO, PETRI)
    assert (both.last_intake, both.room) == (at(100), 18)
    assert look(PETRI) == Forecast(last_intake=at(40), reached=0, room=6)
    assert look(replace(AINO, present=False), PETRI) == look(PETRI)


def test_a_shift_of_one_with_one_talk_at_a_time_has_its_closing_too() -> None:
    alone = replace(AINO, capacity=1)
    assert look(alone, waiting=2) == Forecast(last_intake=at(100), reached=2, room=4)
    assert look(alone, waiting=9) == Forecast(last_intake=NOW, reached=6, room=0)


def test_talks_under_way_hold_their_seats_for_half_a_talk() -> None:
    assert look(AINO, held={1: 2}).room == 10
    assert look(AINO, held={1: 9}).room == 10  # more than the capacity that was lowered since


def test_a_full_shift_takes_nobody_more_and_tells_how_many_are_reached() -> None:
    assert look(AINO, waiting=40) == Forecast(last_intake=NOW, reached=12, room=0)


@pytest.mark.parametrize(
    "who",
    [
        replace(AINO, present=False),
        replace(AINO, accepting=False),
        replace(AINO, paused=True),
        replace(AINO, until=at(10)),
        replace(AINO, until=at(-5)),
    ],
)
def test_whoever_takes_nobody_gives_no_seat(who: Someone) -> None:
    assert look(who, waiting=3) == Forecast(last_intake=NOW, reached=0, room=0)


def test_a_pause_with_an_end_gives_seats_after_it() -> None:
    paused = replace(AINO, paused=True, pause_until=at(10))
    assert look(paused, waiting=1) == Forecast(last_intake=at(100), reached=1, room=9)


def test_a_worker_s_own_stop_counts() -> None:
    assert look(replace(AINO, stop_taking_at=at(30))).last_intake == at(30)


def test_without_any_planned_end_nothing_closes_by_itself() -> None:
    endless = replace(AINO, until=None)
    assert look(endless, waiting=500) == Forecast(last_intake=None, reached=500, room=None)
    assert look(endless, closes=at(60)).last_intake == at(60)


@pytest.mark.parametrize(
    ("people", "waiting", "told"),
    [
        ([AINO], 0, Advice.STOP_AT),
        ([AINO], 50, Advice.STOP_NOW),
        ([replace(AINO, until=at(30))], 0, Advice.STOP_SOON),
        ([replace(AINO, until=None)], 9, Advice.GO_ON),
        ([replace(AINO, paused=True)], 0, Advice.NOBODY_TAKES),
        ([], 0, Advice.NOBODY_TAKES),
    ],
)
def test_the_shift_is_told_what_follows(people: list[Someone], waiting: int, told: Advice) -> None:
    assert advice(forecast=look(*people, waiting=waiting), on_duty=people, now=NOW) is told


people = st.builds(
    Someone,
    worker=st.integers(1, 5),
    capacity=st.integers(1, 5),
    present=st.booleans(),
    accepting=st.booleans(),
    until=st.none() | st.integers(-30, 300).map(at),
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(who=st.lists(people, max_size=4), waiting=st.integers(0, 60))
def test_one_more_who_waits_never_makes_it_better(who: list[Someone], waiting: int) -> None:
    fewer, more = look(*who, waiting=waiting), look(*who, waiting=waiting + 1)
    assert fewer.reached <= more.reached <= fewer.reached + 1 <= waiting + 1
    if fewer.room is not None:
        assert more.room is not None
        assert more.room <= fewer.room
        # The door lets in exactly as many as would be reached.
        assert look(*who, waiting=waiting + fewer.room).reached == fewer.reached + fewer.room


@settings(derandomize=True, deadline=None, max_examples=150)
@given(who=st.lists(people, max_size=3), one=people, waiting=st.integers(0, 40))
def test_one_more_on_duty_never_makes_it_worse(who: list[Someone], one: Someone, waiting: int) -> None:
    assert look(*who, waiting=waiting).reached <= look(*who, one, waiting=waiting).reached
