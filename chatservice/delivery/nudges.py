"""What travels between processes: ids, numbers, ciphertext. Never a word, an address, a code or a token.

A nudge may be lost, doubled or late; whoever receives one looks at the database where the numbers do not fit.
"""

from uuid import UUID

import msgspec

from chatservice.conversations.events import Desks, Moved, Presence, Stored
from chatservice.conversations.rows import Clear, EventRow, opened
from chatservice.conversations.sealers import sealer_in_use


class Typing(msgspec.Struct, frozen=True):
    """Somebody writes in a conversation; never stored."""

    conversation: UUID
    side: int
    on: bool


Nudge = Stored | Moved | Presence | Typing | Desks


class _Rows(msgspec.Struct, frozen=True, array_like=True, tag="e"):
    rows: tuple[EventRow, ...]


class _Moved(msgspec.Struct, frozen=True, array_like=True, tag="m"):
    moved: Moved


class _Presence(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    presence: Presence


class _Typing(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    typing: Typing


class _Desks(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    desks: Desks


_Content = _Rows | _Moved | _Presence | _Typing | _Desks


class Envelope(msgspec.Struct, frozen=True, array_like=True):
    """A nudge on the wire; `origin` is the sending process, which has told its own sockets already."""

    origin: bytes
    content: msgspec.Raw


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Envelope).decode
_decode_content = msgspec.msgpack.Decoder(_Content).decode


def pack(*, origin: bytes, nudge: Nudge) -> bytes:
    """Return the bytes to publish: rows go as they are stored, sealed."""
    content: _Content
    match nudge:
        case Stored():
            content = _Rows(tuple(item.row for item in nudge.items))
        case Moved():
            content = _Moved(nudge)
        case Presence():
            content = _Presence(nudge)
        case Typing():
            content = _Typing(nudge)
        case Desks():
            content = _Desks(nudge)
    return _encode(Envelope(origin, msgspec.Raw(_encode(content))))


def unpack(data: bytes, *, home: bytes) -> Nudge | None:
    """Return the nudge, None when `home` itself has sent it; raises msgspec.DecodeError for foreign bytes.

    Most of what comes in is our own echo, so the content is neither read nor opened before the origin is known.
    """
    envelope = _decode(data)
    if envelope.origin == home:
        return None
    content: _Content = _decode_content(envelope.content)
    match content:
        case _Rows(rows):
            return Stored(tuple(_open(row) for row in rows))
        case _Moved(moved):
            return moved
        case _Presence(presence):
            return presence
        case _Typing(typing):
            return typing
        case _Desks(desks):
            return desks


def _open(row: EventRow) -> Clear:
    return opened(row=row, sealer=sealer_in_use(conversation=row.conversation))
