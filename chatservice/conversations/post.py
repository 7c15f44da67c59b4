"""A message on its way to the log, and what its sender is told."""

from dataclasses import dataclass
from uuid import UUID

from chatservice.conversations.payload import Payload, Side
from chatservice.conversations.rows import Clear


@dataclass(frozen=True, slots=True)
class Extra:
    """A row of another room that is stored in the same transaction as its message (risk, tally, audit)."""

    query: str
    parameters: dict[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One message on its way. `epoch` is the claim it was written under (professionals), `mid` the sender's id.

    `urgent`: words of danger, which no pause holds back.
    """

    conversation: UUID
    participant: UUID
    side: Side
    mid: UUID
    payload: Payload
    epoch: int = 0
    extras: tuple[Extra, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender is told: the place in the order, the minute, and whether it was there before."""

    item: Clear
    dup: bool
