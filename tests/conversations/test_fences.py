"""A claim that has passed opens nothing: no writing, no reading, no act (P4, P9)."""

from uuid import uuid4

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import talk
from chatservice.conversations.errors import Gone, Stale
from chatservice.conversations.log import read_after
from chatservice.duty.errors import OffDuty
from chatservice.places.models import Host
from chatservice.queues.claim import claim_next
from tests import wire
from tests.people import answer, enter, in_talk, part_of, sql


async def test_after_a_release_the_old_claim_writes_and_reads_nothing(host: Host, aino: Worker) -> None:
    mia, claimed = await in_talk(host, aino)
    await answer(aino, claimed, "hei")
    await talk.release(conversation=mia.cid, worker=aino.pk, epoch=claimed.epoch)
    await mia.write("ei Ainolle")
    with pytest.raises(Stale):
        await answer(aino, claimed, "vielä minä")
    part = await part_of(aino, mia.cid)
    assert await read_after(conversation=mia.cid, reader=part, after=0) == []


async def test_after_the_same_worker_claims_again_the_older_epoch_is_still_stale(host: Host, aino: Worker) -> None:
    mia, old = await in_talk(host, aino)
    await talk.release(conversation=mia.cid, worker=aino.pk, epoch=old.epoch)
    new = await claim_next(worker=aino.pk)
    await talk.confirm(conversation=mia.cid, participant=mia.talk.participant)
    assert new.epoch > old.epoch
    with pytest.raises(Stale):
        await answer(aino, old, "vanhasta ikkunasta")
    assert (await answer(aino, new, "uudesta")).item.row.epoch == new.epoch


@pytest.mark.parametrize("act", [talk.release, talk.close])
async def test_acts_under_an_old_claim_are_stale(host: Host, aino: Worker, petri: Worker, act: object) -> None:
    mia, old = await in_talk(host, aino)
    await talk.release(conversation=mia.cid, worker=aino.pk, epoch=old.epoch)
    new = await claim_next(worker=petri.pk)
    with pytest.raises(Stale):
        await act(conversation=mia.cid, worker=aino.pk, epoch=old.epoch)  # type: ignore[operator]
    with pytest.raises(Stale):
        await act(conversation=mia.cid, worker=aino.pk, epoch=new.epoch)  # type: ignore[operator]
    await talk.close(conversation=mia.cid, worker=petri.pk, epoch=new.epoch)


async def test_who_never_held_it_learns_nothing_not_even_that_it_exists(host: Host, aino: Worker) -> None:
    mia, claimed = await in_talk(host, aino)
    eve = await wire_worker("Eve")
    for conversation in (mia.cid, uuid4()):
        with pytest.raises(Gone, match="no such conversation"):
            await talk.close(conversation=conversation, worker=eve.pk, epoch=claimed.epoch)


async def test_a_worker_of_another_area_never_gets_this_areas_children(host: Host) -> None:
    from chatservice.conversations.errors import NothingWaiting  # noqa: PLC0415 - named where it is the point

    await enter(host)
    eve = await wire_worker("Eve")
    with pytest.raises(NothingWaiting):
        await claim_next(worker=eve.pk)


async def test_a_disabled_account_writes_nothing_more(host: Host, aino: Worker) -> None:
    _, claimed = await in_talk(host, aino)
    await sql("UPDATE accounts_worker SET is_active = false WHERE id = %(id)s", id=aino.pk)
    with pytest.raises(Gone):
        await answer(aino, claimed, "vielä minä")
    with pytest.raises(OffDuty):
        await claim_next(worker=aino.pk)


async def wire_worker(name: str) -> Worker:
    """A worker of an area of her own."""
    from asgiref.sync import sync_to_async  # noqa: PLC0415 - only here

    return await sync_to_async(lambda: wire.make_worker(wire.make_area(), name))()
