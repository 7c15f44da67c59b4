"""After any break a client converges to what the server has, by its cursor and nothing else (P2, P3, P6)."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import sealers
from chatservice.delivery import process, rooms
from chatservice.places.models import Host
from tests.people import sql
from tests.wire import Aino, Mia, talk


def texts(items: list[dict[str, Any]]) -> list[str]:
    """The texts of lines."""
    return [item.get("text", "") for item in items]


def seqs(items: list[dict[str, Any]]) -> list[int]:
    """The numbers of lines."""
    return [item["seq"] for item in items]


@pytest.mark.parametrize("cursor", [0, 1, 2, 3])
async def test_who_resumes_gets_what_is_behind_the_cursor(host: Host, cursor: int) -> None:
    mia = await Mia(host).enter()
    for text in ("yksi", "kaksi", "kolme"):
        await mia.write(text)
    await mia.cut()
    again = await Mia(host).hello(token=mia.token, cursors={mia.cid: cursor})
    events = await again.expect("events")
    assert seqs(events["items"]) == [1, 2, 3][cursor:]
    assert events["last"] == 3
    assert "token" not in again.heard[0]


async def test_a_cursor_ahead_of_the_log_begins_again(host: Host, aino: Worker) -> None:
    """R24: a backup was restored; nothing is lost or doubled, for either side."""
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await mia.write("yksi")
        back = await Mia(host).hello(token=mia.token, cursors={mia.cid: 99})
        await back.expect("reset", cid=mia.cid)
        assert seqs((await back.expect("events"))["items"]) == [1, 2]
        tab = await Aino(aino).sign_in(cursors={mia.cid: 99})
        await tab.expect("reset", cid=mia.cid)
        assert seqs((await tab.expect("events"))["items"]) == [1, 2]
        await mia.write("kaksi")
        assert texts((await back.expect("events", last=3))["items"]) == ["kaksi"]
        assert texts((await tab.expect("events", last=3))["items"]) == ["kaksi"]


async def test_a_resend_after_the_line_was_cut_before_the_ack_is_one_message(host: Host) -> None:
    mia = await Mia(host).enter()
    mid = str(uuid4())
    await mia.say({"type": "send", "cid": mia.cid, "mid": mid, "body": "kerran"})
    await mia.cut()
    again = await Mia(host).hello(token=mia.token)
    ack = await again.write("kerran", mid=mid)
    assert ack["seq"] == 1
    assert await sql("SELECT count(*) FROM conversations_event WHERE mid = %(mid)s", mid=mid) == [(1,)]
    await again.quiet()
    assert texts(again.lines(mia.cid)) == ["kerran"]


async def test_lines_that_come_between_subscribing_and_reading_are_shown_once_in_order(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race of subscribe-then-read, held open: the read waits while five lines are written and nudged."""
    mia = await Mia(host).enter()
    await mia.write("1")
    entered, goes_on = asyncio.Event(), asyncio.Event()
    read = rooms.read_after

    async def slowly(**asked: Any) -> Any:
        found = await read(**asked)
        entered.set()
        await goes_on.wait()
        return found

    monkeypatch.setattr(rooms, "read_after", slowly)
    tab = Mia(host)
    await tab.open()
    await tab.say({"type": "hello", "v": 1, "token": mia.token, "cursors": {}})
    await asyncio.wait_for(entered.wait(), 60)
    for number in range(2, 7):
        await mia.write(str(number))
    goes_on.set()
    while len(tab.lines(mia.cid)) < 6:
        await tab.next()
    assert texts(tab.lines(mia.cid)) == [str(number) for number in range(1, 7)]
    shown = [item["seq"] for frame in tab.heard if frame["type"] == "events" for item in frame["items"]]
    assert shown == [1, 2, 3, 4, 5, 6]


async def test_lost_nudges_are_healed_and_late_and_doubled_ones_show_nothing_twice(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = await Mia(host).enter()
    tab = await Mia(host).hello(token=mia.token)
    await tab.expect("events")
    hub = process.current().hub
    tell, kept = hub._tell, []
    monkeypatch.setattr(hub, "_tell", lambda *nudge: kept.append(nudge))
    for text in ("yksi", "kaksi", "kolme"):
        await mia.write(text)
    monkeypatch.undo()
    await process.current().registry.heal()
    assert texts((await tab.expect("events"))["items"]) == ["yksi", "kaksi", "kolme"]
    for nudge in (*reversed(kept), *kept):
        tell(*nudge)
    await mia.write("neljä")
    await tab.expect("events", last=4)
    shown = [item["seq"] for frame in tab.heard if frame["type"] == "events" for item in frame["items"]]
    assert shown == [1, 2, 3, 4]


async def test_a_nudge_ahead_of_the_cursor_fetches_what_is_between(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    mia = await Mia(host).enter()
    tab = await Mia(host).hello(token=mia.token)
    await tab.expect("events")
    with monkeypatch.context() as deaf:
        deaf.setattr(process.current().hub, "_tell", lambda *_: None)
        await mia.write("yksi")
    await mia.write("kaksi")
    while len(tab.lines(mia.cid)) < 2:
        await tab.next()
    assert texts(tab.lines(mia.cid)) == ["yksi", "kaksi"]


async def test_a_line_of_another_process_whose_key_is_not_open_here_is_read_not_shown_as_damaged(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = await Mia(host).enter()
    tab = await Mia(host).hello(token=mia.token)
    await tab.expect("events")
    hub = process.current().hub
    sent: list[tuple[str, bytes]] = []
    with monkeypatch.context() as deaf:
        deaf.setattr(hub, "_tell", lambda *_: None)
        deaf.setattr(hub, "_unsaid", sent)
        deaf.setattr(hub, "_origin", b"another!")
        await mia.write("toisesta prosessista")
    sealers.forget_all()
    for channel, data in sent:
        hub._receive(channel, data)
    items = (await tab.expect("events"))["items"]
    assert [(item["text"], item.get("damaged", False)) for item in items] == [("toisesta prosessista", False)]


async def test_a_long_log_comes_in_pages_under_24_kib(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    from chatservice.conversations import writer  # noqa: PLC0415 - only here
    from tests.people import enter  # noqa: PLC0415

    mia = await enter(host)
    await asyncio.gather(*(writer.writers.get().submit(mia.post(f"{n} " + "ä" * 1500)) for n in range(60)))
    tab = await Mia(host).hello(token=mia.token)
    while len(tab.lines(tab.cid)) < 60:
        frame = await tab.next()
        assert len(str(frame).encode()) < 32 * 1024
        if frame["type"] == "events" and frame["items"]:
            await tab.say({"type": "ack", "cid": tab.cid, "seq": frame["items"][-1]["seq"]})
    assert seqs(tab.lines(tab.cid)) == list(range(1, 61))


async def test_a_damaged_line_is_shown_as_damaged(host: Host) -> None:
    mia = await Mia(host).enter()
    for text in ("yksi", "kaksi", "kolme"):
        await mia.write(text)
    await sql(
        "UPDATE conversations_event SET payload = set_byte(payload, 20, get_byte(payload, 20) # 1)"
        " WHERE conversation_id = %(cid)s AND seq = 2",
        cid=mia.cid,
    )
    tab = await Mia(host).hello(token=mia.token)
    items = (await tab.expect("events"))["items"]
    assert texts(items) == ["yksi", "", "kolme"]
    assert [item.get("damaged", False) for item in items] == [False, True, False]


async def test_a_closed_talk_still_tells_a_returning_visitor_how_it_ended(host: Host, aino: Worker) -> None:
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        await mia.cut()
        await desk.say({"type": "close", "cid": mia.cid, "epoch": held["epoch"], "ref": "r1"})
        await desk.expect("gone", cid=mia.cid)
        back = await Mia(host).hello(token=mia.token, cursors={mia.cid: 1})
        items = (await back.expect("events"))["items"]
        assert [(item["kind"], item["code"]) for item in items] == [("closed", "ended_by_professional")]
        await back.expect("queue", state="closed")
        await back.say({"type": "send", "cid": mia.cid, "mid": str(uuid4()), "body": "vielä?"})
        assert (await back.expect("nack"))["code"] == "closed"
