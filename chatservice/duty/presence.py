"""Who is on duty now, and whether they may take another talk. Leases and pauses are judged by the database's clock.

Every change of a duty first locks the worker's own row, as a claim does: what is asked here holds until the claim ends.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.duty.errors import Finishing, OffDuty, OnPause
from chatservice.store.pool import Connection

LEASE_S: Final = 60
GRACE_S: Final = 90
REASONS: Final = ("break", "heavy_talk", "other")

LOCK: Final = """
SELECT area_id, profession, capacity FROM accounts_worker
WHERE id = %(worker)s AND is_active AND NOT reader FOR NO KEY UPDATE
"""

# A pause with an end is over at its end; from `stop_taking_at` on nobody is given a new talk.
COLUMNS: Final = """
duty.worker_id AS worker, duty.area_id AS area, person.display_name AS name, person.profession, duty.capacity,
duty.paused AND coalesce(duty.pause_until > clock_timestamp(), true) AS paused, duty.pause_reason, duty.pause_until,
duty.accepting AND coalesce(duty.stop_taking_at > clock_timestamp(), true) AS accepting, duty.stop_taking_at,
duty.since, duty.until, duty.alone, duty.lease_until > clock_timestamp() AS present, duty.shift_id AS shift,
CASE WHEN shift.queues <> '{}' THEN shift.queues
    ELSE ARRAY(SELECT queue_id FROM duty_serves WHERE worker_id = duty.worker_id ORDER BY queue_id) END AS queues
"""

FROM: Final = """
FROM duty_onduty duty JOIN accounts_worker person ON person.id = duty.worker_id AND person.is_active
LEFT JOIN duty_shift shift ON shift.id = duty.shift_id
"""

ONE: Final = f"SELECT {COLUMNS} {FROM} WHERE duty.worker_id = %(worker)s"
ALL: Final = f"SELECT {COLUMNS} {FROM} WHERE duty.area_id = %(area)s ORDER BY duty.since, duty.worker_id"

RENEW: Final = """
UPDATE duty_onduty SET lease_until = clock_timestamp() + %(lease)s * interval '1 second'
WHERE worker_id IN (SELECT worker_id FROM duty_onduty WHERE worker_id = ANY(%(workers)s) ORDER BY worker_id
    FOR NO KEY UPDATE SKIP LOCKED)
"""

LOST: Final = f"""
SELECT person.id FROM accounts_worker person JOIN duty_onduty duty ON duty.worker_id = person.id
WHERE duty.lease_until < clock_timestamp() - interval '{GRACE_S} seconds' ORDER BY person.id LIMIT 100
FOR NO KEY UPDATE OF person SKIP LOCKED
"""  # noqa: S608 - GRACE_S is a constant

# The condition again, in a statement after the lock: who came back in between stays on duty.
END_LOST: Final = f"""
DELETE FROM duty_onduty WHERE worker_id = ANY(%(workers)s)
    AND lease_until < clock_timestamp() - interval '{GRACE_S} seconds' RETURNING worker_id, area_id
"""  # noqa: S608 - GRACE_S is a constant

ON_AMONG: Final = "SELECT worker_id FROM duty_onduty WHERE worker_id = ANY(%(workers)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDutyView:
    """A worker on duty. No queues: all of the area. `present`: the desk's line is alive."""

    worker: int
    area: int
    name: str
    profession: str
    capacity: int
    paused: bool
    pause_reason: str
    pause_until: datetime | None
    accepting: bool
    stop_taking_at: datetime | None
    since: datetime
    until: datetime | None
    alone: bool
    present: bool
    shift: int | None
    queues: tuple[int, ...]

    @property
    def takes(self) -> bool:
        """Whether a new talk may be given to them now, capacity aside."""
        return self.present and self.accepting and not self.paused


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A worker's right to take one more, held by a lock on their row until the transaction ends."""

    worker: int
    area: int
    profession: str
    capacity: int
    queues: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A duty that has ended. The layer above gives this worker's talks back; `last`: nobody is on duty any more."""

    worker: int
    area: int
    last: bool


async def lock(connection: Connection, *, worker: int) -> tuple[int, str, int]:
    """Lock the worker's row and return area, profession and their own capacity; raises OffDuty (no such worker)."""
    found = await (await connection.execute(LOCK, {"worker": worker})).fetchone()
    if found is None:
        raise OffDuty("expected an active worker")
    return found[0], found[1], found[2]


async def view(connection: Connection, *, worker: int) -> OnDutyView | None:
    """Return a worker's duty, or None."""
    found = await _views(connection, ONE, {"worker": worker})
    return found[0] if found else None


async def on_duty(connection: Connection, *, area: int) -> list[OnDutyView]:
    """Return who is on duty in an area, the longest first."""
    return await _views(connection, ALL, {"area": area})


async def may_take(connection: Connection, *, worker: int) -> Right:
    """Return the right to take a talk under a lock of the worker's row; raises OffDuty, OnPause, Finishing.

    The duty is read in a statement after the lock: a pause that committed while we waited is seen.
    """
    area, profession, _ = await lock(connection, worker=worker)
    duty = await view(connection, worker=worker)
    if duty is None:
        raise OffDuty("expected a started shift: start it first")
    if duty.paused:
        raise OnPause("a pause is on: end it first")
    if not duty.accepting:
        raise Finishing("no new ones are taken any more in this shift")
    return Right(worker=worker, area=area, profession=profession, capacity=duty.capacity, queues=duty.queues)


async def renew(connection: Connection, *, workers: Collection[int]) -> None:
    """Prolong the duty of those whose desks are alive, beside their talks' leases."""
    await connection.execute(RENEW, {"workers": sorted(workers), "lease": LEASE_S})


async def end_lost(connection: Connection) -> list[Ended]:
    """End the duties whose desk has been gone for lease and grace (for the sweeper; in the caller's transaction)."""
    due = [row[0] for row in await (await connection.execute(LOST.encode())).fetchall()]
    if not due:
        return []
    gone = await (await connection.execute(END_LOST.encode(), {"workers": due})).fetchall()
    ended = [await ended_view(connection, worker=worker, area=area) for worker, area in sorted(gone)]
    for one in ended:
        await audit(connection, area=one.area, actor=None, action=Action.SHIFT_ENDED, object=f"worker {one.worker}")
    return ended


async def ended_view(connection: Connection, *, worker: int, area: int) -> Ended:
    """Return what to tell of a duty whose row is gone."""
    return Ended(worker=worker, area=area, last=not await on_duty(connection, area=area))


async def off_among(connection: Connection, *, workers: Collection[int]) -> set[int]:
    """Return those of the workers who are not on duty: talks they still hold are to be given back."""
    cursor = await connection.execute(ON_AMONG, {"workers": sorted(workers)})
    return set(workers) - {row[0] for row in await cursor.fetchall()}


async def _views(connection: Connection, query: str, asked: dict[str, int]) -> list[OnDutyView]:
    cursor = await connection.execute(query.encode(), asked)
    names = [column.name for column in cursor.description or ()]
    found = [dict(zip(names, row, strict=True)) for row in await cursor.fetchall()]
    return [OnDutyView(**{**one, "queues": tuple(one["queues"])}) for one in found]
