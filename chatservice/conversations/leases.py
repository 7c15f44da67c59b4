"""Who is there: leases in the database, renewed by pings, judged by its clock alone."""

from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from chatservice.conversations.admission import LEASE_S, stir
from chatservice.conversations.errors import Gone
from chatservice.conversations.events import Announcement, Presence, announce
from chatservice.conversations.payload import Side
from chatservice.store.pool import Connection, connection

RENEW = """
UPDATE conversations_participant SET lease_until = clock_timestamp() + %(lease)s * interval '1 second'
WHERE id = ANY(%(participants)s) AND NOT ended AND present
"""

SILENT = """
SELECT conversation_id, id FROM conversations_participant
WHERE id = ANY(%(participants)s) AND NOT ended AND NOT present
"""

# A worker's sockets renew every talk they hold in one go; the part that was away comes back.
RENEW_WORKERS = """
WITH held AS (
    SELECT part.id, part.present FROM conversations_participant part
    WHERE part.worker_id = ANY(%(workers)s) AND NOT part.ended ORDER BY part.id FOR NO KEY UPDATE OF part SKIP LOCKED
)
UPDATE conversations_participant part
SET lease_until = clock_timestamp() + %(lease)s * interval '1 second', present = true
FROM held WHERE held.id = part.id
RETURNING part.conversation_id, held.present OR part.role <> 'professional'
"""

# The conversation is locked with its part, as whoever comes back or ends a talk does it: a part held alone while its
# conversation is waited for would stand against them in a ring. Whose row is busy is looked at again in the next round.
LAPSED = """
UPDATE conversations_participant part SET present = false
WHERE part.id IN (
    SELECT lapsed.id FROM conversations_participant lapsed
    JOIN conversations_conversation talk ON talk.id = lapsed.conversation_id
    WHERE lapsed.present AND lapsed.lease_until < clock_timestamp() ORDER BY lapsed.id
    FOR NO KEY UPDATE OF talk, lapsed SKIP LOCKED
) RETURNING part.conversation_id, part.role
"""

HOLD = """
UPDATE conversations_conversation SET held_until = clock_timestamp() + %(hold)s * interval '1 minute'
WHERE id = ANY(%(conversations)s) AND state <> 'closed' AND held_until IS NULL
"""


async def renew(*, visitors: Collection[UUID], workers: Collection[int]) -> None:
    """Prolong the leases of those whose sockets have pinged; raises StoreAway."""
    back: list[UUID] = []
    silent: list[tuple[UUID, UUID]] = []
    async with connection() as lent:
        if visitors:
            asked = {"participants": sorted(visitors), "lease": LEASE_S}
            await lent.execute(RENEW, asked)
            silent = [(row[0], row[1]) for row in await (await lent.execute(SILENT, asked)).fetchall()]
        if workers:
            cursor = await lent.execute(RENEW_WORKERS, {"workers": sorted(workers), "lease": LEASE_S})
            back = [row[0] for row in await cursor.fetchall() if not row[1]]
    announce(*(Presence(conversation, Side.PROFESSIONAL, "here") for conversation in back))
    for conversation, participant in silent:
        with suppress(Gone):  # closed in between
            await stir(conversation=conversation, participant=participant)


async def mark_lapsed(*, connection: Connection, hold_minutes: int) -> list[Announcement]:
    """Mark as away whose lease has ended; a visitor's place is held from now on. Returns what to announce."""
    lapsed = await (await connection.execute(LAPSED)).fetchall()
    visitors = [row[0] for row in lapsed if row[1] == "visitor"]
    if visitors:
        await connection.execute(HOLD, {"conversations": visitors, "hold": hold_minutes})
    # A colleague at the side comes and goes unseen.
    sides = {"visitor": Side.VISITOR, "professional": Side.PROFESSIONAL}
    return [Presence(row[0], sides[row[1]], "away") for row in lapsed if row[1] in sides]
