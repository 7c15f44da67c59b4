"""A line between one browser context and the service that breaks as real lines do: a SOCKS5 proxy on loopback."""

import asyncio
import contextlib
import socket
from collections.abc import Coroutine
from threading import Thread
from typing import Any

from playwright.sync_api import ProxySettings

GRANTED = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"
REFUSED = b"\x05\x01\x00\x01\x00\x00\x00\x00\x00\x00"
CHUNK = 65_536
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Call:
    """One connection through the line."""

    def __init__(self, near: asyncio.StreamWriter) -> None:
        self.writers = [near]
        self.silent = False

    def abort(self) -> None:
        """Reset both ends."""
        for writer in self.writers:
            writer.transport.abort()


class Wire:
    """One line. `proxy` goes to `browser.new_context`; every act below has taken effect when it returns."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        self._down = self._deaf = False
        self._calls: set[Call] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server = self._do(asyncio.start_server(self._meet, "127.0.0.1", 0))

    @property
    def proxy(self) -> ProxySettings:
        """The proxy of a context; loopback names go through it too."""
        port = self._server.sockets[0].getsockname()[1]
        return {"server": f"socks5://127.0.0.1:{port}", "bypass": "<-loopback>"}

    def cut(self) -> None:
        """Every connection breaks, and no new one comes about."""
        self._down = True
        self._do(self._abort())

    def mend(self) -> None:
        """New connections come about again, in both directions."""
        self._down = self._deaf = False

    def deafen(self) -> None:
        """What the browser sends arrives; what the service answers does not."""
        self._deaf = True

    def strand(self) -> None:
        """The address changed: old connections say and hear nothing and do not end; new ones work."""
        for call in self._calls:
            call.silent = True

    def close(self) -> None:
        """End the line and its thread."""
        self.cut()
        self._server.close()
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(10)

    async def _abort(self) -> None:
        for call in self._calls:
            call.abort()

    async def _end(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        call = Call(writer)
        self._calls.add(call)
        self._tasks.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await self._carry(call, reader)
        call.abort()
        self._calls.discard(call)
        self._tasks.discard(task)

    async def _carry(self, call: Call, reader: asyncio.StreamReader) -> None:
        near = call.writers[0]
        port = await greet(reader, near)
        if self._down:
            near.write(REFUSED)
            await near.drain()
            return
        there, far = await asyncio.open_connection("127.0.0.1", port, family=socket.AF_INET)
        call.writers.append(far)
        near.write(GRANTED)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._pump(call, (reader, far), answers=False))
            both.create_task(self._pump(call, (there, near), answers=True))

    async def _pump(self, call: Call, ends: Ends, *, answers: bool) -> None:
        reader, writer = ends
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                if not call.silent and not (answers and self._deaf):
                    writer.write(data)
                    await writer.drain()
        if not call.silent:
            call.abort()


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    """The proxy's greeting; the port that is asked for."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    *_, kind = await reader.readexactly(4)
    length = (await reader.readexactly(1))[0] if kind == 3 else {1: 4, 4: 16}[kind]
    await reader.readexactly(length)
    return int.from_bytes(await reader.readexactly(2))
