"""The wrap-up on the wire: told when a talk ends and at the next sign-in, stored by a frame, refused in words."""

from asgiref.sync import sync_to_async
from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from chatservice.wrapup.models import WrapUp
from tests.wire import Aino, Mia, talk

WISH = "en haluu enää elää"


async def test_a_closed_talk_is_wrapped_up(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await mia.write(WISH)
        await desk.say({"type": "close", "cid": mia.cid, "epoch": desk.talks[mia.cid]["epoch"], "ref": "c"})
        [item] = (await desk.expect("wrap_ups"))["items"]
        assert (item["cid"], item["channel"], item["topic"], item["risk"]) == (mia.cid, "youth", "", "")
        again = await Aino(aino).sign_in()
        assert (await again.expect("wrap_ups"))["items"] == [item]
        frame = {"type": "wrap_up", "cid": mia.cid, "topic": "P.COPE", "risk": "high", "ref": "w"}
        await desk.say(frame)
        assert (await desk.expect("nack", ref="w"))["code"] == "unknown_topic"
        await desk.say({**frame, "topic": "Y.MIND.SUI"})
        await desk.expect("wrapped_up", cid=mia.cid, topic="Y.MIND.SUI", risk="high")
        await again.cut()
    row = await WrapUp.objects.aget(conversation=mia.cid)
    assert (row.machine, row.kinds & 1, row.judged, row.topic) == (2, 1, 2, "Y.MIND.SUI")


async def test_what_the_machine_saw_outlives_a_lower_judgement(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await mia.write(WISH)
        epoch = desk.talks[mia.cid]["epoch"]
        await desk.say({"type": "lower", "cid": mia.cid, "epoch": epoch, "risk": "none"})
        await desk.say({"type": "close", "cid": mia.cid, "epoch": epoch})
        await desk.expect("wrap_ups")
    assert (await WrapUp.objects.aget(conversation=mia.cid)).machine == 2


async def test_eve_wraps_up_nothing(host: Host, aino: Worker, petri: Worker) -> None:
    mia, desk, eve = Mia(host), Aino(aino), await Aino(petri).sign_in()
    async with talk(mia, desk):
        await desk.say({"type": "close", "cid": mia.cid, "epoch": desk.talks[mia.cid]["epoch"]})
        await desk.expect("wrap_ups")
        await eve.say({"type": "wrap_up", "cid": mia.cid, "topic": "Y.MIND", "risk": "none", "ref": "e"})
        assert (await eve.expect("nack", ref="e"))["code"] == "gone"
        assert not [frame for frame in eve.heard if frame["type"] == "wrap_ups"]
    await eve.cut()


async def test_the_topics_are_named_to_a_signed_in_worker_only(aino: Worker) -> None:
    client = Client(headers={"host": "desk.localhost:8000"})
    stranger = await sync_to_async(client.get)("/topics?channel=youth")
    assert stranger.status_code in {302, 401, 403}
    await sync_to_async(client.force_login)(aino)
    answer = await sync_to_async(client.get)("/topics?channel=parent")
    groups = answer.json()["groups"]
    assert {"code": "P.COPE.TIRED", "name": "Väsymys ja uupumus"} in groups[3]["topics"]
    assert groups[-1]["code"].startswith("N.")
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await sync_to_async(client.get)("/topics?channel=cats")).status_code == 400
