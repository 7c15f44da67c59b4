"""Handing a talk to a colleague, at the desks and in the visitor's page: accepted, refused, withdrawn, too old."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from chatservice.queues import offers
from tests.people import on_duty, sql
from tests.queues.stage import colleague
from tests.wire import Aino, Frame, Mia, talk

LATE = "UPDATE queues_offer SET until = clock_timestamp() - interval '1 second' WHERE id = %(id)s"
ACTS = "SELECT action, actor FROM audit_entry WHERE object = %(cid)s ORDER BY n"


class Stage:
    """Mia talks with Aino; Petri's desk is open."""

    def __init__(self, mia: Mia, desk: Aino, other: Aino) -> None:
        self.mia, self.desk, self.other = mia, desk, other
        self.held: Frame = {}

    async def act(self, kind: str, *, by: Aino | None = None, **fields: Any) -> None:
        """An act of Aino's about the talk, or of another desk."""
        frame = {"type": kind, "cid": self.mia.cid, "epoch": self.held["epoch"], "ref": kind, **fields}
        await (by or self.desk).say(frame)

    async def offer(self, note: str = "", kind: str = "offer") -> Frame:
        """Aino asks Petri; returns the offer as his desk shows it."""
        await self.act(kind, worker=self.other.worker.pk, **({"note": note} if note else {}))
        items: list[Frame] = (await self.other.expect("offers"))["items"]
        (item,) = items
        return item

    async def answer(self, kind: str, offer: Frame, *, by: Aino | None = None) -> None:
        """An answer of Petri's, or of another desk."""
        await (by or self.other).say({"type": kind, "offer": offer["id"], "ref": kind})


@pytest_asyncio.fixture
async def stage(host: Host, aino: Worker, petri: Worker) -> AsyncIterator[Stage]:
    """Everybody in their places."""
    await on_duty(aino, petri)
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        made = Stage(mia, desk, await Aino(petri).sign_in())
        made.held = held
        yield made


async def test_accepted_the_talk_moves_and_everybody_is_told(stage: Stage) -> None:
    await stage.mia.write("hei")
    offer = await stage.offer("odottaa vastausta koulupäivästä")
    assert offer["who"] == {"name": "Aino", "profession": "curator"}
    assert (offer["kind"], offer["mine"], offer["note"]) == ("take_over", False, "odottaa vastausta koulupäivästä")
    assert offer["cid"] is None
    await stage.answer("accept", offer)
    taken = (await stage.other.expect("talk", ref="accept"))["talk"]
    assert (taken["cid"], taken["part"]) == (stage.mia.cid, "owner")
    assert taken["epoch"] > stage.held["epoch"]
    assert (await stage.desk.expect("gone"))["reason"] == "handed_over"
    line = (await stage.mia.expect("events", last=3))["items"][-1]
    assert (line["kind"], line["code"]) == ("transferred", "handed_over")
    assert line["who"] == {"name": "Petri", "profession": "psychologist"}
    await stage.other.write(taken, "hei, olen Petri", seen=0)
    assert (await stage.mia.expect("events", last=4))["items"][-1]["text"] == "hei, olen Petri"
    acts = [row[0] for row in await sql(ACTS, cid=stage.mia.cid)]
    assert acts[-2:] == ["talk_offered", "talk_taken_over"]


async def test_the_former_owner_writes_and_reads_nothing_more(stage: Stage) -> None:
    """P4, P9: an old window's message under the old claim, and what the visitor writes afterwards."""
    offer = await stage.offer()
    await stage.answer("accept", offer)
    await stage.desk.expect("gone")
    mid = str(uuid4())
    frame = {"type": "send", "cid": stage.mia.cid, "mid": mid, "epoch": stage.held["epoch"], "seen": 0, "body": "vielä"}
    await stage.desk.say(frame)
    assert (await stage.desk.expect("nack", mid=mid))["code"] == "gone"
    await stage.act("whisper", mid=mid, body="vielä")
    assert (await stage.desk.expect("nack", mid=mid))["code"] == "stale"
    await stage.mia.write("salaisuus Petrille")
    await stage.other.expect("events", last=3)
    heard = await stage.desk.quiet()
    assert "salaisuus" not in str(heard)


async def test_until_the_answer_the_talk_stays_with_its_owner(stage: Stage) -> None:
    await stage.offer("huomio")
    (mine,) = (await stage.desk.expect("offers"))["items"]
    assert (mine["mine"], mine["cid"], mine["who"]["name"], mine["note"]) == (True, stage.mia.cid, "Petri", "")
    await stage.desk.write(stage.held, "olen yhä tässä", seen=0)
    assert not [frame for frame in await stage.other.quiet() if frame["type"] in {"talk", "events", "notes"}]


async def test_refused_the_owner_reads_it_among_the_notes(stage: Stage) -> None:
    offer = await stage.offer()
    await stage.answer("refuse", offer)
    (note,) = (await stage.desk.expect("notes"))["items"]
    assert (note["kind"], note["code"], note["who"]["name"]) == ("notice", "offer_refused", "Petri")
    assert (await stage.other.expect("offers"))["items"] == []
    await stage.desk.write(stage.held, "jatketaan", seen=0)
    await stage.answer("accept", offer)
    assert (await stage.other.expect("nack", ref="accept"))["code"] == "gone"


async def test_withdrawn_it_is_gone_for_both(stage: Stage) -> None:
    offer = await stage.offer()
    await stage.answer("withdraw", offer, by=stage.other)
    assert (await stage.other.expect("nack", ref="withdraw"))["code"] == "gone"
    await stage.answer("withdraw", offer, by=stage.desk)
    assert (await stage.other.expect("offers"))["items"] == []
    await stage.answer("accept", offer)
    assert (await stage.other.expect("nack", ref="accept"))["code"] == "gone"


async def test_unanswered_it_ends_and_both_are_told(stage: Stage) -> None:
    offer = await stage.offer()
    await sql(LATE, id=offer["id"])
    await stage.answer("accept", offer)
    assert (await stage.other.expect("nack", ref="accept"))["code"] == "gone"
    await offers.sweep()
    assert await offers.sweep() == 0
    (note,) = (await stage.desk.expect("notes"))["items"]
    assert (note["code"], note["who"]["name"]) == ("offer_expired", "Petri")
    assert (await stage.other.expect("offers"))["items"] == []
    assert await sql("SELECT 1 FROM queues_offer WHERE id = %(id)s", id=offer["id"]) == []


async def test_the_same_offer_twice_is_one_and_somebody_else_is_asked_only_after_it(stage: Stage, host: Host) -> None:
    sari = await colleague(host, "Sari")
    await stage.offer("kerran")
    await stage.act("offer", worker=stage.other.worker.pk, note="kerran", ref="again")
    await stage.act("offer", worker=sari.pk, ref="third")
    assert (await stage.desk.expect("nack", ref="third"))["code"] == "offered"
    query = "SELECT count(*) FROM conversations_event WHERE conversation_id = %(cid)s AND stream = 1"
    assert await sql(query, cid=stage.mia.cid) == [(1,)]


async def test_the_end_of_the_talk_is_the_end_of_the_offer(stage: Stage) -> None:
    offer = await stage.offer()
    await stage.act("close")
    await stage.mia.expect("queue", state="closed")
    await stage.answer("accept", offer)
    assert (await stage.other.expect("nack", ref="accept"))["code"] == "gone"
    await offers.sweep()
    assert (await stage.other.expect("offers"))["items"] == []


async def test_an_offer_is_there_again_after_a_reload(stage: Stage) -> None:
    offer = await stage.offer("lue tämä")
    await stage.other.cut()
    again = await Aino(stage.other.worker).sign_in()
    assert (await again.expect("offers"))["items"] == [offer]
    await again.cut()


@pytest.mark.parametrize("kind", ["offer", "ask"])
async def test_the_words_of_the_child_are_in_no_offer(stage: Stage, kind: str) -> None:
    await stage.mia.write("salaisuus")
    await stage.offer(kind=kind)
    assert "salaisuus" not in str(stage.other.heard)
