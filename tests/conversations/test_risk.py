"""Risk only rises and moves the place with it. No clock closes a talk at high risk: it is parked until its key ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import admission, retention, talk
from chatservice.conversations.payload import Code, Kind
from chatservice.conversations.risk import RISK_WORTHS, Risk, raise_to, raising
from chatservice.conversations.sweeper import sweep
from chatservice.conversations.writer import writers
from chatservice.places.models import Host
from chatservice.queues.order import Standing, head_start
from chatservice.store.pool import transaction
from tests.people import Visitor, answer, enter, in_talk, row_of, sql


async def raised(mia: Visitor, risk: Risk) -> bool:
    """Raise a talk's risk in a transaction of its own."""
    async with transaction() as lent:
        return await raise_to(lent, conversation=mia.cid, risk=risk)


async def let_hold_end(mia: Visitor) -> None:
    """The visitor is away, and the time for which the place was held is over."""
    await sql("UPDATE conversations_participant SET present = false WHERE id = %(id)s", id=mia.talk.participant)
    query = "UPDATE conversations_conversation SET held_until = clock_timestamp() - interval '1 s' WHERE id = %(id)s"
    await sql(query, id=mia.cid)


async def key_of(mia: Visitor) -> Any:
    """Where the visitor stands in the order."""
    return (await row_of(mia.cid, "order_key"))["order_key"]


async def test_risk_rises_and_never_falls(host: Host) -> None:
    mia = await enter(host)
    begun = await key_of(mia)
    assert await raised(mia, Risk.HIGH)
    assert begun - await key_of(mia) == RISK_WORTHS[Risk.HIGH]
    assert await raised(mia, Risk.IMMEDIATE)
    assert begun - await key_of(mia) == RISK_WORTHS[Risk.IMMEDIATE]
    for again in Risk:
        assert not await raised(mia, again)
    assert begun - await key_of(mia) == RISK_WORTHS[Risk.IMMEDIATE]
    assert (await row_of(mia.cid, "risk"))["risk"] == Risk.IMMEDIATE


async def test_the_raised_place_is_the_one_that_the_order_explains(host: Host) -> None:
    mia = await enter(host)
    begun = await key_of(mia)
    await raised(mia, Risk.CONCERN)
    assert begun - await key_of(mia) == head_start(Standing(arrival=begun, ticket=1, risk=Risk.CONCERN))


async def test_risk_is_raised_in_the_transaction_of_a_message(host: Host) -> None:
    mia = await enter(host)
    post = mia.post("en jaksa enää")
    extra = raising(conversation=mia.cid, to=Risk.IMMEDIATE)
    await writers.get().submit(type(post)(**{name: getattr(post, name) for name in SENT}, extras=(extra,)))
    row = await row_of(mia.cid, "risk", "urgent_since")
    assert row["risk"] == Risk.IMMEDIATE
    assert row["urgent_since"] is not None


SENT = ("conversation", "participant", "side", "mid", "payload")


async def test_a_closed_talk_stays_as_it_was(host: Host) -> None:
    mia = await enter(host)
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)
    assert not await raised(mia, Risk.IMMEDIATE)


@pytest.mark.parametrize("risk", [Risk.HIGH, Risk.IMMEDIATE])
async def test_who_waited_at_high_risk_is_parked_when_the_hold_ends(host: Host, risk: Risk) -> None:
    mia, jonas = await enter(host), await enter(host)
    await raised(mia, risk)
    await let_hold_end(mia)
    await let_hold_end(jonas)
    await sweep()
    assert (await row_of(mia.cid, "state"))["state"] == "parked"
    assert (await row_of(jonas.cid, "state"))["state"] == "closed"
    line = (await mia.read())[-1]
    assert (line.row.kind, line.payload and line.payload.code) == (Kind.PARKED, Code.AWAY)
    await sweep()
    assert (await row_of(mia.cid, "state"))["state"] == "parked"
    await admission.come_back(token=mia.token)
    assert await row_of(mia.cid, "state", "requeued") == {"state": "queued", "requeued": True}


async def test_a_parked_talk_at_high_risk_ends_with_its_key(host: Host) -> None:
    mia, petteri = await enter(host), await enter(host)
    for each in (mia, petteri):
        await raised(each, Risk.HIGH)
        await let_hold_end(each)
    await sweep()
    await sql("UPDATE conversations_conversation SET key_day = %(day)s WHERE id = %(id)s", id=mia.cid, day=OLD)
    await retention.end_what_is_over()
    assert not await sql("SELECT 1 FROM conversations_conversation WHERE id = %(id)s", id=mia.cid)
    assert (await row_of(petteri.cid, "state"))["state"] == "parked"


OLD = date(2020, 1, 1)


async def test_waiting_begins_anew_when_somebody_was_with_them(host: Host, aino: Worker) -> None:
    mia, claimed = await in_talk(host, aino)
    await answer(aino, claimed, "Hei")
    await raised(mia, Risk.IMMEDIATE)
    past = "UPDATE conversations_conversation SET urgent_since = urgent_since - interval '1 hour' WHERE id = %(id)s"
    await sql(past, id=mia.cid)
    lost = "UPDATE conversations_participant SET lease_until = now() - interval '10 minutes' WHERE worker_id = %(id)s"
    await sql(lost, id=aino.pk)
    await sweep()
    assert (await row_of(mia.cid, "state"))["state"] == "queued"
    waited = await sql(
        "SELECT clock_timestamp() - urgent_since FROM conversations_conversation WHERE id = %(id)s", id=mia.cid
    )
    assert waited[0][0] < timedelta(minutes=1)
