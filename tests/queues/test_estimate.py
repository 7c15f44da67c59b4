"""The range is honest: outward, monotone, and silent where nothing can be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.queues.estimate import Outlook, Pace, Range, learned, outlook

pytestmark = pytest.mark.pure

places = st.integers(1, 6000)
paces = st.builds(
    Pace,
    servers=st.integers(1, 50),
    free=st.integers(0, 5),
    talk_s=st.floats(60, 7200),
    intake_s=st.none() | st.floats(0, 20_000),
)


def told(place: int, **pace: float | None) -> Outlook:
    """The outlook, which must be there."""
    found = outlook(place=place, pace=Pace(**pace))  # type: ignore[arg-type]  # by name
    assert found is not None
    return found


def test_two_workers_and_the_third_place() -> None:
    """Third in line before two talks of 20 minutes: about half an hour."""
    assert told(3, servers=2, talk_s=1200).range == Range(15, 45)


def test_a_free_place_means_now() -> None:
    """Who finds a free worker is told so."""
    assert told(1, servers=2, free=1).range == Range(0, 2)


def test_nobody_on_duty_says_nothing() -> None:
    """No number is better than a made-up one."""
    assert outlook(place=1, pace=Pace(servers=0)) is None


def test_the_turn_may_not_come_today() -> None:
    """Half an hour of intake is left, an hour of talks is ahead."""
    assert told(6, servers=2, talk_s=1200, intake_s=1800).may_not_reach
    assert not told(2, servers=2, talk_s=1200, intake_s=1800).may_not_reach


def test_very_long_waits_have_no_upper_end() -> None:
    """Beyond three hours nobody believes a number."""
    assert told(500, servers=1).range.high is None


def test_a_place_is_counted_from_one() -> None:
    """Zero is not a place."""
    with pytest.raises(ValueError, match="from 1"):
        outlook(place=0, pace=Pace(servers=1))


@given(places, paces)
def test_a_range_is_a_range(place: int, pace: Pace) -> None:
    """Low below high, never negative."""
    found = outlook(place=place, pace=pace)
    assert found is not None
    assert found.range.low >= 0
    assert found.range.high is None or found.range.high > found.range.low


@given(places, paces)
def test_further_back_never_promises_less(place: int, pace: Pace) -> None:
    """The next place waits at least as long at the upper end."""
    here, behind = outlook(place=place, pace=pace), outlook(place=place + 1, pace=pace)
    assert here is not None
    assert behind is not None
    assert (behind.range.high or 10**6) >= (here.range.high or 10**6)


@given(st.floats(60, 7200), st.integers(0, 100), st.floats(0, 14_400))
def test_learning_moves_towards_the_latest_talk(mean: float, talks: int, latest: float) -> None:
    """Never past it."""
    after, counted = learned(mean_s=mean, talks=talks, latest_s=latest)
    assert min(mean, latest) - 1e-6 <= after <= max(mean, latest) + 1e-6
    assert 1 <= counted <= 20
