"""Who and where: fixtures of named people, and the acts of a talk without any socket between."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from chatservice.accounts.models import Worker
from chatservice.conversations import talk
from chatservice.conversations.access import Talk
from chatservice.conversations.admission import Entrance
from chatservice.conversations.claim import Claimed
from chatservice.conversations.log import read_after
from chatservice.conversations.payload import Payload, Side
from chatservice.conversations.post import Post, Receipt
from chatservice.conversations.rows import Clear
from chatservice.conversations.writer import writers
from chatservice.delivery import process
from chatservice.duty import services
from chatservice.places.models import Area, Host
from chatservice.places.selectors import host_by_key
from chatservice.queues import entering
from chatservice.queues.claim import claim_next
from chatservice.store.pool import close_pool, connection, transaction
from tests import wire


@pytest_asyncio.fixture(autouse=True)
async def _process_ends(database: None) -> AsyncIterator[None]:
    """Each test's loop has its own process; it ends with the test."""
    yield
    await wire.cut_all()
    await process.stop_current()
    await close_pool()


@pytest.fixture
def area(database: None) -> Area:
    """An area of this test alone."""
    return wire.make_area()


@pytest.fixture
def host(area: Area) -> Host:
    """Its entrance."""
    return wire.make_host(area)


@pytest.fixture
def aino(area: Area) -> Worker:
    """Aino the curator."""
    return wire.make_worker(area)


@pytest.fixture
def petri(area: Area) -> Worker:
    """Petri the psychologist."""
    return wire.make_worker(area, "Petri", profession="psychologist")


@dataclass(frozen=True)
class Visitor:
    """A visitor who has come in: what their tab knows, and what the service knows of them."""

    token: str
    talk: Talk

    @property
    def cid(self) -> UUID:
        """The conversation."""
        return self.talk.conversation

    async def write(self, text: str, *, mid: UUID | None = None) -> Receipt:
        """Post one message."""
        return await writers.get().submit(self.post(text, mid=mid))

    def post(self, text: str, *, mid: UUID | None = None) -> Post:
        """Make one message."""
        return Post(
            conversation=self.cid,
            participant=self.talk.participant,
            side=Side.VISITOR,
            mid=mid or uuid4(),
            payload=Payload(text=text),
        )

    async def read(self, *, after: int = 0) -> list[Clear]:
        """Read the log as this visitor may."""
        return await read_after(conversation=self.cid, reader=self.talk.participant, after=after)


async def entrance(host: Host, **changed: Any) -> Entrance:
    """What Mia would choose at this host."""
    view = await host_by_key(host.key)
    assert view is not None
    chosen = {"channel": "youth", "language": "fi", "age_band": "A13_15", "attempt": uuid4()}
    return Entrance(host=view, **{**chosen, **changed})


async def enter(host: Host, **changed: Any) -> Visitor:
    """Somebody comes in."""
    async with wire.open_door(host):
        token, found = await entering.enter(entrance=await entrance(host, **changed), asked=entering.Asked())
    return Visitor(token, found)


async def on_duty(*workers: Worker, capacity: int | None = None) -> None:
    """These workers start their shift; who is on duty already stays as they are."""
    for worker in workers:
        async with transaction() as lent:
            await services.start(lent, worker=worker.pk, capacity=capacity)


async def in_talk(host: Host, worker: Worker) -> tuple[Visitor, Claimed]:
    """Mia in an active talk with this worker."""
    mia = await enter(host)
    claimed = await claim_next(worker=worker.pk)
    assert claimed.conversation == mia.cid
    await talk.confirm(conversation=mia.cid, participant=mia.talk.participant)
    return mia, claimed


async def part_of(worker: Worker, conversation: UUID) -> UUID:
    """The worker's participant id in a conversation."""
    asked = {"worker": worker.pk, "conversation": conversation}
    query = (
        "SELECT id FROM conversations_participant WHERE worker_id = %(worker)s AND conversation_id = %(conversation)s"
    )
    found: UUID = (await sql(query, **asked))[0][0]
    return found


async def answer(worker: Worker, claimed: Claimed, text: str, *, mid: UUID | None = None) -> Receipt:
    """The worker posts one message under the claim."""
    post = Post(
        conversation=claimed.conversation,
        participant=await part_of(worker, claimed.conversation),
        side=Side.PROFESSIONAL,
        mid=mid or uuid4(),
        payload=Payload(text=text),
        epoch=claimed.epoch,
    )
    return await writers.get().submit(post)


async def sql(query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement behind the service's back; rows, where it gives some."""
    async with connection() as lent:
        cursor = await lent.execute(query.encode(), values)
        return await cursor.fetchall() if cursor.description is not None else []


async def row_of(conversation: UUID, *names: str) -> dict[str, Any]:
    """Columns of one conversation's row."""
    query = f"SELECT {', '.join(names)} FROM conversations_conversation WHERE id = %(id)s"  # noqa: S608 - our own names
    return dict(zip(names, (await sql(query, id=conversation))[0], strict=True))


def in_own_loop(act: Callable[[], Coroutine[Any, Any, None]]) -> Thread:
    """Run `act` in a thread with a loop, pool, writer and hub of its own, as another process would."""

    async def whole() -> None:
        try:
            await act()
        finally:
            await process.stop_current()
            await close_pool()

    thread = Thread(target=lambda: asyncio.run(whole()))
    thread.start()
    return thread
