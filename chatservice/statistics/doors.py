"""Unmet need at the door: somebody came while it was closed or full. Counted once for a network and two hours.

The mark that makes it once lives in Redis under the day's caller bucket and is never stored; without Redis nothing is
counted. A whole school behind one address is one attempt: the figure is a lower bound (docs/statistics.md, "Limits").
"""

from __future__ import annotations

from typing import Final

from redis.exceptions import RedisError

from chatservice.statistics import classes
from chatservice.statistics.codes import DOOR_CLOSED, DOOR_FULL
from chatservice.statistics.raising import count_cell
from chatservice.store.errors import StoreAway
from chatservice.store.pool import transaction
from chatservice.store.redis import redis

ONCE_S: Final = 7200
FULL: Final = "full"
WHERE: Final = """
SELECT host.area_id, coalesce(town.code, 'unknown'), clock_timestamp() FROM places_host host
LEFT JOIN places_school school ON school.id = host.school_id
LEFT JOIN places_municipality town ON town.id = coalesce(host.municipality_id, school.municipality_id)
WHERE host.id = %(host)s
"""


async def met(*, host: int, state: str, caller: str) -> None:
    """Count one attempt at a door that lets nobody in. Raises nothing: whoever comes is told about the door anyway."""
    try:
        if await redis().set(f"unmet:{host}:{caller}", 1, nx=True, ex=ONCE_S):
            await _count(host, DOOR_FULL if state == FULL else DOOR_CLOSED)
    except (RedisError, StoreAway, OSError, TimeoutError):
        return


async def _count(host: int, kind: str) -> None:
    async with transaction() as connection:
        row = await (await connection.execute(WHERE, {"host": host})).fetchone()
        if row is None:
            return
        area, town, now = row
        day = classes.local(now).date()
        year, month = classes.school_year(day), classes.month_of(day)
        at = {"area": town, "kind": kind, "period": month}
        when = {
            "hour": classes.hour_of(now),
            "weekday": classes.weekday_of(now),
            "period": classes.term_of_month(month),
        }
        await count_cell(connection, area=area, year=year, name="door_months", at=at)
        await count_cell(connection, area=area, year=year, name="door_hours", at=when)
