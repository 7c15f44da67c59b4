"""The order of a queue is fair, bounded and explained."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.conversations.risk import Risk
from chatservice.queues.order import MOST, Rating, Reason, Standing, explain, head_start, key, ordered

pytestmark = pytest.mark.pure

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
standings = st.builds(
    Standing,
    arrival=st.datetimes(min_value=datetime(2026, 11, 1), max_value=datetime(2026, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    ticket=st.integers(1, 10**6),
    risk=st.sampled_from(Risk),
    rating=st.sampled_from(Rating),
    requeued=st.booleans(),
    credit=st.booleans(),
)


def standing(minute: int, **known: object) -> Standing:
    """Somebody who came `minute` minutes after noon."""
    return Standing(arrival=NOON + timedelta(minutes=minute), ticket=minute, **known)  # type: ignore[arg-type]  # by name


def test_first_come_first_served_among_equals() -> None:
    """Nothing known of anybody: arrival decides, then the ticket."""
    assert [one.ticket for one in ordered([standing(3), standing(1), standing(2)])] == [1, 2, 3]


def test_danger_goes_first_and_says_why() -> None:
    """Who is in immediate danger passes everybody who came within four hours before."""
    mia, jonas = standing(100, risk=Risk.IMMEDIATE), standing(0)
    assert ordered([jonas, mia]) == [mia, jonas]
    told = explain(first=mia, second=jonas)
    assert told.first == (Reason.RISK_IMMEDIATE,)
    assert told.waited == timedelta(minutes=-100)


def test_a_talk_that_broke_is_first_of_its_class() -> None:
    """Its arrival is the first one, so it stands before whoever came later, and before equals."""
    assert ordered([standing(0), standing(10, requeued=True)])[0].requeued


def test_somebody_turned_away_yesterday_has_a_head_start() -> None:
    """The return code carries it."""
    assert ordered([standing(0), standing(20, credit=True)])[0].credit


def test_an_order_that_is_not_is_not_explained() -> None:
    """An explanation of a wrong order would be a lie."""
    with pytest.raises(ValueError, match="order of the queue"):
        explain(first=standing(2), second=standing(1))


@given(standings)
def test_a_head_start_is_bounded(one: Standing) -> None:
    """So nobody can be overtaken for ever."""
    assert timedelta() <= head_start(one) <= MOST


@given(standings, standings)
def test_nobody_starves(one: Standing, other: Standing) -> None:
    """Who came more than the largest head start earlier is before, whatever is known of the other."""
    if one.arrival < other.arrival - MOST:
        assert key(one) < key(other)


@given(standings, standings)
def test_more_risk_never_costs_a_place(one: Standing, other: Standing) -> None:
    """Of two who differ in risk alone, the one in more danger is first."""
    twin = Standing(
        arrival=one.arrival,
        ticket=one.ticket,
        risk=other.risk,
        rating=one.rating,
        requeued=one.requeued,
        credit=one.credit,
    )
    assert (key(twin) <= key(one)) == (twin.risk >= one.risk)


@given(st.lists(standings, max_size=30))
def test_the_order_is_total_and_every_neighbour_explained(queue: list[Standing]) -> None:
    """Each place can be explained against the next one."""
    line = ordered(queue)
    assert sorted(line, key=key) == line
    for first, second in pairwise(line):
        explain(first=first, second=second)
