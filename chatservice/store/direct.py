"""Fixed statements by libpq's own calls: several in one round trip, without psycopg's cursors and pipeline.

For the message path alone: what psycopg does around a statement costs more than the statement. A statement is prepared
once for each connection, parameters are text that its casts read, results are binary. Anything but a clean answer
closes the connection: half a conversation with the server is never handed on to the next who borrows it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result
from psycopg.pq.abc import PGconn, PGresult

from chatservice.store.errors import StoreAway
from chatservice.store.pool import Connection, connection_apart

# Above what statement_timeout and lock_timeout end by themselves: only a server that answers nothing at all gets here.
ANSWER_S: Final = 12.0
BINARY: Final = pq.Format.BINARY
PLACE: Final = re.compile(r"%\((\w+)\)s")

_prepared: WeakKeyDictionary[Connection, set[bytes]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its name on the connection and the names of its parameters in order."""

    name: bytes
    text: bytes
    parameters: tuple[str, ...]

    def given(self, values: Mapping[str, str]) -> "Question":
        """Return this statement with its values."""
        return Question(self, [values[name].encode() for name in self.parameters])


@dataclass(frozen=True, slots=True)
class Question:
    """A statement and its values, or a text that runs once (`statement.name` is empty)."""

    statement: Statement
    values: Sequence[bytes] = ()


def statement(name: str, query: str) -> Statement:
    """Make a statement of a query whose parameters are written `%(name)s`; each needs a cast or an evident type."""
    names = tuple(dict.fromkeys(PLACE.findall(query)))
    text = PLACE.sub(lambda found: f"${names.index(found[1]) + 1}", query)
    return Statement(name.encode(), text.encode(), names)


BEGIN: Final = Question(statement("begin", "BEGIN"))
COMMIT: Final = Question(statement("commit", "COMMIT"))
ERRORS: Final = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)


class Link:
    """A lent connection in libpq's pipeline mode. After an exception of `ask` it is closed."""

    def __init__(self, lent: Connection) -> None:
        self._lent = lent
        self._known = _prepared.setdefault(lent, set())

    def once(self, query: str, values: Mapping[str, object]) -> Question:
        """Return a query that is no fixed statement, its values written into it by psycopg; its answer is text."""
        text = psycopg.AsyncClientCursor(self._lent).mogrify(query.encode(), values)
        return Question(Statement(b"", text.encode(), ()))

    async def ask(self, *questions: Question) -> list[PGresult]:
        """Send all questions at once and return an answer for each; raises psycopg.Error, StoreAway."""
        whole = False
        try:
            async with asyncio.timeout(ANSWER_S):
                answers = await self._exchange(questions)
            whole = True
        except TimeoutError:
            raise StoreAway("the database did not answer: expected a reachable PostgreSQL, try again") from None
        finally:
            if not whole:
                await self._lent.close()
        return answers

    async def commit(self, *questions: Question) -> None:
        """Ask these and commit. Back without an exception, all of it is stored."""
        *_, end = await self.ask(*questions, COMMIT)
        if end.command_status != b"COMMIT":
            raise psycopg.InternalError("the transaction was rolled back")

    async def _exchange(self, questions: Sequence[Question]) -> list[PGresult]:
        link = self._lent.pgconn
        kept = [self._send(link, question) for question in questions]
        link.pipeline_sync()
        await _written(link)
        answers = []
        for preparations in kept:
            for _ in range(preparations):
                await _answer(link)
            answers.append(await _answer(link))
        await _answer(link)
        return answers

    def _send(self, link: PGconn, question: Question) -> int:
        """Put one question into the pipeline; return how many answers come before its own."""
        asked = question.statement
        if not asked.name:
            link.send_query_params(asked.text, None)
            return 0
        unknown = asked.name not in self._known
        if unknown:
            # Before the server has agreed: where it does not, the connection is closed and forgotten with all it knew.
            self._known.add(asked.name)
            link.send_prepare(asked.name, asked.text)
        link.send_query_prepared(asked.name, question.values, result_format=BINARY)
        return int(unknown)


@asynccontextmanager
async def direct() -> AsyncIterator[Link]:
    """Lend a connection for `ask`. What is not committed on leaving is rolled back. Raises StoreAway, psycopg.Error."""
    async with connection_apart() as lent:
        lent.pgconn.enter_pipeline_mode()
        try:
            yield Link(lent)
        finally:
            if not lent.closed:
                lent.pgconn.exit_pipeline_mode()


async def _written(link: PGconn) -> None:
    while link.flush():
        # Reading too: a server that cannot get rid of its answers stops taking questions.
        await _ready(link, writing=True)
        link.consume_input()


async def _answer(link: PGconn) -> PGresult:
    """Return the next result; the None that ends each statement's results is passed over."""
    for _ in range(2):
        while link.is_busy():
            await _ready(link)
            link.consume_input()
        found = link.get_result()
        if found is not None:
            if found.status in ERRORS:
                raise error_from_result(found)
            return found
    raise psycopg.OperationalError("expected another answer of the server")


async def _ready(link: PGconn, *, writing: bool = False) -> None:
    loop = asyncio.get_running_loop()
    woken: asyncio.Future[None] = loop.create_future()
    place = link.socket
    loop.add_reader(place, _wake, woken)
    if writing:
        loop.add_writer(place, _wake, woken)
    try:
        await woken
    finally:
        loop.remove_reader(place)
        if writing:
            loop.remove_writer(place)


def _wake(woken: asyncio.Future[None]) -> None:
    if not woken.done():
        woken.set_result(None)


def number(result: PGresult, row: int, column: int) -> int | None:
    """Read an integer of any width; None for NULL."""
    value = result.get_value(row, column)
    return None if value is None else int.from_bytes(value, signed=True)
