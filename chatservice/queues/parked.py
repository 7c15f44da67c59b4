"""Talks at high risk that no clock may close: set aside, each with an owner among the coordinators and a next step.

A coordinator sees facts alone, never a line of the talk: only those who were in it may read it. Each act is audited.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import connection as orm

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import access, sides
from chatservice.conversations.access import Talk
from chatservice.conversations.errors import Gone
from chatservice.conversations.log import Line, append
from chatservice.conversations.payload import Code, Kind, Payload, Side
from chatservice.conversations.risk import Risk
from chatservice.conversations.sealers import forget
from chatservice.conversations.states import Step
from chatservice.conversations.steps import take
from chatservice.store.pool import Connection


class Why(StrEnum):
    """Why a coordinator ends a talk by hand; stored as `closed_by`, `by_hand_` before it."""

    REACHED = "reached"
    PASSED_ON = "passed_on"
    NO_NEED = "no_need"
    NO_WAY = "no_way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """One of them, without a word of it. `care_of` is empty while nobody has taken it on; words end on `ends`."""

    ticket: int
    channel: str
    language: str
    age_band: str
    risk: int
    entered: datetime
    ends: date
    care_of: str


LIST: Final = f"""
SELECT talk.ticket, talk.channel, talk.language, talk.age_band, talk.risk, talk.entered, talk.key_day,
    coalesce(owner.display_name, '')
FROM conversations_conversation talk LEFT JOIN accounts_worker owner ON owner.id = talk.care_of_id
WHERE talk.area_id = %(area)s AND talk.state = 'parked' AND talk.risk >= {int(Risk.HIGH)}
ORDER BY talk.risk DESC, talk.entered, talk.ticket
"""  # noqa: S608 - a number of ours

# The right is in the query: a coordinator of the talk's own area, and only while it is parked at high risk.
ONE: Final = f"""
SELECT {access.COLUMNS} FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
JOIN accounts_worker worker ON worker.id = %(worker)s AND worker.area_id = talk.area_id
    AND worker.is_active AND worker.coordinator
WHERE talk.ticket = %(ticket)s AND talk.state = 'parked' AND talk.risk >= {int(Risk.HIGH)}
FOR NO KEY UPDATE OF talk
"""  # noqa: S608 - constants of ours
CARE: Final = "UPDATE conversations_conversation SET care_of_id = %(worker)s WHERE id = %(conversation)s"
HOLD: Final = """
UPDATE conversations_conversation SET held_until = clock_timestamp() + %(hold)s * interval '1 minute'
WHERE id = %(conversation)s
"""


def waiting_for_care(*, area: int) -> list[Parked]:
    """Return an area's talks that wait for a coordinator, the most urgent first. Synchronous, for pages."""
    with orm.cursor() as cursor:
        cursor.execute(LIST, {"area": area})
        names = tuple(Parked.__dataclass_fields__)
        return [Parked(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


async def take_on(connection: Connection, *, ticket: int, worker: int) -> None:
    """Become the one who cares for it; also in place of another. Raises Gone."""
    talk = await _mine(connection, ticket=ticket, worker=worker)
    await _record(connection, talk, worker=worker, action=Action.TALK_CARED_FOR)


async def to_the_head(connection: Connection, *, ticket: int, worker: int) -> None:
    """Back to the head of its class, its place held once more; the visitor goes on when they return. Raises Gone."""
    talk = await _mine(connection, ticket=ticket, worker=worker)
    line = Line(kind=Kind.REQUEUED, payload=Payload(code=Code.RELEASED))
    await take(connection=connection, talk=talk, by=Step.RETURN, lines=[line], head=True)
    await connection.execute(HOLD, {"conversation": talk.conversation, "hold": settings.HOLD_MINUTES})
    await _record(connection, talk, worker=worker, action=Action.TALK_QUEUED_BY_HAND)


async def write(connection: Connection, *, ticket: int, worker: int, text: str) -> None:
    """Leave a message for the visitor's return, with the coordinator's name and profession. Raises Gone."""
    talk = await _mine(connection, ticket=ticket, worker=worker)
    who = await sides.name_of(connection=connection, worker=worker)
    line = Line(kind=Kind.MESSAGE, side=Side.PROFESSIONAL, payload=Payload(text=text, who=who))
    await append(connection=connection, conversation=talk.conversation, lines=[line])
    await _record(connection, talk, worker=worker, action=Action.TALK_WRITTEN_TO)


async def close(connection: Connection, *, ticket: int, worker: int, why: Why) -> None:
    """End it by hand, for a reason that is kept with it. Raises Gone."""
    talk = await _mine(connection, ticket=ticket, worker=worker)
    line = Line(kind=Kind.CLOSED, payload=Payload(code=Code.ENDED_BY_PROFESSIONAL))
    await take(connection=connection, talk=talk, by=Step.CLOSE, reason=f"by_hand_{why}", lines=[line])
    await _record(connection, talk, worker=worker, action=Action.TALK_CLOSED)
    forget(conversation=talk.conversation)


async def _mine(connection: Connection, *, ticket: int, worker: int) -> Talk:
    found = await access.one_or_none(connection, ONE, {"ticket": ticket, "worker": worker})
    if found is None:
        raise Gone("expected a talk set aside at high risk in the coordinator's own area")
    return found


async def _record(connection: Connection, talk: Talk, *, worker: int, action: Action) -> None:
    """Whoever acts cares for it from now on."""
    await connection.execute(CARE, {"worker": worker, "conversation": talk.conversation})
    await audit(connection, area=talk.area, actor=worker, action=action, object=str(talk.conversation))
