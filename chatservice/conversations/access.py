"""The only ways to reach a conversation. Each looks the right up in the database, at every subscribe and every act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chatservice.conversations.errors import Gone, Stale
from chatservice.conversations.states import State
from chatservice.conversations.tokens import hashed
from chatservice.store.pool import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """A conversation as an act sees it, its row locked by the act's transaction."""

    conversation: UUID
    participant: UUID
    area: int
    state: State
    epoch: int
    risk: int
    channel: str
    language: str
    age_band: str
    ticket: int
    last_seq: int
    entered: datetime
    held_until: datetime | None
    present: bool
    closed_by: str
    queue: int | None
    wish: str
    began: datetime | None
    arrived: datetime | None
    hidden_until: int = 0


COLUMNS = """
talk.id AS conversation, part.id AS participant, talk.area_id AS area, talk.state, talk.claim_epoch AS epoch, talk.risk,
talk.channel, talk.language, talk.age_band, talk.ticket, talk.last_seq, talk.entered, talk.held_until, part.present,
talk.closed_by, talk.queue_id AS queue, talk.wish, talk.called_at AS began, talk.arrived
"""

# The token of a closed talk still opens it for the hold time: a child on a bad line must learn how it ended.
VISITOR = f"""
SELECT {COLUMNS}, coalesce(back.hidden_until, 0) AS hidden_until FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
LEFT JOIN conversations_returntoken back ON back.hash = %(token)s
WHERE part.id = coalesce(
        back.participant_id, (SELECT id FROM conversations_participant WHERE token_hash = %(token)s))
    AND part.role = 'visitor' AND talk.wrapped_key IS NOT NULL
    AND (talk.closed IS NULL OR talk.closed > now() - %(hold)s * interval '1 minute')
FOR NO KEY UPDATE OF talk
"""  # noqa: S608 - COLUMNS is a constant of this module

VISITOR_BY_ID = f"""
SELECT {COLUMNS} FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
WHERE part.id = %(participant)s AND part.conversation_id = %(conversation)s AND part.role = 'visitor' AND NOT part.ended
FOR NO KEY UPDATE OF talk
"""  # noqa: S608 - COLUMNS is a constant of this module

WORKER = f"""
SELECT {COLUMNS} FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
JOIN accounts_worker worker ON worker.id = part.worker_id AND worker.area_id = talk.area_id
WHERE part.conversation_id = %(conversation)s AND part.worker_id = %(worker)s AND worker.is_active
FOR NO KEY UPDATE OF talk
"""  # noqa: S608 - COLUMNS is a constant of this module

# Whose talk it is, and who is let into the notes: a colleague at the side neither gives back nor closes.
OWNS = """
SELECT 1 FROM conversations_participant
WHERE id = %(participant)s AND NOT ended AND epoch = %(epoch)s AND role = 'professional'
"""
READS_NOTES = """
SELECT 1 FROM conversations_participant
WHERE id = %(participant)s AND NOT ended AND epoch = %(epoch)s AND reads_notes
"""


async def visitor_by_token(*, connection: Connection, token: str, hold_minutes: int) -> Talk:
    """Return the talk this token opens; raises Gone for unknown, expired and destroyed ones alike."""
    return await one(connection, VISITOR, {"token": hashed(token), "hold": hold_minutes})


async def visitor(*, connection: Connection, conversation: UUID, participant: UUID) -> Talk:
    """Return the visitor's own talk; raises Gone."""
    talk = await one(connection, VISITOR_BY_ID, {"conversation": conversation, "participant": participant})
    # Behind a wait for the row lock the part is seen as it was before, the talk as it is.
    if talk.state is State.CLOSED:
        raise Gone("no such conversation")
    return talk


async def worker(*, connection: Connection, conversation: UUID, worker: int, epoch: int) -> Talk:
    """Return a talk that `worker` owns under claim `epoch`; raises Gone (never theirs), Stale (another claim came)."""
    talk = await part_of(connection=connection, conversation=conversation, worker=worker)
    await fence(connection=connection, talk=talk, epoch=epoch, right=OWNS)
    return talk


async def part_of(*, connection: Connection, conversation: UUID, worker: int) -> Talk:
    """Return a talk that `worker` has or had a part in, with no right to anything yet; raises Gone."""
    return await one(connection, WORKER, {"conversation": conversation, "worker": worker})


async def fence(*, connection: Connection, talk: Talk, epoch: int, right: str) -> None:
    """Refuse who has not this `right` (OWNS, READS_NOTES) under claim `epoch`; raises Stale.

    Read after the row lock, in a statement of its own: a claim that committed while we waited is seen.
    """
    found = await connection.execute(right.encode(), {"participant": talk.participant, "epoch": epoch})
    if talk.epoch != epoch or await found.fetchone() is None:
        raise Stale("another claim has come since: expected the epoch of the latest `talk` frame")


async def one(connection: Connection, query: str, asked: dict[str, Any]) -> Talk:
    """Run an access query of this package and return its one talk; raises Gone."""
    found = await one_or_none(connection, query, asked)
    if found is None:
        raise Gone("no such conversation")
    return found


async def one_or_none(connection: Connection, query: str, asked: dict[str, Any]) -> Talk | None:
    """The same, with None where there is none."""
    cursor = await connection.execute(query.encode(), asked)
    row = await cursor.fetchone()
    if row is None or cursor.description is None:
        return None
    found = dict(zip((column.name for column in cursor.description), row, strict=True))
    return Talk(**{**found, "state": State(found["state"])})
