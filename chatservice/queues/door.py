"""The honest door: what somebody is told before they type anything. One look costs two short queries.

Open means hours **and** somebody on duty who takes new ones. Nobody is let in who would only wait in vain, and whoever
is told "open" is told about how long.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from chatservice.hours.evaluate import OpenState
from chatservice.hours.selectors import astate
from chatservice.queues.estimate import Outlook, Pace, outlook
from chatservice.store.pool import connection

# New ones are taken until a talk of ordinary length still fits before the end of the hours.
LEAST_MARGIN: Final = timedelta(minutes=5)


class DoorState(StrEnum):
    """What stands at the door; the values go over the wire."""

    OPEN = "open"
    FULL = "full"
    NOBODY = "nobody"
    PAUSE = "pause"
    ENDING = "ending"
    CLOSED = "closed"


# Of the plain queue of a channel and language: who waits, who serves, how fast. Paused ones are counted apart.
LOOK = """
WITH lane AS (
    SELECT id, cap, mean_s FROM queues_queue
    WHERE area_id = %(area)s AND channel = %(channel)s AND language = %(language)s AND active
), served AS (
    SELECT duty.worker_id, duty.capacity,
        duty.paused AND coalesce(duty.pause_until > clock_timestamp(), true) AS paused,
        (SELECT count(*) FROM conversations_participant part
            JOIN conversations_conversation talk ON talk.id = part.conversation_id
            WHERE part.worker_id = duty.worker_id AND NOT part.ended AND part.role = 'professional'
                AND talk.state IN ('called', 'active')) AS held
    FROM duty_onduty duty
    JOIN accounts_worker person ON person.id = duty.worker_id AND person.is_active
    LEFT JOIN duty_shift shift ON shift.id = duty.shift_id
    WHERE duty.area_id = %(area)s AND duty.lease_until > clock_timestamp()
        AND duty.accepting AND coalesce(duty.stop_taking_at > clock_timestamp(), true)
        AND (coalesce(shift.queues, '{}') = '{}' OR shift.queues && ARRAY(SELECT id FROM lane))
        AND (NOT EXISTS (SELECT 1 FROM duty_serves mine WHERE mine.worker_id = duty.worker_id)
            OR NOT EXISTS (SELECT 1 FROM lane)
            OR EXISTS (SELECT 1 FROM duty_serves mine JOIN lane ON lane.id = mine.queue_id
                WHERE mine.worker_id = duty.worker_id))
)
SELECT
    (SELECT count(*) FROM conversations_conversation talk JOIN lane ON lane.id = talk.queue_id
        WHERE talk.state = 'queued'),
    (SELECT min(cap) FROM lane), (SELECT avg(mean_s) FROM lane),
    (SELECT coalesce(sum(capacity), 0)::int FROM served WHERE NOT paused),
    (SELECT coalesce(sum(greatest(capacity - held, 0)), 0)::int FROM served WHERE NOT paused),
    (SELECT count(*) FROM served WHERE paused), clock_timestamp()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one look at a queue saw."""

    waiting: int
    cap: int | None
    mean_s: float
    places: int
    free: int
    paused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the visitor is told. `outlook` is there while the door is open; `next_opening` while it is not."""

    state: DoorState
    now: datetime
    waiting: int = 0
    outlook: Outlook | None = None
    closes: datetime | None = None
    next_opening: datetime | None = None
    reason: str = ""


async def look(*, area: int, channel: str, language: str) -> Door:
    """Look at the door of a channel and language now; raises StoreAway."""
    asked = {"area": area, "channel": channel, "language": language}
    async with connection() as lent:
        row = await (await lent.execute(LOOK, asked)).fetchone()
    if row is None:
        raise AssertionError("a query without a condition gives a row")
    waiting, cap, mean_s, places, free, paused, now = row
    sight = Sight(waiting=waiting, cap=cap, mean_s=mean_s or 1200.0, places=places, free=free, paused=paused)
    return judge(hours=await astate(area, channel, language, now=now), sight=sight, now=now.astimezone(UTC))


def judge(*, hours: OpenState, sight: Sight, now: datetime) -> Door:
    """Decide what the door tells. Pure."""
    if not hours.open:
        return Door(state=DoorState.CLOSED, now=now, next_opening=hours.next_opening, reason=hours.reason)
    if sight.places == 0:
        state = DoorState.PAUSE if sight.paused else DoorState.NOBODY
        return Door(state=state, now=now, next_opening=hours.next_opening, closes=hours.until, reason=hours.reason)
    if sight.cap is not None and sight.waiting >= sight.cap:
        return Door(state=DoorState.FULL, now=now, waiting=sight.waiting, closes=hours.until)
    found = outlook(place=sight.waiting + 1, pace=pace(sight=sight, closes=hours.until, now=now))
    ending = hours.until is not None and now >= last_intake(closes=hours.until, mean_s=sight.mean_s)
    return Door(
        state=DoorState.ENDING if ending else DoorState.OPEN,
        now=now,
        waiting=sight.waiting,
        outlook=found,
        closes=hours.until,
        next_opening=hours.next_opening,
        reason=hours.reason,
    )


def last_intake(*, closes: datetime, mean_s: float) -> datetime:
    """Return from when on nobody new is let in: a talk of ordinary length has to fit before the end."""
    return closes - max(LEAST_MARGIN, timedelta(seconds=mean_s))


def pace(*, sight: Sight, closes: datetime | None, now: datetime) -> Pace:
    """Return how fast the queue is served."""
    left = None
    if closes is not None:
        left = max(0.0, (last_intake(closes=closes, mean_s=sight.mean_s) - now).total_seconds())
    return Pace(servers=sight.places, free=max(0, sight.free - sight.waiting), talk_s=sight.mean_s, intake_s=left)
