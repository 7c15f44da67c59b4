"""Everybody who waits in some areas, in the order of their queues, and how fast each queue is served: two queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chatservice.conversations.risk import Risk
from chatservice.queues.estimate import TALK_S, Pace
from chatservice.queues.order import Rating, Reason, Standing, parts
from chatservice.store.pool import connection

WAITING = """
SELECT talk.area_id, talk.queue_id, talk.id, talk.ticket, talk.channel, talk.language, talk.age_band, talk.wish,
    talk.entered, part.present, talk.risk, talk.rating, talk.requeued, talk.credit
FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.area_id = ANY(%(areas)s) AND talk.state = 'queued'
ORDER BY talk.area_id, talk.queue_id, talk.order_key, talk.ticket
"""

# Who takes new ones now, for which queues, and how many places of theirs are free.
SERVED = """
SELECT queue.id, queue.mean_s, coalesce(sum(duty.capacity), 0)::int,
    coalesce(sum(greatest(duty.capacity - duty.held, 0)), 0)::int
FROM queues_queue queue LEFT JOIN (
    SELECT duty.worker_id, duty.area_id, duty.capacity, coalesce(shift.queues, '{}') AS queues,
        ARRAY(SELECT mine.queue_id FROM duty_serves mine WHERE mine.worker_id = duty.worker_id) AS serves,
        (SELECT count(*) FROM conversations_participant part
            JOIN conversations_conversation talk ON talk.id = part.conversation_id
            WHERE part.worker_id = duty.worker_id AND NOT part.ended AND part.role = 'professional'
                AND talk.state IN ('called', 'active')) AS held
    FROM duty_onduty duty LEFT JOIN duty_shift shift ON shift.id = duty.shift_id
    WHERE duty.lease_until > clock_timestamp() AND duty.accepting
        AND coalesce(duty.stop_taking_at > clock_timestamp(), true)
        AND NOT (duty.paused AND coalesce(duty.pause_until > clock_timestamp(), true))
) duty ON duty.area_id = queue.area_id
    AND (duty.queues = '{}' OR queue.id = ANY(duty.queues)) AND (duty.serves = '{}' OR queue.id = ANY(duty.serves))
WHERE queue.area_id = ANY(%(areas)s) AND queue.active GROUP BY queue.id, queue.mean_s
"""


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits, without a word of theirs."""

    area: int
    queue: int
    conversation: UUID
    ticket: int
    channel: str
    language: str
    age_band: str
    wish: str
    entered: datetime
    present: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The queues of some areas: everybody in order, and the pace of each queue by its id."""

    waiting: tuple[InLine, ...]
    paces: dict[int, Pace]


async def line_of(*, areas: Collection[int]) -> Line:
    """Return who waits and how fast it goes; raises StoreAway."""
    asked = {"areas": list(areas)}
    async with connection() as lent:
        waiting = await (await lent.execute(WAITING, asked)).fetchall()
        served = await (await lent.execute(SERVED, asked)).fetchall()
    paces = {queue: Pace(servers=places, free=free, talk_s=mean_s or TALK_S) for queue, mean_s, places, free in served}
    return Line(tuple(InLine(*row[:10], _reasons(row)) for row in waiting), paces)  # type: ignore[call-arg]  # ten columns, one more


def _reasons(row: tuple[object, ...]) -> tuple[Reason, ...]:
    entered, risk, rating, requeued, credit = row[8], row[10], row[11], row[12], row[13]
    # Nearly everybody: nothing known, nothing to explain.
    if not (risk or rating or requeued or credit) or not isinstance(entered, datetime):
        return ()
    standing = Standing(
        arrival=entered,
        ticket=0,
        risk=Risk(int(str(risk))),
        rating=Rating(str(rating)),
        requeued=bool(requeued),
        credit=bool(credit),
    )
    return tuple(part.reason for part in parts(standing))
