"""Group commit of what people write: one transaction for all that wait, the next when the last has returned.

A batch locks its conversations in id order, judges and numbers every message in a second statement (a fresh snapshot:
a claim that came while we waited for the lock is seen), seals with the given numbers, inserts, commits; only then is
anybody told. A message id that is there already is answered with its old number, so every retry is safe, also ours
after an unknown COMMIT.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from chatservice.conversations.batch import Judged, store_batch
from chatservice.conversations.errors import Busy, ConversationError
from chatservice.conversations.events import Stored, announce
from chatservice.conversations.post import Post, Receipt
from chatservice.conversations.rows import Clear
from chatservice.store.errors import StoreAway
from chatservice.store.per_loop import PerLoop
from chatservice.vault.errors import VaultError

log = logging.getLogger(__name__)

QUEUED = 5000
BATCH = 256
PATIENCE_S = 8.0
PAUSE_S = 0.25


@dataclass(slots=True)
class _Waiting:
    post: Post
    answer: asyncio.Future[Receipt]
    twins: list[asyncio.Future[Receipt]] = field(default_factory=list)


class Writer:
    """The one writer of an event loop. `submit` never blocks; its future resolves after the commit."""

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._task: asyncio.Task[None] | None = None

    def submit(self, post: Post) -> asyncio.Future[Receipt]:
        """Queue a message. The future holds a Receipt, or raises Refused (not stored) or StoreAway (not known)."""
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        if len(self._waiting) >= QUEUED:
            answer.set_exception(Busy("too many messages are waiting to be stored: try again"))
            return answer
        self._waiting.append(_Waiting(post, answer))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return answer

    async def idle(self) -> None:
        """Wait until everything queued so far is answered (drain)."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        while self._waiting:
            await self._store(_merged([self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]))

    async def _store(self, batch: Sequence[_Waiting]) -> None:
        try:
            judged = await _stored([waiting.post for waiting in batch])
        except (StoreAway, psycopg.Error, VaultError, ConversationError) as error:
            await self._apart(batch, error)
            return
        _answer(batch, judged)

    async def _apart(self, batch: Sequence[_Waiting], error: Exception) -> None:
        """After an error: one by one, so that one bad row harms nobody else; a lost database ends all of them."""
        if len(batch) > 1 and not isinstance(error, StoreAway):
            for waiting in batch:
                await self._store([waiting])
            return
        if not isinstance(error, StoreAway):
            log.error("a message could not be stored: %s", type(error).__name__)
        for waiting in batch:
            _fail(waiting, StoreAway("not known to be stored: send again with the same id"))


writers: PerLoop[Writer] = PerLoop(Writer)


async def _stored(posts: Sequence[Post]) -> list[Judged]:
    """Store a batch, again and again for a while when the database is away: every retry is safe by message id."""
    give_up = asyncio.get_running_loop().time() + PATIENCE_S
    while True:
        try:
            return await store_batch(posts)
        except (StoreAway, psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected):
            if asyncio.get_running_loop().time() > give_up:
                raise
            await asyncio.sleep(PAUSE_S)


def _merged(batch: Sequence[_Waiting]) -> list[_Waiting]:
    """Fold repeats of one message id within a batch: the second waits for the first one's answer."""
    firsts: dict[tuple[UUID, UUID, UUID], _Waiting] = {}
    kept: list[_Waiting] = []
    for waiting in batch:
        post = waiting.post
        first = firsts.setdefault((post.conversation, post.participant, post.mid), waiting)
        if first is waiting:
            kept.append(waiting)
        elif first.post.payload == post.payload:
            first.twins.append(waiting.answer)
        else:
            kept.append(waiting)
    return kept


def _answer(batch: Sequence[_Waiting], judged: Sequence[Judged]) -> None:
    """Tell each sender first, then announce what is new, in the order of the log."""
    fresh: list[Clear] = []
    for waiting, verdict in zip(batch, judged, strict=True):
        if verdict.refusal is not None or verdict.item is None:
            _fail(waiting, verdict.refusal or Busy("not stored: try again"))
            continue
        if not verdict.dup:
            fresh.append(verdict.item)
        _tell(waiting.answer, Receipt(verdict.item, verdict.dup))
        for twin in waiting.twins:
            _tell(twin, Receipt(verdict.item, dup=True))
    if fresh:
        # Behind the answers just given: a sender reads the acknowledgement before the echo.
        asyncio.get_running_loop().call_soon(announce, Stored(tuple(fresh)))


def _tell(answer: asyncio.Future[Receipt], receipt: Receipt) -> None:
    if not answer.done():
        answer.set_result(receipt)


def _fail(waiting: _Waiting, error: Exception) -> None:
    for answer in (waiting.answer, *waiting.twins):
        if not answer.done():
            answer.set_exception(error)
