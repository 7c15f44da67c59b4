"""How many wait now in each queue of an area, and the longest wait, by the database's clock. Synchronous, for pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection

LIVE: Final = """
SELECT queue.id, queue.channel, queue.language, queue.name, queue.cap,
    count(talk.id) FILTER (WHERE talk.state = 'queued')::int,
    count(talk.id) FILTER (WHERE talk.state IN ('called', 'active'))::int,
    count(talk.id) FILTER (WHERE talk.state = 'parked')::int,
    coalesce(extract(epoch FROM
        clock_timestamp() - min(talk.arrived) FILTER (WHERE talk.state = 'queued')), 0)::int / 60
FROM queues_queue queue LEFT JOIN conversations_conversation talk ON talk.queue_id = queue.id AND talk.state <> 'closed'
WHERE queue.area_id = %(area)s AND (queue.active OR talk.id IS NOT NULL)
GROUP BY queue.id ORDER BY queue.channel DESC, queue.language, queue.id
"""


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A queue's people in this moment; no row of one of them."""

    queue: int
    channel: str
    language: str
    name: str
    cap: int | None
    waiting: int
    talking: int
    parked: int
    longest_minutes: int


def waiting_now(*, area: int) -> list[QueueNow]:
    """Return every queue in use, young people's first."""
    with connection.cursor() as cursor:
        cursor.execute(LIVE, {"area": area})
        return [QueueNow(*row) for row in cursor.fetchall()]
