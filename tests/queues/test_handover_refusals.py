"""Who may offer what to whom: a refusal beside each permission."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from chatservice.accounts.models import Worker
from chatservice.conversations import notes, talk
from chatservice.conversations.errors import ConversationError, Full, Gone, Stale
from chatservice.duty import services
from chatservice.duty.errors import DutyError, Finishing, OffDuty, OnPause
from chatservice.places.models import Host
from chatservice.queues import beside, handback, offers
from chatservice.queues.claim import claim_next
from chatservice.queues.errors import NotOffered, OtherQueue
from chatservice.queues.handback import Words
from chatservice.queues.lanes import place_for
from chatservice.queues.models import Queue
from chatservice.queues.routing import Need
from chatservice.store.pool import transaction
from tests.people import enter, in_talk, on_duty, part_of, row_of, sql
from tests.queues.stage import colleague, stranger

Offering = Callable[..., Awaitable[UUID]]
pytestmark = pytest.mark.usefixtures("both")


@pytest_asyncio.fixture
async def both(aino: Worker, petri: Worker) -> None:
    """Aino and Petri are on duty."""
    await on_duty(aino, petri)


both_ways = pytest.mark.parametrize("offering", [offers.offer, offers.ask])


@both_ways
async def test_nobody_but_the_owner_offers(host: Host, aino: Worker, petri: Worker, offering: Offering) -> None:
    mia, held = await in_talk(host, aino)
    for worker in (petri, await stranger()):
        with pytest.raises(Gone):
            await offering(conversation=mia.cid, worker=worker.pk, epoch=held.epoch, colleague=aino.pk)
    with pytest.raises(Stale):
        await offering(conversation=mia.cid, worker=aino.pk, epoch=held.epoch - 1, colleague=petri.pk)
    with pytest.raises(Gone):
        await offering(conversation=uuid4(), worker=aino.pk, epoch=held.epoch, colleague=petri.pk)


@both_ways
async def test_a_talk_that_has_not_begun_is_not_offered(
    host: Host, aino: Worker, petri: Worker, offering: Offering
) -> None:
    await enter(host)
    held = await claim_next(worker=aino.pk)
    with pytest.raises(NotOffered):
        await offering(conversation=held.conversation, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)


@both_ways
async def test_foreign_unknown_and_absent_colleagues_answer_alike(host: Host, aino: Worker, offering: Offering) -> None:
    mia, held = await in_talk(host, aino)
    eve = await stranger()
    gone = await colleague(host, "Sari")
    async with transaction() as lent:
        await services.end(lent, worker=gone.pk)
    away = await colleague(host, "Liisa")
    lapse = "UPDATE duty_onduty SET lease_until = clock_timestamp() - interval '1 second' WHERE worker_id = %(id)s"
    await sql(lapse, id=away.pk)
    for colleague_id in (eve.pk, gone.pk, away.pk, 2_000_000_000):
        with pytest.raises(OffDuty, match="on duty in this area"):
            await offering(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=colleague_id)
    with pytest.raises(NotOffered):
        await offering(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=aino.pk)


async def test_who_pauses_finishes_or_is_full_is_not_asked(host: Host, aino: Worker, petri: Worker) -> None:
    mia, held = await in_talk(host, aino)

    async def refusal(offering: Offering) -> type[Exception]:
        with pytest.raises((ConversationError, DutyError)) as caught:
            await offering(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)
        return caught.type

    async with transaction() as lent:
        await services.pause(lent, worker=petri.pk)
    assert [await refusal(offers.offer), await refusal(offers.ask)] == [OnPause, OnPause]
    async with transaction() as lent:
        await services.resume(lent, worker=petri.pk)
        await services.stop_taking(lent, worker=petri.pk)
    assert await refusal(offers.offer) is Finishing
    async with transaction() as lent:
        await services.take_again(lent, worker=petri.pk)
        await services.set_capacity(lent, worker=petri.pk, capacity=1)
    await enter(host)
    await claim_next(worker=petri.pk)
    assert await refusal(offers.offer) is Full
    # Beside a talk one answers for none: neither a full desk nor the end of intake stands against it.
    await offers.ask(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)


async def test_what_changed_since_the_offer_is_judged_at_the_answer(host: Host, aino: Worker, petri: Worker) -> None:
    mia, held = await in_talk(host, aino)
    offer = await offers.offer(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)
    async with transaction() as lent:
        await services.pause(lent, worker=petri.pk)
    with pytest.raises(OnPause):
        await offers.accept(offer=offer, worker=petri.pk)
    async with transaction() as lent:
        await services.end(lent, worker=petri.pk)
    with pytest.raises(OffDuty):
        await offers.accept(offer=offer, worker=petri.pk)
    await on_duty(petri)
    assert await offers.accept(offer=offer, worker=petri.pk) == mia.cid


async def test_an_offer_is_answered_by_its_addressee_alone(host: Host, aino: Worker, petri: Worker) -> None:
    mia, held = await in_talk(host, aino)
    sari = await colleague(host, "Sari")
    offer = await offers.offer(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk, note="n")
    for worker in (sari, aino, await stranger()):
        for answer in (offers.accept, offers.refuse):
            with pytest.raises(NotOffered, match="no such offer"):
                await answer(offer=offer, worker=worker.pk)
    with pytest.raises(NotOffered, match="no such offer"):
        await offers.withdraw(offer=offer, worker=petri.pk)
    assert await offers.of_worker(worker=sari.pk) == []


async def test_back_to_a_queue_of_another_channel_language_or_area_it_never_goes(host: Host, aino: Worker) -> None:
    """Channels never mix."""
    mia, held = await in_talk(host, aino)
    eve = await stranger()
    wrong = [(host.area_id, "parent", "fi"), (host.area_id, "youth", "sv"), (eve.area_id, "youth", "fi")]
    async with transaction() as lent:
        queues = [
            (await place_for(connection=lent, area=area, need=Need(channel=channel, language=language))).queue
            for area, channel, language in wrong
        ]
    for queue in (*queues, 2_000_000_000):
        with pytest.raises(OtherQueue):
            await handback.release(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, words=Words(queue=queue))
    assert (await row_of(mia.cid, "state"))["state"] == "active"


async def test_back_to_another_queue_at_its_head_and_the_note_waits(host: Host, aino: Worker, petri: Worker) -> None:
    mia, held = await in_talk(host, aino)
    other = """
    INSERT INTO queues_queue (area_id, channel, language, name, professions, topics, overflow_minutes, cap, picking,
        overrun_minutes, active, mean_s, talks, version)
    VALUES (%(area)s, 'youth', 'fi', 'toinen', '{psychologist}', '{}', 5, NULL, false, 15, true, 1200, 0, 1)
    RETURNING id
    """
    ((queue,),) = await sql(other, area=host.area_id)
    first = await enter(host)
    words = Words(note="toivoo psykologia", queue=queue)
    await handback.release(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, words=words)
    assert await row_of(mia.cid, "state", "queue_id", "requeued") == {
        "state": "queued",
        "queue_id": queue,
        "requeued": True,
    }
    assert [line.payload.code for line in await mia.read() if line.payload][-1] == "released"
    taken = await claim_next(worker=petri.pk)
    assert taken.conversation == mia.cid != first.cid
    (note,) = await notes.read(conversation=mia.cid, reader=await part_of(petri, mia.cid), after=0)
    assert note.payload is not None
    assert note.payload.text == "toivoo psykologia"
    assert await notes.read(conversation=mia.cid, reader=await part_of(aino, mia.cid), after=0) == []


async def test_a_colleague_at_the_side_neither_gives_back_nor_closes_nor_offers(
    host: Host, aino: Worker, petri: Worker
) -> None:
    mia, held = await in_talk(host, aino)
    sari = await colleague(host, "Sari")
    asked = await offers.ask(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)
    await offers.accept(offer=asked, worker=petri.pk)
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: talk.close(conversation=mia.cid, worker=petri.pk, epoch=held.epoch),
        lambda: talk.release(conversation=mia.cid, worker=petri.pk, epoch=held.epoch),
        lambda: offers.offer(conversation=mia.cid, worker=petri.pk, epoch=held.epoch, colleague=sari.pk),
        lambda: beside.bring_in(conversation=mia.cid, worker=petri.pk, epoch=held.epoch, colleague=petri.pk),
    ]
    for act in acts:
        with pytest.raises(Stale):
            await act()
    assert (await row_of(mia.cid, "state"))["state"] == "active"


async def test_no_talk_goes_into_a_queue_that_is_taken_out_of_use_in_this_moment(host: Host, aino: Worker) -> None:
    """Nobody would serve it there: the talk stays with Aino."""
    mia, held = await in_talk(host, aino)
    queue = await Queue.objects.acreate(area_id=host.area_id, channel="youth", language="fi", topics=["X"])
    async with transaction() as coordinator:
        await coordinator.execute("UPDATE queues_queue SET active = false WHERE id = %(id)s", {"id": queue.pk})
        words = Words(queue=queue.pk)
        release = handback.release(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, words=words)
        giving = asyncio.create_task(release)
        while not await sql("SELECT 1 FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
    with pytest.raises(OtherQueue):
        await giving
    assert (await row_of(mia.cid, "state"))["state"] == "active"
