"""Frames of the service to visitors and workers."""

from uuid import UUID

import msgspec

from chatservice.delivery.frames.base import Frame


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


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule that spoke, and where in the shown text; `blocker` names what took its word back."""

    rule: str
    start: int
    end: int
    blocker: str = ""


class MarkShown(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What moderation saw in a line, for professionals only. `masked`: personal data is behind one tap (`reveal`)."""

    level: str = "none"
    categories: list[str] = []
    label: str = "ok"
    masked: bool = False
    reasons: list[Reason] = []


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
    mark: MarkShown | None = None


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
