"""A worker takes the next one: blind, in the queue's order, once.

Two workers who ask at the same moment get two different children: each candidate is held by an advisory lock that only
claims take. Row locks are waited for, never skipped: a child who writes at this moment must not lose the turn.
"""

from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations.claim import Claimed, held_count, reserve
from chatservice.conversations.errors import Full, NothingWaiting
from chatservice.conversations.events import Moved, announce
from chatservice.duty.errors import OffDuty
from chatservice.duty.presence import Right, may_take
from chatservice.duty.services import start
from chatservice.queues.errors import NotOffered
from chatservice.queues.serving import Serving, serving
from chatservice.store.pool import Connection, transaction, twice

TRIES = 5

# The first of each queue come by its index; only those are sorted together.
NEXT = """
WITH first AS MATERIALIZED (
    SELECT candidate.id FROM unnest(%(queues)s::bigint[]) AS lane(queue)
    CROSS JOIN LATERAL (
        SELECT talk.id, talk.order_key, talk.ticket FROM conversations_conversation talk
        JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
        WHERE talk.queue_id = lane.queue AND talk.state = 'queued' AND part.lease_until > clock_timestamp()
            AND coalesce(talk.called_until < clock_timestamp(), true)
            AND (talk.wish IN ('', %(profession)s) OR talk.overflow_at <= clock_timestamp()
                OR NOT talk.wish = ANY(%(present)s))
        ORDER BY talk.order_key, talk.ticket LIMIT 24
    ) AS candidate ORDER BY candidate.order_key, candidate.ticket
)
SELECT id FROM first WHERE pg_try_advisory_xact_lock(hashtextextended(id::text, 18)) LIMIT 1
"""

# Picking is for areas that allow it; the same conditions hold.
PICKED = """
SELECT talk.id FROM conversations_conversation talk
JOIN queues_queue queue ON queue.id = talk.queue_id AND queue.picking
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.area_id = %(area)s AND talk.ticket = %(ticket)s AND talk.queue_id = ANY(%(queues)s)
    AND talk.state = 'queued' AND part.lease_until > clock_timestamp()
"""


async def claim_next(*, worker: int, ticket: int | None = None) -> Claimed:
    """Reserve the next waiting conversation (or, where picking is allowed, the one with `ticket`).

    Raises NotTaking (off duty, pausing, finishing), Full, NothingWaiting, NotOffered (picking is off), StoreAway.
    """

    async def act() -> tuple[Claimed, Moved]:
        async with transaction() as connection:
            return await _claim(connection, worker=worker, ticket=ticket)

    claimed, moved = await twice(act)
    announce(moved)
    return claimed


async def _claim(connection: Connection, *, worker: int, ticket: int | None) -> tuple[Claimed, Moved]:
    # The worker's own row serialises their claims: two tabs cannot pass the capacity together.
    right = await _right(connection, worker)
    if await held_count(connection=connection, worker=worker) >= right.capacity:
        raise Full("the agreed number of talks is in use: end or give back one first")
    area, mine = right.area, await serving(connection=connection, right=right)
    for _ in range(TRIES):
        conversation = await _candidate(connection, area=area, mine=mine, ticket=ticket)
        done = await reserve(connection=connection, conversation=conversation, worker=worker)
        if done is not None:
            await audit(connection, area=area, actor=worker, action=Action.TALK_CLAIMED, object=str(conversation))
            return done
    raise NothingWaiting("others were quicker: try again")


async def _right(connection: Connection, worker: int) -> Right:
    """Taking the next one begins the shift of who has not begun it; a pause or an end of intake refuses."""
    try:
        return await may_take(connection, worker=worker)
    except OffDuty:
        await start(connection, worker=worker)
        return await may_take(connection, worker=worker)


async def _candidate(connection: Connection, *, area: int, mine: Serving, ticket: int | None) -> UUID:
    asked = {
        "area": area,
        "ticket": ticket,
        "queues": list(mine.queues),
        "profession": mine.profession,
        "present": list(mine.present),
    }
    found = await (await connection.execute(NEXT if ticket is None else PICKED, asked)).fetchone()
    if found is None and ticket is not None:
        raise NotOffered("expected somebody who waits in a queue that allows picking")
    if found is None:
        raise NothingWaiting("nobody waits who could be taken now")
    conversation: UUID = found[0]
    return conversation
