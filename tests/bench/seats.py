"""How talks are opened and messages written on each of the two systems; the load on both is the same.

A talk has two members: the visitor (side 0) on a line of their own and the professional (side 1), whose line is shared
by several talks.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.bench.book import Book
from tests.bench.client import Line, Refused

VISITOR, WORKER = 0, 1
AT_ONCE = 10
TRIES = 10


@dataclass(kw_only=True)
class Setting:
    """Where the system is and how much is opened on it."""

    port: int
    talks: int
    desk_talks: int
    origins: tuple[str, str] = ("", "")
    host: str = ""


class Seat(Line):
    """A line of either system: `send` and `hear`, and when it opened."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book

    def lost(self) -> None:
        """A line that ends by itself is a failure of the run."""
        self.book.refused(f"lost {self.code}")


async def gathered(count: int, act: Callable[[int], Any], *, at_once: int = AT_ONCE) -> list[Any]:
    """Run `act(0..count-1)`, at most `at_once` at a time."""
    room = asyncio.Semaphore(at_once)

    async def one(number: int) -> Any:
        async with room:
            return await act(number)

    return await asyncio.gather(*(one(number) for number in range(count)))


async def with_patience(act: Callable[[int], Any], number: int) -> Any:
    """Run `act` as a client would: where the server is too busy, again a little later."""
    for _ in range(TRIES):
        with suppress(Refused, TimeoutError, OSError):
            return await act(number)
        await asyncio.sleep(random.uniform(0.2, 1.0))
    raise SystemExit("bench: the server takes no more lines")
