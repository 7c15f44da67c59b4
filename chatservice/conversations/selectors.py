"""Reading queries of this room for the rooms above. None of them returns what a person wrote."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chatservice.conversations.states import State
from chatservice.store.pool import rows

HEADS = """
SELECT id, last_seq, state, claim_epoch FROM conversations_conversation WHERE id = ANY(%(conversations)s)
"""

HELD = """
SELECT talk.id, part.id, talk.ticket, talk.claim_epoch, talk.state, talk.channel, talk.language, talk.age_band,
    talk.entered, talk.last_seq, visitor.present, talk.last_note, part.role, part.writes, talk.queue_id, talk.risk,
    (SELECT coalesce(json_agg(json_build_array(other.worker_id, worker.display_name, worker.profession, other.writes)
        ORDER BY other.worker_id), '[]')
    FROM conversations_participant other JOIN accounts_worker worker ON worker.id = other.worker_id
    WHERE other.conversation_id = talk.id AND other.role = 'colleague' AND NOT other.ended)
FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
JOIN conversations_participant visitor ON visitor.conversation_id = talk.id AND visitor.role = 'visitor'
WHERE part.worker_id = ANY(%(workers)s) AND NOT part.ended AND talk.state IN ('called', 'active')
ORDER BY talk.ticket
"""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a conversation stands: its state, its claim and how long its log is."""

    conversation: UUID
    last_seq: int
    state: State
    epoch: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague at the side; the visitor sees them only when they may write."""

    worker: int
    name: str
    profession: str
    writes: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A talk that a worker holds or sits beside (`role`), as their desk shows it."""

    conversation: UUID
    participant: UUID
    ticket: int
    epoch: int
    state: str
    channel: str
    language: str
    age_band: str
    entered: datetime
    last_seq: int
    visitor_present: bool
    last_note: int = 0
    role: str = "professional"
    writes: bool = True
    queue: int | None = None
    risk: int = 0
    beside: tuple[Colleague, ...] = ()


async def heads(*, conversations: Collection[UUID]) -> list[Head]:
    """Return the heads of these conversations in one query; raises StoreAway."""
    found = await rows(HEADS, {"conversations": list(conversations)})
    return [Head(row[0], row[1], State(row[2]), row[3]) for row in found]


async def held_by(*, worker: int) -> list[Held]:
    """Return the talks a worker holds or sits beside now, oldest ticket first; raises StoreAway."""
    found = await rows(HELD, {"workers": [worker]})
    return [_held(*row[:-1], beside=row[-1]) for row in found]


def _held(*facts: Any, beside: list[tuple[Any, ...]]) -> Held:
    return replace(Held(*facts), beside=tuple(Colleague(*each) for each in beside))
