"""The same acts on the real store, and what the store then holds, in the words of `machine_model`."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chatservice.accounts.models import Worker
from chatservice.conversations import admission, leases
from chatservice.conversations.access import Talk
from chatservice.conversations.admission import Placing
from chatservice.conversations.claim import Claimed
from chatservice.conversations.errors import Closed, Gone, Refused, Stale, WrongStep
from chatservice.conversations.risk import Risk, raise_to
from chatservice.delivery.frames import Duty as DutyFrame
from chatservice.duty import presence, services
from chatservice.duty.errors import DutyError
from chatservice.hours.evaluate import OpenState, Window
from chatservice.places.models import Host
from chatservice.queues import entering
from chatservice.queues.errors import Shut
from chatservice.queues.order import Standing, head_start
from chatservice.store.pool import transaction
from console import duty as desk
from tests.people import Visitor, answer, entrance, sql
from tests.queues.machine_model import Model

# A refusal by name is an answer; anything else (a deadlock, a broken constraint) is a fault.
ANSWERS = (Refused, WrongStep, DutyError)

TALKS = """
SELECT talk.id, talk.state, talk.claim_epoch, talk.risk, talk.rating, talk.requeued, talk.credit, talk.wish,
    talk.queue_id, talk.closed_by, talk.held_until IS NOT NULL, talk.held_until < clock_timestamp(),
    talk.called_until > clock_timestamp(), talk.answer_by IS NOT NULL, part.present,
    part.lease_until > clock_timestamp()
FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.area_id = %(area)s ORDER BY talk.ticket
"""
SEATS = """
SELECT part.conversation_id, part.worker_id, part.role, part.present, part.writes, part.epoch
FROM conversations_participant part JOIN conversations_conversation talk ON talk.id = part.conversation_id
WHERE talk.area_id = %(area)s AND part.role <> 'visitor' AND NOT part.ended
"""
OFFERS = """
SELECT conversation_id, kind, from_worker_id, to_worker_id, epoch, until > clock_timestamp()
FROM queues_offer WHERE area_id = %(area)s
"""
DUTIES = """
SELECT worker_id, capacity, paused, accepting, alone, lease_until > clock_timestamp()
FROM duty_onduty WHERE area_id = %(area)s
"""
OFFER = "SELECT id FROM queues_offer WHERE conversation_id = %(cid)s AND kind = %(kind)s"

DUE = """
UPDATE conversations_thread SET voucher_for = clock_timestamp()
WHERE id = (SELECT thread_id FROM conversations_conversation WHERE id = %(cid)s) AND voucher_for IS NOT NULL
"""

OPENING = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)

Seen = dict[str, Any]


async def outcome(act: Awaitable[object]) -> str:
    """Run an act; a refusal is an outcome, any other error fails the machine."""
    try:
        found = await act
    except (Stale, Gone, Closed):
        return "not theirs"
    except ANSWERS as refusal:
        return type(refusal).__name__
    return f"took {found.conversation}" if isinstance(found, Claimed) else "ok"


async def seen(area: int) -> Seen:
    """What the store holds of an area."""
    return {
        "talks": {row[0]: tuple(map(bool_or, row[1:])) for row in await sql(TALKS, area=area)},
        "seats": {(row[0], row[1]): row[2:] for row in await sql(SEATS, area=area)},
        "offers": {(row[0], row[1]): row[2:] for row in await sql(OFFERS, area=area)},
        "duties": {row[0]: row[1:] for row in await sql(DUTIES, area=area)},
    }


def bool_or(value: Any) -> Any:
    """A comparison with a column that is empty does not hold."""
    return False if value is None else value


def expected(model: Model) -> Seen:
    """What the store should hold."""
    return {
        "talks": {
            talk.cid: (
                *(talk.state, talk.epoch, talk.risk, talk.rating, talk.requeued, talk.credit, talk.wish, talk.queue),
                *(talk.closed_by, talk.held is not None, talk.held is not None and talk.held <= 0),
                *((talk.called or 0) > 0, talk.answer is not None, talk.present, (talk.lease or 0) > 0),
            )
            for talk in model.talks.values()
        },
        "seats": {
            (talk.cid, worker): (seat.role, seat.present, seat.writes, talk.epoch)
            for talk in model.talks.values()
            for worker, seat in talk.seats.items()
        },
        "offers": {
            where: (offer.sender, offer.addressee, offer.epoch, offer.until > 0)
            for where, offer in model.offers.items()
        },
        "duties": {
            worker: (duty.capacity, duty.paused, duty.accepting, duty.alone, duty.lease > 0)
            for worker, duty in model.duties.items()
        },
    }


@dataclass(frozen=True)
class Came:
    """Somebody who came in."""

    token: str
    talk: Talk
    arrived: datetime


class World:
    """Acts of the people of one area on the store."""

    def __init__(self, *, host: Host, workers: dict[int, Worker]) -> None:
        self.host, self.workers = host, workers
        self.tokens: dict[UUID, Came] = {}

    def keep(self, token: str, talk: Talk) -> Came:
        """Remember who came."""
        assert talk.arrived is not None
        came = self.tokens[talk.conversation] = Came(token, talk, talk.arrived)
        return came

    async def enter(self, queue: int, *, wish: str, credit: bool) -> Came:
        """Somebody is let in; a credit is that of a code whose early place is due."""
        standing = Standing(arrival=datetime.now(UTC), ticket=0, credit=credit)
        placing = Placing(
            queue=queue,
            wish=wish,
            credit=credit,
            head_start=head_start(standing),
            overflow=timedelta(minutes=5 if wish else 0),
        )
        return self.keep(*await admission.enter(entrance=await entrance(self.host), placing=placing))

    async def use_voucher(self, cid: UUID, digits: str) -> list[Came]:
        """The opening has come: the code is typed on two devices at once. Nobody, when the door lets nobody in."""
        await sql(DUE, cid=cid)

        async def once() -> Came | None:
            chosen = await entrance(self.host, age_band="")
            try:
                return self.keep(*await entering.enter(entrance=chosen, asked=entering.Asked(code=digits)))
            except Shut:
                return None

        found = await asyncio.gather(once(), once())
        return [each for each in found if each is not None]

    def part(self, cid: UUID) -> dict[str, UUID]:
        """How a visitor's act names its talk."""
        return {"conversation": cid, "participant": self.tokens[cid].talk.participant}

    async def ping(self, cid: UUID) -> None:
        """The visitor's page is open."""
        await leases.renew(visitors={self.tokens[cid].talk.participant}, workers=set())

    async def come_back(self, cid: UUID) -> None:
        """A reload."""
        await admission.come_back(token=self.tokens[cid].token)

    async def write(self, cid: UUID, worker: int, epoch: int) -> None:
        """A message of a worker's under some claim."""
        await answer(self.workers[worker], Claimed(cid, epoch), "hei")

    async def desk_pings(self, worker: int) -> None:
        """The worker's desk is alive."""
        await leases.renew(visitors=set(), workers={worker})
        async with transaction() as lent:
            await presence.renew(lent, workers={worker})

    async def duty(self, act: Callable[..., Awaitable[object]], worker: int, **asked: Any) -> None:
        """An act of duty."""
        async with transaction() as lent:
            await act(lent, worker=worker, **asked)

    async def go(self, worker: int, *, dies: bool) -> None:
        """A shift ends; the process that should give its talks back may die before it does."""
        if dies:
            await self.duty(services.end, worker)
        else:
            await desk.change(worker=worker, frame=DutyFrame(act="end", ref="machine"))

    async def danger(self, cid: UUID, level: Risk) -> None:
        """A risk is judged."""
        async with transaction() as lent:
            await raise_to(lent, conversation=cid, risk=level)

    async def offer_of(self, cid: UUID, kind: str) -> UUID | None:
        """The standing offer's id."""
        found = await sql(OFFER, cid=cid, kind=kind)
        return found[0][0] if found else None

    async def age(self, table: str, column: str, seconds: float, **where: Any) -> None:
        """Let a moment lie so far in the past; the rows are named by their columns."""
        named = " AND ".join(f"{name} = %({name})s" for name in where)
        query = f"UPDATE {table} SET {column} = clock_timestamp() - %(by)s WHERE {named} AND {column} IS NOT NULL"  # noqa: S608
        await sql(query, by=timedelta(seconds=seconds), **where)

    async def age_visitor(self, cid: UUID, seconds: float) -> None:
        """The visitor's line has been silent since its lease ended that long ago."""
        await self.age("conversations_participant", "lease_until", seconds, conversation_id=cid, role="visitor")

    async def age_talk(self, cid: UUID, column: str, seconds: float) -> None:
        """A live moment of a talk is over."""
        await self.age("conversations_conversation", column, seconds, id=cid)

    async def age_desk(self, worker: int, seconds: float) -> None:
        """Nothing was heard of a desk since its leases ended that long ago."""
        await self.age("conversations_participant", "lease_until", seconds, worker_id=worker)
        await self.age("duty_onduty", "lease_until", seconds, worker_id=worker)

    async def visitor_writes(self, cid: UUID) -> None:
        """A message of the visitor's."""
        came = self.tokens[cid]
        await Visitor(came.token, came.talk).write("hei")

    def hours(self, real: Any, ended: Callable[[], bool]) -> Any:
        """In place of `astate`: in this area the hours end when the machine says so."""

        async def state(area: int, *rest: Any, **more: Any) -> OpenState:
            if area == self.host.area_id:
                return OpenState(open=not ended(), next_opening=OPENING)
            found: OpenState = await real(area, *rest, **more)
            return found

        return state

    def week(self, real: Any) -> Any:
        """In place of `aweek`: the last window of this area is long over."""

        async def windows(area: int, *rest: Any, **more: Any) -> list[Window]:
            return [] if area == self.host.area_id else await real(area, *rest, **more)

        return windows
