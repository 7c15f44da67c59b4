"""A place never grows without a reason that is told."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from chatservice.queues.order import Reason
from chatservice.queues.overtaking import Why, overtaken
from tests.people import on_duty
from tests.wire import Mia

PEOPLE = [UUID(int=number) for number in range(8)]
LINES = st.lists(st.sampled_from(PEOPLE), unique=True)


@pytest.mark.pure
@given(before=LINES, now=LINES)
def test_exactly_those_whose_place_has_grown_hear_why(before: list[UUID], now: list[UUID]) -> None:
    was = {one: place for place, one in enumerate(before, start=1)}
    grown = {one for place, one in enumerate(now, start=1) if one in was and place > was[one]}
    assert set(overtaken(before=was, now=[(one, ()) for one in now])) == grown


@pytest.mark.pure
@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        ((Reason.RISK_HIGH,), Why.URGENT),
        ((Reason.NEEDS_TODAY, Reason.TURNED_AWAY), Why.URGENT),
        ((Reason.TURNED_AWAY,), Why.EARLY),
        ((Reason.RISK_HIGH, Reason.RETURNED), Why.RETURNED),
        ((), Why.RETURNED),
    ],
)
def test_the_reason_is_that_of_who_came_before(reasons: tuple[Reason, ...], why: Why) -> None:
    mia, jonas = uuid4(), uuid4()
    assert overtaken(before={mia: 1}, now=[(jonas, reasons), (mia, ())]) == {mia: why}
    assert overtaken(before={mia: 1, jonas: 2}, now=[(jonas, reasons), (mia, ())]) == {mia: why}


async def test_mia_reads_why_she_is_second_now_and_no_more_when_she_is_first_again(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    mia = await Mia(host).enter()
    await mia.expect("queue", place=1)
    jonas = await Mia(host).enter()
    await jonas.expect("queue", place=2)
    await jonas.say({"type": "rate", "cid": jonas.cid, "rating": "today"})
    assert (await mia.expect("queue", place=2))["why"] == "urgent"
    await jonas.say({"type": "leave", "cid": jonas.cid, "how": "end"})
    assert "why" not in await mia.expect("queue", place=1)
