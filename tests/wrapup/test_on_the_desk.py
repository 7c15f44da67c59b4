"""The wrap-up on the wire: told when a talk ends and at the next sign-in, stored by a frame, refused in words."""

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.test import Client
from django.utils import timezone

from chatservice.accounts.models import Worker
from chatservice.places.models import Area, Host, Municipality
from chatservice.screening.agreement import half_year
from chatservice.wrapup.models import TopicCount, WrapUp
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
        assert [frame["items"] for frame in eve.heard if frame["type"] == "wrap_ups"] == [[]]
    await eve.cut()


async def test_everything_is_told_again_and_a_wrong_code_is_named(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await desk.say({"type": "close", "cid": mia.cid, "epoch": desk.talks[mia.cid]["epoch"]})
        [item] = (await desk.expect("wrap_ups"))["items"]
        assert (item["age"], item["role"], item["municipality"], item["marked"]) == (
            "A13_15",
            "R_UNK",
            "unknown",
            False,
        )
        codes = {"sides": ["Y.MIND.ANX"], "outcomes": ["O_CUR", "O_HEARD"], "risk_kinds": ["K_SH"]}
        single = {"role": "R_SELF", "age": "A16_17", "stage": "S_LUK", "language": "sv", "municipality": "unknown"}
        frame = {"type": "wrap_up", "cid": mia.cid, "topic": "Y.SCH.ABS.ANX", "risk": "concern", **codes, **single}
        for wrong, code in (
            ({"sides": ["Y.MIND", "Y.PEER", "Y.BODY"]}, "side_topics"),
            ({"sides": ["Y.SCH.ABS.ANX"]}, "side_topics"),
            ({"sides": ["P.COPE"]}, "unknown_topic"),
            ({"outcomes": ["mia cried"]}, "unknown_code"),
            ({"municipality": "999"}, "unknown_place"),
        ):
            await desk.say({**frame, **wrong, "ref": "no"})
            assert (await desk.expect("nack", ref="no"))["code"] == code
        await desk.say({**frame, "ref": "w"})
        await desk.expect("wrapped_up", ref="w")
        [item] = (await desk.expect("wrap_ups"))["items"]
        assert {name: item[name] for name in (*codes, *single)} == {**codes, **single}


async def test_the_codes_are_named_to_a_signed_in_worker_only(aino: Worker, area: Area) -> None:
    client = Client(headers={"host": "desk.localhost:8000"})
    stranger = await sync_to_async(client.get)("/codes?channel=youth")
    assert stranger.status_code in {302, 401, 403}
    for code, name in (("020", "Äetsä"), ("091", "Helsinki"), ("853", "Turku")):
        await Municipality.objects.acreate(area=area, code=code, name_fi=name, name_sv=name)
    now = half_year(timezone.localdate())
    for topic, talks, period in (
        ("P.COPE", 11, now),
        ("P.COPE.TIRED", 30, now),
        ("P.COUPLE", 9, now),
        ("P.SCH", 90, now - timedelta(days=800)),
    ):
        await TopicCount.objects.acreate(area=area, period=period, channel="parent", topic=topic, talks=talks)
    await sync_to_async(client.force_login)(aino)
    answer = await sync_to_async(client.get)("/codes?channel=parent")
    told = answer.json()
    assert {"code": "P.COPE.TIRED", "name": "Väsymys ja uupumus", "within": "P.COPE"} in told["topics"]
    assert told["topics"][-1]["code"].startswith("N.")
    assert told["likely"] == ["P.COPE.TIRED", "P.COPE"], "nothing that fewer than ten talks of the last year were about"
    assert [town["name"] for town in told["municipalities"]] == ["Helsinki", "Turku", "Äetsä"]
    assert {"O_QUIT", "O_UNANS"}.isdisjoint(one["code"] for one in told["outcomes"])
    assert all(told[field] for field in ("outcomes", "risk_kinds", "roles", "ages", "stages", "languages"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await sync_to_async(client.get)("/codes?channel=cats")).status_code == 400
