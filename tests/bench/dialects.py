"""How talks are opened and messages written on each of the two systems; the load on both is the same.

A talk has two members: the visitor (side 0) on a line of their own and the professional (side 1), whose line is shared
by several talks.
"""

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

import msgspec

from tests.bench.book import Book
from tests.bench.client import Line

VISITOR, WORKER = 0, 1
ACK_S, PING_S = 1.0, 20.0
AT_ONCE = 10
CALLERS_SHARE = 20


@dataclass(kw_only=True)
class Setting:
    """Where the system is and how much is opened on it."""

    port: int
    talks: int
    desk_talks: int
    origins: tuple[str, str] = ("", "")
    host: str = ""
    tickets: tuple[str, ...] = ()


class Seat(Line):
    """A line of either system: `send` and `hear`, and when it opened."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book

    def lost(self) -> None:
        """A line that ends by itself is a failure of the run."""
        self.book.refused(f"lost {self.code}")


class System(Protocol):
    """What the load needs of a system."""

    async def open(self) -> None: ...

    def write(self, *, talk: int, sender: int, text: str) -> None: ...

    async def idle_line(self, number: int) -> Line: ...

    async def again(self, number: int) -> Line: ...


async def gathered(count: int, act: Callable[[int], Any], *, at_once: int = AT_ONCE) -> list[Any]:
    """Run `act(0..count-1)`, at most `at_once` at a time."""
    room = asyncio.Semaphore(at_once)

    async def one(number: int) -> Any:
        async with room:
            return await act(number)

    return await asyncio.gather(*(one(number) for number in range(count)))


# -- bare ------------------------------------------------------------------------------------------------------------


class BareSeat(Seat):
    """A member on the bare service."""

    def __init__(self, book: Book, side: int) -> None:
        super().__init__(book)
        self._side = side

    def hear(self, text: bytes) -> None:
        """Every frame is a message."""
        self.book.arrived(receiver=self._side, text=json.loads(text)["body"])


class Bare:
    """The bare service."""

    def __init__(self, setting: Setting, book: Book) -> None:
        self._setting, self._book = setting, book
        self._seats: dict[tuple[int, int], BareSeat] = {}

    async def open(self) -> None:
        """Connect all members."""
        talks, shared = self._setting.talks, self._setting.desk_talks
        await gathered(talks, lambda talk: self._sit(VISITOR, [talk]))
        await gathered(talks // shared, lambda desk: self._sit(WORKER, list(range(desk * shared, (desk + 1) * shared))))

    async def _sit(self, side: int, talks: list[int]) -> None:
        seat = await self._connect(BareSeat(self._book, side), [f"talk-{talk}" for talk in talks])
        self._seats.update({(talk, side): seat for talk in talks})

    async def _connect(self, seat: BareSeat, names: list[str]) -> BareSeat:
        return await seat.connect(port=self._setting.port, path=f"/?{'&'.join(names)}", headers={"Host": "localhost"})

    def write(self, *, talk: int, sender: int, text: str) -> None:
        """Send a message."""
        self._seats[talk, sender].send(json.dumps({"cid": f"talk-{talk}", "body": text}).encode())

    async def idle_line(self, number: int) -> Line:
        """A visitor who says nothing."""
        return await self._connect(BareSeat(self._book, VISITOR), [f"idle-{number}"])

    async def again(self, number: int) -> Line:
        """The same visitor comes back."""
        return await self.idle_line(number)


# -- the product -----------------------------------------------------------------------------------------------------


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
_items = msgspec.json.Decoder(list[Item])
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
        """Wait for a state; raises TimeoutError."""
        async with asyncio.timeout(30):
            while not wish():
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
        """Visitors come in, each desk takes its share, every visitor says "here"."""
        setting = self._setting
        for seat in await gathered(setting.talks, self._enter):
            self._visitors[seat.cid] = seat
        for ticket in setting.tickets:
            await self._sit_down(ticket)

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

    async def _sit_down(self, ticket: str) -> None:
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


SYSTEMS: dict[str, type[Bare] | type[Product]] = {"bare": Bare, "product": Product}
