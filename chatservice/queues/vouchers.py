"""An early place at the next opening, for who was not reached: never more than the coming shift can serve.

Carried by the return code, worth a named head start (`order.TURNED_AWAY`), worded as an early place and not a promise.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chatservice.conversations import access, codes
from chatservice.conversations.events import Stored, announce
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.conversations.sealers import forget
from chatservice.conversations.states import State, Step
from chatservice.conversations.steps import take
from chatservice.hours.selectors import astate
from chatservice.queues.errors import NotOffered
from chatservice.store.pool import Connection, transaction

# Without a rota for that time one worker of the area is counted on: fewer vouchers, none in vain.
LEAST_WORKERS: Final = 1
LONGEST: Final = timedelta(hours=12)

# The queue's row is locked, in a statement before the count: two who ask at once cannot both get the last one.
LOCK = "SELECT 1 FROM queues_queue WHERE id = %(queue)s FOR NO KEY UPDATE"
ROOM = """
SELECT queue.mean_s,
    (SELECT count(*) FROM conversations_thread thread
        WHERE thread.area_id = queue.area_id AND thread.voucher_for = %(opening)s),
    (SELECT count(*) FROM duty_shift shift WHERE shift.area_id = queue.area_id AND shift.state <> 'given_up'
        AND shift.starts < %(opening)s + interval '1 hour' AND shift.ends > %(opening)s)
FROM queues_queue queue WHERE queue.id = %(queue)s
"""

# The rota's next shift for this queue, where it begins before these hours end.
RELIEVED = """
SELECT min(shift.starts) FROM duty_shift shift JOIN queues_queue queue ON queue.id = %(queue)s
WHERE shift.area_id = queue.area_id AND shift.state <> 'given_up' AND shift.starts > clock_timestamp()
    AND shift.starts < coalesce(%(until)s, clock_timestamp() + %(longest)s)
    AND (shift.queues = '{}' OR queue.id = ANY(shift.queues))
"""

GIVE = """
UPDATE conversations_thread SET voucher_for = %(opening)s, code_until = %(opening)s + interval '12 hours'
WHERE id = (SELECT thread_id FROM conversations_conversation WHERE id = %(conversation)s)
"""


@dataclass(frozen=True, slots=True)
class Voucher:
    """The code that carries the early place, and the opening it is for."""

    digits: str
    opening: datetime


async def give(*, conversation: UUID, participant: UUID) -> Voucher:
    """Give the waiting visitor an early place at the next opening and end their waiting; refused, nothing has changed.

    Raises Gone, NotOffered (they do not wait, no opening is known, or its early places are taken), StoreAway.
    """
    code = codes.new_code()
    code_hash = await codes.hashed(code)
    async with transaction() as connection:
        talk = await access.visitor(connection=connection, conversation=conversation, participant=participant)
        if talk.state is not State.QUEUED:
            raise NotOffered("expected somebody who waits: a talk that is on goes on")
        opening = await _opening(connection, talk)
        await codes.put(connection=connection, conversation=conversation, participant=participant, code_hash=code_hash)
        await connection.execute(GIVE, {"opening": opening, "conversation": conversation})
        line = Line(kind=Kind.CLOSED, payload=Payload(code=Code.HOURS_ENDED))
        items, moved = await take(
            connection=connection, talk=talk, by=Step.CLOSE, reason=Code.HOURS_ENDED, lines=[line]
        )
    forget(conversation=conversation)
    announce(Stored(items), moved)
    return Voucher(codes.shown(code), opening)


async def _opening(connection: Connection, talk: access.Talk) -> datetime:
    state = await astate(talk.area, talk.channel, talk.language)
    opening = (await _relieved(connection, talk, until=state.until) if state.open else None) or state.next_opening
    if opening is None or talk.queue is None:
        raise NotOffered("no opening is known for which an early place could be kept")
    asked = {"queue": talk.queue, "opening": opening}
    await connection.execute(LOCK, asked)
    row = await (await connection.execute(ROOM, asked)).fetchone()
    if row is None or row[1] >= places(mean_s=row[0], workers=row[2]):
        raise NotOffered("the early places of the next opening are taken")
    return opening


async def _relieved(connection: Connection, talk: access.Talk, *, until: datetime | None) -> datetime | None:
    """When somebody comes later within these hours: sooner than the next day's opening."""
    asked = {"queue": talk.queue, "until": until, "longest": LONGEST}
    row = await (await connection.execute(RELIEVED, asked)).fetchone()
    return row[0] if row else None


def places(*, mean_s: float, workers: int, hours: float = 2.0) -> int:
    """Return how many early places an opening has: what its workers can serve in `hours`, half of it."""
    return max(1, int(max(LEAST_WORKERS, workers) * hours * 3600 / mean_s / 2))
