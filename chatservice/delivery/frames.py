"""The wire format: every frame as a strict type. Pure; `docs/protocol.md` explains each field.

JSON text, one object a frame, told apart by `type`. Unknown fields are ignored, an unknown `type` is nacked, a wrong
type of a field is a protocol error. Strings are counted in code points.
"""

from collections.abc import Callable
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

VERSION = 1

Cursors = dict[UUID, Annotated[int, Meta(ge=0)]]
Seq = Annotated[int, Meta(ge=0, le=2_147_483_647)]
Ref = Annotated[str, Meta(max_length=40)]
Secret = Annotated[str, Meta(min_length=20, max_length=100)]
Key = Annotated[str, Meta(min_length=1, max_length=64)]


class Frame(msgspec.Struct, kw_only=True, tag_field="type", omit_defaults=True):
    """Base of all frames."""


# -- from the visitor ------------------------------------------------------------------------------------------------


class Enter(Frame, tag="enter"):
    """A new visitor comes in; the same `attempt` sent again is let in once."""

    v: Literal[1]
    host: Key
    channel: Literal["youth", "parent"]
    language: Literal["fi", "sv", "en"]
    age_band: Annotated[str, Meta(max_length=8)] | None = None
    attempt: UUID | None = None
    wish: Literal["", "curator", "psychologist", "nurse"] = ""
    topic: Annotated[str, Meta(max_length=16)] = ""
    code: Annotated[str, Meta(max_length=64)] = ""


class VisitorHello(Frame, tag="hello"):
    """A visitor's line is there again."""

    v: Literal[1]
    token: Secret
    cursors: Cursors = {}


class Here(Frame, tag="here"):
    """ "I am here": the answer to `called`."""

    cid: UUID


class Leave(Frame, tag="leave"):
    """The visitor ends the talk, or has left by the quick exit."""

    cid: UUID
    how: Literal["end", "quick"] = "end"


class Rate(Frame, tag="rate"):
    """The one skippable question: do you need to talk today, or is it fine to wait?"""

    cid: UUID
    rating: Literal["can_wait", "today"]


class Wish(Frame, tag="wish"):
    """Another wish, or none any more; the place stays."""

    cid: UUID
    wish: Literal["", "curator", "psychologist", "nurse"]


class AskCode(Frame, tag="code"):
    """Give me a return code (an earlier one ends), or take mine away."""

    cid: UUID
    on: bool = True


class VisitorSend(Frame, tag="send"):
    """One message of the visitor."""

    cid: UUID
    mid: UUID
    body: str


# -- from both -------------------------------------------------------------------------------------------------------


class Ack(Frame, tag="ack"):
    """Everything up to `seq` of this conversation has been applied."""

    cid: UUID
    seq: Seq


class Typing(Frame, tag="typing"):
    """Somebody writes, or has stopped."""

    cid: UUID
    on: bool


class Ping(Frame, tag="ping"):
    """Heartbeat; renews the sender's lease."""

    n: int = 0


# -- from the worker -------------------------------------------------------------------------------------------------


class WorkerHello(Frame, tag="hello"):
    """A professional's desk connects with a one-time ticket."""

    v: Literal[1]
    ticket: Secret
    cursors: Cursors = {}


class WorkerSend(Frame, tag="send"):
    """One message of a professional, under claim `epoch`, having been shown the log up to `seen`."""

    cid: UUID
    mid: UUID
    body: str
    epoch: Seq
    seen: Seq


class Claim(Frame, tag="claim"):
    """Give me the next one."""

    ref: Ref = ""


class Release(Frame, tag="release"):
    """Back to the head of the queue."""

    cid: UUID
    epoch: Seq
    ref: Ref = ""


class Close(Frame, tag="close"):
    """End the talk."""

    cid: UUID
    epoch: Seq
    ref: Ref = ""


VisitorFrame = Enter | VisitorHello | Here | Leave | Rate | Wish | AskCode | VisitorSend | Ack | Typing | Ping
WorkerFrame = WorkerHello | WorkerSend | Claim | Release | Close | Ack | Typing | Ping


# -- to both ---------------------------------------------------------------------------------------------------------


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a client has to keep to."""

    message_characters: int
    frame_bytes: int
    ping_seconds: int = 20
    dead_seconds: int = 45


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """The professional as everybody in the talk sees them."""

    name: str
    profession: str


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the log. `damaged` lines have no content and are shown as such."""

    seq: int
    kind: str
    side: str
    at: str
    mid: UUID | None = None
    text: str = ""
    who: Person | None = None
    code: str = ""
    damaged: bool = False


class Events(Frame, tag="events"):
    """Lines of the log, contiguous by `seq`; `last` is the last one stored when this was sent."""

    cid: UUID
    items: list[Item]
    last: int


class Reset(Frame, tag="reset"):
    """The client's cursor is ahead of the log (a restored backup): forget what is shown, all of it follows."""

    cid: UUID


class Acked(Frame, tag="ack", omit_defaults=False):
    """The message is in the database."""

    cid: UUID
    mid: UUID
    seq: int
    at: str
    dup: bool


class Nack(Frame, tag="nack"):
    """Refused; `retry_in` (seconds) is there when the same frame may be sent again."""

    code: str
    cid: UUID | None = None
    mid: UUID | None = None
    ref: str = ""
    retry_in: float | None = None


class TypingShown(Frame, tag="typing"):
    """The other side writes; expires by itself after 5 s."""

    cid: UUID
    side: str
    on: bool


class PresenceShown(Frame, tag="presence"):
    """The other side's line: here, away or left_quickly."""

    cid: UUID
    side: str
    link: str


class Pong(Frame, tag="pong"):
    """Answer to `ping`."""

    n: int


class Drain(Frame, tag="drain"):
    """This process goes away: reconnect after `in_ms`."""

    in_ms: int


class Bye(Frame, tag="bye"):
    """Why the socket closes now; the close code follows."""

    code: int
    reason: str


# -- to the visitor --------------------------------------------------------------------------------------------------


class VisitorWelcome(Frame, tag="welcome"):
    """You are in."""

    v: int
    server_time: str
    limits: Limits
    cid: UUID
    state: str
    token: str | None = None
    held_until: str | None = None
    after: int = 0


class CodeShown(Frame, tag="code", omit_defaults=False):
    """The return code in four groups, shown this once; empty when it was taken away."""

    cid: UUID
    digits: str


class Queue(Frame, tag="queue"):
    """Where the visitor's conversation stands; `place` counts everybody ahead, from 1."""

    cid: UUID
    state: str
    place: int | None = None
    waiting: int | None = None
    low: int | None = None
    high: int | None = None
    may_not_reach: bool = False
    answer_in: int | None = None


class Shut(Frame, tag="shut"):
    """Not let in: the queue is full, or the service is closed; nothing was stored."""

    state: str


# -- to the worker ---------------------------------------------------------------------------------------------------


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """A talk as the desk shows it."""

    cid: UUID
    ticket: int
    epoch: int
    state: str
    channel: str
    language: str
    age_band: str
    since: str
    link: str


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The worker this socket belongs to."""

    name: str
    profession: str
    capacity: int


class WorkerWelcome(Frame, tag="welcome"):
    """The desk is connected; these talks are yours."""

    v: int
    server_time: str
    limits: Limits
    worker: Me
    talks: list[Talk]


class TalkShown(Frame, tag="talk"):
    """A talk is yours, or its state or epoch changed."""

    talk: Talk
    ref: str = ""


class GoneShown(Frame, tag="gone"):
    """A talk is no longer yours: released, lost, away, closed."""

    cid: UUID
    reason: str


class InLine(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who waits; no word of theirs."""

    ticket: int
    channel: str
    language: str
    age_band: str
    since: str
    link: str


class Waiting(Frame, tag="waiting", omit_defaults=False):
    """Everybody who waits in the worker's area, in order."""

    count: int
    items: list[InLine]


ServerFrame = (
    Events | Reset | Acked | Nack | TypingShown | PresenceShown | Pong | Drain | Bye
    | VisitorWelcome | Queue | Shut | CodeShown | WorkerWelcome | TalkShown | GoneShown | Waiting
)  # fmt: skip

_encode = msgspec.json.Encoder().encode
_visitor: Callable[[str], VisitorFrame] = msgspec.json.Decoder(VisitorFrame).decode
_worker: Callable[[str], WorkerFrame] = msgspec.json.Decoder(WorkerFrame).decode
_type_only = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
CLIENT_TYPES = {
    "visitor": frozenset({"enter", "hello", "here", "leave", "rate", "wish", "code", "send", "ack", "typing", "ping"}),
    "worker": frozenset({"hello", "send", "claim", "release", "close", "ack", "typing", "ping"}),
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
