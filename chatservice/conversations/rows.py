"""The event as a row: what the log holds and what may travel beside a nudge: ids, numbers, ciphertext."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from chatservice.conversations.payload import Payload, unpack
from chatservice.vault.envelope import Sealer
from chatservice.vault.errors import VaultError


class EventRow(msgspec.Struct, frozen=True, array_like=True):
    """One stored event, still sealed. `minute` counts whole minutes since 1970 (UTC).

    `epoch` is the claim it was written under; it travels with the nudge and is not stored: who held an older claim is
    not shown a newer line.
    """

    conversation: UUID
    stream: int
    seq: int
    kind: int
    side: int
    participant: UUID | None
    mid: UUID | None
    minute: int
    payload: bytes
    epoch: int = 0


class Clear(msgspec.Struct, frozen=True):
    """A stored event with its content opened; `payload` is None when the row is damaged."""

    row: EventRow
    payload: Payload | None


def minute_of(moment: datetime) -> int:
    """Whole minutes since 1970 of an aware datetime."""
    return int(moment.timestamp()) // 60


def moment_of(minute: int) -> datetime:
    """The aware datetime (UTC) of a whole minute."""
    return datetime.fromtimestamp(minute * 60, UTC)


def opened(*, row: EventRow, sealer: Sealer | None) -> Clear:
    """Open a row. A row that was moved, swapped or edited, or whose key is gone, is shown as damaged, never skipped."""
    if sealer is None:
        return Clear(row=row, payload=None)
    try:
        data = sealer.open(stream=row.stream, seq=row.seq, side=row.side, kind=row.kind, sealed=row.payload)
        return Clear(row=row, payload=unpack(data))
    except (VaultError, msgspec.DecodeError):
        return Clear(row=row, payload=None)
