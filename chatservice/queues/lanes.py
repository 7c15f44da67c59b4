"""The queues of an area, and the plain one that exists by default for each channel and language."""

from dataclasses import dataclass
from datetime import timedelta

from chatservice.queues.errors import NoQueue
from chatservice.queues.routing import Lane, Need, lane_for
from chatservice.store.pool import Connection

ALL = """
SELECT id, channel, language, professions, topics, overflow_minutes, cap FROM queues_queue
WHERE area_id = %(area)s AND channel = %(channel)s AND language = %(language)s AND active ORDER BY id
"""

PLAIN = """
INSERT INTO queues_queue (area_id, channel, language, name, professions, topics, overflow_minutes, cap, picking,
    overrun_minutes, active, mean_s, talks, version)
VALUES (%(area)s, %(channel)s, %(language)s, '', '{}', '{}', 5, NULL, false, 15, true, 1200, 0, 1)
ON CONFLICT DO NOTHING
"""

LOCK = "SELECT cap FROM queues_queue WHERE id = %(queue)s AND active FOR NO KEY UPDATE"
HOLD = "SELECT cap FROM queues_queue WHERE id = %(queue)s AND active FOR SHARE"
WAITING = "SELECT count(*) FROM conversations_conversation WHERE queue_id = %(queue)s AND state = 'queued'"


@dataclass(frozen=True, slots=True)
class Place:
    """The queue for a need, and what admission has to know of it."""

    queue: int
    overflow: timedelta
    cap: int | None


async def place_for(*, connection: Connection, area: int, need: Need) -> Place:
    """Return the queue for a need; the plain queue is made when the area has none yet. Raises NoQueue."""
    asked = {"area": area, "channel": need.channel, "language": need.language}
    rows = await (await connection.execute(ALL, asked)).fetchall()
    if not rows:
        await connection.execute(PLAIN, asked)
        rows = await (await connection.execute(ALL, asked)).fetchall()
    lanes = [
        Lane(id=row[0], channel=row[1], language=row[2], professions=tuple(row[3]), topics=tuple(row[4]))
        for row in rows
    ]
    lane = lane_for(need=need, lanes=lanes)
    if lane is None:
        raise NoQueue("expected an active queue for this channel and language: a coordinator adds one")
    (row,) = [row for row in rows if row[0] == lane.id]
    return Place(lane.id, timedelta(minutes=row[5] if need.wish else 0), row[6])


async def room_in(*, connection: Connection, queue: int, capped: bool) -> bool:
    """Hold the queue as it is and tell whether one more may come in.

    A queue that was deactivated meanwhile takes nobody: nobody would serve them. With a cap its row is locked, so that
    the cap is never exceeded (P8); without one those who come in do not wait for each other.
    """
    row = await (await connection.execute(LOCK if capped else HOLD, {"queue": queue})).fetchone()
    if row is None:
        return False
    if row[0] is None or not capped:
        return True
    counted = await (await connection.execute(WAITING, {"queue": queue})).fetchone()
    return counted is not None and counted[0] < row[0]
