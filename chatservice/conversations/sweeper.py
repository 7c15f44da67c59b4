"""What time does to conversations. Every process sweeps; sweeping twice or side by side changes nothing more.

Each rule takes its rows one by one with SKIP LOCKED and checks its condition again under the lock, so that a visitor
who comes back in the same second keeps the talk. No talk at risk high or immediate is closed by a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings

from chatservice.conversations import access
from chatservice.conversations.events import Announcement, Stored, announce
from chatservice.conversations.leases import mark_lapsed
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.conversations.risk import Risk
from chatservice.conversations.sealers import forget
from chatservice.conversations.states import State, Step
from chatservice.conversations.steps import take
from chatservice.store.pool import transaction

PARK_MINUTES: Final = 15
GRACE_S: Final = 90


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that time does: `due` is the SQL condition over talk and its visitor's part."""

    name: Code
    due: str
    by: Step
    kind: Kind | None
    head: bool = False


RISK_HIGH: Final = int(Risk.HIGH)
VISITOR_AWAY = "NOT part.present AND talk.held_until IS NOT NULL"
LOST = f"""
EXISTS (SELECT 1 FROM conversations_participant worker WHERE worker.conversation_id = talk.id AND NOT worker.ended
    AND worker.role = 'professional' AND worker.lease_until < clock_timestamp() - interval '{GRACE_S} seconds')
"""  # noqa: S608 - GRACE_S is a constant

RULES: Final = (
    # The visitor did not say "I am here": skipped, not dropped; the place stays.
    Rule(
        name=Code.AWAY, by=Step.SKIP, kind=None, due="talk.state = 'called' AND talk.called_until < clock_timestamp()"
    ),
    Rule(
        name=Code.LOST,
        by=Step.GIVE_BACK,
        kind=Kind.REQUEUED,
        head=True,
        due=f"talk.state IN ('called', 'active') AND {LOST}",
    ),
    # Called, confirmed, and no word: the visitor does not sit before an empty chair.
    Rule(
        name=Code.UNANSWERED,
        by=Step.GIVE_BACK,
        kind=Kind.REQUEUED,
        head=True,
        due="talk.state = 'active' AND talk.answer_by < clock_timestamp()",
    ),
    Rule(
        name=Code.AWAY,
        by=Step.PARK,
        kind=Kind.PARKED,
        due=f"""talk.state = 'active' AND {VISITOR_AWAY} AND
            part.lease_until < clock_timestamp() - interval '{PARK_MINUTES} minutes'""",
    ),
    # Who waited at high risk and is gone at the end of the hold goes on the coordinator's list; no clock closes them.
    Rule(
        name=Code.AWAY,
        by=Step.PARK,
        kind=Kind.PARKED,
        due=f"""talk.state = 'queued' AND talk.risk >= {RISK_HIGH} AND {VISITOR_AWAY}
            AND talk.held_until < clock_timestamp()""",
    ),
    Rule(
        name=Code.HOLD_ENDED,
        by=Step.CLOSE,
        kind=Kind.CLOSED,
        due=f"""talk.state IN ('queued', 'parked') AND talk.risk < {RISK_HIGH} AND {VISITOR_AWAY}
            AND talk.held_until < clock_timestamp()""",
    ),
)

DUE = """
SELECT {columns} FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.state <> 'closed' AND {due} ORDER BY talk.id LIMIT 1 FOR NO KEY UPDATE OF talk, part SKIP LOCKED
"""


async def sweep() -> int:
    """Do what is due and return how many conversations moved; raises StoreAway."""
    async with transaction() as connection:
        told = await mark_lapsed(connection=connection, hold_minutes=settings.HOLD_MINUTES)
    announce(*told)
    moved = 0
    for rule in RULES:
        while await _one(rule):
            moved += 1
    return moved


async def _one(rule: Rule) -> UUID | None:
    """Apply a rule to one conversation that is due, in a transaction of its own."""
    told: Sequence[Announcement] = ()
    async with transaction() as connection:
        query = DUE.format(columns=access.COLUMNS, due=rule.due)
        talk = await access.one_or_none(connection, query, {})
        if talk is None:
            return None
        lines = [] if rule.kind is None else [Line(kind=rule.kind, payload=Payload(code=rule.name))]
        items, step = await take(
            connection=connection, talk=talk, by=rule.by, reason=rule.name, lines=lines, head=rule.head
        )
        told = (Stored(items), step) if items else (step,)
    if step.state is State.CLOSED:
        forget(conversation=talk.conversation)
    announce(*told)
    return talk.conversation
