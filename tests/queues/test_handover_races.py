"""Everything at once: whatever wins, a talk has one owner or stands in its queue, and nobody holds more than agreed."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import notes, sweeper, talk
from chatservice.conversations.errors import Full, Refused, WrongStep
from chatservice.conversations.payload import Payload
from chatservice.duty.errors import NotTaking
from chatservice.places.models import Host
from chatservice.queues import beside, handback, offers, taking_over
from chatservice.queues.claim import claim_next
from chatservice.queues.errors import NotOffered
from tests.people import enter, in_own_loop, in_talk, on_duty, sql
from tests.queues.stage import colleague

Act = Callable[[], Awaitable[Any]]

# A refusal by name is an answer; anything else (a deadlock, a broken constraint) is a fault.
ANSWERS = (Refused, WrongStep, NotTaking)

PARTS = """
SELECT part.worker_id, part.role, part.epoch FROM conversations_participant part
WHERE part.conversation_id = %(cid)s AND part.role <> 'visitor' AND NOT part.ended
"""
STANDS = "SELECT state, claim_epoch, last_seq, last_note FROM conversations_conversation WHERE id = %(cid)s"
NUMBERS = "SELECT stream, seq FROM conversations_event WHERE conversation_id = %(cid)s ORDER BY stream, seq"
HELD = """
SELECT worker.id, worker.capacity, count(talk.id) FROM accounts_worker worker
LEFT JOIN conversations_participant part ON part.worker_id = worker.id AND part.role = 'professional' AND NOT part.ended
LEFT JOIN conversations_conversation talk ON talk.id = part.conversation_id AND talk.state IN ('called', 'active')
WHERE worker.area_id = %(area)s GROUP BY worker.id
"""
LOSE = """
UPDATE conversations_participant SET lease_until = clock_timestamp() - interval '1 hour'
WHERE conversation_id = %(cid)s AND worker_id = %(worker)s
"""
LATE = "UPDATE queues_offer SET until = clock_timestamp() - interval '1 second' WHERE conversation_id = %(cid)s"


async def all_at_once(acts: list[Act]) -> list[Any]:
    """Run acts together; a refusal is an outcome, any other error fails the test."""

    async def one(act: Act) -> Any:
        await asyncio.sleep(0)
        try:
            return await act()
        except ANSWERS as answer:
            return answer

    return list(await asyncio.gather(*(one(act) for act in acts)))


async def nothing_is_wrong(host: Host, cid: UUID) -> None:
    """One owner or none by the state, the owner under the present claim, no hole, no capacity exceeded."""
    ((state, epoch, last_seq, last_note),) = await sql(STANDS, cid=cid)
    parts = await sql(PARTS, cid=cid)
    owners = [row for row in parts if row[1] == "professional"]
    assert len(owners) == (1 if state in {"called", "active"} else 0), (state, parts)
    assert state in {"called", "active"} or not parts
    assert all(row[2] == epoch for row in parts)
    numbers = await sql(NUMBERS, cid=cid)
    assert numbers == [(0, seq) for seq in range(1, last_seq + 1)] + [(1, seq) for seq in range(1, last_note + 1)]
    assert all(held <= capacity for _, capacity, held in await sql(HELD, area=host.area_id))
    await offers.sweep()
    query = """
    SELECT 1 FROM queues_offer offer JOIN conversations_conversation talk ON talk.id = offer.conversation_id
    WHERE talk.id = %(cid)s AND (talk.state <> 'active' OR talk.claim_epoch <> offer.epoch)
    """
    assert await sql(query, cid=cid) == []


@pytest.mark.parametrize("seed", range(12))
async def test_accept_withdraw_close_lost_and_claim_in_any_order(
    host: Host, aino: Worker, petri: Worker, seed: int
) -> None:
    await on_duty(aino, petri)
    sari = await colleague(host, "Sari")
    mia, held = await in_talk(host, aino)
    cid, epoch = mia.cid, held.epoch
    offer = await offers.offer(conversation=cid, worker=aino.pk, epoch=epoch, colleague=petri.pk, note="lue")
    asked = await offers.ask(conversation=cid, worker=aino.pk, epoch=epoch, colleague=sari.pk)

    async def lose() -> None:
        await sql(LOSE, cid=cid, worker=aino.pk)
        await sweeper.sweep()

    async def late() -> None:
        await sql(LATE, cid=cid)
        await offers.sweep()

    some: list[Act] = [
        lambda: offers.accept(offer=offer, worker=petri.pk),
        lambda: offers.accept(offer=offer, worker=petri.pk),
        lambda: offers.accept(offer=asked, worker=sari.pk),
        lambda: offers.refuse(offer=offer, worker=petri.pk),
        lambda: offers.withdraw(offer=offer, worker=aino.pk),
        lambda: talk.close(conversation=cid, worker=aino.pk, epoch=epoch),
        lambda: talk.leave(conversation=cid, participant=mia.talk.participant),
        lambda: handback.release(conversation=cid, worker=aino.pk, epoch=epoch, words=handback.Words(note="lyhyt")),
        lambda: claim_next(worker=sari.pk),
        lambda: beside.step_out(conversation=cid, worker=sari.pk),
        lambda: notes.whisper(conversation=cid, worker=aino.pk, epoch=epoch, mid=uuid4(), payload=Payload(text="x")),
        lose,
        late,
    ]
    chance = random.Random(seed)
    chosen = chance.sample(some, k=chance.randint(4, 8))
    other = in_own_loop(lambda: _ignore(all_at_once(chosen[::2])))
    await all_at_once(chosen[1::2])
    await asyncio.to_thread(other.join)
    await nothing_is_wrong(host, cid)


async def _ignore(outcome: Awaitable[Any]) -> None:
    await outcome


async def test_one_of_two_answers_counts(host: Host, aino: Worker, petri: Worker) -> None:
    """Accepted and withdrawn in the same moment: either the talk moved, or it did not, never half."""
    await on_duty(aino, petri)
    for _ in range(6):
        mia, held = await in_talk(host, aino)
        offer = await offers.offer(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)
        taken, _ = await all_at_once(
            [
                lambda offer=offer: offers.accept(offer=offer, worker=petri.pk),  # type: ignore[misc]
                lambda offer=offer: offers.withdraw(offer=offer, worker=aino.pk),  # type: ignore[misc]
            ]
        )
        ((owner, _, _),) = await sql(PARTS, cid=mia.cid)
        assert owner == (aino.pk if isinstance(taken, NotOffered) else petri.pk)
        await talk.leave(conversation=mia.cid, participant=mia.talk.participant)


async def test_accepting_and_claiming_together_never_pass_the_capacity(host: Host, aino: Worker, petri: Worker) -> None:
    """P8: Petri has room for one; an offer and a claim come at once. The offer that found no room stays."""
    await on_duty(aino)
    await on_duty(petri, capacity=1)
    mia, held = await in_talk(host, aino)
    await enter(host)
    offer = await offers.offer(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)
    outcome = await all_at_once(
        [lambda: offers.accept(offer=offer, worker=petri.pk), lambda: claim_next(worker=petri.pk)]
    )
    assert len([one for one in outcome if isinstance(one, Full)]) == 1
    if isinstance(outcome[0], Full):
        assert [one.id for one in await offers.of_worker(worker=petri.pk)] == [offer]
    await nothing_is_wrong(host, mia.cid)


async def test_a_process_that_dies_before_the_commit_leaves_the_talk_with_its_owner(
    host: Host, aino: Worker, petri: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit is the last statement: whatever ends the transaction there undoes all of it, the offer's end too."""
    await on_duty(aino, petri)
    mia, held = await in_talk(host, aino)
    offer = await offers.offer(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)

    async def dies(*_: object, **__: object) -> None:
        raise ConnectionAbortedError

    with monkeypatch.context() as patch:
        patch.setattr(taking_over, "audit", dies)
        with pytest.raises(ConnectionAbortedError):
            await offers.accept(offer=offer, worker=petri.pk)
    assert await sql(PARTS, cid=mia.cid) == [(aino.pk, "professional", held.epoch)]
    assert [line.payload.code for line in await mia.read() if line.payload and line.payload.code] == []
    assert await offers.accept(offer=offer, worker=petri.pk) == mia.cid
    await nothing_is_wrong(host, mia.cid)
