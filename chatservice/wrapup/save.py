"""A professional wraps up a talk of theirs, and may change it until it is counted."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations.errors import Gone
from chatservice.store.pool import Connection, rows, transaction
from chatservice.wrapup.codes import Codes, Place, check, main_first

OPEN_HOURS: Final = 6
MINE: Final = f"""
FROM wrapup_wrapup WHERE worker_id = %(worker)s AND closed > clock_timestamp() - interval '{OPEN_HOURS} hours'
"""
ONE: Final = f"""
SELECT area_id, channel, placed, role, age, stage, language, municipality {MINE}
    AND conversation = %(conversation)s FOR UPDATE
"""
SAVE: Final = """
UPDATE wrapup_wrapup SET topic = %(topic)s, judged = %(judged)s, sides = %(sides)s::text[],
    outcomes = %(outcomes)s::text[], risk_kinds = %(risk_kinds)s::text[], role = %(role)s, age = %(age)s,
    stage = %(stage)s, language = %(language)s, municipality = %(municipality)s
WHERE conversation = %(conversation)s
"""
TOWNS: Final = "SELECT code FROM places_municipality WHERE area_id = %(area)s"


@dataclass(frozen=True, slots=True)
class Open:
    """A wrap-up that may still be written; `judged` None: not said yet. The school's name stands by its entrance."""

    conversation: UUID
    channel: str
    language: str
    closed: datetime
    topic: str
    judged: int | None
    sides: list[str]
    outcomes: list[str]
    risk_kinds: list[str]
    role: str
    age: str
    stage: str
    municipality: str
    placed: bool
    chosen: str
    machine: int
    school: str


OWN: Final = ", ".join(one.name for one in fields(Open) if one.name != "school")
SCHOOL: Final = "coalesce((SELECT name FROM places_school WHERE id = school_id), '')"
LIST: Final = f"SELECT {OWN}, {SCHOOL} {MINE} ORDER BY closed, conversation"


async def open_of(*, worker: int) -> list[Open]:
    """Return the wrap-ups a worker may write or change now, oldest first; raises StoreAway."""
    return [Open(*row) for row in await rows(LIST, {"worker": worker})]


async def save(*, conversation: UUID, worker: int, codes: Codes) -> None:
    """Store the codes of a talk this worker held last; all of them or none.

    Raises Gone (not theirs, or counted), UnknownTopic, SideTopics, UnknownCode, UnknownPlace, StoreAway.
    """
    asked = {"conversation": conversation, "worker": worker}
    async with transaction() as connection:
        found = await (await connection.execute(ONE.encode(), asked)).fetchone()
        if found is None:
            raise Gone("no such wrap-up")
        area, channel, placed, *before = found
        whole = _whole(codes, before)
        check(whole, channel=channel, place=await _place(connection, area=area, own=before[-1] if placed else ""))
        await connection.execute(SAVE, {**asked, **_row(whole)})
        await audit(connection, area=area, actor=worker, action=Action.WRAPPED_UP, object=str(conversation))


def _whole(codes: Codes, before: list[Any]) -> Codes:
    """Put what stood there before in the place of what is empty."""
    names = ("role", "age", "stage", "language", "municipality")
    return replace(codes, **{name: getattr(codes, name) or old for name, old in zip(names, before, strict=True)})


def _row(codes: Codes) -> dict[str, Any]:
    lists = {
        "sides": list(codes.sides),
        "outcomes": main_first(codes.outcomes),
        "risk_kinds": list(codes.risk_kinds),
    }
    single = {name: getattr(codes, name) for name in ("topic", "role", "age", "stage", "language", "municipality")}
    return {**lists, **single, "judged": int(codes.judged)}


async def _place(connection: Connection, *, area: int, own: str) -> Place:
    found = await (await connection.execute(TOWNS, {"area": area})).fetchall()
    return Place(own, frozenset(row[0] for row in found))
