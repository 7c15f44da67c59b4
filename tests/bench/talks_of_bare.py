"""Talks on the bare service."""

import json

from tests.bench.book import Book
from tests.bench.client import Line
from tests.bench.seats import VISITOR, WORKER, Seat, Setting, gathered


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

    async def sit(self, ticket: str) -> None:
        """Nobody needs a ticket here."""

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
