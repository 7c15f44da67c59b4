"""The parts of colleagues at the side of a talk: seated unseen, brought in, gone again. Rows only; who may is the
queue's to say."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from chatservice.conversations.admission import LEASE_S
from chatservice.conversations.payload import Who
from chatservice.store.pool import Connection

# Whoever holds the talk is never made its colleague.
SEAT = """
INSERT INTO conversations_participant
    (id, conversation_id, role, worker_id, epoch, writes, reads_notes, ended, present, lease_until)
VALUES (%(participant)s, %(conversation)s, 'colleague', %(worker)s, %(epoch)s, false, true, false, true,
    clock_timestamp() + %(lease)s * interval '1 second')
ON CONFLICT (conversation_id, worker_id) DO UPDATE SET role = 'colleague', epoch = EXCLUDED.epoch, writes = false,
    reads_notes = true, ended = false, present = true, lease_until = EXCLUDED.lease_until
WHERE conversations_participant.ended
"""

SHOW = """
UPDATE conversations_participant SET writes = true
WHERE conversation_id = %(conversation)s AND worker_id = %(worker)s AND role = 'colleague' AND NOT ended
    AND epoch = %(epoch)s RETURNING id, (SELECT before.writes FROM conversations_participant before
        WHERE before.id = conversations_participant.id)
"""

END = """
UPDATE conversations_participant SET ended = true, present = false, lease_until = NULL
WHERE conversation_id = %(conversation)s AND worker_id = %(worker)s AND role = 'colleague' AND NOT ended
RETURNING id, writes
"""

OWNER = """
SELECT worker_id FROM conversations_participant
WHERE conversation_id = %(conversation)s AND role = 'professional' AND NOT ended
"""

NAME = "SELECT display_name, profession FROM accounts_worker WHERE id = %(worker)s"


@dataclass(frozen=True, slots=True)
class Part:
    """A colleague's part; `visible` when the visitor knew of it before this act."""

    participant: UUID
    visible: bool


async def seat(*, connection: Connection, conversation: UUID, worker: int, epoch: int) -> None:
    """Let a colleague see the talk and its notes, unseen, under claim `epoch`."""
    asked = {"participant": uuid4(), "conversation": conversation, "worker": worker, "epoch": epoch, "lease": LEASE_S}
    await connection.execute(SEAT, asked)


async def show(*, connection: Connection, conversation: UUID, worker: int, epoch: int) -> Part | None:
    """Let a seated colleague write; None when nobody of that name sits there."""
    return await _part(connection, SHOW, {"conversation": conversation, "worker": worker, "epoch": epoch})


async def end(*, connection: Connection, conversation: UUID, worker: int) -> Part | None:
    """End a colleague's part; None when there is none."""
    return await _part(connection, END, {"conversation": conversation, "worker": worker})


async def owner(*, connection: Connection, conversation: UUID) -> int | None:
    """Return the worker who holds the talk."""
    row = await (await connection.execute(OWNER, {"conversation": conversation})).fetchone()
    return None if row is None else int(row[0])


async def name_of(*, connection: Connection, worker: int) -> Who:
    """Return a worker as others in a talk see them."""
    row = await (await connection.execute(NAME, {"worker": worker})).fetchone()
    return Who(name=row[0], profession=row[1]) if row else Who(name="", profession="")


async def _part(connection: Connection, query: str, asked: dict[str, object]) -> Part | None:
    row = await (await connection.execute(query.encode(), asked)).fetchone()
    return None if row is None else Part(row[0], row[1])
