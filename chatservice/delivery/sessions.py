"""Which signed-in sockets may stay: asked for all of a process in one query."""

from collections.abc import Collection

from chatservice.accounts.tickets import signed_in_among
from chatservice.store.pool import connection


async def ended_sessions(*, sessions: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return those (worker, session key) pairs that may no longer hold a socket; raises StoreAway."""
    asked = sorted(sessions)
    async with connection() as lent:
        alive = await signed_in_among(lent, sessions=asked)
    return set(asked) - alive
