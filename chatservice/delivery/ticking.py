"""Doing something every few seconds, whatever happens to it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection

from chatservice.store.errors import StoreAway

log = logging.getLogger(__name__)

CANCEL_AGAIN_S = 0.2


async def every(seconds: float, act: Callable[[], Awaitable[None]], *, once: bool = False) -> None:
    """Run `act` again and again with `seconds` between; an error ends one round, never the next.

    This is an outermost edge: nobody else would see what went wrong. Only the class and the place are logged.
    """
    while True:
        try:
            if not once:
                await asyncio.sleep(seconds)
            await act()
        except StoreAway:
            log.warning("%s: the database did not answer", act.__qualname__)
        except Exception as error:  # noqa: BLE001 - the loop must live; see docstring
            log.error("%s: %s", act.__qualname__, type(error).__name__)  # noqa: TRY400 - no traceback text in a log
        if once:
            return


async def ended(tasks: Collection[asyncio.Task[None]]) -> None:
    """Cancel tasks until they are over.

    Once is not enough: up to Python 3.11 `asyncio.wait_for` swallows a cancellation that comes in the same turn as the
    answer it waits for, and the loop around it would go on for ever.
    """
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=CANCEL_AGAIN_S)
    await asyncio.gather(*tasks, return_exceptions=True)
