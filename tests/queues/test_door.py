"""The door tells the truth before anybody types, and lets in whom it may."""

from datetime import UTC, datetime, timedelta

import pytest

from chatservice.hours.evaluate import OpenState
from chatservice.queues.door import Door, DoorState, Sight, judge, last_intake
from chatservice.queues.estimate import Range
from chatservice.queues.vouchers import places

pytestmark = pytest.mark.pure

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVENING = NOON + timedelta(hours=4)
OPEN = OpenState(open=True, until=EVENING)


def seen(**known: int) -> Sight:
    """Two workers with two places each, nobody waiting, unless told otherwise."""
    facts = {"waiting": 0, "cap": None, "places": 4, "free": 4, "paused": 0} | known
    return Sight(mean_s=1200.0, **facts)  # type: ignore[arg-type]  # by name


def told(hours: OpenState = OPEN, *, now: datetime = NOON, **known: int) -> Door:
    """What the door tells."""
    return judge(hours=hours, sight=seen(**known), now=now)


def test_open_with_a_free_worker_means_now() -> None:
    """No wait is invented."""
    door = told()
    assert door.state is DoorState.OPEN
    assert door.outlook is not None
    assert door.outlook.range == Range(0, 2)


def test_open_with_a_queue_tells_a_range() -> None:
    """Six wait, four places: about half an hour."""
    door = told(waiting=6, free=0)
    assert door.outlook is not None
    assert door.outlook.range.high is not None
    assert door.outlook.range.low < 35 <= door.outlook.range.high


def test_closed_tells_when_it_opens() -> None:
    """And why, where there is a reason."""
    door = told(OpenState(open=False, next_opening=EVENING, reason="syysloma"))
    assert (door.state, door.next_opening, door.reason) == (DoorState.CLOSED, EVENING, "syysloma")


def test_hours_without_anybody_are_not_open() -> None:
    """Open means hours and somebody on duty."""
    assert told(places=0, free=0).state is DoorState.NOBODY


def test_a_pause_of_the_only_one_is_told_as_a_pause() -> None:
    """A shift of one."""
    assert told(places=0, free=0, paused=1).state is DoorState.PAUSE


def test_a_full_queue_is_full() -> None:
    """The cap is told, not hidden behind a long wait."""
    assert told(waiting=5, cap=5, free=0).state is DoorState.FULL


def test_nobody_new_is_let_in_for_whom_no_talk_fits() -> None:
    """Twenty minutes of talk, fifteen minutes left."""
    assert told(now=EVENING - timedelta(minutes=15)).state is DoorState.ENDING
    assert told(now=EVENING - timedelta(minutes=21)).state is DoorState.OPEN
    assert last_intake(closes=EVENING, mean_s=10) == EVENING - timedelta(minutes=5)


def test_a_wait_past_the_intake_is_said() -> None:
    """May not reach you today."""
    door = told(now=EVENING - timedelta(minutes=40), waiting=12, free=0)
    assert door.outlook is not None
    assert door.outlook.may_not_reach


def test_early_places_are_what_the_coming_shift_can_serve_half_of() -> None:
    """Two workers, two hours, twenty minutes a talk: twelve talks, six early places; never none."""
    assert places(mean_s=1200, workers=2) == 6
    assert places(mean_s=1200, workers=0) == 3
    assert places(mean_s=36_000, workers=1) == 1
