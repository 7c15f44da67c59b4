"""Which signed-in sockets may stay: asked for all of a process in one query."""

from collections.abc import Collection

from chatservice.accounts.tickets import still_signed_in
from chatservice.store.pool import connection


async def ended_sessions(*, sessions: Collection[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return those (worker, session key) pairs that may no longer hold a socket; raises StoreAway."""
    over: set[tuple[int, str]] = set()
    async with connection() as lent:
        for worker, session_key in sessions:
            if not await still_signed_in(lent, worker=worker, session_key=session_key):
                over.add((worker, session_key))
    return over
