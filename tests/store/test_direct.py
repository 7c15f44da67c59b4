"""Fixed statements sent straight through libpq: in order, whole or not at all, nothing half handed on."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
import pytest_asyncio

from chatservice.store import direct as room
from chatservice.store.direct import BEGIN, direct, number, statement
from chatservice.store.errors import StoreAway
from chatservice.store.pool import Connection, close_pool, connection_apart

DOUBLE = statement("test_double", "SELECT %(one)s::int * 2, %(one)s::int + %(two)s::int")
DIVIDE = statement("test_divide", "SELECT 1 / %(by)s::int")
SLEEP = statement("test_sleep", "SELECT pg_sleep(4)")
MAKE = statement("test_make", "CREATE TEMPORARY TABLE test_kept (n int)")
SEEN = "SELECT to_regclass('pg_temp.test_kept') IS NOT NULL"
BACKEND = "SELECT pg_backend_pid()"


@pytest_asyncio.fixture(autouse=True)
async def _one_connection(database: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Everything here borrows the same connection, as the writer mostly does."""
    await close_pool()
    monkeypatch.setattr("chatservice.store.pool.APART", 1)
    yield
    await close_pool()


async def rows(query: str) -> list[tuple[object, ...]]:
    """Ask by psycopg on the one connection."""
    async with connection_apart() as lent:
        return list(await (await lent.execute(query.encode())).fetchall())


async def backend() -> int:
    """Which server process the one connection talks to."""
    [[found]] = await rows(BACKEND)
    return int(str(found))


async def test_questions_are_answered_in_their_order_again_and_again() -> None:
    """The first time they are prepared on the way, later they are known."""
    for one in (3, -4, 2):
        async with direct() as link:
            first, second = await link.ask(DOUBLE.given({"one": "5", "two": "1"}), DOUBLE.given(ask(one)))
        assert (number(first, 0, 0), number(first, 0, 1)) == (10, 6)
        assert (number(second, 0, 0), number(second, 0, 1)) == (2 * one, one + 7)


def ask(one: int) -> dict[str, str]:
    """Values of DOUBLE."""
    return {"one": str(one), "two": "7"}


async def test_a_query_of_another_room_runs_once_with_its_values_quoted() -> None:
    async with direct() as link:
        [answer] = await link.ask(link.once("SELECT length(%(text)s)", {"text": "it's Mia's; DROP"}))
    assert answer.get_value(0, 0) == b"16"


async def test_an_error_ends_the_transaction_and_its_connection() -> None:
    before = await backend()
    with pytest.raises(psycopg.errors.DivisionByZero):
        async with direct() as link:
            await link.ask(BEGIN, MAKE.given({}), DIVIDE.given({"by": "0"}), DIVIDE.given({"by": "1"}))
    assert await backend() != before
    assert await rows(SEEN) == [(False,)]


async def break_off() -> None:
    """Fail between two questions."""
    async with direct() as link:
        await link.ask(BEGIN, MAKE.given({}))
        raise LookupError


async def test_what_is_not_committed_is_rolled_back() -> None:
    async with direct() as link:
        await link.ask(BEGIN, MAKE.given({}))
        await link.ask(link.once("ROLLBACK", {}))
    with pytest.raises(LookupError):
        await break_off()
    assert await rows(SEEN) == [(False,)]
    async with direct() as link:
        await link.ask(BEGIN)
        await link.commit(MAKE.given({}))
    assert await rows(SEEN) == [(True,)]


async def test_a_commit_that_rolls_back_is_an_error() -> None:
    """PostgreSQL answers COMMIT of a failed transaction with success and the word ROLLBACK."""
    async with connection_apart() as lent:
        await lent.execute("BEGIN")
        with pytest.raises(psycopg.errors.DivisionByZero):
            await lent.execute("SELECT 1 / 0")
        lent.pgconn.enter_pipeline_mode()
        with pytest.raises(psycopg.InternalError):
            await room.Link(lent).commit()
        lent.pgconn.exit_pipeline_mode()


@pytest.mark.parametrize("how", ["cancelled", "out of time"])
async def test_a_question_without_its_answer_closes_the_connection(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "ANSWER_S", 0.2 if how == "out of time" else 60.0)
    lent: list[Connection] = []

    async def wait() -> None:
        async with direct() as link:
            lent.append(link._lent)
            await link.ask(SLEEP.given({}))

    asking = asyncio.create_task(wait())
    if how == "cancelled":
        while not lent:
            await asyncio.sleep(0)
        asking.cancel()
    with pytest.raises(asyncio.CancelledError if how == "cancelled" else StoreAway):
        await asking
    assert lent[0].closed
    assert await rows("SELECT 1") == [(1,)]
