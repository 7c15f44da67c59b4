"""Everybody who waits in some areas, in the order of their queues, and how fast each queue is served: two queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from chatservice.conversations.risk import Risk
from chatservice.hours.selectors import astate
from chatservice.queues.crew import HAND, HANDS, hands_of, pace
from chatservice.queues.estimate import TALK_S, Pace
from chatservice.queues.order import Rating, Reason, Standing, parts
from chatservice.queues.rivals import each_lost, weights
from chatservice.store.pool import connection

WAITING = """
SELECT talk.area_id, talk.queue_id, talk.id, talk.ticket, talk.channel, talk.language, talk.age_band, talk.wish,
    talk.entered, part.present, talk.risk, talk.rating, talk.requeued, talk.credit, talk.order_key
FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.area_id = ANY(%(areas)s) AND talk.state = 'queued'
ORDER BY talk.area_id, talk.queue_id, talk.order_key, talk.ticket
"""

# Each queue with everybody on duty for it; a queue of nobody has one row of nobody.
SERVED = f"""
SELECT queue.id, queue.area_id, queue.channel, queue.language, queue.mean_s, clock_timestamp(), {HAND}
FROM queues_queue queue LEFT JOIN ({HANDS}) hand ON hand.area = queue.area_id
    AND (hand.queues = '{{}}' OR queue.id = ANY(hand.queues))
WHERE queue.area_id = ANY(%(areas)s) AND queue.active ORDER BY queue.id
"""  # noqa: S608 - our own constants


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits, without a word of theirs.

    `rivals`: how many turns go to people ahead in other queues that the same workers serve.
    """

    area: int
    queue: int
    conversation: UUID
    ticket: int
    channel: str
    language: str
    age_band: str
    wish: str
    entered: datetime
    present: bool
    reasons: tuple[Reason, ...]
    rivals: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """The queues of some areas: everybody in order, and the pace of each queue in which somebody waits.

    `closing`: the queues whose hours have ended, or whose last worker has: who waits there is told and has a choice.
    """

    waiting: tuple[InLine, ...]
    paces: dict[int, Pace]
    closing: frozenset[int]


async def line_of(*, areas: Collection[int]) -> Line:
    """Return who waits and how fast it goes; raises StoreAway."""
    asked = {"areas": list(areas)}
    async with connection() as lent:
        waiting = await (await lent.execute(WAITING, asked)).fetchall()
        served = await (await lent.execute(SERVED.encode(), asked)).fetchall()
    lanes = {row[1] for row in waiting}
    served = [row for row in served if row[0] in lanes]
    paces, closing = await _served(served)
    rivals = _rivals(waiting, served)
    entries = (InLine(*row[:10], _reasons(row), rivals.get(row[2], 0)) for row in waiting)  # type: ignore[call-arg]  # ten columns, two more
    return Line(tuple(entries), paces, closing)


def _rivals(waiting: Sequence[tuple[Any, ...]], served: Sequence[tuple[Any, ...]]) -> dict[UUID, int]:
    """Only where somebody serves two queues in which people wait there is anything to count."""
    hands = {queue: hands_of(list(rows)) for queue, rows in groupby(served, key=itemgetter(0))}
    shared = weights(hands)
    if not any(shared.values()):
        return {}
    order = sorted(waiting, key=itemgetter(14, 3))
    turns = each_lost(order=(row[1] for row in order), weights=shared)
    return {row[2]: turn for row, turn in zip(order, turns, strict=True)}


async def _served(rows: Sequence[tuple[Any, ...]]) -> tuple[dict[int, Pace], frozenset[int]]:
    paces, closing = {}, set()
    for queue, found in groupby(rows, key=itemgetter(0)):
        row, *more = found
        _, area, channel, language, mean_s, now = row[:6]
        hands = hands_of([row, *more])
        hours = await astate(area, channel, language, now=now)
        paces[queue] = pace(hands=hands, talk_s=mean_s or TALK_S, closes=hours.until, now=now)
        # A desk that is away may come back within its grace; a worker who has ended or takes no more will not.
        if not hours.open or not any(hand.accepting for hand in hands):
            closing.add(queue)
    return paces, frozenset(closing)


def _reasons(row: tuple[object, ...]) -> tuple[Reason, ...]:
    entered, risk, rating, requeued, credit = row[8], row[10], row[11], row[12], row[13]
    # Nearly everybody: nothing known, nothing to explain.
    if not (risk or rating or requeued or credit) or not isinstance(entered, datetime):
        return ()
    standing = Standing(
        arrival=entered,
        ticket=0,
        risk=Risk(int(str(risk))),
        rating=Rating(str(rating)),
        requeued=bool(requeued),
        credit=bool(credit),
    )
    return tuple(part.reason for part in parts(standing))
