"""What one socket may do, and what it is told when it does more (threats D1, D3, D8, D9, D12)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.guard import Drain, Guard, Limits
from chatservice.guard.socket import Socket, sendable
from tests.guard.peer import Peer, echo

pytestmark = pytest.mark.pure

FRAME = 16_384


class Busy:
    """An application whose handler never gets to its next frame."""

    def __init__(self) -> None:
        self.cancelled = False
        self.entered = asyncio.Event()

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.entered.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise


async def test_frames_pass_in_order_and_come_back() -> None:
    peer = await Peer(Guard(echo)).opened()
    for number in range(20):
        peer.frame(f"frame {number}")
    await peer.until("websocket.send", times=20)
    await peer.hang_up()
    sent = [message["text"] for message in peer.heard if message["type"] == "websocket.send"]
    assert sent == [f"frame {number}" for number in range(20)]


async def test_a_flood_is_ended_at_once_while_the_handler_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    most = watch_what_waits(monkeypatch)
    busy = Busy()
    peer = await Peer(Guard(busy, limits=Limits(grace=0.01))).opened()
    for _ in range(10_000):
        peer.frame("x" * 1000)
    assert await peer.code() == 4008
    await peer.ended()
    assert busy.cancelled
    assert peer.inbox.empty(), "the server's queue is drained to the end"
    assert most[-1] == 24, "what waited never went above the burst"


def watch_what_waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The growing record of how many frames ever waited in a socket."""
    most = [0]
    refusal = Socket._refusal

    def watched(socket: Socket, message: Any) -> int:
        code = refusal(socket, message)
        most.append(max(most[-1], len(socket._waiting)))
        return code

    monkeypatch.setattr(Socket, "_refusal", watched)
    return most


async def test_a_busy_handlers_queue_is_bounded_also_at_a_fair_pace() -> None:
    limits = Limits(frames_per_second=10_000, frame_burst=10_000, waiting_frames=5, grace=0.01)
    peer = await Peer(Guard(Busy(), limits=limits)).opened()
    for _ in range(6):
        peer.frame("Hei")
    assert await peer.code() == 4013
    await peer.ended()


async def test_empty_frames_count_like_all_others() -> None:
    peer = await Peer(Guard(echo)).opened()
    for _ in range(30):
        peer.frame("")
    assert await peer.code() == 4008
    await peer.ended()


async def test_the_first_frames_of_a_returning_client_pass() -> None:
    peer = await Peer(Guard(echo)).opened()
    for _ in range(24):
        peer.frame("{}")
    await peer.until("websocket.send", times=24)
    await peer.hang_up()
    assert not [message for message in peer.heard if message["type"] == "websocket.close"]


async def test_a_fair_pace_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("chatservice.guard.socket.time.monotonic", lambda: clock[0])
    peer = await Peer(Guard(echo)).opened()
    for number in range(200):
        clock[0] += 1 / 12
        peer.frame(str(number))
        await peer.until("websocket.send", times=number + 1)
    await peer.hang_up()
    assert not [message for message in peer.heard if message["type"] == "websocket.close"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * FRAME, None), ("x" * (FRAME + 1), 4009), ("ä" * (FRAME // 2), None), ("ä" * (FRAME // 2) + "x", 4009)],
)
async def test_a_frame_is_measured_in_bytes(text: str, code: int | None) -> None:
    peer = await Peer(Guard(echo)).opened()
    peer.frame(text)
    if code:
        assert await peer.code() == code
        await peer.ended()
    else:
        assert (await peer.until("websocket.send"))["text"] == text
        await peer.hang_up()


@pytest.mark.parametrize("fields", [{"bytes": b"\x00"}, {"bytes": b"", "text": None}, {}])
async def test_a_binary_frame_is_a_protocol_error(fields: dict[str, Any]) -> None:
    peer = await Peer(Guard(echo)).opened()
    peer.say("websocket.receive", **fields)
    assert await peer.code() == 4000
    await peer.ended()


async def test_an_outgoing_frame_above_the_servers_limit_is_held_back() -> None:
    async def application(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "x" * 32_769})

    peer = await Peer(Guard(application)).opened()
    assert await peer.code() == 4013
    assert not [message for message in peer.heard if message["type"] == "websocket.send"]
    await peer.ended()


async def test_a_socket_lives_no_longer_than_its_life() -> None:
    peer = await Peer(Guard(echo, limits=Limits(socket_life=0))).opened()
    assert await peer.code() == 4012
    await peer.ended()


async def test_sockets_beyond_the_process_limit_are_told_to_come_back() -> None:
    guard = Guard(echo, limits=Limits(sockets=1))
    mia = await Peer(guard).opened()
    jonas = await Peer(guard, client=("192.0.2.8", 1)).opened()
    assert await jonas.code() == 4013
    await jonas.ended()
    await mia.hang_up()
    assert guard.open_sockets == 0
    returned = await Peer(guard, client=("192.0.2.8", 1)).opened()
    await returned.hang_up()
    assert not [message for message in returned.heard if message["type"] == "websocket.close"]


async def test_a_school_has_room_and_a_flood_of_sockets_has_none() -> None:
    guard = Guard(echo)
    school = [await Peer(guard).opened() for _ in range(60)]
    eve = await Peer(guard).opened()
    assert await eve.code() == 4029
    await eve.ended()
    jonas = await Peer(guard, client=("192.0.2.8", 1)).opened()
    for peer in (*school, jonas):
        await peer.hang_up()
    assert guard.open_sockets == 0
    assert not guard._by_caller


async def test_a_refused_socket_never_reaches_the_application() -> None:
    async def never(*_: Any) -> None:
        pytest.fail("the application was reached")

    peer = await Peer(Guard(never, limits=Limits(sockets=0))).opened()
    assert await peer.code() == 4013
    await peer.ended()


async def test_a_draining_process_refuses_newcomers_and_closes_the_others() -> None:
    drain = Drain()
    guard = Guard(echo, drain=drain)
    mia = await Peer(guard).opened()
    drain.begin()
    jonas = await Peer(guard).opened()
    assert await jonas.code() == 4012
    await jonas.ended()
    await guard.close_all()
    assert await mia.code() == 4012
    await mia.ended()


@given(code=st.integers(min_value=0, max_value=5100))
def test_every_close_code_is_one_that_daphne_can_send(code: int) -> None:
    assert sendable(code) == 1000 or 3000 <= sendable(code) <= 4999
    if code == 1000 or 3000 <= code <= 4999:
        assert sendable(code) == code


@pytest.mark.parametrize(
    ("meant", "sent"),
    [(1000, 1000), (4010, 4010), (1001, 4012), (1008, 4000), (1009, 4009), (1011, 4013), (1012, 4013)],
)
async def test_the_applications_close_code_is_translated(meant: int, sent: int) -> None:
    async def application(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": meant, "reason": "words"})

    peer = await Peer(Guard(application)).opened()
    assert await peer.until("websocket.close") == {"type": "websocket.close", "code": sent}
    await peer.ended()
