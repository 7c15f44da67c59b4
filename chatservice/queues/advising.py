"""When a worker should begin the last new talk, by the same reckoning as the door."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from chatservice.duty.closing import Advice, advice, forecast, seats
from chatservice.duty.presence import OnDutyView
from chatservice.hours.selectors import astate
from chatservice.queues.crew import last_start
from chatservice.queues.estimate import TALK_S
from chatservice.store.pool import rows

TOLD: Final = {Advice.STOP_AT, Advice.STOP_SOON, Advice.STOP_NOW}
LANES: Final = """
SELECT channel, language, coalesce(avg(mean_s), 0)::float8, clock_timestamp() FROM queues_queue
WHERE area_id = %(area)s AND active AND (%(all)s OR id = ANY(%(queues)s)) GROUP BY channel, language
"""


async def advised(*, duty: OnDutyView) -> tuple[str, datetime | None]:
    """Return what to tell this worker (`Advice`, empty: nothing) and until when they begin new talks.

    The end is that of their shift or of the last of their queues to close; no time where it has passed. Raises
    StoreAway.
    """
    asked = {"area": duty.area, "all": not duty.queues, "queues": list(duty.queues)}
    lanes = await rows(LANES, asked)
    if not lanes:
        return "", None
    now, lengths = lanes[0][3], [row[2] for row in lanes if row[2]]
    talk_s = sum(lengths) / len(lengths) if lengths else TALK_S
    closes = await _closes(duty.area, [(row[0], row[1]) for row in lanes], now)
    return judged(duty=duty, talk_s=talk_s, closes=closes, now=now)


def judged(*, duty: OnDutyView, talk_s: float, closes: datetime | None, now: datetime) -> tuple[str, datetime | None]:
    """Return what to tell. Pure."""
    last = last_start(closes=closes, talk_s=talk_s) if closes is not None else None
    found = seats(on_duty=[duty], held={}, talk_minutes=talk_s / 60, closes=last, now=now)
    seen = forecast(seats=found, waiting=0, talk_minutes=talk_s / 60, now=now)
    code = advice(forecast=seen, on_duty=[duty], now=now)
    if code not in TOLD:
        return "", None
    return code.value, seen.last_intake if code is not Advice.STOP_NOW else None


async def _closes(area: int, lanes: Sequence[tuple[str, str]], now: datetime) -> datetime | None:
    """When the last of the queues closes that are open now; None when no end is near."""
    found = [await astate(area, channel, language, now=now) for channel, language in lanes]
    ends = [state.until for state in found if state.open]
    return None if None in ends else max((end for end in ends if end is not None), default=None)
