"""The writer: one order without holes, each message once, whatever is sent how often and from where."""

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import access, talk
from chatservice.conversations import writer as writing
from chatservice.conversations.errors import Closed, Gone, IdConflict, Refused
from chatservice.conversations.events import Announcement, Stored, listen
from chatservice.conversations.post import Extra, Receipt
from chatservice.conversations.rows import Clear
from chatservice.conversations.writer import Writer, writers
from chatservice.places.models import Host
from chatservice.store.errors import StoreAway
from chatservice.store.pool import transaction
from tests.people import Visitor, answer, enter, in_own_loop, in_talk, row_of, sql

COUNT = "SELECT count(*) FROM conversations_event WHERE conversation_id = %(cid)s AND mid = %(mid)s"


def texts(items: Sequence[Clear]) -> list[str]:
    """What the items say."""
    return [item.payload.text if item.payload else "damaged" for item in items]


def seqs(items: Sequence[Clear]) -> list[int]:
    """Where the items stand."""
    return [item.row.seq for item in items]


async def test_the_same_id_twice_in_one_batch_is_stored_once(host: Host) -> None:
    mia = await enter(host)
    mid = uuid4()
    receipts = await asyncio.gather(*(mia.write("kerran", mid=mid) for _ in range(5)))
    assert {receipt.item.row.seq for receipt in receipts} == {1}
    assert sorted(receipt.dup for receipt in receipts) == [False, True, True, True, True]
    assert texts(await mia.read()) == ["kerran"]


async def test_the_same_id_fifty_times_in_parallel_from_two_processes_is_one_row(host: Host) -> None:
    """R3: one row, the same seq in all answers."""
    mia = await enter(host)
    mid = uuid4()
    receipts: list[Receipt] = []

    async def storm() -> None:
        receipts.extend(await asyncio.gather(*(Writer().submit(mia.post("kerran", mid=mid)) for _ in range(25))))

    other = in_own_loop(storm)
    await storm()
    await asyncio.to_thread(other.join)
    assert [receipt.item.row.seq for receipt in receipts] == [1] * 50
    assert [receipt.dup for receipt in receipts].count(False) == 1
    assert await sql(COUNT, cid=mia.cid, mid=mid) == [(1,)]


async def test_one_id_for_two_texts_is_a_conflict_and_makes_no_hole(host: Host) -> None:
    """R4, also within one batch."""
    mia = await enter(host)
    mid = uuid4()
    first, second = await asyncio.gather(
        mia.write("ensin", mid=mid), mia.write("toisin", mid=mid), return_exceptions=True
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, IdConflict | StoreAway)
    with pytest.raises(IdConflict):
        await mia.write("kolmannen kerran", mid=mid)
    assert (await mia.write("jatkuu")).item.row.seq == 2


async def test_one_id_of_two_people_is_two_messages(host: Host, aino: Worker) -> None:
    """R4: an id belongs to its sender."""
    mia, claimed = await in_talk(host, aino)
    mid = uuid4()
    await mia.write("minun", mid=mid)
    await answer(aino, claimed, "sinun", mid=mid)
    assert texts(await mia.read()) == ["", "minun", "sinun"]


async def test_a_late_resend_finds_its_old_number_also_after_the_end(host: Host) -> None:
    mia = await enter(host)
    mid = uuid4()
    await mia.write("viimeinen", mid=mid)
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)
    again = await mia.write("viimeinen", mid=mid)
    assert (again.item.row.seq, again.dup) == (1, True)
    with pytest.raises(Closed):
        await mia.write("liian myöhään")


async def test_eight_writers_of_two_processes_make_one_order_without_holes(host: Host) -> None:
    """M18, P3: no reader sees a hole at any moment."""
    mia = await enter(host)
    views: list[list[int]] = []
    done = asyncio.Event()

    async def one(name: str) -> None:
        writer = Writer()
        for number in range(50):
            await writer.submit(mia.post(f"{name} {number}"))

    async def four(side: str) -> None:
        await asyncio.gather(*(one(f"{side}{number}") for number in range(4)))

    async def watch() -> None:
        seen: list[int] = []
        while not done.is_set() or len(seen) < 400:
            seen += seqs(await mia.read(after=len(seen)))
            views.append(list(seen))

    other = in_own_loop(lambda: four("b"))
    watching = asyncio.create_task(watch())
    await four("a")
    await asyncio.to_thread(other.join)
    done.set()
    await asyncio.wait_for(watching, 90)
    assert all(view == list(range(1, len(view) + 1)) for view in views)
    items = await mia.read() + await mia.read(after=200)
    for name in ("a0", "a3", "b0", "b3"):
        own = [text for text in texts(items) if text.startswith(name)]
        assert own == [f"{name} {number}" for number in range(50)]


async def test_a_refused_message_harms_no_other_of_its_batch(host: Host) -> None:
    mia, eve = await enter(host), await enter(host)
    foreign = Visitor(eve.token, mia.talk)
    stranger = foreign.post("minäkin")
    stranger = type(stranger)(
        conversation=mia.cid,
        participant=eve.talk.participant,
        side=stranger.side,
        mid=stranger.mid,
        payload=stranger.payload,
    )
    outcome = await asyncio.gather(
        mia.write("yksi"), writers.get().submit(stranger), mia.write("kaksi"), return_exceptions=True
    )
    assert isinstance(outcome[1], Gone)
    assert texts(await mia.read()) == ["yksi", "kaksi"]
    assert await eve.read() == []


async def test_a_foreign_and_a_missing_conversation_answer_alike(host: Host) -> None:
    mia, eve = await enter(host), await enter(host)
    answers: list[tuple[str, str]] = []
    for conversation in (mia.cid, uuid4()):
        with pytest.raises(Refused) as refused:
            async with transaction() as lent:
                await access.visitor(connection=lent, conversation=conversation, participant=eve.talk.participant)
        answers.append((refused.value.code, str(refused.value)))
    assert answers[0] == answers[1]
    assert answers[0][0] == "gone"


async def test_nobody_hears_of_what_was_not_stored(host: Host) -> None:
    """A batch that fails in its transaction is told to nobody; its neighbours are stored one by one."""
    mia = await enter(host)
    heard: list[Announcement] = []
    away = listen(heard.append)
    try:
        bad = mia.post("rikki")
        bad = type(bad)(
            conversation=bad.conversation,
            participant=bad.participant,
            side=bad.side,
            mid=bad.mid,
            payload=bad.payload,
            extras=(Extra("INSERT INTO conversations_thread (id) VALUES (NULL)", {}),),
        )
        outcome = await asyncio.gather(
            mia.write("yksi"), writers.get().submit(bad), mia.write("kaksi"), return_exceptions=True
        )
    finally:
        away()
    told = [item.row.seq for each in heard if isinstance(each, Stored) for item in each.items]
    assert isinstance(outcome[1], StoreAway)
    assert texts(await mia.read()) == ["yksi", "kaksi"]
    assert told == [1, 2]


async def test_an_overfull_writer_asks_to_try_again(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "QUEUED", 3)
    mia = await enter(host)
    outcome = await asyncio.gather(*(mia.write(f"{number}") for number in range(5)), return_exceptions=True)
    assert [getattr(each, "code", "stored") for each in outcome] == ["stored"] * 3 + ["busy"] * 2
    assert (await row_of(mia.cid, "last_seq"))["last_seq"] == 3
