"""The honest door: what somebody is told before they type anything. One look costs two short queries.

Open means hours **and** somebody on duty who takes new ones. Nobody is let in who would only wait in vain, and whoever
is told "open" is told about how long. When the queue closes is computed from who is on duty and how long talks take.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from chatservice.hours.evaluate import OpenState
from chatservice.hours.selectors import astate
from chatservice.queues.crew import HAND, HANDS, Hand, hands_of, intake, pace
from chatservice.queues.estimate import TALK_S, Outlook, outlook
from chatservice.queues.rivals import lost, weights
from chatservice.store.pool import connection


class DoorState(StrEnum):
    """What stands at the door; the values go over the wire."""

    OPEN = "open"
    FULL = "full"
    NOBODY = "nobody"
    PAUSE = "pause"
    ENDING = "ending"
    CLOSED = "closed"


# Stands for the queue, or the queues, that a look is about; no queue has this number.
HERE: Final = 0
# Of the plain queue of a channel and language: who waits there and in the others, who is next by the rota, and
# everybody on duty with the queues they serve (none: all).
LOOK = f"""
WITH lane AS (
    SELECT id, cap, mean_s FROM queues_queue
    WHERE area_id = %(area)s AND channel = %(channel)s AND language = %(language)s AND active
), hand AS ({HANDS}), line AS (
    SELECT queue_id, count(*)::int AS length FROM conversations_conversation
    WHERE state = 'queued' AND queue_id = ANY(ARRAY(SELECT id FROM queues_queue WHERE area_id = %(area)s))
    GROUP BY queue_id
)
SELECT
    ARRAY(SELECT id FROM lane),
    ARRAY(SELECT queue_id FROM line ORDER BY queue_id), ARRAY(SELECT length FROM line ORDER BY queue_id),
    (SELECT min(cap) FROM lane), (SELECT avg(mean_s) FROM lane),
    (SELECT min(shift.starts) FROM duty_shift shift
        WHERE shift.area_id = %(area)s AND shift.state <> 'given_up' AND shift.starts > clock_timestamp()
            AND (shift.queues = '{{}}' OR shift.queues && ARRAY(SELECT id FROM lane))),
    clock_timestamp(), hand.queues, {HAND}
FROM (VALUES (1)) AS one LEFT JOIN hand ON true
"""  # noqa: S608 - our own constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one look at a queue saw.

    `rivals`: how many turns go to people of other queues that the same workers serve. `relieved`: when the next shift
    of the rota begins.
    """

    waiting: int
    rivals: int = 0
    cap: int | None
    mean_s: float
    hands: Sequence[Hand]
    relieved: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the visitor is told. `outlook` is there while the door is open; `next_opening` while it is not.

    `resumes`: when a pause ends, where that is known and early enough.
    """

    state: DoorState
    now: datetime
    waiting: int = 0
    outlook: Outlook | None = None
    closes: datetime | None = None
    next_opening: datetime | None = None
    resumes: datetime | None = None
    reason: str = ""

    @property
    def lets_in(self) -> bool:
        """Somebody takes new ones, or comes back from a pause at a known time."""
        return self.state is DoorState.OPEN or (self.state is DoorState.PAUSE and self.resumes is not None)


async def look(*, area: int, channel: str, language: str) -> Door:
    """Look at the door of a channel and language now; raises StoreAway."""
    asked = {"area": area, "areas": [area], "channel": channel, "language": language}
    async with connection() as lent:
        rows = await (await lent.execute(LOOK.encode(), asked)).fetchall()
    now = rows[0][6].astimezone(UTC)
    return judge(hours=await astate(area, channel, language, now=now), sight=_seen(rows), now=now)


def _seen(rows: Sequence[tuple[Any, ...]]) -> Sight:
    """Read the rows of `LOOK`; whoever comes now is behind everybody who waits."""
    lanes, queues, lengths, cap, mean_s, relieved = rows[0][:6]
    line = dict(zip(queues, lengths, strict=True))
    asked = {HERE: lanes} | {queue: [queue] for queue in queues if queue not in lanes}
    serving = {name: hands_of([row for row in rows if serves(row[7], ids)]) for name, ids in asked.items()}
    return Sight(
        waiting=sum(length for queue, length in line.items() if queue in lanes),
        rivals=lost(queue=HERE, before=line, weights=weights(serving)),
        cap=cap,
        mean_s=mean_s or TALK_S,
        hands=serving[HERE],
        relieved=relieved,
    )


def serves(served: Sequence[int] | None, queues: Sequence[int]) -> bool:
    """Tell whether somebody who serves these queues (none: all) is on duty for one of `queues`."""
    return served is not None and (not served or any(queue in served for queue in queues))


def judge(*, hours: OpenState, sight: Sight, now: datetime) -> Door:
    """Decide what the door tells. Pure."""
    if not hours.open:
        return Door(state=DoorState.CLOSED, now=now, next_opening=hours.next_opening, reason=hours.reason)
    seen = Door(
        state=_state(hours, sight, now),
        now=now,
        waiting=sight.waiting,
        closes=hours.until,
        next_opening=hours.next_opening,
        reason=hours.reason,
    )
    if seen.state is DoorState.OPEN:
        found = pace(hands=sight.hands, talk_s=sight.mean_s, closes=hours.until, now=now)
        ahead = sight.waiting + sight.rivals
        found = replace(found, free=max(0, found.free - ahead))
        return replace(seen, outlook=outlook(place=ahead + 1, pace=found))
    if seen.state is DoorState.PAUSE:
        return replace(seen, resumes=_resumes(hours, sight, now))
    if seen.state is not DoorState.FULL and _relieved(hours, sight):
        return replace(seen, next_opening=sight.relieved)
    return seen


def _state(hours: OpenState, sight: Sight, now: datetime) -> DoorState:
    """Who is there comes first, then whether a talk still fits, then whether one more does."""
    here = [hand for hand in sight.hands if hand.present]
    if not here:
        return DoorState.NOBODY
    if not any(hand.accepting for hand in here):
        return DoorState.ENDING
    takes = any(hand.takes for hand in here)
    if not takes and not any(hand.pause_until for hand in here if hand.rests):
        return DoorState.PAUSE
    room = intake(hands=sight.hands, talk_s=sight.mean_s, closes=hours.until, now=now).room
    if room == 0:
        return DoorState.ENDING if takes else DoorState.PAUSE
    full = sight.cap is not None and sight.waiting >= sight.cap
    # Every talk that can still begin belongs to somebody who waits already.
    if full or (room is not None and sight.waiting + sight.rivals >= room):
        return DoorState.FULL
    return DoorState.OPEN if takes else DoorState.PAUSE


def _resumes(hours: OpenState, sight: Sight, now: datetime) -> datetime | None:
    """When the first pause ends; None when nobody knows, or no talk fits after it."""
    if intake(hands=sight.hands, talk_s=sight.mean_s, closes=hours.until, now=now).room == 0:
        return None
    return min((hand.pause_until for hand in sight.hands if hand.rests and hand.pause_until), default=None)


def _relieved(hours: OpenState, sight: Sight) -> bool:
    """Whether the next shift of the rota begins within these hours."""
    return sight.relieved is not None and (hours.until is None or sight.relieved < hours.until)
