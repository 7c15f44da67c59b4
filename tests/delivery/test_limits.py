"""What one socket may do, and how it is told that it was too much."""

from uuid import uuid4

import pytest
from django.conf import settings

from chatservice.accounts.models import Worker
from chatservice.delivery import limits, owed, process, socket
from chatservice.places.models import Host
from tests.people import enter
from tests.wire import Aino, Line, Mia, talk


@pytest.mark.parametrize("origin", [settings.CHAT_ORIGIN, settings.DESK_ORIGIN])
async def test_who_says_no_hello_in_time_is_closed(
    database: None, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    monkeypatch.setattr(socket, "HELLO_S", 0.05)
    line = await Line(origin).open()
    assert await line.closed() == 4001


@pytest.mark.parametrize("bad", ["", "[]", "nonsense", '{"type": "send"}', '{"type": "no such"}', '{"no": "type"}'])
async def test_three_protocol_errors_close(host: Host, bad: str) -> None:
    mia = await Mia(host).enter()
    for _ in range(3):
        await mia.say(bad)
    assert await mia.closed() == 4000
    nacks = [frame["code"] for frame in mia.heard if frame["type"] == "nack"]
    assert nacks == (["unknown"] * 3 if "no such" in bad else ["malformed"] * 3)


async def test_two_errors_are_forgiven(host: Host) -> None:
    mia = await Mia(host).enter()
    for _ in range(2):
        await mia.say("{")
    assert (await mia.write("hei"))["seq"] == 1


async def test_unknown_fields_are_ignored(host: Host) -> None:
    mia = await Mia(host).enter()
    mid = str(uuid4())
    await mia.say({"type": "send", "cid": mia.cid, "mid": mid, "body": "hei", "later": {"rooms": [1, None]}})
    assert (await mia.expect("ack", mid=mid))["seq"] == 1


class Still:
    """A clock that stands: a slow machine earns no further message while it sends."""

    @staticmethod
    def monotonic() -> float:
        return 1000.0


async def test_a_burst_of_messages_is_told_when_to_try_again(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "time", Still)
    mia = await Mia(host).enter()
    mids = [str(uuid4()) for _ in range(10)]
    for number, mid in enumerate(mids):
        await mia.say({"type": "send", "cid": mia.cid, "mid": mid, "body": str(number)})
    answers = dict.fromkeys(mids, "")
    while not all(answers.values()):
        frame = await mia.next()
        if frame["type"] in {"ack", "nack"}:
            answers[frame["mid"]] = frame.get("code", "ack")
            assert frame["type"] == "ack" or 0 < frame["retry_in"] <= 2
    assert list(answers.values()) == ["ack"] * 8 + ["limited"] * 2


@pytest.mark.parametrize(("body", "code"), [("", "empty"), (" \n\t", "empty"), ("ä" * 4001, "too_long")])
async def test_a_message_has_to_say_something_and_to_end(host: Host, body: str, code: str) -> None:
    mia = await Mia(host).enter()
    mid = str(uuid4())
    await mia.say({"type": "send", "cid": mia.cid, "mid": mid, "body": body})
    assert (await mia.expect("nack", mid=mid))["code"] == code


async def test_four_thousand_code_points_fit_whatever_they_are(host: Host) -> None:
    mia = await Mia(host).enter()
    assert (await mia.write("ä" * 4000))["seq"] == 1
    assert (await mia.write("\U0001f642" * 3900))["seq"] == 2


async def test_who_acknowledges_nothing_loses_the_socket_and_resumes(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """M7: 256 KiB of lines that nobody acknowledged; the log itself is whole on the next socket."""
    monkeypatch.setattr(settings, "UNACKED_BYTES", 32_768)
    mia = await enter(host)
    for number in range(14):
        await mia.write(f"{number}" + "x" * 3000)
    tab = Mia(host)
    await tab.open()
    await tab.say({"type": "hello", "v": 1, "token": mia.token, "cursors": {}})
    assert await tab.closed() == 4013
    cid = str(mia.cid)
    seen = tab.lines(cid)[-1]["seq"]
    again = await Mia(host).hello(token=mia.token, cursors={cid: seen})
    while (again.lines(cid) or [{"seq": 0}])[-1]["seq"] < 14:
        await again.next()
    assert [line["seq"] for line in tab.lines(cid) + again.lines(cid)] == list(range(1, 15))


async def test_who_owes_an_ack_for_too_long_loses_the_socket(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    mia = await Mia(host).enter()
    await mia.write("hei")
    await mia.expect("events", last=1)
    monkeypatch.setattr(owed, "LATE_S", -1.0)
    await process.current().registry.watch()
    assert await mia.closed() == 4013


async def test_who_acknowledges_or_was_sent_nothing_owes_nothing(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    mia, jonas = await Mia(host).enter(), await Mia(host).enter()
    await mia.write("hei")
    await mia.expect("events", last=1)
    await mia.say({"type": "ack", "cid": mia.cid, "seq": 1})
    await mia.quiet()
    await jonas.expect("events")
    monkeypatch.setattr(owed, "LATE_S", -1.0)
    await process.current().registry.watch()
    for line in (mia, jonas):
        await line.quiet()
        assert line.code is None


async def test_a_professional_writes_only_about_what_was_shown(host: Host, aino: Worker) -> None:
    """Ruling 17: ahead of what this socket showed is refused, behind by new messages is allowed."""
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        await mia.write("uusi")
        mid = str(uuid4())
        frame = {"type": "send", "cid": mia.cid, "epoch": held["epoch"], "body": "hei"}
        await desk.say({**frame, "mid": mid, "seen": 50})
        assert (await desk.expect("nack", mid=mid))["code"] == "stale"
        assert (await desk.write(held, "hei", seen=1))["seq"] == 3


async def test_a_socket_beyond_the_callers_share_is_limited(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    from chatservice.delivery.limits import Entrances  # noqa: PLC0415 - only here

    entrances = Entrances()
    assert [entrances.take("school") for _ in range(40)] == [0.0] * 40
    assert entrances.take("school") > 0
    assert entrances.take("home") == 0.0
    monkeypatch.setattr(process.current(), "entrances", entrances)
    monkeypatch.setattr(entrances, "take", lambda _: 90.0)
    mia = Mia(host)
    await mia.open()
    await mia.say({"type": "enter", "v": 1, "host": host.key, "channel": "youth", "language": "fi",
                   "age_band": "A13_15"})  # fmt: skip
    assert await mia.closed() == 4029
    assert mia.heard[0]["code"] == "limited"
    assert mia.heard[0]["retry_in"] == 90.0
