"""Going away without hurting anybody: ask clients to reconnect elsewhere, finish what is being stored, then close."""

import asyncio
import random

from chatservice.conversations.writer import writers
from chatservice.delivery import process

SPREAD_S = 15.0
CLOSE_DRAIN = 4012


async def drain(*, limit_s: float = 20.0) -> None:
    """Refuse new sockets, spread the others over at most 15 s, wait for the writer, close with 4012, stop the tasks."""
    here = process.current()
    here.draining = True
    loop = asyncio.get_running_loop()
    until = loop.time() + limit_s
    spread = min(SPREAD_S, max(0.0, limit_s - 5.0))
    for socket in tuple(here.registry.sockets):
        wait = random.uniform(0, spread)  # noqa: S311 - spreads load, guards nothing
        socket.drain(int(wait * 1000))
        loop.call_later(wait, socket.close, CLOSE_DRAIN, "drain")
    await here.registry.empty(within_s=until - loop.time())
    await asyncio.wait_for(writers.get().idle(), max(0.1, until - loop.time() + 2))
    await process.stop_current()
