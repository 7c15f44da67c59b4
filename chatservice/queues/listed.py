"""The queues of an area as its desks know them: where a talk may be given to, and where picking is allowed."""

from collections.abc import Collection
from dataclasses import dataclass

from chatservice.store.pool import rows

ACTIVE = """
SELECT area_id, id, name, channel, language, professions, picking FROM queues_queue
WHERE area_id = ANY(%(areas)s) AND active ORDER BY area_id, channel DESC, language, id
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One active queue."""

    area: int
    queue: int
    name: str
    channel: str
    language: str
    professions: list[str]
    picking: bool


async def queues_in(*, areas: Collection[int]) -> list[Listed]:
    """Return the active queues of these areas, young people's first, in one query; raises StoreAway."""
    found = await rows(ACTIVE, {"areas": list(areas)})
    return [Listed(*row) for row in found]
