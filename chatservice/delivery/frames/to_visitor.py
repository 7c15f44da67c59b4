"""Frames of the service to the visitor."""

from uuid import UUID

from chatservice.delivery.frames.base import Frame
from chatservice.delivery.frames.shared import Limits


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
    help: bool = False


class Help(Frame, tag="help"):
    """What the visitor wrote sounds like danger now: show the emergency number and who answers now."""

    cid: UUID


class CodeShown(Frame, tag="code", omit_defaults=False):
    """The return code in four groups, shown this once; empty when it was taken away."""

    cid: UUID
    digits: str


class Queue(Frame, tag="queue"):
    """Where the visitor's conversation stands; `place` counts from 1; `why` it has grown."""

    cid: UUID
    state: str
    place: int | None = None
    waiting: int | None = None
    low: int | None = None
    high: int | None = None
    may_not_reach: bool = False
    answer_in: int | None = None
    closing: bool = False
    why: str = ""


class VoucherShown(Frame, tag="voucher", omit_defaults=False):
    """An early place at the next opening, carried by the code; not a promise."""

    cid: UUID
    digits: str
    opens: str
    opens_in_words: str


class Shut(Frame, tag="shut"):
    """Not let in: the queue is full, or the service is closed; nothing was stored."""

    state: str
    opens: str | None = None
    opens_in_words: str = ""
    reason: str = ""
