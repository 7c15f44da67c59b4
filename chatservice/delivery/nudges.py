"""What travels between processes: ids, numbers, ciphertext. Never a word, an address, a code or a token.

A nudge may be lost, doubled or late; whoever receives one looks at the database where the numbers do not fit.
"""

from uuid import UUID

import msgspec

from chatservice.conversations.events import Moved, Presence, Stored
from chatservice.conversations.rows import Clear, EventRow, opened
from chatservice.conversations.sealers import sealer_in_use


class Typing(msgspec.Struct, frozen=True):
    """Somebody writes in a conversation; never stored."""

    conversation: UUID
    side: int
    on: bool


Nudge = Stored | Moved | Presence | Typing


class _Rows(msgspec.Struct, frozen=True, array_like=True, tag="e"):
    rows: tuple[EventRow, ...]


class _Moved(msgspec.Struct, frozen=True, array_like=True, tag="m"):
    moved: Moved


class _Presence(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    presence: Presence


class _Typing(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    typing: Typing


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """A nudge on the wire; `origin` is the sending process, which has told its own sockets already."""

    origin: bytes
    content: _Rows | _Moved | _Presence | _Typing


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Envelope).decode


def pack(*, origin: bytes, nudge: Nudge) -> bytes:
    """Return the bytes to publish: rows go as they are stored, sealed."""
    content: _Rows | _Moved | _Presence | _Typing
    match nudge:
        case Stored():
            content = _Rows(tuple(item.row for item in nudge.items))
        case Moved():
            content = _Moved(nudge)
        case Presence():
            content = _Presence(nudge)
        case Typing():
            content = _Typing(nudge)
    return _encode(Envelope(origin, content))


def unpack(data: bytes) -> tuple[bytes, Nudge]:
    """Return the origin and the nudge; raises msgspec.DecodeError for foreign bytes."""
    envelope = _decode(data)
    match envelope.content:
        case _Rows(rows):
            return envelope.origin, Stored(tuple(_open(row) for row in rows))
        case _Moved(moved):
            return envelope.origin, moved
        case _Presence(presence):
            return envelope.origin, presence
        case _Typing(typing):
            return envelope.origin, typing


def _open(row: EventRow) -> Clear:
    return opened(row=row, sealer=sealer_in_use(conversation=row.conversation))
