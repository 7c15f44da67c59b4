"""The way to Redis or Valkey for counters: one small client for each event loop. Nothing in it outlives its minutes."""

from typing import Final

from django.conf import settings
from redis.asyncio import Redis

from chatservice.store.per_loop import PerLoop

ANSWER_S: Final = 2.0


def make_redis() -> Redis:
    """Build the client from settings.REDIS_URL."""
    return Redis.from_url(
        settings.REDIS_URL, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S, max_connections=4
    )


_clients: PerLoop[Redis] = PerLoop(make_redis)


def redis() -> Redis:
    """Return this loop's client."""
    return _clients.get()


async def close_redis() -> None:
    """Close this loop's client; the next use makes a new one."""
    found = _clients.forget()
    if found is not None:
        await found.aclose()
