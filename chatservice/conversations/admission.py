"""A visitor comes in: one thread, one conversation, one participant, one data key; in one transaction, once."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import psycopg
from django.conf import settings

from chatservice.conversations import access, tokens
from chatservice.conversations.access import Talk
from chatservice.conversations.errors import NotAdmitted
from chatservice.conversations.events import Announcement, Moved, Presence, Stored, announce
from chatservice.conversations.hooks import entered
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Kind, Payload, Side
from chatservice.conversations.sealers import keys
from chatservice.conversations.states import State, Step
from chatservice.conversations.steps import take
from chatservice.places.selectors import HostView
from chatservice.store.pool import Connection, connection, transaction
from chatservice.vault.envelope import new_data_key, ordinary_day, wrap

# Codes of taxonomy.json, dimension AGE, for those the service is for; parents are not asked.
AGE_BANDS: Final = frozenset({"A07_09", "A10_12", "A13_15", "A16_17", "A18_20", "A21_25"})

THREAD = """
INSERT INTO conversations_thread (id, area_id, begun)
VALUES (%(thread)s, %(area)s, date_trunc('minute', clock_timestamp()))
"""

# One moment for all three: the key is the arrival minus the head start, to the microsecond.
CONVERSATION = """
INSERT INTO conversations_conversation
    (id, area_id, thread_id, host_id, form, channel, language, age_band, state, risk, ticket, requeued, claim_epoch,
    last_seq, last_note, key_day, wrapped_key, entered, closed_by, counted,
    queue_id, wish, topic, credit, arrived, order_key, overflow_at)
VALUES (%(conversation)s, %(area)s, %(thread)s, %(host)s, 'chat', %(channel)s, %(language)s, %(age_band)s, 'queued', 0,
    nextval('conversations_ticket'), false, 0, 0, 0, %(day)s, %(wrapped)s, date_trunc('minute', clock_timestamp()),
    '', false, %(queue)s, %(wish)s, %(topic)s, %(credit)s, statement_timestamp(),
    statement_timestamp() - %(head_start)s, statement_timestamp() + %(overflow)s)
"""

VISITOR = """
INSERT INTO conversations_participant
    (id, conversation_id, role, token_hash, epoch, writes, reads_notes, ended, present, lease_until)
VALUES (%(participant)s, %(conversation)s, 'visitor', %(token)s, 0, true, false, false, true,
    clock_timestamp() + %(lease)s * interval '1 second')
"""

HERE = """
UPDATE conversations_participant SET present = true, lease_until = clock_timestamp() + %(lease)s * interval '1 second'
WHERE id = %(participant)s
"""

# A reload, a tunnel, another network: one statement that commits by itself. What `mine` holds was read under the row
# lock, so only that is asked: a condition on `talk` itself would see the row as it was before we waited for the lock.
BACK = f"""
WITH mine AS ({access.VISITOR}), here AS (
    UPDATE conversations_participant part
    SET present = true, lease_until = clock_timestamp() + %(lease)s * interval '1 second'
    FROM mine WHERE part.id = mine.participant AND mine.state NOT IN ('parked', 'closed')
), free AS (
    UPDATE conversations_conversation talk SET held_until = NULL FROM mine
    WHERE talk.id = mine.conversation AND mine.state NOT IN ('parked', 'closed') AND mine.held_until IS NOT NULL
)
SELECT * FROM mine
"""  # noqa: S608 - VISITOR is a constant of `access`

NOT_HELD = "UPDATE conversations_conversation SET held_until = NULL WHERE id = %(conversation)s"

LEASE_S = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrance:
    """What a new visitor chose. `attempt` names this coming in: the same attempt is let in once."""

    host: HostView
    channel: str
    language: str
    age_band: str
    attempt: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Placing:
    """Where the visitor will wait; the queue's room decides, this room stores."""

    queue: int | None = None
    wish: str = ""
    topic: str = ""
    credit: bool = False
    head_start: timedelta = timedelta()
    overflow: timedelta = timedelta()
    thread: UUID | None = None


Admit = Callable[[Connection], Awaitable[None]]


async def anybody(_: Connection) -> None:
    """Admit without a further check."""


def checked(entrance: Entrance, *, known: bool = False) -> Entrance:
    """Return the entrance when the host offers it; `known`: a code was given, so no age is asked again.

    Raises NotAdmitted.
    """
    host = entrance.host
    bands = AGE_BANDS if entrance.channel == "youth" else frozenset({""})
    band_fits = entrance.age_band in bands or (known and entrance.age_band == "")
    if entrance.channel not in host.channels or entrance.language not in host.languages or not band_fits:
        raise NotAdmitted("expected a channel, language and age band that this host offers")
    return entrance


async def enter(*, entrance: Entrance, placing: Placing | None = None, admit: Admit = anybody) -> tuple[str, Talk]:
    """Let a visitor in and return their token and talk; a repeated attempt returns the first one's.

    Raises NotAdmitted, StoreAway, VaultError.
    """
    checked(entrance, known=placing is not None and placing.thread is not None)
    token = tokens.make(attempt=entrance.attempt)
    try:
        async with transaction() as connection:
            await admit(connection)
            await _insert(connection, entrance, token=token, placing=placing or Placing())
            talk = await _own(connection, token)
            await entered(connection=connection, talk=talk)
    except psycopg.errors.UniqueViolation:
        return token, await come_back(token=token)
    announce(Moved(talk.conversation, talk.area, State.QUEUED, talk.epoch))
    return token, talk


async def come_back(*, token: str) -> Talk:
    """The visitor's line is there again: present, nothing held any more, a parked talk back at the head of the queue.

    Raises Gone (unknown, expired, destroyed), StoreAway.
    """
    async with connection() as lent:
        asked = {"token": tokens.hashed(token), "hold": settings.HOLD_MINUTES, "lease": LEASE_S}
        talk = await access.one(lent, BACK, asked)
    if talk.state is State.CLOSED:
        return talk
    if talk.state is State.PARKED:
        return await _requeue(token=token)
    announce(*_seen(talk))
    return talk


async def _requeue(*, token: str) -> Talk:
    async with transaction() as connection:
        talk = await _own(connection, token)
        if talk.state is State.CLOSED:
            return talk
        told = await _here(connection, talk)
        talk = await _own(connection, token)
    announce(*told)
    return talk


async def stir(*, conversation: UUID, participant: UUID) -> None:
    """A line that was silent for longer than its lease speaks again (a phone that slept): as if come back.

    Raises Gone, StoreAway.
    """
    async with transaction() as connection:
        talk = await access.visitor(connection=connection, conversation=conversation, participant=participant)
        told = await _here(connection, talk)
    announce(*told)


async def _here(connection: Connection, talk: Talk) -> list[Announcement]:
    """Mark the visitor of a locked talk as present; return what to announce."""
    await connection.execute(HERE, {"participant": talk.participant, "lease": LEASE_S})
    await connection.execute(NOT_HELD, {"conversation": talk.conversation})
    if talk.state is not State.PARKED:
        return _seen(talk)
    line = Line(kind=Kind.REQUEUED, payload=Payload(code=Code.RETURNED))
    items, moved = await take(connection=connection, talk=talk, by=Step.RETURN, lines=[line], head=True)
    return [Presence(talk.conversation, Side.VISITOR, "here"), Stored(items), moved]


def _seen(talk: Talk) -> list[Announcement]:
    """What to announce of a visitor who is there again; `talk` is as it was before."""
    told: list[Announcement] = [Presence(talk.conversation, Side.VISITOR, "here")]
    if not talk.present:
        told.append(Moved(talk.conversation, talk.area, talk.state, talk.epoch))
    return told


async def _own(connection: Connection, token: str) -> Talk:
    return await access.visitor_by_token(connection=connection, token=token, hold_minutes=settings.HOLD_MINUTES)


async def _insert(connection: Connection, entrance: Entrance, *, token: str, placing: Placing) -> None:
    conversation, thread = uuid4(), placing.thread or uuid4()
    day = ordinary_day(
        admitted=datetime.now(UTC),
        hold=timedelta(minutes=settings.HOLD_MINUTES),
        retention=timedelta(hours=settings.RETENTION_HOURS),
    )
    wrapped = wrap(data_key=new_data_key(), day_key=keys().day_key(day), conversation=conversation, day=day)
    asked = {
        "conversation": conversation,
        "thread": thread,
        "participant": uuid4(),
        "area": entrance.host.area_id,
        "host": entrance.host.id,
        "channel": entrance.channel,
        "language": entrance.language,
        "age_band": entrance.age_band,
        "day": day,
        "wrapped": wrapped,
        "token": tokens.hashed(token),
        "lease": LEASE_S,
        "queue": placing.queue,
        "wish": placing.wish,
        "topic": placing.topic,
        "credit": placing.credit,
        "head_start": placing.head_start,
        "overflow": placing.overflow,
    }
    queries = (THREAD, CONVERSATION, VISITOR) if placing.thread is None else (CONVERSATION, VISITOR)
    for query in queries:
        await connection.execute(query.encode(), asked)


def new_attempt() -> UUID:
    """An attempt id for a client that named none."""
    return UUID(bytes=secrets.token_bytes(16), version=4)
