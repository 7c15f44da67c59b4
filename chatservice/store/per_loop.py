"""One object for each event loop: a pool, a hub or a writer never crosses from one loop to another."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Kept = TypeVar("Kept")


class PerLoop(Generic[Kept]):
    """Hands out the one object of the running loop and makes it on first use."""

    def __init__(self, make: Callable[[], Kept]) -> None:
        self._make = make
        self._kept: WeakKeyDictionary[asyncio.AbstractEventLoop, Kept] = WeakKeyDictionary()

    def get(self) -> Kept:
        """Return this loop's object; raises RuntimeError outside a running loop."""
        loop = asyncio.get_running_loop()
        if loop not in self._kept:
            self._kept[loop] = self._make()
        return self._kept[loop]

    def forget(self) -> Kept | None:
        """Take this loop's object away, so that the next `get` makes a new one."""
        return self._kept.pop(asyncio.get_running_loop(), None)
