"""Which queues a worker serves now, and who else is there."""

from dataclasses import dataclass

from chatservice.duty.presence import Right
from chatservice.store.pool import Connection

MINE = """
SELECT
    ARRAY(
        SELECT queue.id FROM queues_queue queue WHERE queue.area_id = %(area)s AND queue.active
            AND (%(all)s OR queue.id = ANY(%(queues)s)) ORDER BY queue.id),
    ARRAY(
        SELECT DISTINCT other.profession FROM duty_onduty duty JOIN accounts_worker other ON other.id = duty.worker_id
        WHERE duty.area_id = %(area)s AND duty.accepting AND duty.lease_until > clock_timestamp()
            AND NOT (duty.paused AND coalesce(duty.pause_until > clock_timestamp(), true)))
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """A worker's profession, the queues they serve, and the professions on duty in the area now."""

    profession: str
    queues: tuple[int, ...]
    present: tuple[str, ...]


async def serving(*, connection: Connection, right: Right) -> Serving:
    """Return what a worker who may take serves now."""
    asked = {"area": right.area, "queues": list(right.queues), "all": not right.queues}
    row = await (await connection.execute(MINE, asked)).fetchone()
    queues, present = row or ([], [])
    return Serving(right.profession, tuple(queues), tuple(present))
