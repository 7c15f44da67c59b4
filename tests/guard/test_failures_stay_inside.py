"""An application that fails closes its own socket, says nothing, and never hurts the server (threats M2)."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from chatservice.guard import Guard, Limits
from tests.guard.peer import Peer, echo

pytestmark = pytest.mark.pure

SENTENCE = "They hit me at home"


async def failing(_scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    raise ValueError(SENTENCE)


async def test_a_failure_is_told_by_class_and_place_only(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    peer = await Peer(Guard(failing)).opened()
    assert await peer.code() == 4013
    await peer.ended()
    assert "ValueError at " in caplog.text
    assert ".py:" in caplog.text
    assert SENTENCE not in caplog.text
    assert not [record for record in caplog.records if record.exc_info]


async def test_an_applications_own_time_out_is_a_failure_too() -> None:
    async def application(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        raise TimeoutError(SENTENCE)

    peer = await Peer(Guard(application)).opened()
    assert await peer.code() == 4013
    await peer.ended()


async def test_an_application_that_just_returns_closes_normally() -> None:
    async def application(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})

    peer = await Peer(Guard(application)).opened()
    assert await peer.code() == 1000
    await peer.ended()


async def test_a_server_that_cannot_send_any_more_is_no_failure_of_ours() -> None:
    told: list[int] = []

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        told.append((await receive())["code"])
        await send({"type": "websocket.send", "text": "too late"})

    async def broken_send(_message: Any) -> None:
        raise OSError(SENTENCE)

    peer = Peer(Guard(echo))
    peer.task.cancel()
    inbox: asyncio.Queue[Any] = asyncio.Queue()
    inbox.put_nowait({"type": "websocket.connect"})
    async with asyncio.timeout(5):
        await Guard(application, limits=Limits(grace=0.01))(peer.scope, inbox.get, broken_send)
    assert told == [1006]


async def test_a_servers_broken_receive_ends_the_socket_only() -> None:
    async def broken_receive() -> Any:
        raise OSError(SENTENCE)

    async def send(_message: Any) -> None:
        pass

    peer = Peer(Guard(echo))
    peer.task.cancel()
    async with asyncio.timeout(5):
        await Guard(echo, limits=Limits(grace=0.01))(peer.scope, broken_receive, send)


async def test_what_was_sent_before_leaving_is_still_read() -> None:
    heard: list[str] = []

    async def slow(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await asyncio.sleep(0)
            heard.append(message["text"])

    peer = await Peer(Guard(slow)).opened()
    for text in ("one", "two", "three"):
        peer.frame(text)
    await peer.hang_up()
    assert heard == ["one", "two", "three"]


async def test_the_end_is_told_as_often_as_it_is_asked() -> None:
    codes: list[int] = []

    async def application(_scope: Any, receive: Any, _send: Any) -> None:
        await receive()
        codes.extend([(await receive())["code"], (await receive())["code"]])

    peer = Peer(Guard(application))
    peer.say("websocket.connect")
    await peer.hang_up()
    assert codes == [1001, 1001]


async def test_a_cancelled_server_task_stays_cancelled() -> None:
    peer = await Peer(Guard(echo)).opened()
    peer.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await peer.task


async def test_a_slow_query_of_one_socket_does_not_hold_up_another() -> None:
    meeting = threading.Barrier(3)

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await sync_to_async(meeting.wait)(5)

    guard = Guard(application)
    peers = [await Peer(guard).opened() for _ in range(3)]
    for peer in peers:
        assert await peer.code() == 1000
        await peer.ended()
    assert not meeting.broken, "each thread waited for the two others, so all three ran at once"
