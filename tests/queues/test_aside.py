"""A colleague at the side: sees, whispers, is brought in; and goes with the claim."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio

from chatservice.accounts.models import Worker
from chatservice.conversations.log import read_after
from chatservice.places.models import Host
from chatservice.queues import beside
from chatservice.queues.claim import claim_next
from tests.people import enter, on_duty, part_of, sql
from tests.queues.test_handover import Stage
from tests.wire import Aino, Mia, talk

LOST = """
UPDATE conversations_participant SET lease_until = clock_timestamp() - interval '91 seconds'
WHERE worker_id = %(worker)s AND role = 'colleague'
"""


@pytest_asyncio.fixture
async def stage(host: Host, aino: Worker, petri: Worker) -> AsyncIterator[Stage]:
    """Petri sits beside Aino; Mia has written before he came."""
    await on_duty(aino, petri)
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        made = Stage(mia, desk, await Aino(petri).sign_in())
        made.held = held
        await mia.write("alusta asti")
        await made.answer("accept", await made.offer(kind="ask"))
        made.other.talks[mia.cid] = (await made.other.expect("talk", ref="accept"))["talk"]
        yield made


async def whisper(line: Aino, stage: Stage, body: str, *, mid: str = "") -> dict[str, object]:
    """Whisper and return the acknowledgement."""
    mid = mid or str(uuid4())
    await stage.act("whisper", by=line, mid=mid, body=body)
    return await line.expect("ack", mid=mid)


async def test_beside_one_sees_the_talk_from_its_start_and_the_owner_sees_who_sits_there(stage: Stage) -> None:
    mine = stage.other.talks[stage.mia.cid]
    assert (mine["part"], mine["epoch"]) == ("beside", stage.held["epoch"])
    await stage.other.expect("events", last=2)
    assert [line["text"] for line in stage.other.lines(stage.mia.cid) if "text" in line] == ["alusta asti"]
    shown = (await stage.desk.expect("talk"))["talk"]
    assert [(one["name"], one["visible"]) for one in shown["beside"]] == [("Petri", False)]
    await stage.mia.write("ja tästä eteenpäin")
    assert (await stage.other.expect("events", last=3))["items"][-1]["text"] == "ja tästä eteenpäin"


async def test_whispers_go_both_ways_once_and_in_order(stage: Stage) -> None:
    mid = str(uuid4())
    first = await whisper(stage.other, stage, "kysy koulusta", mid=mid)
    again = await whisper(stage.other, stage, "kysy koulusta", mid=mid)
    assert (again["seq"], again["dup"], first["dup"]) == (first["seq"], True, False)
    await stage.act("whisper", by=stage.other, mid=mid, body="muuta")
    assert (await stage.other.expect("nack", mid=mid))["code"] == "id_conflict"
    await whisper(stage.desk, stage, "kiitos")
    notes = [item for frame in [await stage.desk.expect("notes", last=3)] for item in frame["items"]]
    assert (notes[-1]["text"], notes[-1]["who"]["name"]) == ("kiitos", "Aino")
    heard = [item for frame in stage.desk.heard if frame["type"] == "notes" for item in frame["items"]]
    assert [item["seq"] for item in heard] == [1, 2, 3]
    assert [item.get("code") or item["text"] for item in heard] == ["beside", "kysy koulusta", "kiitos"]


async def test_a_desk_that_comes_back_reads_the_notes_after_its_cursor(stage: Stage) -> None:
    await whisper(stage.other, stage, "ensimmäinen")
    await stage.desk.expect("notes", last=2)
    await stage.desk.cut()
    await whisper(stage.other, stage, "toinen")
    again = Aino(stage.desk.worker)
    await again.sign_in(note_cursors={stage.mia.cid: 2})
    (note,) = (await again.expect("notes"))["items"]
    assert (note["seq"], note["text"]) == (3, "toinen")
    await again.cut()


async def test_unseen_one_neither_writes_nor_is_seen_to_type(stage: Stage) -> None:
    await stage.act("send", by=stage.other, mid=(mid := str(uuid4())), seen=0, body="salaa")
    assert (await stage.other.expect("nack", mid=mid))["code"] == "gone"
    await stage.other.say({"type": "typing", "cid": stage.mia.cid, "on": True})
    assert (await stage.other.expect("nack", cid=stage.mia.cid))["code"] == "gone"
    await stage.act("step_out", by=stage.other)
    await stage.other.expect("gone")
    await stage.mia.quiet()
    assert "Petri" not in str(stage.mia.heard)
    assert not [frame for frame in stage.mia.heard if frame["type"] in {"typing", "presence"}]


async def test_brought_in_the_visitor_reads_who_it_is_and_both_write(stage: Stage) -> None:
    petri = stage.other.worker.pk
    await stage.act("bring_in", worker=petri)
    joined = (await stage.mia.expect("events", last=3))["items"][-1]
    assert (joined["kind"], joined["who"]) == ("joined", {"name": "Petri", "profession": "psychologist"})
    mine = (await stage.other.expect("talk"))["talk"]
    assert mine["part"] == "brought_in"
    await stage.other.write(mine, "hei, minäkin olen tässä", seen=0)
    said = (await stage.mia.expect("events", last=4))["items"][-1]
    assert (said["text"], said["who"]["name"]) == ("hei, minäkin olen tässä", "Petri")
    await stage.act("bring_in", worker=petri)
    await stage.act("step_out", by=stage.other)
    left = (await stage.mia.expect("events", last=5))["items"][-1]
    assert (left["kind"], left["code"], left["who"]["name"]) == ("left", "stepped_out", "Petri")
    await stage.desk.write(stage.held, "olen yhä tässä", seen=0)


async def test_only_who_sits_there_is_brought_in(stage: Stage) -> None:
    await stage.act("step_out", by=stage.other)
    await stage.other.expect("gone")
    await stage.act("bring_in", worker=stage.other.worker.pk)
    assert (await stage.desk.expect("nack", ref="bring_in"))["code"] == "gone"
    await stage.act("step_out", by=stage.desk)
    assert (await stage.desk.expect("nack", ref="step_out"))["code"] == "gone"


async def test_after_stepping_out_nothing_more_is_read(stage: Stage) -> None:
    """P4 within one claim: the epoch is the same, the right is not."""
    await stage.other.expect("events", last=2)
    await stage.act("step_out", by=stage.other)
    await stage.other.expect("gone")
    await stage.mia.write("salaisuus")
    await stage.desk.expect("events", last=3)
    await whisper(stage.desk, stage, "salainen muistiinpano")
    assert "sala" not in str(await stage.other.quiet())
    await stage.act("whisper", by=stage.other, mid=(mid := str(uuid4())), body="vielä")
    assert (await stage.other.expect("nack", mid=mid))["code"] == "stale"
    reader = await part_of(stage.other.worker, stage.mia.cid)  # type: ignore[arg-type]
    for stream in (0, 1):
        assert await read_after(conversation=stage.mia.cid, reader=reader, after=0, stream=stream) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("act", ["release", "close"])
async def test_the_part_ends_with_the_claim(stage: Stage, act: str) -> None:
    await stage.act(act)
    gone = await stage.other.expect("gone", cid=stage.mia.cid)
    assert gone["reason"] == {"release": "released", "close": "closed"}[act]
    reader = await part_of(stage.other.worker, stage.mia.cid)  # type: ignore[arg-type]
    assert await read_after(conversation=stage.mia.cid, reader=reader, after=0) == []  # type: ignore[arg-type]


async def test_sitting_beside_takes_no_place(stage: Stage, host: Host) -> None:
    """Petri's two places are free, and the talk he sits beside is not lost when his desk is."""
    for _ in range(2):
        await enter(host)
        await claim_next(worker=stage.other.worker.pk)
    await stage.other.cut()
    await sql(LOST, worker=stage.other.worker.pk)
    await beside.sweep()
    assert await beside.sweep() == 0
    note = (await stage.desk.expect("notes", last=2))["items"][-1]
    assert (note["code"], note["who"]["name"]) == ("stepped_out", "Petri")
    await stage.desk.write(stage.held, "jatketaan", seen=0)


async def test_everybody_on_duty_is_told_with_their_free_places(stage: Stage) -> None:
    frame = await stage.other.expect("colleagues")
    while [one["free"] for one in frame["items"]] != [1, 2]:
        frame = await stage.other.expect("colleagues")
    assert [(one["name"], one["state"], one["capacity"]) for one in frame["items"]] == [
        ("Aino", "on", 2),
        ("Petri", "on", 2),
    ]
