"""Which queues a worker serves now, and who else is there."""

from dataclasses import dataclass

from chatservice.queues.errors import OffDuty
from chatservice.store.pool import Connection

MINE = """
SELECT worker.profession,
    ARRAY(
        SELECT queue.id FROM queues_queue queue WHERE queue.area_id = worker.area_id AND queue.active AND (
            EXISTS (SELECT 1 FROM duty_serves mine WHERE mine.worker_id = worker.id AND mine.queue_id = queue.id)
            OR NOT EXISTS (SELECT 1 FROM duty_serves mine WHERE mine.worker_id = worker.id))
        ORDER BY queue.id),
    ARRAY(
        SELECT DISTINCT other.profession FROM duty_onduty duty JOIN accounts_worker other ON other.id = duty.worker_id
        WHERE duty.area_id = worker.area_id AND NOT duty.paused AND duty.lease_until > clock_timestamp())
FROM accounts_worker worker WHERE worker.id = %(worker)s
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """A worker's profession, the queues they serve, and the professions on duty in the area now."""

    profession: str
    queues: tuple[int, ...]
    present: tuple[str, ...]


async def serving(*, connection: Connection, worker: int) -> Serving:
    """Return what the worker serves; raises OffDuty for an unknown worker."""
    row = await (await connection.execute(MINE, {"worker": worker})).fetchone()
    if row is None:
        raise OffDuty("no such worker")
    return Serving(row[0], tuple(row[1]), tuple(row[2]))
