"""The wire as strangers and friends use it, against a real Daphne and a real uvicorn."""

import asyncio
import json
import os
import struct
from collections.abc import Callable
from uuid import uuid4

import psutil
import pytest
import websockets

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from tests.faults.harness import UNLIMITED, Aino, Mia
from tests.pace import longer
from tests.service import DAPHNE, UVICORN, Service

SERVERS = pytest.mark.parametrize("command", [DAPHNE, UVICORN], ids=["daphne", "uvicorn"])
Start = Callable[..., Service]


@SERVERS
async def test_a_whole_talk(service: Start, host: Host, aino: Worker, command: tuple[str, ...]) -> None:
    running = service(command=command)
    mia, desk = await Mia(host, running).enter(), await Aino(aino, running).sign_in()
    await mia.write("hei")
    held = await desk.claim()
    await mia.expect("queue", state="called")
    await mia.say({"type": "here", "cid": mia.cid})
    await mia.expect("queue", state="active")
    assert (await desk.write(held, "hei Mia"))["seq"] == 3
    await mia.say({"type": "ping", "n": 5})
    await mia.expect("pong", n=5)
    await mia.say({"type": "leave", "cid": mia.cid, "how": "end"})
    await mia.expect("queue", state="closed")
    await desk.expect("gone", cid=mia.cid, reason="closed")
    for line in (mia, desk):
        await line.cut()


@SERVERS
async def test_only_the_faces_own_origin_opens_its_socket(service: Start, host: Host, command: tuple[str, ...]) -> None:
    """B10, P15: none, null, other scheme, port, suffix, user part, and the other face's."""
    running = service(command=command)
    own, port = running.chat_origin, running.port
    name = own.removeprefix("http://")
    wrong = [None, "null", f"https://{name}", f"http://chat.localhost:{port + 1}", "http://chat.localhost",
             f"{own}.evil.example", f"http://evil-{name}", f"http://user@{name}", f"{own}/x", running.desk_origin,
             "http://127.0.0.1", "", "file://"]  # fmt: skip
    for origin in wrong:
        with pytest.raises(websockets.InvalidStatus) as refused:
            await Mia(host, running).open(origin=origin)
        assert refused.value.response.status_code in {400, 403}, origin
    desk_from_chat = Mia(host, running)
    desk_from_chat._origin = running.desk_origin
    with pytest.raises(websockets.InvalidStatus):
        await desk_from_chat.open(origin=own)
    assert (await (await Mia(host, running).enter()).write("hei"))["seq"] == 1


@SERVERS
async def test_too_big_binary_and_too_many_frames_are_closed_by_our_codes(
    service: Start, host: Host, command: tuple[str, ...]
) -> None:
    """D3, D8: 16 KiB passes, a byte more is 4009; binary is 4000; a flood is 4008."""
    running = service(command=command)
    mia = await Mia(host, running).enter()
    frame = json.dumps({"type": "ping", "n": 1, "pad": ""})
    await mia.say(frame[:-2] + "x" * (16_384 - len(frame)) + frame[-2:])
    await mia.expect("pong", n=1)
    await mia.say(frame[:-2] + "x" * (16_385 - len(frame)) + frame[-2:])
    assert await mia.closed() == 4009
    binary = await Mia(host, running).enter()
    await binary._socket.send(b"\x00\x01")
    assert await binary.closed() == 4000
    flood = await Mia(host, running).enter()
    try:
        for _ in range(2000):
            await flood.say({"type": "ping", "n": 0})
    except EOFError:
        pass
    # TCP's reset may overtake the word where more is on its way than the server reads.
    assert await flood.closed() in {4008, 1006}


@SERVERS
async def test_a_flood_costs_no_memory_and_others_are_served(
    service: Start, host: Host, command: tuple[str, ...]
) -> None:
    """D1: RSS grows by less than 20 MiB under sockets that push as fast as they can."""
    running = service(command=command)
    calm = await Mia(host, running).enter()
    before = psutil.Process(running.process.pid).memory_info().rss

    async def push() -> None:
        line = await Mia(host, running).enter()
        body = json.dumps({"type": "typing", "cid": line.cid, "on": True, "pad": "x" * 16_000})
        try:
            for _ in range(3000):
                await line._socket.send(body)
        except websockets.ConnectionClosed:
            return

    await asyncio.gather(*(push() for _ in range(5)))
    began = asyncio.get_running_loop().time()
    await calm.write("hei")
    assert asyncio.get_running_loop().time() - began < longer(1)
    assert psutil.Process(running.process.pid).memory_info().rss - before < 20 * 1024 * 1024


@SERVERS
async def test_compression_is_never_negotiated(service: Start, host: Host, command: tuple[str, ...]) -> None:
    """D5."""
    running = service(command=command)
    line = Mia(host, running)
    await line.open(compression="deflate")
    assert line._socket.protocol.extensions == []
    assert "Sec-WebSocket-Extensions" not in line._socket.response.headers


@SERVERS
@pytest.mark.parametrize("offered", [["chat"], ["a", "b"], ["x" * 200]])
async def test_a_subprotocol_is_not_answered(
    service: Start, host: Host, command: tuple[str, ...], offered: list[str]
) -> None:
    line = Mia(host, service(command=command))
    await line.open(subprotocols=offered)
    assert line._socket.subprotocol is None
    await line.cut()


# -- raw bytes ---------------------------------------------------------------------------------------------------


def raw(opcode: int, payload: bytes = b"", *, end: bool = True, masked: bool = True, reserved: int = 0) -> bytes:
    """One WebSocket frame, honest or not."""
    head = bytes([(0x80 if end else 0) | reserved | opcode])
    mask = os.urandom(4) if masked else b""
    size = len(payload)
    if size < 126:
        head += bytes([(0x80 if masked else 0) | size])
    else:
        head += bytes([(0x80 if masked else 0) | 126]) + struct.pack("!H", size)
    body = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload)) if masked else payload
    return head + mask + body


HOSTILE = {
    "reserved opcode": raw(3, b"x"),
    "reserved bit": raw(1, b"x", reserved=0x40),
    "not masked": raw(1, b"x", masked=False),
    "continuation of nothing": raw(0, b"x"),
    "control frame in parts": raw(9, b"x", end=False),
    "ping too long": raw(9, b"x" * 126),
    "not UTF-8": raw(1, b"\xff\xfe\xfd"),
    "1 GiB announced": b"\x81\xff" + struct.pack("!Q", 2**30) + b"\0\0\0\0",
    "2**63 announced": b"\x81\xff" + struct.pack("!Q", 2**63) + b"\0\0\0\0",
    "close of one byte": raw(8, b"x"),
    "close with a bad code": raw(8, struct.pack("!H", 1005)),
    "close with bad text": raw(8, struct.pack("!H", 1000) + b"\xff"),
    "empty parts": raw(1, b"", end=False) + raw(0, b"", end=False) * 5000,
    "parts of one byte": raw(1, b"[", end=False) + raw(0, b"[", end=False) * 40_000,
    "text within text": raw(1, b"a", end=False) + raw(1, b"b"),
    "a flood of pings": raw(9, b"x" * 100) * 5000,
    "noise": bytes(range(256)) * 200,
}


@SERVERS
async def test_whatever_bytes_come_others_are_served_and_memory_stays(
    service: Start, host: Host, command: tuple[str, ...]
) -> None:
    """D4, D8, D10: each of these ends or is ignored; nobody else notices."""
    running = service(command=command, **UNLIMITED)
    calm = await Mia(host, running).enter()
    before = psutil.Process(running.process.pid).memory_info().rss
    for name, data in HOSTILE.items():
        line = await Mia(host, running).enter()
        transport = line._socket.transport
        transport.write(data)
        mid = str(uuid4())
        await calm.say({"type": "send", "cid": calm.cid, "mid": mid, "body": name})
        answer = await calm.next()
        while answer.get("mid") != mid:
            answer = await calm.next()
        await line.cut()
    assert psutil.Process(running.process.pid).memory_info().rss - before < 30 * 1024 * 1024
    assert running.process.poll() is None
    if command is DAPHNE:  # uvicorn itself logs where it decodes text that is no UTF-8
        assert "Traceback" not in running.log.read_text(errors="replace")
