"""What one event says: a versioned structure that is always sealed before it leaves the process.

Later rooms add fields at the end (spans, verdicts, codes); older payloads stay readable without a migration.
"""

from enum import IntEnum, StrEnum

import msgspec


class Stream(IntEnum):
    """The talk itself, or the professionals' notes beside it (never sent to a visitor)."""

    TALK = 0
    NOTES = 1


class Kind(IntEnum):
    """What an event is; stored as a number, sent as its lower-case name."""

    MESSAGE = 1
    JOINED = 2
    LEFT = 3
    TRANSFERRED = 4
    REQUEUED = 5
    CLOSED = 6
    NOTICE = 7
    PARKED = 8


class Side(IntEnum):
    """Whose words an event holds; bound into the encryption."""

    VISITOR = 1
    PROFESSIONAL = 2
    SERVICE = 3


class Code(StrEnum):
    """Why something happened; the faces put it into words."""

    ENDED_BY_VISITOR = "ended_by_visitor"
    ENDED_BY_PROFESSIONAL = "ended_by_professional"
    HOLD_ENDED = "hold_ended"
    RELEASED = "released"
    LOST = "lost"
    UNANSWERED = "unanswered"
    HANDED_OVER = "handed_over"
    HOURS_ENDED = "hours_ended"
    RETURNED = "returned"
    RETURNED_BY_CODE = "returned_by_code"
    AWAY = "away"
    OFFER_REFUSED = "offer_refused"
    OFFER_EXPIRED = "offer_expired"
    BESIDE = "beside"
    STEPPED_OUT = "stepped_out"
    WARNED = "warned"
    PAUSED = "paused"
    ASKS_PLACE = "asks_place"


class Who(msgspec.Struct, frozen=True, array_like=True):
    """The professional as the visitor sees them: a first name and a profession code."""

    name: str
    profession: str


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """Where something personal stands in the text; `kind` is the name of what it is."""

    start: int
    end: int
    kind: str


class Ground(msgspec.Struct, frozen=True, array_like=True):
    """Why a line was marked: the rule, where in the text, and what took it back, if something did."""

    rule: str
    start: int
    end: int
    blocker: str = ""


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """What moderation saw in a line. `open`: the professional reads it as written, without a tap."""

    level: int = 0
    categories: tuple[str, ...] = ()
    label: str = "ok"
    spots: tuple[Spot, ...] = ()
    grounds: tuple[Ground, ...] = ()
    open: bool = False
    # The talk's, for the words that stand for personal data; "" in marks made before it was kept.
    language: str = ""


class Payload(msgspec.Struct, frozen=True, array_like=True):
    """The content of one event, format 1."""

    version: int = 1
    text: str = ""
    who: Who | None = None
    code: str = ""
    mark: Mark | None = None


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Payload).decode


def pack(payload: Payload) -> bytes:
    """Return the bytes that are sealed."""
    return _encode(payload)


def unpack(data: bytes) -> Payload:
    """Read opened bytes; raises msgspec.DecodeError when they are not a payload."""
    return _decode(data)
