"""Closing time: nobody is dropped in silence.

When the hours end, everybody who waits is shown a choice (an early place, other services, to leave) and may still be
taken for the overrun; then waiting ends with a reason in words. Nobody at risk high or immediate is ended by the clock.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from chatservice.conversations import access
from chatservice.conversations.events import Stored, announce
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.conversations.sealers import forget
from chatservice.conversations.states import Step
from chatservice.conversations.steps import take
from chatservice.conversations.sweeper import RISK_HIGH
from chatservice.hours.evaluate import Window
from chatservice.hours.selectors import astate, aweek
from chatservice.store.pool import rows, transaction

# Queues in which somebody waits; a handful, however many wait.
WAITED = """
SELECT DISTINCT queue.id, queue.area_id, queue.channel, queue.language, queue.overrun_minutes, clock_timestamp()
FROM queues_queue queue JOIN conversations_conversation talk ON talk.queue_id = queue.id AND talk.state = 'queued'
"""

NEXT = f"""
SELECT {access.COLUMNS} FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.queue_id = %(queue)s AND talk.state = 'queued' AND talk.risk < {RISK_HIGH}
ORDER BY talk.id LIMIT 1 FOR NO KEY UPDATE OF talk SKIP LOCKED
"""  # noqa: S608 - constants of the core


@dataclass(frozen=True, slots=True)
class Waited:
    """A queue in which somebody waits, seen at `now` (database clock)."""

    queue: int
    area: int
    channel: str
    language: str
    overrun_minutes: int
    now: datetime


async def end_waiting() -> int:
    """End the waiting in queues whose overrun has passed; returns how many it ended. Raises StoreAway."""
    ended = 0
    for row in await rows(WAITED):
        waited = Waited(*row)
        if await _is_over(waited):
            while await _end_one(waited.queue):
                ended += 1
    return ended


async def _is_over(waited: Waited) -> bool:
    state = await astate(waited.area, waited.channel, waited.language, now=waited.now)
    if state.open:
        return False
    first: date = (waited.now - timedelta(days=1)).astimezone(UTC).date()
    windows = await aweek(waited.area, waited.channel, waited.language, first=first, days=2)
    return over(windows=windows, now=waited.now, overrun=timedelta(minutes=waited.overrun_minutes))


DAY: Final = timedelta(days=1)


def over(*, windows: list[Window], now: datetime, overrun: timedelta) -> bool:
    """Whether the last window ended more than the overrun ago. Pure."""
    ends = [window.closes for window in windows if window.closes <= now]
    return now - max(ends, default=now - DAY) >= overrun


async def _end_one(queue: int) -> UUID | None:
    async with transaction() as connection:
        talk = await access.one_or_none(connection, NEXT, {"queue": queue})
        if talk is None:
            return None
        line = Line(kind=Kind.CLOSED, payload=Payload(code=Code.HOURS_ENDED))
        items, moved = await take(
            connection=connection, talk=talk, by=Step.CLOSE, reason=Code.HOURS_ENDED, lines=[line]
        )
    forget(conversation=talk.conversation)
    announce(Stored(items), moved)
    return talk.conversation
