"""A server's side of the guard, played by hand: what it hands in, and what comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from chatservice.guard import Guard

Message = dict[str, Any]
HOST = (b"host", b"chat.localhost")


def scope_of(
    kind: str = "websocket", *, headers: Iterable[tuple[bytes, bytes]] = (HOST,), client: object = ("192.0.2.7", 4711)
) -> dict[str, Any]:
    """A scope as Daphne and uvicorn build it."""
    return {
        "type": kind,
        "path": "/socket",
        "query_string": b"",
        "headers": list(headers),
        "client": client,
        "server": ("127.0.0.1", 8000),
    }


class Peer:
    """One connection: `say` hands a message in, `heard` is what the guard sent."""

    def __init__(self, guard: Guard, **scope: Any) -> None:
        self.inbox: asyncio.Queue[Message] = asyncio.Queue()
        self.heard: list[Message] = []
        self._news = asyncio.Event()
        self.scope = scope_of(**scope)
        self.task = asyncio.ensure_future(guard(self.scope, self.inbox.get, self._send))

    async def _send(self, message: Any) -> None:
        self.heard.append(dict(message))
        if message["type"] == "websocket.close":
            self.say("websocket.disconnect", code=message.get("code", 1000))
        self._news.set()

    def say(self, kind: str, **fields: Any) -> None:
        """Hand a message to the guard without waiting."""
        self.inbox.put_nowait({"type": kind, **fields})

    def frame(self, text: str) -> None:
        """Hand a text frame in."""
        self.say("websocket.receive", text=text)

    async def until(self, kind: str, *, times: int = 1) -> Message:
        """Wait until a kind of message has come so many times; the last of them."""
        async with asyncio.timeout(5):
            while len(found := [message for message in self.heard if message["type"] == kind]) < times:
                self._news.clear()
                await self._news.wait()
        return found[times - 1]

    async def opened(self) -> Peer:
        """Go through the handshake."""
        self.say("websocket.connect")
        await self.until("websocket.accept")
        return self

    async def code(self) -> int:
        """The close code."""
        return int((await self.until("websocket.close"))["code"])

    async def ended(self) -> None:
        """The guard's own end; raises what it raises."""
        async with asyncio.timeout(5):
            await self.task

    async def hang_up(self) -> None:
        """Leave, and wait until the guard has let go."""
        self.say("websocket.disconnect", code=1001)
        await self.ended()


async def echo(_scope: Any, receive: Any, send: Any) -> None:
    """The simplest application: says back what it hears."""
    while True:
        message = await receive()
        if message["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        elif message["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})
        else:
            return
