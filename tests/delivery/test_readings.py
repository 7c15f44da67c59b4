"""What it costs to look at lines: slow texts slow down their own talk, many of them their caller, nobody else."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from chatservice.delivery import limits
from chatservice.delivery.limits import Readings

pytestmark = pytest.mark.pure
SCHOOL, ORDINARY, SLOW = "a school", 0.0005, 0.05


class Clock:
    """A clock that moves by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    moved = Clock()
    monkeypatch.setattr(limits, "time", moved)
    return moved


def test_a_whole_school_of_ordinary_lines_waits_for_nothing(clock: Clock) -> None:
    readings, talks = Readings(), [uuid4() for _ in range(300)]
    for _ in range(10):
        for talk in talks:
            assert readings.wait(talk, SCHOOL) == 0.0
            readings.spent(talk, SCHOOL, ORDINARY)
        clock.at += 1


def test_slow_texts_slow_their_talk_down_and_it_goes_on(clock: Clock) -> None:
    readings, talk = Readings(), uuid4()
    read = 0
    for _ in range(600):
        if readings.wait(talk, SCHOOL) == 0.0:
            readings.spent(talk, SCHOOL, SLOW)
            read += 1
        clock.at += 0.1
    assert read * SLOW == pytest.approx(limits.TALK_MOST + 60 * limits.TALK_EARNS, abs=2 * SLOW)
    wait = readings.wait(talk, SCHOOL)
    clock.at += wait
    assert readings.wait(talk, SCHOOL) == 0.0


def test_many_slow_talks_share_what_their_caller_earns_and_a_child_among_them_waits_for_nothing(clock: Clock) -> None:
    readings, talks, child = Readings(), [uuid4() for _ in range(100)], uuid4()
    spent = 0.0
    for _ in range(60):
        for talk in talks:
            if readings.wait(talk, SCHOOL) == 0.0:
                readings.spent(talk, SCHOOL, SLOW)
                spent += SLOW
        assert readings.wait(child, SCHOOL) == 0.0
        readings.spent(child, SCHOOL, ORDINARY)
        clock.at += 1
    # A talk that has been quiet is not asked for its caller's account: what that lets through is bounded for each talk.
    quiet = len(talks) * (limits.QUIET_MOST + 60 * limits.QUIET_EARNS + SLOW)
    assert spent <= limits.CALLER_MOST + 60 * limits.CALLER_EARNS + quiet
    assert spent < 60 * 0.5, "half a core at most, of a hundred talks"


def test_a_long_true_story_is_read_at_once(clock: Clock) -> None:
    readings, talk = Readings(), uuid4()
    for _ in range(8):
        assert readings.wait(talk, SCHOOL) == 0.0
        readings.spent(talk, SCHOOL, 0.02)
        clock.at += 5
