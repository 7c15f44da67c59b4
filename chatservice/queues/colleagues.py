"""Who is on duty, with how many places free: whom a talk can be offered to."""

from collections.abc import Collection
from dataclasses import dataclass

from chatservice.duty.presence import COLUMNS, FROM
from chatservice.store.pool import rows

IN = f"""
SELECT duty.area, duty.worker, duty.name, duty.profession, duty.capacity,
    CASE WHEN NOT duty.present THEN 'away' WHEN duty.paused THEN 'paused' WHEN NOT duty.accepting THEN 'finishing'
        ELSE 'on' END,
    greatest(0, duty.capacity - (
        SELECT count(*) FROM conversations_participant part
        JOIN conversations_conversation talk ON talk.id = part.conversation_id
        WHERE part.worker_id = duty.worker AND part.role = 'professional' AND NOT part.ended
            AND talk.state IN ('called', 'active'))), duty.queues
FROM (SELECT {COLUMNS} {FROM} WHERE duty.area_id = ANY(%(areas)s)) duty ORDER BY duty.area, duty.name, duty.worker
"""  # noqa: S608 - COLUMNS and FROM are constants


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A colleague as the desks of the area see them; no queues: all of the area."""

    area: int
    worker: int
    name: str
    profession: str
    capacity: int
    state: str
    free: int
    queues: list[int]


async def colleagues_in(*, areas: Collection[int]) -> list[OnDuty]:
    """Return who is on duty in these areas, in one query; raises StoreAway."""
    return [OnDuty(*row) for row in await rows(IN, {"areas": list(areas)})]
