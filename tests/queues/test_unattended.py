"""Talks whose professional is off duty go back to the head; one who returns in the grace keeps theirs."""

import asyncio

import pytest
import pytest_asyncio

from chatservice.accounts.models import Worker
from chatservice.conversations import leases, sweeper, talk
from chatservice.conversations.errors import NothingWaiting, Stale
from chatservice.conversations.payload import Code, Kind
from chatservice.conversations.selectors import held_by
from chatservice.delivery import process
from chatservice.duty import presence, services
from chatservice.places.models import Host
from chatservice.queues import unattended
from chatservice.queues.claim import claim_next
from chatservice.store.pool import transaction
from tests.duty.stage import do
from tests.people import Visitor, answer, enter, in_talk, on_duty, row_of, sql

GONE = """
UPDATE {table} SET lease_until = clock_timestamp() - %(s)s * interval '1 second' WHERE worker_id = %(worker)s
"""


@pytest_asyncio.fixture(autouse=True)
async def _nothing_of_other_tests() -> None:
    """What other tests left on duty goes first: each round takes a hundred, and ours are the newest."""
    while await do(presence.end_lost):
        pass
    while await unattended.sweep():
        pass


async def desk_is_gone(worker: Worker, *, seconds: int) -> None:
    """Nothing was heard of this desk since its leases ended that long ago."""
    for table in ("conversations_participant", "duty_onduty"):
        await sql(GONE.format(table=table), worker=worker.pk, s=seconds)


async def told(mia: Visitor) -> list[str]:
    """Why Mia's talk came back to the queue."""
    return [line.payload.code for line in await mia.read() if line.row.kind == Kind.REQUEUED and line.payload]


async def ends_without_giving_back(worker: Worker) -> None:
    """The process dies between the two halves of a shift's end."""
    async with transaction() as lent:
        await services.end(lent, worker=worker.pk)


async def test_a_shift_that_ended_with_its_process_gives_its_talks_back(
    host: Host, aino: Worker, petri: Worker
) -> None:
    """The desk may even be alive: its pings prolong nothing that nobody answers for."""
    mia, held = await in_talk(host, aino)
    await enter(host)
    await ends_without_giving_back(aino)
    await leases.renew(visitors=set(), workers={aino.pk})
    # What other tests left is swept too: how many there were tells nothing, that Mia was told once does.
    await asyncio.gather(*(unattended.sweep() for _ in range(3)))
    assert await row_of(mia.cid, "state", "requeued") == {"state": "queued", "requeued": True}
    assert await told(mia) == [Code.RELEASED]
    with pytest.raises(Stale):
        await answer(aino, held, "olen vielä tässä")
    assert (await claim_next(worker=petri.pk)).conversation == mia.cid


async def test_who_has_begun_again_keeps_the_talk(host: Host, aino: Worker) -> None:
    mia, held = await in_talk(host, aino)
    await ends_without_giving_back(aino)
    await on_duty(aino)
    await unattended.sweep()
    assert (await answer(aino, held, "tässä taas")).item.row.conversation == mia.cid


async def test_a_lost_desk_loses_duty_and_talks_in_the_sweepers_round(host: Host, aino: Worker) -> None:
    mia, _ = await in_talk(host, aino)
    await desk_is_gone(aino, seconds=91)
    await process._sweep()
    assert (await row_of(mia.cid, "state"))["state"] == "queued"
    async with transaction() as lent:
        assert await presence.view(lent, worker=aino.pk) is None
    assert len(await told(mia)) == 1


async def test_the_same_worker_reclaims_within_the_grace_and_nobody_else(
    host: Host, aino: Worker, petri: Worker
) -> None:
    """At 100 s the desk opens again and finds its talk; Petri was given nothing meanwhile."""
    mia, held = await in_talk(host, aino)
    await desk_is_gone(aino, seconds=60)
    await process._sweep()
    with pytest.raises(NothingWaiting):
        await claim_next(worker=petri.pk)
    with pytest.raises(Stale):
        await talk.close(conversation=mia.cid, worker=aino.pk, epoch=held.epoch + 1)
    assert [one.conversation for one in await held_by(worker=aino.pk)] == [mia.cid]
    await leases.renew(visitors=set(), workers={aino.pk})
    await process._sweep()
    assert (await answer(aino, held, "palasin")).dup is False
    assert await told(mia) == []


async def test_after_the_grace_nothing_is_reclaimed(host: Host, aino: Worker, petri: Worker) -> None:
    mia, held = await in_talk(host, aino)
    await desk_is_gone(aino, seconds=91)
    await sweeper.sweep()
    await leases.renew(visitors=set(), workers={aino.pk})
    assert await held_by(worker=aino.pk) == []
    with pytest.raises(Stale):
        await answer(aino, held, "palasin")
    assert (await claim_next(worker=petri.pk)).conversation == mia.cid
