"""Talks on the service, opened and held through its protocol by clients that acknowledge and ping as a page does."""

import asyncio
import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import msgspec

from tests.bench.book import Book
from tests.bench.client import PATIENCE_S, Line, Refused
from tests.bench.seats import VISITOR, WORKER, Seat, Setting, gathered

ACK_S, PING_S = 1.0, 20.0
CALLERS_SHARE = 20


class Item(msgspec.Struct):
    """A line of the log."""

    seq: int
    kind: str
    text: str = ""


class Heard(msgspec.Struct):
    """What the generator reads of a frame."""

    type: str
    cid: str = ""
    items: list[Any] = []
    state: str = ""
    code: Any = ""
    token: str = ""
    talk: dict[str, Any] = {}


_heard = msgspec.json.Decoder(Heard).decode
_encode = msgspec.json.Encoder().encode


class ProductSeat(Seat):
    """A member on the product: reads the log of its talks, acknowledges once a second, pings."""

    def __init__(self, book: Book, side: int) -> None:
        super().__init__(book)
        self._side = side
        self._news = asyncio.Event()
        self._acked: dict[str, int] = {}
        self.refused = 0
        self.read: dict[str, int] = {}
        self.states: dict[str, str] = {}
        self.epochs: dict[str, int] = {}
        self.token = self.cid = ""
        self.welcome = False

    def lost(self) -> None:
        """Whoever waits for a state waits in vain."""
        super().lost()
        self._news.set()

    def say(self, **frame: Any) -> None:
        """Send a frame."""
        self.send(_encode(frame))

    def hear(self, text: bytes) -> None:
        """Take what concerns messages; the rest only opens talks."""
        frame = _heard(text)
        if frame.type == "events":
            self._read(frame.cid, msgspec.convert(frame.items, list[Item]))
        elif frame.type in {"nack", "bye"}:
            self.refused += 1
            self.book.refused(str(frame.code))
            self._news.set()
        elif frame.type != "ack":
            self._move(frame)
            self._news.set()

    def _read(self, cid: str, items: list[Item]) -> None:
        for item in items:
            if item.seq != self.read.get(cid, 0) + 1:
                self.book.disordered += 1
            self.read[cid] = item.seq
            if item.kind == "message":
                self.book.arrived(receiver=self._side, text=item.text)

    def _move(self, frame: Heard) -> None:
        if frame.type == "welcome":
            self.welcome = True
            self.cid, self.token = frame.cid, frame.token
        if frame.type == "queue":
            self.states[frame.cid] = frame.state
        if frame.type == "talk":
            self.states[frame.talk["cid"]] = frame.talk["state"]
            self.epochs[frame.talk["cid"]] = frame.talk["epoch"]

    async def until(self, wish: Callable[[], Any]) -> None:
        """Wait for a state; raises TimeoutError, Refused when the line ends first."""
        async with asyncio.timeout(PATIENCE_S):
            while not wish():
                if not self.is_open:
                    raise Refused(f"the line was closed with {self.code}")
                self._news.clear()
                await self._news.wait()

    def keep_alive(self) -> None:
        """Acknowledge and ping from now on, all lines spread over the period."""
        loop = asyncio.get_running_loop()
        loop.call_later(random.uniform(0, ACK_S), self._acknowledge)
        loop.call_later(random.uniform(0, PING_S), self._ping)

    def _acknowledge(self) -> None:
        for cid, seq in self.read.items():
            if seq > self._acked.get(cid, 0):
                self._acked[cid] = seq
                self.say(type="ack", cid=cid, seq=seq)
        if self.is_open:
            asyncio.get_running_loop().call_later(ACK_S, self._acknowledge)

    def _ping(self) -> None:
        self.say(type="ping", n=0)
        if self.is_open:
            asyncio.get_running_loop().call_later(PING_S, self._ping)


class Product:
    """The service with everything on. Every conversation is opened through the protocol."""

    def __init__(self, setting: Setting, book: Book) -> None:
        self._setting, self._book = setting, book
        self._visitors: dict[str, ProductSeat] = {}
        self._talks: list[tuple[str, ProductSeat, ProductSeat]] = []
        self._tokens: dict[int, str] = {}

    async def open(self) -> None:
        """Visitors come in; desks follow one by one, because a ticket is good for 30 s."""
        for seat in await gathered(self._setting.talks, self._enter):
            self._visitors[seat.cid] = seat

    async def _enter(self, number: int) -> ProductSeat:
        seat = await self._connect(VISITOR, number)
        seat.say(type="enter", v=1, host=self._setting.host, channel="youth", language="fi", age_band="A13_15")
        await seat.until(lambda: seat.welcome)
        seat.keep_alive()
        return seat

    async def _connect(self, side: int, number: int) -> ProductSeat:
        origin = self._setting.origins[side]
        # One address may open 60 sockets and let 40 visitors in an hour: the lines come from many addresses.
        caller = f"10.0.{number // CALLERS_SHARE // 256}.{number // CALLERS_SHARE % 256}"
        headers = {"Host": origin.partition("://")[2], "Origin": origin, "X-Bench-Caller": caller}
        return await ProductSeat(self._book, side).connect(port=self._setting.port, path="/socket", headers=headers)

    async def sit(self, ticket: str) -> None:
        """A desk connects and takes its share; every visitor who is called says "here"."""
        desk = await self._connect(WORKER, 0)
        desk.say(type="hello", v=1, ticket=ticket)
        await desk.until(lambda: desk.welcome)
        desk.keep_alive()
        while len(desk.states) < self._setting.desk_talks:
            await self._take_next(desk)

    async def _take_next(self, desk: ProductSeat) -> None:
        held, refused = len(desk.states), desk.refused
        desk.say(type="claim", ref=str(held + 1))
        await desk.until(lambda: len(desk.states) > held or desk.refused > refused)
        if len(desk.states) == held:
            raise SystemExit(f"bench: a claim was refused: {self._book.refusals}")
        cid = next(reversed(desk.states))
        visitor = self._visitors[cid]
        visitor.say(type="here", cid=cid)
        await desk.until(lambda: desk.states[cid] == "active")
        self._talks.append((cid, visitor, desk))

    def write(self, *, talk: int, sender: int, text: str) -> None:
        """Send a message."""
        cid, visitor, desk = self._talks[talk]
        frame = {"type": "send", "cid": cid, "mid": str(uuid4()), "body": text}
        if sender == VISITOR:
            visitor.say(**frame)
        else:
            desk.say(**frame, epoch=desk.epochs[cid], seen=desk.read.get(cid, 0))

    async def idle_line(self, number: int) -> Line:
        """A new visitor who waits."""
        seat = await self._enter(number + self._setting.talks + CALLERS_SHARE)
        self._tokens[number] = seat.token
        return seat

    async def again(self, number: int) -> Line:
        """The same visitor comes back with their token."""
        seat = await self._connect(VISITOR, number + self._setting.talks + CALLERS_SHARE)
        seat.say(type="hello", v=1, token=self._tokens[number])
        await seat.until(lambda: seat.welcome)
        return seat
