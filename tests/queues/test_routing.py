"""Who stands where, and who may take whom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.queues.routing import PROFESSIONS, Lane, Need, lane_for, may_serve, overflow_at

pytestmark = pytest.mark.pure

PLAIN = Lane(id=1, channel="youth", language="fi")
PARENTS = Lane(id=2, channel="parent", language="fi")
NURSES = Lane(id=3, channel="youth", language="fi", professions=("nurse",))
BULLYING = Lane(id=4, channel="youth", language="fi", topics=("B.1",))
LANES = [PLAIN, PARENTS, NURSES, BULLYING]


@pytest.mark.parametrize(
    ("need", "lane"),
    [
        (Need(channel="youth", language="fi"), PLAIN),
        (Need(channel="parent", language="fi", wish="nurse"), PARENTS),
        (Need(channel="youth", language="fi", wish="nurse"), NURSES),
        (Need(channel="youth", language="fi", wish="nurse", topic="B.1.2"), BULLYING),
        (Need(channel="youth", language="sv"), None),
    ],
)
def test_the_most_exact_queue_takes(need: Need, lane: Lane | None) -> None:
    """Topic before profession before the plain one; none where the area has none."""
    assert lane_for(need=need, lanes=LANES) == lane


channels = st.sampled_from(["youth", "parent"])
lanes = st.builds(
    Lane,
    id=st.integers(1, 50),
    channel=channels,
    language=st.sampled_from(["fi", "sv", "en"]),
    professions=st.lists(st.sampled_from(PROFESSIONS), max_size=2).map(tuple),
    topics=st.lists(st.sampled_from(["A", "A.1", "B", "B.2.3"]), max_size=2).map(tuple),
)
needs = st.builds(
    Need,
    channel=channels,
    language=st.sampled_from(["fi", "sv", "en"]),
    wish=st.sampled_from(["", *PROFESSIONS]),
    topic=st.sampled_from(["", "A", "A.1.2", "B.2.3"]),
)


@given(needs, st.lists(lanes, max_size=8))
def test_channels_and_languages_never_mix(need: Need, area: list[Lane]) -> None:
    """A parent never stands in a queue of the young, nor the other way round."""
    found = lane_for(need=need, lanes=area)
    assert found is None or (found.channel, found.language) == (need.channel, need.language)


def test_a_wish_holds_back_until_overflow() -> None:
    """Petri may not take who asked for a nurse, until five minutes have passed or no nurse is there."""

    def petri_may(minutes: int, on_duty: set[str]) -> bool:
        return may_serve(
            wish="nurse",
            profession="psychologist",
            waited=timedelta(minutes=minutes),
            overflow=timedelta(minutes=5),
            on_duty=on_duty,
        )

    assert not petri_may(4, {"nurse", "psychologist"})
    assert petri_may(5, {"nurse", "psychologist"})
    assert petri_may(0, {"psychologist"})


@given(st.sampled_from(PROFESSIONS), st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=5)))
def test_anyone_may_take_who_wished_for_nobody(profession: str, waited: timedelta) -> None:
    """An empty wish never waits for a profession."""
    assert may_serve(wish="", profession=profession, waited=waited, overflow=timedelta(hours=9), on_duty=PROFESSIONS)


def test_overflow_counts_from_the_arrival() -> None:
    """Without a wish it has come at once."""
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert overflow_at(arrival=noon, wish="nurse", minutes=5) == noon + timedelta(minutes=5)
    assert overflow_at(arrival=noon, wish="", minutes=5) == noon
