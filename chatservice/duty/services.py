"""What a worker does with their own duty: start, pause, go on, stop taking new ones, end. Audited, one by one.

Each runs in the caller's transaction; `desk` offers the same to synchronous pages.
"""

from datetime import datetime
from typing import Any, Final

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.duty.errors import OffDuty, Refused
from chatservice.duty.models import CAPACITY
from chatservice.duty.presence import LEASE_S, REASONS, Ended, OnDutyView, ended_view, lock, on_duty, view
from chatservice.duty.states import ON_PAUSE, TAKES_NEW, State, Step, state_of, step
from chatservice.store.pool import Connection

EARLY_MINUTES: Final = 30
MOST_PAUSE_MINUTES: Final = 120

# The shift that runs, or begins within half an hour. Who was called absent and comes after all is planned again.
MY_SHIFT: Final = f"""
UPDATE duty_shift SET state = CASE state WHEN 'given_up' THEN 'planned' ELSE state END,
    version = version + (state = 'given_up')::int
WHERE id = (SELECT id FROM duty_shift WHERE worker_id = %(worker)s AND ends > clock_timestamp()
    AND starts < clock_timestamp() + interval '{EARLY_MINUTES} minutes' ORDER BY starts, id LIMIT 1)
    AND worker_id = %(worker)s
RETURNING id, ends
"""  # noqa: S608 - EARLY_MINUTES is a constant

START: Final = """
INSERT INTO duty_onduty (worker_id, area_id, shift_id, since, until, capacity, paused, pause_reason, accepting, alone,
    lease_until)
VALUES (%(worker)s, %(area)s, %(shift)s, date_trunc('minute', clock_timestamp()), %(until)s, %(capacity)s, false, '',
    true, false, clock_timestamp() + %(lease)s * interval '1 second')
"""

# Whoever called this worker absent is no longer alone.
NOT_ALONE: Final = """
UPDATE duty_onduty SET alone = false
WHERE shift_id IN (SELECT pair.id FROM duty_shift mine JOIN duty_shift pair ON pair.id = mine.pair_of_id
        OR pair.pair_of_id = mine.id WHERE mine.id = %(shift)s)
"""

MOVE: Final = """
UPDATE duty_onduty SET paused = %(paused)s, accepting = %(accepting)s, stop_taking_at = %(stop)s,
    pause_reason = CASE WHEN %(asked)s THEN %(reason)s WHEN %(paused)s THEN pause_reason ELSE '' END,
    pause_until = CASE WHEN %(asked)s THEN clock_timestamp() + %(minutes)s::float8 * interval '1 minute'
        WHEN %(paused)s THEN pause_until END
WHERE worker_id = %(worker)s
"""

# Locked before anybody asks who is on duty: a pair that starts in this moment waits, or has been seen.
PAIRS: Final = """
SELECT pair.id, pair.worker_id FROM duty_onduty duty
JOIN duty_shift mine ON mine.id = duty.shift_id
JOIN duty_shift pair ON pair.id = mine.pair_of_id OR pair.pair_of_id = mine.id
WHERE duty.worker_id = %(worker)s AND pair.worker_id <> duty.worker_id ORDER BY pair.id FOR NO KEY UPDATE OF pair
"""

HERE: Final = """
SELECT 1 FROM duty_onduty WHERE worker_id = ANY(%(workers)s) AND lease_until > clock_timestamp() LIMIT 1
"""

ABSENT: Final = """
UPDATE duty_shift SET state = 'given_up', version = version + 1
WHERE id = ANY(%(shifts)s) AND state <> 'given_up' RETURNING id
"""


async def start(
    connection: Connection, *, worker: int, capacity: int | None = None, until: datetime | None = None
) -> OnDutyView:
    """Begin a duty, in the running or coming shift where there is one; who is on duty already stays as they are.

    `capacity` 1-5, else the worker's own; `until`: the planned end, else the shift's. Raises OffDuty (no such
    worker), Refused.
    """
    area, _, own = await lock(connection, worker=worker)
    found = await view(connection, worker=worker)
    if found is not None:
        return found
    _check_capacity(own if capacity is None else capacity)
    shift, ends = await _my_shift(connection, worker)
    asked = {"worker": worker, "area": area, "shift": shift, "until": until or ends, "lease": LEASE_S}
    await connection.execute(START, {**asked, "capacity": capacity or own})
    await connection.execute(NOT_ALONE, {"shift": shift})
    return await _told(connection, worker, Action.SHIFT_STARTED)


async def pause(
    connection: Connection, *, worker: int, reason: str = "break", minutes: int | None = None
) -> OnDutyView:
    """Take no new talks for `minutes`, or until resumed; talks under way go on. Raises OffDuty, Refused."""
    if reason not in REASONS:
        raise Refused("reason", f"expected a reason of {', '.join(REASONS)}", field="reason")
    if minutes is not None and not 0 < minutes <= MOST_PAUSE_MINUTES:
        raise Refused("minutes", f"expected 1 to {MOST_PAUSE_MINUTES} minutes, or end the shift", field="minutes")
    return await _move(connection, worker, Step.PAUSE, reason=reason, minutes=minutes)


async def resume(connection: Connection, *, worker: int) -> OnDutyView:
    """End a pause. Raises OffDuty."""
    return await _move(connection, worker, Step.RESUME)


async def stop_taking(connection: Connection, *, worker: int, at: datetime | None = None) -> OnDutyView:
    """Take no new talks from `at` on (the advice of `closing`), or from now. Raises OffDuty."""
    if at is None:
        return await _move(connection, worker, Step.STOP_TAKING)
    return await _move(connection, worker, Step.TAKE_AGAIN, stop=at)


async def take_again(connection: Connection, *, worker: int) -> OnDutyView:
    """Take new talks again. Raises OffDuty."""
    return await _move(connection, worker, Step.TAKE_AGAIN)


async def set_capacity(connection: Connection, *, worker: int, capacity: int) -> OnDutyView:
    """Hold up to `capacity` talks, 1-5; those held above it go on. Raises OffDuty, Refused."""
    _check_capacity(capacity)
    await _on_duty(connection, worker)
    query = "UPDATE duty_onduty SET capacity = %(capacity)s WHERE worker_id = %(worker)s"
    await connection.execute(query, {"worker": worker, "capacity": capacity})
    return await _again(connection, worker)


async def end(connection: Connection, *, worker: int) -> Ended:
    """End a duty; the caller then gives back the talks the worker holds. Raises OffDuty."""
    found = await _on_duty(connection, worker)
    step(state=_state(found), by=Step.END)
    await connection.execute("DELETE FROM duty_onduty WHERE worker_id = %(worker)s", {"worker": worker})
    ended = await ended_view(connection, worker=worker, area=found.area)
    await audit(connection, area=found.area, actor=worker, action=Action.SHIFT_ENDED, object=f"worker {worker}")
    return ended


async def pair_absent(connection: Connection, *, worker: int) -> list[OnDutyView]:
    """The pair did not come: their shift is free to take over, this worker is alone. Returns who is on duty now.

    Without a pair, or repeated, only `alone` is set. Closing time, coverage and the door follow from what is returned.
    Raises OffDuty, Refused (the pair is on duty).
    """
    found = await _on_duty(connection, worker)
    pairs = await (await connection.execute(PAIRS, {"worker": worker})).fetchall()
    asked = {"workers": [row[1] for row in pairs], "shifts": [row[0] for row in pairs]}
    if await (await connection.execute(HERE, asked)).fetchone() is not None:
        raise Refused("pair_here", "the pair is on duty: they would have to end their shift first")
    query = "UPDATE duty_onduty SET alone = true WHERE worker_id = %(worker)s"
    await connection.execute(query, {"worker": worker})
    freed = [row[0] for row in await (await connection.execute(ABSENT, asked)).fetchall()]
    now = await on_duty(connection, area=found.area)
    for shift in sorted(freed):
        await audit(connection, area=found.area, actor=worker, action=Action.ROTA_CHANGED, object=f"shift {shift}")
    return now


async def _my_shift(connection: Connection, worker: int) -> tuple[int | None, datetime | None]:
    row = await (await connection.execute(MY_SHIFT.encode(), {"worker": worker})).fetchone()
    return (row[0], row[1]) if row else (None, None)


async def _on_duty(connection: Connection, worker: int) -> OnDutyView:
    """Lock the worker and return their duty; raises OffDuty."""
    await lock(connection, worker=worker)
    return await _again(connection, worker)


async def _again(connection: Connection, worker: int) -> OnDutyView:
    found = await view(connection, worker=worker)
    if found is None:
        raise OffDuty("expected a started shift: start it first")
    return found


def _state(found: OnDutyView) -> State:
    return state_of(paused=found.paused, accepting=found.accepting)


async def _move(connection: Connection, worker: int, by: Step, **details: Any) -> OnDutyView:
    """Take one step of the table and write its state."""
    found = await _on_duty(connection, worker)
    after = step(state=_state(found), by=by)
    stop = None if by is Step.TAKE_AGAIN else found.stop_taking_at
    kept = {"reason": "", "minutes": None, "stop": stop, "asked": by is Step.PAUSE}
    moved = {"worker": worker, "paused": after in ON_PAUSE, "accepting": after in TAKES_NEW}
    await connection.execute(MOVE, {**kept, **details, **moved})
    if by in {Step.PAUSE, Step.RESUME}:
        return await _told(connection, worker, Action.SHIFT_PAUSED)
    return await _again(connection, worker)


async def _told(connection: Connection, worker: int, action: Action) -> OnDutyView:
    found = await _again(connection, worker)
    await audit(connection, area=found.area, actor=worker, action=action, object=f"worker {worker}")
    return found


def _check_capacity(capacity: int) -> None:
    if capacity not in CAPACITY:
        raise Refused(
            "capacity", "expected 1 to 5 talks at once; to take none, pause or end the shift", field="capacity"
        )
