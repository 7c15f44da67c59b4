"""Appending to and reading from a conversation's log, inside a transaction that already holds its row lock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from chatservice.conversations.payload import Kind, Payload, Side, Stream, pack
from chatservice.conversations.rows import Clear, EventRow, minute_of, moment_of, opened
from chatservice.conversations.sealers import sealer
from chatservice.store.arrays import array, byte_array
from chatservice.store.pool import Connection, rows
from chatservice.vault.envelope import Sealer
from chatservice.vault.errors import VaultError

PAGE_ROWS = 200

INSERT = """
INSERT INTO conversations_event
    (conversation_id, stream, seq, kind, side, participant_id, mid, payload, minute)
SELECT * FROM unnest(%(conversation)s::uuid[], %(stream)s::smallint[], %(seq)s::int[], %(kind)s::smallint[],
    %(side)s::smallint[], %(participant)s::uuid[], %(mid)s::uuid[], %(payload)s::bytea[], %(minute)s::timestamptz[])
"""

GROW = """
UPDATE conversations_conversation SET last_seq = last_seq + %(lines)s WHERE id = %(conversation)s
RETURNING last_seq - %(lines)s, key_day, wrapped_key, date_trunc('minute', clock_timestamp()), claim_epoch
"""

READ = """
SELECT seq, kind, side, participant_id, mid, payload, minute FROM conversations_event
WHERE conversation_id = %(conversation)s AND stream = %(stream)s AND seq > %(after)s
    AND EXISTS (
        SELECT 1 FROM conversations_participant part
        JOIN conversations_conversation talk ON talk.id = part.conversation_id
        WHERE part.id = %(reader)s AND part.conversation_id = %(conversation)s
            AND (part.role = 'visitor' OR (NOT part.ended AND part.epoch = talk.claim_epoch))
            AND (%(stream)s = 0 OR part.reads_notes))
ORDER BY seq LIMIT %(limit)s
"""

KEY = "SELECT key_day, wrapped_key FROM conversations_conversation WHERE id = %(conversation)s"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the service's own: somebody joined, the talk was closed, and so on."""

    kind: Kind
    side: Side = Side.SERVICE
    payload: Payload = field(default_factory=Payload)
    participant: UUID | None = None


def columns(items: Sequence[EventRow]) -> dict[str, str]:
    """Turn rows into one array for each column, as INSERT takes them."""
    return {
        "conversation": array([row.conversation for row in items]),
        "stream": array([int(row.stream) for row in items]),
        "seq": array([row.seq for row in items]),
        "kind": array([int(row.kind) for row in items]),
        "side": array([int(row.side) for row in items]),
        "participant": array([row.participant for row in items]),
        "mid": array([row.mid for row in items]),
        "payload": byte_array([row.payload for row in items]),
        "minute": array([moment_of(row.minute).isoformat() for row in items]),
    }


async def append(*, connection: Connection, conversation: UUID, lines: Sequence[Line]) -> tuple[Clear, ...]:
    """Number, seal and insert `lines`. The caller's transaction holds the conversation's row lock."""
    cursor = await connection.execute(GROW, {"conversation": conversation, "lines": len(lines)})
    base, day, wrapped, minute, epoch = await cursor.fetchone() or (0, None, None, None, 0)
    found = sealer(conversation=conversation, wrapped=wrapped, day=day)
    items = tuple(
        Clear(row=_row(line, (conversation, base + step, minute_of(minute), epoch), found), payload=line.payload)
        for step, line in enumerate(lines, start=1)
    )
    await connection.execute(INSERT, columns([item.row for item in items]))
    return items


def _row(line: Line, place: tuple[UUID, int, int, int], found: Sealer) -> EventRow:
    conversation, seq, minute, epoch = place
    sealed = found.seal(stream=Stream.TALK, seq=seq, side=line.side, kind=line.kind, payload=pack(line.payload))
    return EventRow(
        conversation=conversation,
        stream=Stream.TALK,
        seq=seq,
        kind=line.kind,
        side=line.side,
        participant=line.participant,
        mid=None,
        minute=minute,
        payload=sealed,
        epoch=epoch,
    )


async def read_after(
    *, conversation: UUID, reader: UUID, after: int, stream: Stream = Stream.TALK, limit: int = PAGE_ROWS
) -> list[Clear]:
    """Read and open the next rows after `after` for one participant; raises StoreAway.

    The right is in the query itself: a professional reads under the present claim only, notes only with the right to
    them. Without the right there is nothing to read.
    """
    asked = {"conversation": conversation, "reader": reader, "after": after, "stream": stream, "limit": limit}
    found = await rows(READ, asked)
    if not found:
        return []
    key = await key_of(conversation=conversation)
    return [
        opened(
            row=EventRow(conversation, stream, seq, kind, side, who, mid, minute_of(minute), bytes(payload)),
            sealer=key,
        )
        for seq, kind, side, who, mid, payload, minute in found
    ]


async def key_of(*, conversation: UUID) -> Sealer | None:
    """Return the conversation's sealer, or None when its key is destroyed or cannot be opened."""
    found: list[tuple[date, bytes | None]] = await rows(KEY, {"conversation": conversation})
    if not found or found[0][1] is None:
        return None
    try:
        return sealer(conversation=conversation, wrapped=bytes(found[0][1]), day=found[0][0])
    except VaultError:
        return None
