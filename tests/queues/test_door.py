"""The door tells the truth before anybody types, and lets in whom somebody can serve."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chatservice.hours.evaluate import OpenState
from chatservice.queues.crew import Hand, last_start
from chatservice.queues.door import Door, DoorState, Sight, judge
from chatservice.queues.estimate import Range
from chatservice.queues.vouchers import places

pytestmark = pytest.mark.pure

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVENING = NOON + timedelta(hours=4)
OPEN = OpenState(open=True, until=EVENING)


def at(minutes: float) -> datetime:
    """So many minutes from noon."""
    return NOON + timedelta(minutes=minutes)


def hand(worker: int = 1, **known: Any) -> Hand:
    """Somebody who holds up to two talks, takes new ones and stays as long as the hours."""
    facts = {"capacity": 2, "held": 0, "present": True, "accepting": True, "paused": False}
    ends = {"pause_until": None, "stop_taking_at": None, "until": None}
    return Hand(**{"worker": worker, **facts, **ends, **known})  # type: ignore[arg-type]  # by name


AINO, PETRI = hand(1), hand(2)
BUSY = (hand(1, held=2), hand(2, held=2))


def told(
    *hands: Hand,
    hours: OpenState = OPEN,
    now: datetime = NOON,
    waiting: int = 0,
    rivals: int = 0,
    cap: int | None = None,
    relieved: datetime | None = None,
) -> Door:
    """What the door tells with these on duty."""
    sight = Sight(waiting=waiting, rivals=rivals, cap=cap, mean_s=1200.0, hands=hands, relieved=relieved)
    return judge(hours=hours, sight=sight, now=now)


def test_open_with_a_free_worker_means_now() -> None:
    """No wait is invented."""
    door = told(AINO, PETRI)
    assert (door.state, door.lets_in) == (DoorState.OPEN, True)
    assert door.outlook is not None
    assert door.outlook.range == Range(0, 2)


def test_open_with_a_queue_tells_a_range() -> None:
    """Six wait, four places: about half an hour."""
    door = told(*BUSY, waiting=6)
    assert door.outlook is not None
    assert door.outlook.range.high is not None
    assert door.outlook.range.low < 35 <= door.outlook.range.high


def test_who_waits_in_another_queue_of_the_same_workers_counts() -> None:
    """Six are ahead, wherever they stand; nobody is let in for whom no talk is left."""
    assert told(*BUSY, waiting=2, rivals=4).outlook == told(*BUSY, waiting=6).outlook
    late = EVENING - timedelta(minutes=45)
    assert told(AINO, now=late, waiting=1).state is DoorState.OPEN
    assert told(AINO, now=late, waiting=1, rivals=9).state is DoorState.FULL


def test_closed_tells_when_it_opens() -> None:
    """And why, where there is a reason."""
    door = told(AINO, hours=OpenState(open=False, next_opening=EVENING, reason="syysloma"))
    assert (door.state, door.next_opening, door.reason) == (DoorState.CLOSED, EVENING, "syysloma")
    assert not door.lets_in


@pytest.mark.parametrize("hands", [(), (hand(present=False),)])
def test_hours_without_anybody_are_not_open(hands: tuple[Hand, ...]) -> None:
    """Open means hours and somebody on duty; nobody waits before an empty desk."""
    door = told(*hands)
    assert (door.state, door.lets_in) == (DoorState.NOBODY, False)


def test_a_pause_with_an_end_is_told_with_its_end_and_lets_in() -> None:
    """A shift of one: the first who comes back counts."""
    door = told(hand(paused=True, pause_until=at(15)), hand(2, paused=True, pause_until=at(10)))
    assert (door.state, door.lets_in, door.resumes) == (DoorState.PAUSE, True, at(10))


@pytest.mark.parametrize(
    ("pause_until", "now"),
    [(None, NOON), (EVENING, NOON), (at(225), at(215))],
    ids=["end unknown", "as long as the hours", "no talk fits after it"],
)
def test_a_pause_after_which_nobody_would_answer_lets_nobody_in(pause_until: datetime | None, now: datetime) -> None:
    """The pause is told; the wait would be in vain."""
    door = told(hand(paused=True, pause_until=pause_until), now=now)
    assert (door.state, door.lets_in, door.resumes) == (DoorState.PAUSE, False, None)


def test_the_pause_of_one_of_two_is_no_pause() -> None:
    """The other takes new ones."""
    assert told(AINO, hand(2, paused=True)).state is DoorState.OPEN


def test_a_full_queue_is_full_also_in_a_pause() -> None:
    """The cap is told, not hidden behind a long wait."""
    assert told(*BUSY, waiting=5, cap=5).state is DoorState.FULL
    assert told(hand(paused=True, pause_until=at(5)), waiting=5, cap=5).state is DoorState.FULL


def test_nobody_new_is_let_in_for_whom_no_talk_fits() -> None:
    """Twenty minutes of talk, fifteen minutes left."""
    assert told(AINO, now=EVENING - timedelta(minutes=15)).state is DoorState.ENDING
    assert told(AINO, now=EVENING - timedelta(minutes=21)).state is DoorState.OPEN
    assert last_start(closes=EVENING, talk_s=10) == EVENING - timedelta(minutes=5)


def test_the_end_of_the_shift_closes_the_queue_before_the_hours_do() -> None:
    """Who is on duty until 13 begins the last talk at 12.40; somebody who stays longer keeps the queue open."""
    aino = hand(until=at(60))
    assert told(aino, now=at(39)).state is DoorState.OPEN
    assert told(aino, now=at(41)).state is DoorState.ENDING
    assert told(aino, PETRI, now=at(41)).state is DoorState.OPEN


def test_busy_desks_close_the_queue_earlier_than_free_ones() -> None:
    """A talk under way is half over on average: the last new one would begin too late."""
    ends = at(60)
    assert told(hand(held=2, until=ends), now=at(31)).state is DoorState.ENDING
    assert told(hand(held=1, until=ends), now=at(31)).state is DoorState.OPEN


def test_the_day_is_full_when_every_talk_that_fits_is_somebodys() -> None:
    """One hour, two places, twenty minutes a talk: six talks."""
    aino = hand(until=at(60))
    assert told(aino, waiting=5).state is DoorState.OPEN
    assert told(aino, waiting=6).state is DoorState.FULL


def test_a_shift_that_takes_no_new_ones_is_ending_and_the_next_one_is_told() -> None:
    """By the rota, within these hours; else when the service opens next."""
    hours = OpenState(open=True, until=EVENING, next_opening=EVENING + timedelta(days=1))
    finishing = hand(accepting=False)
    assert told(finishing, hours=hours, relieved=at(30)).next_opening == at(30)
    assert told(finishing, hours=hours, relieved=at(300)).next_opening == hours.next_opening
    assert told(finishing, hours=hours).state is DoorState.ENDING
    assert told(hours=hours, relieved=at(30)).next_opening == at(30)


def test_a_wait_past_the_intake_is_said() -> None:
    """May not reach you today: on average the turn comes after the last talk could begin."""
    door = told(*BUSY, now=EVENING - timedelta(minutes=51), waiting=7)
    assert door.outlook is not None
    assert door.outlook.may_not_reach


def test_early_places_are_what_the_coming_shift_can_serve_half_of() -> None:
    """Two workers, two hours, twenty minutes a talk: twelve talks, six early places; never none."""
    assert places(mean_s=1200, workers=2) == 6
    assert places(mean_s=1200, workers=0) == 3
    assert places(mean_s=36_000, workers=1) == 1
