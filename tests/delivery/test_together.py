"""Two windows, two people: what each of them is shown, and what nobody else is (P4, P10)."""

from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from chatservice.accounts.models import Worker
from chatservice.delivery import process
from chatservice.places.models import Area, Host
from tests import wire
from tests.people import sql
from tests.wire import Aino, Mia, talk


async def test_two_tabs_of_one_visitor_show_the_same_and_both_may_write(host: Host) -> None:
    """R14."""
    mia = await Mia(host).enter()
    tab = await Mia(host).hello(token=mia.token)
    await mia.write("ensimmäisestä")
    await tab.write("toisesta")
    for line in (mia, tab):
        while len(line.lines(mia.cid)) < 2:
            await line.next()
    assert mia.lines(mia.cid) == tab.lines(mia.cid)
    await tab.cut()
    assert (await mia.write("jatkuu"))["seq"] == 3


async def test_a_second_window_of_the_desk_shows_the_same_talks(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        window = await Aino(aino).sign_in()
        assert set(window.talks) == {mia.cid}
        await mia.write("hei")
        await desk.expect("events", last=2)
        await window.expect("events", last=2)
        await window.write(held, "toisesta ikkunasta", seen=2)
        assert (await desk.expect("events", last=3))["items"][0]["text"] == "toisesta ikkunasta"
        await window.say({"type": "release", "cid": mia.cid, "epoch": held["epoch"], "ref": "r2"})
        for line in (desk, window):
            assert (await line.expect("gone", cid=mia.cid))["reason"] == "released"


async def test_a_claim_in_one_window_appears_in_the_other(host: Host, aino: Worker) -> None:
    mia, desk, window = await Mia(host).enter(), await Aino(aino).sign_in(), await Aino(aino).sign_in()
    await desk.claim()
    assert (await window.expect("talk"))["talk"]["cid"] == mia.cid


async def test_typing_and_presence_reach_the_other_side_only(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await mia.say({"type": "typing", "cid": mia.cid, "on": True})
        assert (await desk.expect("typing"))["side"] == "visitor"
        await desk.say({"type": "typing", "cid": mia.cid, "on": True})
        assert await mia.expect("typing") == {"type": "typing", "cid": mia.cid, "side": "professional", "on": True}
        await mia.say({"type": "leave", "cid": mia.cid, "how": "quick"})
        assert (await desk.expect("presence"))["link"] == "left_quickly"
        assert [frame for frame in await mia.quiet() if frame["type"] in {"typing", "presence"}] == []


async def test_typing_is_limited(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        for _ in range(8):
            await mia.say({"type": "typing", "cid": mia.cid, "on": True})
        await mia.quiet()
        assert len([frame for frame in await desk.quiet() if frame["type"] == "typing"]) <= 2


async def test_the_waiting_learn_their_place_and_move_up(host: Host, aino: Worker) -> None:
    mia = await Mia(host).enter()
    assert (await mia.expect("queue", place=1))["waiting"] == 1
    jonas = await Mia(host).enter()
    assert (await jonas.expect("queue", place=2))["waiting"] == 2
    desk = await Aino(aino).sign_in()
    assert (await desk.expect("waiting", count=2))["items"][0]["age_band"] == "A13_15"
    await mia.say({"type": "leave", "cid": mia.cid, "how": "end"})
    await mia.expect("queue", state="closed")
    assert (await jonas.expect("queue", place=1))["waiting"] == 1
    await desk.expect("waiting", count=1)


async def test_the_list_of_the_waiting_holds_no_word_of_theirs(host: Host, aino: Worker) -> None:
    """B4."""
    mia = await Mia(host).enter()
    await mia.write("salaisuus")
    desk = await Aino(aino).sign_in()
    waiting = await desk.expect("waiting", count=1)
    assert "salaisuus" not in str(waiting)
    assert set(waiting["items"][0]) <= {
        "ticket",
        "channel",
        "language",
        "age_band",
        "since",
        "link",
        "wish",
        "reasons",
        "queue",
    }


async def test_a_released_worker_is_shown_no_later_line(host: Host, aino: Worker, petri: Worker) -> None:
    """P4: neither as it is written, nor by healing, nor by coming back with a cursor."""
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        await desk.say({"type": "release", "cid": mia.cid, "epoch": held["epoch"], "ref": "r3"})
        await desk.expect("gone", cid=mia.cid)
        await mia.write("ei enää Ainolle")
        other = await Aino(petri).sign_in()
        await other.claim()
        assert "ei enää Ainolle" in str(await other.expect("events"))
        await process.current().registry.heal()
        await desk.quiet()
        back = await Aino(aino).sign_in(cursors={mia.cid: 1})
        await back.quiet()
        assert "ei enää Ainolle" not in str(desk.heard) + str(back.heard)
        assert back.talks == {}


async def test_a_worker_who_hears_the_nudge_of_a_newer_claim_shows_nothing(
    host: Host, aino: Worker, petri: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P4: Aino's desk missed that her claim passed; the lines of Petri's claim go past her window."""
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        part = "UPDATE conversations_participant SET ended = true WHERE worker_id = %(w)s AND conversation_id = %(c)s"
        await sql(part, w=aino.pk, c=mia.cid)
        await sql("UPDATE conversations_conversation SET claim_epoch = claim_epoch + 1 WHERE id = %(c)s", c=mia.cid)
        await mia.write("seuraavalle")
        assert "seuraavalle" not in str(await desk.quiet())
        mid = str(uuid4())
        frame = {"type": "send", "cid": mia.cid, "mid": mid, "epoch": held["epoch"], "seen": 1, "body": "myöhässä"}
        await desk.say(frame)
        assert (await desk.expect("nack", mid=mid))["code"] == "stale"


async def test_eve_reaches_neither_talk_nor_line_of_another(host: Host, aino: Worker) -> None:
    """B3: a foreign conversation and a missing one answer alike, for visitors and for workers."""
    mia, desk = Mia(host), Aino(aino)
    make = sync_to_async(lambda: wire.make_worker(wire.make_area(), "Eve"))
    async with talk(mia, desk):
        eve, spy = await Mia(host).enter(), await Aino(await make()).sign_in()
        for cid in (mia.cid, str(uuid4())):
            for act in ({"type": "send", "mid": str(uuid4()), "body": "x"}, {"type": "here"}, {"type": "leave"},
                        {"type": "typing", "on": True}):  # fmt: skip
                await eve.say({**act, "cid": cid})
                assert (await eve.expect("nack", cid=cid))["code"] == "gone"
            for act in ({"type": "send", "mid": str(uuid4()), "epoch": 1, "seen": 0, "body": "x"},
                        {"type": "release", "epoch": 1}, {"type": "close", "epoch": 1},
                        {"type": "typing", "on": True}):  # fmt: skip
                await spy.say({**act, "cid": cid})
                assert (await spy.expect("nack", cid=cid))["code"] == "gone"
        await mia.write("vain Ainolle")
        assert "vain Ainolle" not in str(await eve.quiet()) + str(await spy.quiet())
        assert (await spy.say({"type": "claim"})) is None
        assert (await spy.expect("nack"))["code"] == "nothing_waiting"


async def test_a_workers_socket_ends_with_the_session(host: Host, aino: Worker) -> None:
    desk = await Aino(aino).sign_in()
    await sync_to_async(Session.objects.filter(session_key=desk.session).delete)()
    await process.current().registry.watch()
    assert await desk.closed() == 4010


async def test_who_is_signed_out_or_disabled_does_no_further_act(host: Host, area: Area, aino: Worker) -> None:
    """S2: the right is read at each act, before the re-check comes round."""
    mia = await Mia(host).enter()
    desk = await Aino(aino).sign_in()
    await sql("UPDATE accounts_worker SET is_active = false WHERE id = %(id)s", id=aino.pk)
    await desk.say({"type": "claim", "ref": "r1"})
    assert await desk.closed() == 4010
    assert "talk" not in {frame["type"] for frame in desk.heard}
    assert (await mia.write("kuka on siellä?"))["seq"] == 1
