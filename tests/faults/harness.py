"""Real servers, real sockets, and what may stand between them: kills, freezes and a proxy that cuts where it is told.

Later work extends this: a person over TCP is a `tests.wire` person whose line is a real socket; `Proxy` stands between
a person and a server; `Outbox` is a client that keeps its message ids through every break.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, Self
from uuid import uuid4

import websockets

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from tests import wire
from tests.people import sql
from tests.service import Service

# Faults are about loss, not about limits.
UNLIMITED = {
    "LIMIT_MESSAGES_PER_SECOND": "10000",
    "LIMIT_MESSAGE_BURST": "10000",
    "LIMIT_FRAMES_PER_SECOND": "10000",
}
STORED = (
    "SELECT mid, count(*) FROM conversations_event WHERE conversation_id = %(cid)s AND mid IS NOT NULL GROUP BY mid"
)
ORDER = "SELECT seq FROM conversations_event WHERE conversation_id = %(cid)s ORDER BY seq"


class OverTcp(wire.Line):
    """A line over a real socket. `port` may be a proxy's."""

    def on(self, service: Service, *, port: int = 0) -> Self:
        """Choose the server."""
        self._service, self._port = service, port or service.port
        face = service.desk_origin if isinstance(self, wire.Aino) else service.chat_origin
        self._origin = face
        return self

    async def open(self, **options: Any) -> Self:
        """Connect."""
        self._socket = await websockets.connect(
            self._origin.replace("http://", "ws://") + "/socket",
            host="127.0.0.1",
            port=self._port,
            **{"origin": self._origin, "ping_interval": None, "close_timeout": 1, "open_timeout": 60, **options},
        )
        wire.left_open.add(self)
        return self

    async def say(self, frame: wire.Frame | str) -> None:
        """Send."""
        text = frame if isinstance(frame, str) else json.dumps(frame, ensure_ascii=False)
        try:
            await self._socket.send(text)
        except websockets.ConnectionClosed as closed:
            raise self._ended(closed) from None

    def _ended(self, closed: websockets.ConnectionClosed) -> EOFError:
        self.code = closed.rcvd.code if closed.rcvd else 1006
        return EOFError(str(self.code))

    async def next(self, *, within: float = 30.0) -> wire.Frame:
        """Return the next frame; raises EOFError when the socket is closed."""
        try:
            text = await asyncio.wait_for(self._socket.recv(), within)
        except websockets.ConnectionClosed as closed:
            raise self._ended(closed) from None
        frame: wire.Frame = json.loads(text)
        self.heard.append(frame)
        return frame

    async def cut(self) -> None:
        """The line breaks without a close frame."""
        wire.left_open.discard(self)
        self._socket.transport.abort()
        with contextlib.suppress(Exception):
            await self._socket.wait_closed()


class Mia(OverTcp, wire.Mia):
    """A visitor over TCP."""

    def __init__(self, host: Host, service: Service, *, port: int = 0) -> None:
        wire.Mia.__init__(self, host)
        self.on(service, port=port)


class Aino(OverTcp, wire.Aino):
    """A professional over TCP."""

    def __init__(self, worker: Worker, service: Service, *, port: int = 0) -> None:
        wire.Aino.__init__(self, worker)
        self.on(service, port=port)


class Outbox:
    """A visitor's page: one message in flight, the same id after every break, its view by numbers."""

    def __init__(self, mia: Mia, connect: Callable[[], Mia]) -> None:
        self.mia = mia
        self._connect = connect
        self.acked: dict[str, int] = {}
        self.tried: dict[str, str] = {}
        self.view: list[int] = []

    def look(self) -> None:
        """Apply what this line has brought."""
        for item in self.mia.lines(self.mia.cid):
            if item["seq"] == len(self.view) + 1:
                self.view.append(item["seq"])

    async def send(self, body: str) -> float:
        """Send until it is acknowledged, through any break; return the seconds it took."""
        mid, began = str(uuid4()), time.monotonic()
        self.tried[mid] = body
        while mid not in self.acked:
            try:
                await self._once(mid, body)
            except (EOFError, OSError, websockets.WebSocketException, TimeoutError):
                await self.back()
        return time.monotonic() - began

    async def _once(self, mid: str, body: str) -> None:
        await self.mia.say({"type": "send", "cid": self.mia.cid, "mid": mid, "body": body})
        while True:
            frame = await self.mia.next()
            if frame.get("mid") == mid and frame["type"] == "ack":
                self.acked[mid] = frame["seq"]
                if frame["seq"] % 50 == 0:  # as a page does: what is never acknowledged costs the line (4013)
                    await self.mia.say({"type": "ack", "cid": self.mia.cid, "seq": frame["seq"]})
                return
            if frame.get("mid") == mid and frame["type"] == "nack":
                assert frame["code"] in {"retry", "busy", "limited"}, frame
                await asyncio.sleep(frame["retry_in"])
                return

    async def back(self, *, within: float = 90.0) -> None:
        """Reconnect with the cursor, as often as it takes."""
        self.look()
        token, cid = self.mia.token, self.mia.cid
        limit = time.monotonic() + within
        while True:
            line = self._connect()
            try:
                self.mia = await line.hello(token=token, cursors={cid: len(self.view)})
            except (EOFError, OSError, websockets.WebSocketException, TimeoutError):
                assert time.monotonic() < limit, "no way back in time"
                await asyncio.sleep(0.1)
            else:
                return

    async def assert_nothing_lost(self) -> None:
        """Every acknowledged message is stored once, no other more than once, and the view is 1..n."""
        rows = {str(mid): count for mid, count in await sql(STORED, cid=self.mia.cid)}
        order = [row[0] for row in await sql(ORDER, cid=self.mia.cid)]
        assert set(self.acked) <= set(rows) <= set(self.tried)
        assert set(rows.values()) <= {1}
        assert order == list(range(1, len(order) + 1))
        while len(self.view) < len(order):
            self.look()
            if len(self.view) < len(order):
                await self.mia.next()
        assert self.view == order


class Proxy:
    """A TCP proxy on loopback: passes, stalls, cuts, or lets only so many bytes through in one direction."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._pairs: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self._flows.set()
        self.left = {"up": -1, "down": -1}
        self.port = 0

    async def __aenter__(self) -> Self:
        """Listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """End, with every connection."""
        self._server.close()
        self.cut()
        self.flow()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def stall(self) -> None:
        """Nothing passes, and nobody is told."""
        self._flows.clear()

    def flow(self) -> None:
        """Everything passes again."""
        self._flows.set()

    def cut(self) -> None:
        """Every connection breaks, as by a pulled plug."""
        for writer in tuple(self._pairs):
            writer.transport.abort()

    def cut_after(self, *, up: int = -1, down: int = -1) -> None:
        """Let so many more bytes through in a direction, then break."""
        self.left = {"up": up, "down": down}

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", self._target)
        self._pairs |= {writer, there[1]}
        both = [self._pass("up", reader, there[1]), self._pass("down", there[0], writer)]
        tasks = [asyncio.create_task(each) for each in both]
        self._tasks.update(tasks)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for each in (writer, there[1]):
            each.transport.abort()
            self._pairs.discard(each)

    async def _pass(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                await self._flows.wait()
                left = self.left[way]
                if left >= 0:
                    data = data[:left]
                    self.left[way] = left - len(data)
                writer.write(data)
                await writer.drain()
                if self.left[way] == 0:
                    await asyncio.sleep(0)
                    return


async def until(holds: Callable[[], Awaitable[bool] | bool], *, within: float) -> float:
    """Wait until something holds and return how long it took; fails when it does not."""
    began = time.monotonic()
    while True:
        answer = holds()
        if answer is True or (not isinstance(answer, bool) and await answer):
            return time.monotonic() - began
        assert time.monotonic() - began < within, f"it did not come to hold within {within} s"
        await asyncio.sleep(0.02)
