"""The asynchronous way to PostgreSQL: one pool for each event loop, nothing of it on the thread-sensitive thread."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from chatservice.store.errors import StoreAway
from chatservice.store.per_loop import PerLoop

Connection = AsyncConnection[TupleRow]
Pool = AsyncConnectionPool[Connection]
Result = TypeVar("Result")

WAIT_S = 3.0
APART = 3
AGAIN = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)


def make_pool(*, most: int | None = None) -> Pool:
    """Build a pool from settings.ASYNC_DATABASE (a dict of libpq parameters); it opens on first use."""
    return AsyncConnectionPool(
        kwargs={**settings.ASYNC_DATABASE, "autocommit": True},
        min_size=1,
        max_size=most or settings.DATABASE_POOL_SIZE,
        timeout=WAIT_S,
        # A short patience of the pool's own: after a restart of PostgreSQL the next caller tries at once
        # instead of waiting out a long back-off (recovery within 10 s).
        reconnect_timeout=WAIT_S,
        open=False,
    )


def make_apart() -> Pool:
    """Build the small pool of `store.direct`.

    Apart from the other one, since psycopg throws away all prepared statements of a connection when one of its own
    transactions is rolled back: the fixed statements of the message path would be gone with them.
    """
    return make_pool(most=APART)


_pools: PerLoop[Pool] = PerLoop(make_pool)
_apart: PerLoop[Pool] = PerLoop(make_apart)


async def pool() -> Pool:
    """Return this loop's open pool."""
    return await _opened(_pools.get())


async def _opened(found: Pool) -> Pool:
    if found.closed:
        await found.open()
    return found


async def close_pool() -> None:
    """Close this loop's pools; the next use opens new ones."""
    for kept in (_pools, _apart):
        found = kept.forget()
        if found is not None:
            await found.close()


@asynccontextmanager
async def connection() -> AsyncIterator[Connection]:
    """Lend one connection in autocommit; raises StoreAway when the database gives none in 3 s or breaks it."""
    async with _lent(await pool()) as lent:
        yield lent


@asynccontextmanager
async def connection_apart() -> AsyncIterator[Connection]:
    """Lend a connection on which psycopg's own transactions never run; raises StoreAway."""
    async with _lent(await _opened(_apart.get())) as lent:
        yield lent


@asynccontextmanager
async def _lent(source: Pool) -> AsyncIterator[Connection]:
    try:
        async with source.connection() as lent:
            yield lent
    except (PoolTimeout, psycopg.OperationalError) as error:
        if isinstance(error, AGAIN):
            raise
        await weed(source)
        raise StoreAway("the database did not answer: expected a reachable PostgreSQL, try again") from None


@asynccontextmanager
async def transaction() -> AsyncIterator[Connection]:
    """Lend one connection inside a transaction: committed on leaving, rolled back on an exception."""
    async with connection() as lent, lent.transaction():
        yield lent


async def weed(source: Pool) -> None:
    """Throw out the pool's broken connections, so that one restart costs one error and not one for each."""
    try:
        await asyncio.wait_for(source.check(), WAIT_S)
    except (TimeoutError, psycopg.Error, PoolTimeout):
        return


async def twice(act: Callable[[], Awaitable[Result]]) -> Result:
    """Run `act` (a whole transaction) once more when PostgreSQL asks for that (deadlock, serialisation)."""
    try:
        return await act()
    except AGAIN:
        return await act()


async def rows(query: str, parameters: dict[str, Any] | None = None) -> list[TupleRow]:
    """Run one reading query and return all rows; raises StoreAway."""
    async with connection() as lent:
        return await (await lent.execute(query.encode(), parameters)).fetchall()
