"""Who serves a queue, and until when somebody new still has a turn: one rule for the door, the line and the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chatservice.duty.closing import Forecast, forecast, seats
from chatservice.queues.estimate import Pace

# New ones are taken until a talk of ordinary length still fits before the end of the hours.
LEAST_MARGIN: Final = timedelta(minutes=5)

# Everybody on duty in some areas, with the queues they serve (none: all of the area) as `duty.presence` sees them.
HANDS: Final = """
SELECT duty.worker_id AS worker, duty.area_id AS area, duty.capacity,
    (SELECT count(*)::int FROM conversations_participant part
        JOIN conversations_conversation talk ON talk.id = part.conversation_id
        WHERE part.worker_id = duty.worker_id AND NOT part.ended AND part.role = 'professional'
            AND talk.state IN ('called', 'active')) AS held,
    duty.lease_until > clock_timestamp() AS present,
    duty.accepting AND coalesce(duty.stop_taking_at > clock_timestamp(), true) AS accepting,
    duty.paused AND coalesce(duty.pause_until > clock_timestamp(), true) AS paused,
    duty.pause_until, duty.stop_taking_at, duty.until,
    CASE WHEN shift.queues <> '{}' THEN shift.queues
        ELSE ARRAY(SELECT mine.queue_id FROM duty_serves mine WHERE mine.worker_id = duty.worker_id) END AS queues
FROM duty_onduty duty
JOIN accounts_worker person ON person.id = duty.worker_id AND person.is_active
LEFT JOIN duty_shift shift ON shift.id = duty.shift_id
WHERE duty.area_id = ANY(%(areas)s)
"""
HAND: Final = """hand.worker, hand.capacity, hand.held, hand.present, hand.accepting, hand.paused, hand.pause_until,
    hand.stop_taking_at, hand.until"""


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody on duty for a queue; the fields in the order of `HAND`."""

    worker: int
    capacity: int
    held: int
    present: bool
    accepting: bool
    paused: bool
    pause_until: datetime | None
    stop_taking_at: datetime | None
    until: datetime | None

    @property
    def takes(self) -> bool:
        """Whether a new talk may be given to them now, capacity aside."""
        return self.present and self.accepting and not self.paused

    @property
    def rests(self) -> bool:
        """On a pause, and taking new ones after it."""
        return self.present and self.accepting and self.paused


def hands_of(rows: Sequence[tuple[object, ...]]) -> list[Hand]:
    """Return the hands of rows whose last columns are `HAND`; a row of nobody is left out."""
    return [Hand(*row[-9:]) for row in rows if row[-9] is not None]  # type: ignore[arg-type]  # the columns of HAND


def last_start(*, closes: datetime, talk_s: float) -> datetime:
    """Return the latest beginning of a talk: one of ordinary length has to fit before the hours end."""
    return closes - max(LEAST_MARGIN, timedelta(seconds=talk_s))


def intake(*, hands: Sequence[Hand], talk_s: float, closes: datetime | None, now: datetime) -> Forecast:
    """Tell when the queue closes and how many more talks begin before that; of who waits already nothing is counted."""
    minutes = talk_s / 60
    last = last_start(closes=closes, talk_s=talk_s) if closes is not None else None
    held = {hand.worker: hand.held for hand in hands}
    found = seats(on_duty=hands, held=held, talk_minutes=minutes, closes=last, now=now)
    return forecast(seats=found, waiting=0, talk_minutes=minutes, now=now)


def pace(*, hands: Sequence[Hand], talk_s: float, closes: datetime | None, now: datetime) -> Pace:
    """Return how fast those who take new ones now serve a queue, and how long they will."""
    takers = [hand for hand in hands if hand.takes]
    end = intake(hands=hands, talk_s=talk_s, closes=closes, now=now).last_intake
    return Pace(
        servers=sum(hand.capacity for hand in takers),
        free=sum(max(hand.capacity - hand.held, 0) for hand in takers),
        talk_s=talk_s,
        intake_s=None if end is None else max(0.0, (end - now).total_seconds()),
    )
