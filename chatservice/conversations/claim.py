"""Reserving a waiting conversation for a worker. Who may take and who is next is the queue's to say."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from chatservice.conversations import access
from chatservice.conversations.admission import LEASE_S
from chatservice.conversations.events import Moved
from chatservice.conversations.states import State, Step
from chatservice.conversations.steps import take
from chatservice.store.pool import Connection

CALL_S = 60

HELD = """
SELECT count(*) FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
WHERE part.worker_id = %(worker)s AND part.role = 'professional' AND NOT part.ended
    AND talk.state IN ('called', 'active')
"""

CALLED = """
UPDATE conversations_conversation SET claim_epoch = claim_epoch + 1,
    called_until = clock_timestamp() + %(call)s * interval '1 second'
WHERE id = %(conversation)s RETURNING claim_epoch
"""

JOIN = """
INSERT INTO conversations_participant
    (id, conversation_id, role, worker_id, epoch, writes, reads_notes, ended, present, lease_until)
VALUES (%(participant)s, %(conversation)s, 'professional', %(worker)s, %(epoch)s, true, true, false, true,
    clock_timestamp() + %(lease)s * interval '1 second')
ON CONFLICT (conversation_id, worker_id) DO UPDATE SET role = 'professional', epoch = EXCLUDED.epoch, writes = true,
    reads_notes = true, ended = false, present = true, lease_until = EXCLUDED.lease_until
"""

BY_ID = f"""
SELECT {access.COLUMNS} FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.id = %(conversation)s FOR NO KEY UPDATE OF talk
"""  # noqa: S608 - COLUMNS is a constant


@dataclass(frozen=True, slots=True)
class Claimed:
    """The conversation a worker has been given and the epoch that every later write of theirs carries."""

    conversation: UUID
    epoch: int


async def reserve(*, connection: Connection, conversation: UUID, worker: int) -> tuple[Claimed, Moved] | None:
    """Call a conversation for `worker`: 60 s for the visitor's "I am here". Returns what to announce after the commit.

    None when it is not waiting any more. The row lock is waited for, since a child who writes at this moment must not
    lose the turn to the next one; the state is read again under it.
    """
    talk = await locked(connection=connection, conversation=conversation)
    if talk is None or talk.state is not State.QUEUED:
        return None
    _, moved = await take(connection=connection, talk=talk, by=Step.CALL)
    row = await (await connection.execute(CALLED, {"conversation": conversation, "call": CALL_S})).fetchone()
    epoch: int = row[0] if row else 0
    await join(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
    return Claimed(conversation, epoch), Moved(conversation, talk.area, moved.state, epoch, (worker,), "claimed")


async def locked(*, connection: Connection, conversation: UUID) -> access.Talk | None:
    """Lock a conversation for an act whose right is not a part in it (a claim, an offer)."""
    return await access.one_or_none(connection, BY_ID, {"conversation": conversation})


async def join(*, connection: Connection, conversation: UUID, worker: int, epoch: int) -> None:
    """Make `worker` the professional of a conversation under claim `epoch`."""
    part = {"participant": uuid4(), "conversation": conversation, "worker": worker, "epoch": epoch}
    await connection.execute(JOIN, {**part, "lease": LEASE_S})


async def held_count(*, connection: Connection, worker: int) -> int:
    """Return how many talks the worker holds; the caller has locked the worker's row."""
    found = await (await connection.execute(HELD, {"worker": worker})).fetchone()
    return 0 if found is None else int(found[0])
