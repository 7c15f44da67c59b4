"""A talk that closes tells what it can tell by itself; its wrap-up adds the codes, and both are counted and gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from chatservice.conversations.access import Talk
from chatservice.conversations.payload import Code
from chatservice.statistics import classes
from chatservice.statistics.catalogue import Contact
from chatservice.statistics.classes import UNKNOWN
from chatservice.statistics.codes import LEFT_QUEUE, TURNED_AWAY, leaf
from chatservice.statistics.raising import Raise, count, put, raised
from chatservice.statistics.raising import catalogue as catalogue_of
from chatservice.store.pool import Connection

# The professional who held the talk last, as in the wrap-up.
PLACE: Final = """
SELECT talk.thread_id, coalesce(town.code, 'unknown'), coalesce(town.code || '-' || host.school_id, ''),
    coalesce(worker.profession, ''), worker.id, clock_timestamp()
FROM conversations_conversation talk JOIN places_host host ON host.id = talk.host_id
LEFT JOIN places_school school ON school.id = host.school_id
LEFT JOIN places_municipality town ON town.id = coalesce(host.municipality_id, school.municipality_id)
LEFT JOIN LATERAL (
    SELECT part.worker_id FROM conversations_participant part
    WHERE part.conversation_id = talk.id AND part.role = 'professional' ORDER BY part.epoch DESC LIMIT 1
) AS last ON true LEFT JOIN accounts_worker worker ON worker.id = last.worker_id
WHERE talk.id = %(conversation)s
"""
FIRST_OF_TERM: Final = """
UPDATE conversations_thread SET counted_term = %(term)s WHERE id = %(thread)s AND counted_term <> %(term)s RETURNING 1
"""
# Who leaves the queue and comes back by the same code is one attempt of that day.
FIRST_OF_DAY: Final = """
UPDATE conversations_thread SET missed_on = %(day)s
WHERE id = %(thread)s AND missed_on IS DISTINCT FROM %(day)s RETURNING 1
"""
ANSWERER: Final = """
INSERT INTO statistics_answerer (area_id, school_year, term, profession, who)
VALUES (%(area)s, %(year)s, %(term)s, %(profession)s, %(who)s) ON CONFLICT DO NOTHING
"""
KEEP: Final = """
INSERT INTO statistics_closing (conversation, area_id, day, municipality, school, channel, age, wait, length, weekday,
    hour, profession, thread)
VALUES (%(conversation)s, %(area)s, %(day)s, %(municipality)s, %(school)s, %(channel)s, %(age)s, %(wait)s, %(length)s,
    %(weekday)s, %(hour)s, %(profession)s, %(thread)s)
ON CONFLICT (conversation) DO NOTHING
"""
TAKE: Final = """
DELETE FROM statistics_closing WHERE conversation = ANY(%(conversations)s)
RETURNING conversation, area_id, day, municipality, school, channel, age, wait, length, weekday, hour, profession,
    thread
"""
NAMES: Final = (
    *("conversation", "area", "day", "municipality", "school", "channel", "age", "wait", "length", "weekday", "hour"),
    *("profession", "thread"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What the wrap-up adds to a talk, in codes of the taxonomy; what nobody wrote stays unknown.

    `municipality` is used where the host has none (ruling 27), `age` where the visitor was not asked (parents).
    """

    topic: str = ""
    outcome: str = ""
    municipality: str = ""
    age: str = ""
    feedback: str = ""
    role: str = ""
    stage: str = ""
    risk: str = ""
    sides: tuple[str, ...] = ()


async def answered(connection: Connection, *, talk: Talk) -> None:
    """Keep the classes of an answered talk that closes, in the transaction of the closing."""
    found = await _place(connection, talk)
    term = classes.term_of_month(classes.month_of(found["day"]))
    year = classes.school_year(found["day"])
    first = await connection.execute(FIRST_OF_TERM, {"thread": found["thread_id"], "term": f"{year} {term}"})
    asked = {**found, "thread": await first.fetchone() is not None}
    await connection.execute(KEEP, asked)
    if found["profession"]:
        who = {"profession": found["profession"], "who": str(found["worker"])}
        await connection.execute(ANSWERER, {"area": talk.area, "year": year, "term": term, **who})


async def missed(connection: Connection, *, talk: Talk, reason: str) -> None:
    """Count at once who left the queue or was turned away: nobody has codes to add. One attempt counts once a day."""
    found = await _place(connection, talk)
    first = await connection.execute(FIRST_OF_DAY, {"thread": found["thread_id"], "day": found["day"]})
    if await first.fetchone() is None:
        return
    kind = TURNED_AWAY if reason == Code.HOURS_ENDED else LEFT_QUEUE
    year = classes.school_year(found["day"])
    await count(connection, area=talk.area, year=year, contact=missed_contact(found, kind))


def missed_contact(found: dict[str, Any], kind: str) -> Contact:
    """Return a contact that nobody answered: nobody has codes for it, and no wrap-up can ever give it any."""
    contact = _contact({**found, "profession": "none", "length": UNKNOWN, "thread": False}, Said(outcome=_left(kind)))
    return replace(contact, answered=kind, feedback=UNKNOWN)


async def count_said(connection: Connection, *, said: Mapping[UUID, Said], beside: Iterable[Raise] = ()) -> int:
    """Count closed talks with what their wrap-ups say, and forget them; returns how many. Twice counts once.

    `beside`: counters of other rooms for the same talks, which wait among these and are shuffled with them.
    Called in the transaction in which the rows of the wrap-ups are deleted: whatever undoes that undoes the counting.
    """
    rows = await (await connection.execute(TAKE, {"conversations": list(said)})).fetchall()
    raises = list(beside)
    for row in rows:
        found = dict(zip(NAMES, row, strict=True))
        year = classes.school_year(found["day"])
        sets = await catalogue_of(connection, area=found["area"], year=year)
        contact = _contact(found, said[found["conversation"]])
        raises += raised(area=found["area"], year=year, contact=contact, sets=sets)
    if raises:
        await put(connection, raises=raises)
    return len(rows)


async def _place(connection: Connection, talk: Talk) -> dict[str, Any]:
    row = await (await connection.execute(PLACE, {"conversation": talk.conversation})).fetchone()
    assert row is not None, "the conversation is locked by its step"
    thread, municipality, school, profession, worker, now = row
    began = talk.began
    return {
        "conversation": talk.conversation,
        "thread_id": thread,
        "area": talk.area,
        "day": classes.local(talk.entered).date(),
        "municipality": municipality,
        "school": school,
        "channel": talk.channel,
        "age": talk.age_band or "AUNK",
        "wait": classes.wait_of(max((began or now) - (talk.arrived or talk.entered), timedelta())),
        "length": classes.length_of(now - began if began else None),
        "weekday": classes.weekday_of(talk.entered),
        "hour": classes.hour_of(talk.entered),
        "profession": profession,
        "worker": worker,
    }


def _contact(found: dict[str, Any], said: Said) -> Contact:
    day: date = found["day"]
    month = classes.month_of(day)
    return Contact(
        month=month,
        term=classes.term_of_month(month),
        municipality=found["municipality"] if found["municipality"] != UNKNOWN else said.municipality or UNKNOWN,
        school=found["school"],
        channel=found["channel"],
        age=_known("age", said.age or found["age"], "AUNK"),
        topic=_known("topic", said.topic, UNKNOWN),
        profession=found["profession"] or "none",
        outcome=_known("outcome", said.outcome, UNKNOWN),
        wait=found["wait"],
        length=found["length"],
        feedback=_known("feedback", said.feedback, "none"),
        weekday=found["weekday"],
        hour=found["hour"],
        thread=found["thread"],
        role=_known("role", said.role, "R_UNK"),
        stage=_known("stage", said.stage, "S_UNK"),
        risk=_known("risk", said.risk, UNKNOWN),
        sides=tuple(side for side in (_known("side", code, UNKNOWN) for code in said.sides) if side != UNKNOWN),
    )


def _known(dimension: str, code: str, otherwise: str) -> str:
    """A code that this process does not know (a newer taxonomy) counts as unknown; its talk counts all the same."""
    try:
        return leaf(dimension, code) if code else otherwise
    except KeyError:
        return otherwise


def _left(kind: str) -> str:
    return "O_UNANS" if kind == TURNED_AWAY else "O_QUIT"
