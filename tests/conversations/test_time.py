"""What time does to a talk. Time is made by moving the columns of leases into the past: nobody sleeps here."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import admission, leases, talk
from chatservice.conversations.errors import Stale
from chatservice.conversations.events import Announcement, Moved, Presence, listen
from chatservice.conversations.payload import Code, Kind
from chatservice.conversations.sweeper import sweep
from chatservice.places.models import Host
from chatservice.queues.claim import claim_next
from tests.people import Visitor, answer, enter, in_own_loop, in_talk, part_of, row_of, sql

PART = "SELECT present, ended, lease_until, epoch FROM conversations_participant WHERE id = %(id)s"


async def pass_lease(participant: UUID, **by: float) -> None:
    """Let this participant's lease have ended so long ago."""
    query = "UPDATE conversations_participant SET lease_until = clock_timestamp() - %(by)s WHERE id = %(id)s"
    await sql(query, id=participant, by=timedelta(**by))


async def pass_column(conversation: UUID, column: str, **by: float) -> None:
    """Let a live column of a conversation lie so far in the past."""
    query = f"UPDATE conversations_conversation SET {column} = clock_timestamp() - %(by)s WHERE id = %(id)s"  # noqa: S608
    await sql(query, id=conversation, by=timedelta(**by))


async def sweep_everywhere() -> None:
    """Four sweeps in this process and four in another, all at once."""

    async def four() -> None:
        await asyncio.gather(*(sweep() for _ in range(4)))

    other = in_own_loop(four)
    await four()
    await asyncio.to_thread(other.join)


async def service_lines(mia: Visitor) -> list[tuple[int, str]]:
    """Kind and code of the service's own lines in Mia's log."""
    return [
        (item.row.kind, item.payload.code if item.payload else "damaged")
        for item in await mia.read()
        if item.row.kind != Kind.MESSAGE
    ]


async def present(participant: UUID) -> bool:
    """Whether the database holds somebody for present."""
    return bool((await sql(PART, id=participant))[0][0])


async def parked(host: Host, aino: Worker) -> Visitor:
    """Mia, away for so long that her talk was parked."""
    mia, _ = await in_talk(host, aino)
    await pass_lease(mia.talk.participant, seconds=1)
    await sweep()
    await pass_lease(mia.talk.participant, minutes=15, seconds=1)
    await sweep()
    assert (await row_of(mia.cid, "state"))["state"] == "parked"
    return mia


async def test_a_lapsed_lease_makes_away_and_holds_the_place(host: Host) -> None:
    mia, jonas = await enter(host), await enter(host)
    await pass_lease(mia.talk.participant, seconds=1)
    await sweep_everywhere()
    assert not await present(mia.talk.participant)
    assert await present(jonas.talk.participant)
    held = (await row_of(mia.cid, "held_until", "state"))["held_until"]
    left = (await sql("SELECT %(held)s - clock_timestamp()", held=held))[0][0]
    assert timedelta(minutes=59) < left <= timedelta(minutes=60)
    assert (await row_of(jonas.cid, "held_until"))["held_until"] is None
    assert (await row_of(mia.cid, "state"))["state"] == "queued"


async def test_coming_back_frees_the_held_place(host: Host) -> None:
    mia = await enter(host)
    await pass_lease(mia.talk.participant, seconds=1)
    await sweep()
    found = await admission.come_back(token=mia.token)
    assert await present(found.participant)
    assert await row_of(mia.cid, "held_until", "state") == {"held_until": None, "state": "queued"}


async def test_a_ping_after_a_long_silence_is_a_return(host: Host, aino: Worker) -> None:
    """A phone that slept wakes on the same socket: present, nothing held, and the desk is told."""
    mia, _ = await in_talk(host, aino)
    await pass_lease(mia.talk.participant, seconds=1)
    await sweep()
    heard: list[Announcement] = []
    stop = listen(heard.append)
    await leases.renew(visitors={mia.talk.participant}, workers=set())
    stop()
    assert Presence(mia.cid, 1, "here") in heard
    assert await row_of(mia.cid, "held_until", "state") == {"held_until": None, "state": "active"}
    assert await present(mia.talk.participant)


async def test_a_ping_from_a_parked_talk_brings_it_back_to_the_queue(host: Host, aino: Worker) -> None:
    mia = await parked(host, aino)
    await leases.renew(visitors={mia.talk.participant}, workers=set())
    assert await row_of(mia.cid, "state", "requeued") == {"state": "queued", "requeued": True}


async def test_a_ping_keeps_the_lease_and_says_nothing(host: Host) -> None:
    mia = await enter(host)
    await pass_lease(mia.talk.participant, seconds=-5)
    heard: list[Announcement] = []
    stop = listen(heard.append)
    await leases.renew(visitors={mia.talk.participant}, workers=set())
    stop()
    left = await sql("SELECT lease_until - clock_timestamp() FROM conversations_participant WHERE id = %(id)s",
                     id=mia.talk.participant)  # fmt: skip
    assert left[0][0] > timedelta(seconds=55)
    assert heard == []


async def test_who_was_called_and_did_not_answer_is_skipped(host: Host, aino: Worker) -> None:
    mia = await enter(host)
    claimed = await claim_next(worker=aino.pk)
    await pass_column(mia.cid, "called_until", seconds=1)
    await sweep_everywhere()
    after = await row_of(mia.cid, "state", "claim_epoch", "last_seq")
    assert after == {"state": "queued", "claim_epoch": claimed.epoch + 1, "last_seq": 0}
    assert (await sql(PART, id=await part_of(aino, mia.cid)))[0][1] is True
    await pass_column(mia.cid, "called_until", seconds=1)
    assert (await claim_next(worker=aino.pk)).conversation == mia.cid


async def test_a_call_that_is_answered_in_time_is_not_skipped(host: Host, aino: Worker) -> None:
    mia, _ = await in_talk(host, aino)
    await sweep_everywhere()
    assert await row_of(mia.cid, "state", "called_until") == {"state": "active", "called_until": None}


async def test_a_lost_professional_returns_the_talk_to_the_head_and_cannot_write(
    host: Host, aino: Worker, petri: Worker
) -> None:
    """P9, R18, R22."""
    mia, claimed = await in_talk(host, aino)
    await enter(host)
    part = await part_of(aino, mia.cid)
    await pass_lease(part, seconds=89)
    await sweep_everywhere()
    assert (await row_of(mia.cid, "state"))["state"] == "active"
    assert not await present(part)
    await pass_lease(part, seconds=91)
    await sweep_everywhere()
    assert await row_of(mia.cid, "state", "requeued") == {"state": "queued", "requeued": True}
    assert await service_lines(mia) == [(Kind.JOINED, ""), (Kind.REQUEUED, Code.LOST)]
    with pytest.raises(Stale):
        await answer(aino, claimed, "olin hetken poissa")
    with pytest.raises(Stale):
        await talk.close(conversation=mia.cid, worker=aino.pk, epoch=claimed.epoch)
    await leases.renew(visitors=set(), workers={aino.pk})
    assert (await sql(PART, id=part))[0][1] is True
    assert (await claim_next(worker=petri.pk)).conversation == mia.cid


async def test_a_professional_who_returns_in_the_grace_keeps_the_talk(host: Host, aino: Worker) -> None:
    mia, claimed = await in_talk(host, aino)
    part = await part_of(aino, mia.cid)
    await pass_lease(part, seconds=60)
    await sweep()
    heard: list[Announcement] = []
    stop = listen(heard.append)
    await leases.renew(visitors=set(), workers={aino.pk})
    await sweep_everywhere()
    stop()
    assert Presence(mia.cid, 2, "here") in heard
    assert (await answer(aino, claimed, "tässä taas")).item.row.seq == 2


async def test_who_is_away_for_fifteen_minutes_is_parked_and_frees_the_professional(host: Host, aino: Worker) -> None:
    mia = await parked(host, aino)
    await sweep_everywhere()
    assert await service_lines(mia) == [(Kind.JOINED, ""), (Kind.PARKED, Code.AWAY)]
    assert (await sql(PART, id=await part_of(aino, mia.cid)))[0][1] is True
    for _ in range(2):
        await enter(host)
        await claim_next(worker=aino.pk)


async def test_the_return_of_a_parked_talk_goes_to_the_head(host: Host, aino: Worker, petri: Worker) -> None:
    mia = await parked(host, aino)
    await enter(host)
    heard: list[Announcement] = []
    stop = listen(heard.append)
    await admission.come_back(token=mia.token)
    stop()
    assert (await service_lines(mia))[-1] == (Kind.REQUEUED, Code.RETURNED)
    assert any(isinstance(each, Moved) and each.state == "queued" for each in heard)
    assert (await claim_next(worker=petri.pk)).conversation == mia.cid


@pytest.mark.parametrize("waits", ["queued", "parked"])
async def test_a_hold_that_ended_closes(host: Host, aino: Worker, waits: str) -> None:
    mia = await parked(host, aino) if waits == "parked" else await enter(host)
    await pass_lease(mia.talk.participant, minutes=61)
    await sweep()
    await pass_column(mia.cid, "held_until", seconds=1)
    await sweep_everywhere()
    assert await row_of(mia.cid, "state", "closed_by") == {"state": "closed", "closed_by": "hold_ended"}
    assert (await service_lines(mia))[-1] == (Kind.CLOSED, Code.HOLD_ENDED)
    assert [kind for kind, _ in await service_lines(mia)].count(Kind.CLOSED) == 1


@pytest.mark.parametrize(("risk", "state"), [(1, "closed"), (2, "parked"), (3, "parked")])
async def test_no_clock_closes_a_talk_at_high_risk(host: Host, risk: int, state: str) -> None:
    mia = await enter(host)
    await sql("UPDATE conversations_conversation SET risk = %(risk)s WHERE id = %(id)s", risk=risk, id=mia.cid)
    await pass_lease(mia.talk.participant, minutes=200)
    await sweep()
    await pass_column(mia.cid, "held_until", minutes=100)
    await sweep_everywhere()
    assert (await row_of(mia.cid, "state"))["state"] == state


async def test_who_comes_back_during_the_sweep_keeps_the_place(host: Host) -> None:
    for _ in range(5):
        mia = await enter(host)
        await pass_lease(mia.talk.participant, minutes=61)
        await sweep()
        await pass_column(mia.cid, "held_until", seconds=1)
        found: Any = (await asyncio.gather(sweep(), admission.come_back(token=mia.token)))[1]
        state = (await row_of(mia.cid, "state"))["state"]
        assert state == found.state


async def test_order_and_leases_follow_the_databases_clock(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """P14, R26: this process's clock runs ten minutes wrong, and nothing of it reaches a row."""
    import time  # noqa: PLC0415 - the clock under test

    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 600)
    mia = await enter(host)
    await mia.write("hei")
    query = """
    SELECT abs(extract(epoch FROM line.minute - date_trunc('minute', clock_timestamp()))) <= 60,
        part.lease_until BETWEEN clock_timestamp() + interval '50 s' AND clock_timestamp() + interval '60 s'
    FROM conversations_event line JOIN conversations_participant part ON part.id = line.participant_id
    WHERE line.conversation_id = %(id)s
    """
    assert await sql(query, id=mia.cid) == [(True, True)]


async def test_rows_hold_whole_minutes_and_a_closed_talk_no_second_at_all(host: Host, aino: Worker) -> None:
    """A8."""
    mia, claimed = await in_talk(host, aino)
    await mia.write("hei")
    await answer(aino, claimed, "hei")
    await talk.close(conversation=mia.cid, worker=aino.pk, epoch=claimed.epoch)
    await leases.renew(visitors={mia.talk.participant}, workers={aino.pk})
    columns = await sql(
        """SELECT table_name, column_name FROM information_schema.columns WHERE table_name LIKE 'conversations_%%'
        AND data_type LIKE 'timestamp%%'"""
    )
    where = {
        "conversations_thread": "id = (SELECT thread_id FROM conversations_conversation WHERE id = %(id)s)",
        "conversations_conversation": "id = %(id)s",
        "conversations_participant": "conversation_id = %(id)s",
        "conversations_event": "conversation_id = %(id)s",
    }
    assert {table for table, _ in columns} == set(where)
    for table, column in columns:
        query = f"SELECT {column} FROM {table} WHERE {where[table]}"  # noqa: S608 - names of the catalogue
        for (moment,) in await sql(query, id=mia.cid):
            assert moment is None or (moment.second, moment.microsecond) == (0, 0), f"{table}.{column}"


async def test_a_professional_without_a_word_gives_the_talk_back(host: Host, aino: Worker) -> None:
    """Called, confirmed, and two minutes of silence: the visitor is first again, and is told."""
    mia, _ = await in_talk(host, aino)
    late = "UPDATE conversations_conversation SET answer_by = now() - interval '1 second' WHERE id = %(id)s"
    await sql(late, id=mia.cid)
    await sweep()
    row = await row_of(mia.cid, "state", "requeued")
    assert row == {"state": "queued", "requeued": True}


async def test_the_first_word_stops_the_clock(host: Host, aino: Worker) -> None:
    """From then on silence is thinking."""
    mia, claimed = await in_talk(host, aino)
    await answer(aino, claimed, "hei")
    assert (await row_of(mia.cid, "answer_by"))["answer_by"] is None
