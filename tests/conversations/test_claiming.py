"""Exactly one professional wins a child, and nobody gets more than agreed (P8)."""

import asyncio
from collections import Counter

import pytest
from asgiref.sync import sync_to_async

from chatservice.accounts.models import Worker
from chatservice.conversations import talk
from chatservice.conversations.claim import Claimed
from chatservice.conversations.errors import Full, NothingWaiting, Refused
from chatservice.places.models import Area, Host
from chatservice.queues.claim import claim_next
from tests import wire
from tests.people import enter, in_own_loop, row_of, sql

HELD = """
SELECT count(*) FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
WHERE part.worker_id = %(id)s AND NOT part.ended AND talk.state IN ('called', 'active')
"""


async def claims(worker: Worker, times: int) -> list[Claimed | BaseException]:
    """Ask for the next one several times at once."""
    return await asyncio.gather(*(claim_next(worker=worker.pk) for _ in range(times)), return_exceptions=True)


async def test_twenty_claims_at_once_give_twenty_different_children(host: Host, area: Area) -> None:
    """R15, half of the claims from a second process."""
    waiting = {(await enter(host)).cid for _ in range(20)}
    make = sync_to_async(wire.make_worker)
    workers = [await make(area, f"Aino{number}", capacity=5) for number in range(4)] * 5
    given: list[Claimed] = []

    async def half(some: list[Worker]) -> None:
        given.extend(await asyncio.gather(*(claim_next(worker=worker.pk) for worker in some)))

    other = in_own_loop(lambda: half(workers[:10]))
    await half(workers[10:])
    await asyncio.to_thread(other.join)
    assert Counter(claimed.conversation for claimed in given) == Counter(waiting)


async def test_five_workers_and_one_child_have_one_winner_each_round(host: Host, area: Area) -> None:
    make = sync_to_async(wire.make_worker)
    workers = [await make(area, f"Aino{number}", capacity=5) for number in range(5)]
    for _ in range(5):
        mia = await enter(host)
        outcome = await asyncio.gather(*(claim_next(worker=worker.pk) for worker in workers), return_exceptions=True)
        won = [one for one in outcome if isinstance(one, Claimed)]
        lost = [one for one in outcome if isinstance(one, NothingWaiting)]
        assert [one.conversation for one in won] == [mia.cid]
        assert len(lost) == 4


async def test_two_tabs_never_pass_the_capacity(host: Host, aino: Worker) -> None:
    """R17: capacity 2, five claims at once from each of two processes."""
    for _ in range(6):
        await enter(host)
    other = in_own_loop(lambda: _ignore(aino))
    outcome = await claims(aino, 5)
    await asyncio.to_thread(other.join)
    assert all(isinstance(one, Claimed | Full) for one in outcome)
    assert await sql(HELD, id=aino.pk) == [(2,)]


async def _ignore(worker: Worker) -> None:
    assert all(isinstance(one, Claimed | Refused) for one in await claims(worker, 5))


async def test_a_place_is_free_again_after_release_and_close(host: Host, aino: Worker) -> None:
    for _ in range(3):
        await enter(host)
    first, second = await claim_next(worker=aino.pk), await claim_next(worker=aino.pk)
    with pytest.raises(Full):
        await claim_next(worker=aino.pk)
    await talk.close(conversation=first.conversation, worker=aino.pk, epoch=first.epoch)
    await claim_next(worker=aino.pk)
    with pytest.raises(Full):
        await claim_next(worker=aino.pk)
    await talk.release(conversation=second.conversation, worker=aino.pk, epoch=second.epoch)
    await claim_next(worker=aino.pk)


async def test_first_come_first_served_and_the_given_back_before_all(host: Host, aino: Worker, petri: Worker) -> None:
    mia, jonas, third = [await enter(host) for _ in range(3)]
    first = await claim_next(worker=aino.pk)
    assert first.conversation == mia.cid
    second = await claim_next(worker=petri.pk)
    assert second.conversation == jonas.cid
    await talk.release(conversation=jonas.cid, worker=petri.pk, epoch=second.epoch)
    assert (await claim_next(worker=aino.pk)).conversation == jonas.cid
    assert (await claim_next(worker=petri.pk)).conversation == third.cid
    with pytest.raises(NothingWaiting):
        await claim_next(worker=petri.pk)


async def test_who_is_away_is_skipped_and_keeps_the_place(host: Host, aino: Worker) -> None:
    """R19."""
    mia, jonas = await enter(host), await enter(host)
    away = "UPDATE conversations_participant SET lease_until = now() - interval '1 second' WHERE id = %(id)s"
    await sql(away, id=mia.talk.participant)
    assert (await claim_next(worker=aino.pk)).conversation == jonas.cid
    from chatservice.conversations import admission  # noqa: PLC0415 - only here

    await admission.come_back(token=mia.token)
    assert (await claim_next(worker=aino.pk)).conversation == mia.cid


async def test_confirming_twice_or_uncalled_changes_nothing(host: Host, aino: Worker) -> None:
    mia = await enter(host)
    await talk.confirm(conversation=mia.cid, participant=mia.talk.participant)
    assert (await row_of(mia.cid, "state"))["state"] == "queued"
    await claim_next(worker=aino.pk)
    await asyncio.gather(*(talk.confirm(conversation=mia.cid, participant=mia.talk.participant) for _ in range(5)))
    assert await row_of(mia.cid, "state", "last_seq") == {"state": "active", "last_seq": 1}
