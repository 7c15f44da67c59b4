"""Reminders by staff mail: how many events wait, the day of the first, and where the desk is; never what they are.

The day on which it was told stands in the event's row, set in the transaction that queues the mail: any process may
remind, twice changes nothing. What has passed or is done is not told.
"""

from datetime import UTC, datetime, time
from typing import Final

from chatservice.mailing.models import Mail
from chatservice.mailing.outgoing import to_coordinators
from chatservice.store.pool import transaction

# Days are those of Finland, by the clock of the database.
DUE: Final = """
WITH here AS (SELECT clock_timestamp() AT TIME ZONE 'Europe/Helsinki' AS time),
told AS (
    UPDATE annual_event event SET told = here.time::date FROM here
    WHERE event.told IS NULL AND event.done IS NULL AND event.remind <= here.time::date AND event.day >= here.time::date
    RETURNING event.area_id, event.day
)
SELECT area_id, count(*), min(day) FROM told GROUP BY area_id ORDER BY area_id
"""
NOON: Final = time(12, tzinfo=UTC)  # the same day in Finland, in winter and in summer


async def remind() -> int:
    """Queue a mail to the coordinators of each area whose events are due; returns how many areas. Raises StoreAway."""
    async with transaction() as lent:
        due = await (await lent.execute(DUE)).fetchall()
        for area, count, day in due:
            since = datetime.combine(day, NOON)
            await to_coordinators(lent, area=area, template=Mail.Template.CLOCK, count=count, since=since)
    return len(due)
