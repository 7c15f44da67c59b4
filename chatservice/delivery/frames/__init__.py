"""The wire format: every frame as a strict type. Pure; `docs/protocol.md` explains each field.

JSON text, one object a frame, told apart by `type`. Unknown fields are ignored, an unknown `type` is nacked, a wrong
type of a field is a protocol error. Strings are counted in code points.
"""

from collections.abc import Callable
from typing import get_args

import msgspec

from chatservice.delivery.frames.aside import (
    Accept,
    Ask,
    BringIn,
    ColleagueItem,
    Colleagues,
    Notes,
    Offer,
    OfferItem,
    Offers,
    QueueItem,
    Queues,
    Refuse,
    StepOut,
    Whisper,
    Withdraw,
)
from chatservice.delivery.frames.base import VERSION, Cursors, Frame
from chatservice.delivery.frames.both import Ack, Ping, Typing
from chatservice.delivery.frames.duty import Duty, DutyShown
from chatservice.delivery.frames.shared import (
    Acked,
    Bye,
    Drain,
    Events,
    Item,
    Limits,
    MarkShown,
    Nack,
    Person,
    Pong,
    PresenceShown,
    Reason,
    Reset,
    TypingShown,
)
from chatservice.delivery.frames.to_visitor import CodeShown, Help, Queue, Shut, VisitorWelcome, VoucherShown
from chatservice.delivery.frames.to_worker import (
    Alert,
    Beside,
    GoneShown,
    InLine,
    Me,
    Revealed,
    Talk,
    TalkShown,
    Waiting,
    WorkerWelcome,
    WrappedUp,
    WrapUpItem,
    WrapUps,
)
from chatservice.delivery.frames.visitor import (
    AskCode,
    AskVoucher,
    Enter,
    Here,
    Leave,
    Rate,
    VisitorFrame,
    VisitorHello,
    VisitorSend,
    Wish,
)
from chatservice.delivery.frames.worker import (
    Caution,
    Claim,
    Close,
    Lower,
    Release,
    Reveal,
    WorkerFrame,
    WorkerHello,
    WorkerSend,
    WrapUp,
)

ServerFrame = (
    Events | Reset | Acked | Nack | TypingShown | PresenceShown | Pong | Drain | Bye
    | VisitorWelcome | Queue | Shut | CodeShown | WorkerWelcome | TalkShown | GoneShown | Waiting
    | DutyShown | Notes | Offers | Colleagues | Queues | Alert
    | VoucherShown | Help | Revealed | WrapUps | WrappedUp
)  # fmt: skip

_encode = msgspec.json.Encoder().encode
_visitor: Callable[[str], VisitorFrame] = msgspec.json.Decoder(VisitorFrame).decode
_worker: Callable[[str], WorkerFrame] = msgspec.json.Decoder(WorkerFrame).decode
_type_only = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
CLIENT_TYPES = {
    "visitor": frozenset(str(kind.__struct_config__.tag) for kind in get_args(VisitorFrame)),
    "worker": frozenset(str(kind.__struct_config__.tag) for kind in get_args(WorkerFrame)),
}


class Unknown(Exception):
    """A frame of a type that this side does not have."""


class Malformed(Exception):
    """Not a frame: no JSON object, no type, or a field of the wrong type."""


def encode(frame: ServerFrame) -> str:
    """Return the frame as JSON text."""
    return _encode(frame).decode()


def read_visitor(text: str) -> VisitorFrame:
    """Read a visitor's frame; raises Unknown, Malformed. Neither says what was in it."""
    try:
        return _visitor(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise _complaint(text, "visitor") from None


def read_worker(text: str) -> WorkerFrame:
    """Read a worker's frame; raises Unknown, Malformed. Neither says what was in it."""
    try:
        return _worker(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise _complaint(text, "worker") from None


def _complaint(text: str, side: str) -> Unknown | Malformed:
    try:
        named = msgspec.json.decode(_type_only(text)["type"], type=str)
    except (msgspec.DecodeError, UnicodeError, RecursionError, KeyError):
        return Malformed("expected one JSON object with a type")
    if named not in CLIENT_TYPES[side]:
        return Unknown("expected a type of docs/protocol.md")
    return Malformed("expected the fields of docs/protocol.md")


__all__ = [
    "CLIENT_TYPES",
    "VERSION",
    "Accept",
    "Ack",
    "Acked",
    "Alert",
    "Ask",
    "AskCode",
    "AskVoucher",
    "Beside",
    "BringIn",
    "Bye",
    "Caution",
    "Claim",
    "Close",
    "CodeShown",
    "ColleagueItem",
    "Colleagues",
    "Cursors",
    "Drain",
    "Duty",
    "DutyShown",
    "Enter",
    "Events",
    "Frame",
    "GoneShown",
    "Help",
    "Here",
    "InLine",
    "Item",
    "Leave",
    "Limits",
    "Lower",
    "Malformed",
    "MarkShown",
    "Me",
    "Nack",
    "Notes",
    "Offer",
    "OfferItem",
    "Offers",
    "Person",
    "Ping",
    "Pong",
    "PresenceShown",
    "Queue",
    "QueueItem",
    "Queues",
    "Rate",
    "Reason",
    "Refuse",
    "Release",
    "Reset",
    "Reveal",
    "Revealed",
    "ServerFrame",
    "Shut",
    "StepOut",
    "Talk",
    "TalkShown",
    "Typing",
    "TypingShown",
    "Unknown",
    "VisitorFrame",
    "VisitorHello",
    "VisitorSend",
    "VisitorWelcome",
    "VoucherShown",
    "Waiting",
    "Whisper",
    "Wish",
    "Withdraw",
    "WorkerFrame",
    "WorkerHello",
    "WorkerSend",
    "WorkerWelcome",
    "WrapUp",
    "WrapUpItem",
    "WrapUps",
    "WrappedUp",
    "encode",
    "read_visitor",
    "read_worker",
]
