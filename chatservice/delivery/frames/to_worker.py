"""Frames of the service to the worker."""

from uuid import UUID

import msgspec

from chatservice.delivery.frames.base import Frame
from chatservice.delivery.frames.shared import Limits


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A colleague at the side of a talk; `visible` when the visitor knows of them."""

    worker: int
    name: str
    profession: str
    visible: bool


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """A talk as the desk shows it; `part` is owner, beside (sees and whispers) or brought_in (writes too)."""

    cid: UUID
    ticket: int
    epoch: int
    state: str
    channel: str
    language: str
    age_band: str
    since: str
    link: str
    part: str = "owner"
    queue: int | None = None
    beside: list[Beside] = []
    risk: str = "none"


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The worker this socket belongs to."""

    id: int = 0
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


class Revealed(Frame, tag="revealed"):
    """A line as its visitor wrote it, once the professional asked for it."""

    cid: UUID
    seq: int
    text: str


class WrapUpItem(msgspec.Struct, frozen=True, kw_only=True):
    """A talk of this worker that has ended and is not counted yet; empty `topic` and `risk`: not said yet.

    `placed`: the municipality is the entrance's own and stays. `chosen`: what the visitor chose when coming in.
    `marked`: moderation saw danger, so the judgement has no default.
    """

    cid: UUID
    channel: str
    language: str
    closed: str
    topic: str
    risk: str
    sides: list[str] = []
    outcomes: list[str] = []
    risk_kinds: list[str] = []
    role: str = ""
    age: str = ""
    stage: str = ""
    municipality: str = ""
    placed: bool = False
    school: str = ""
    chosen: str = ""
    marked: bool = False


class WrapUps(Frame, tag="wrap_ups", omit_defaults=False):
    """Every wrap-up this worker may write or change, whole: once after `welcome`, then on change."""

    items: list[WrapUpItem]


class WrappedUp(Frame, tag="wrapped_up", omit_defaults=False):
    """Stored."""

    cid: UUID
    topic: str
    risk: str
    ref: str


class InLine(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who waits; no word of theirs."""

    ticket: int
    channel: str
    language: str
    age_band: str
    since: str
    link: str
    queue: int | None = None
    wish: str = ""
    reasons: list[str] = []


class Waiting(Frame, tag="waiting", omit_defaults=False):
    """Everybody who waits in the worker's area, in order."""

    count: int
    items: list[InLine]


class Alert(Frame, tag="alert", omit_defaults=False):
    """Somebody at immediate risk whom nobody takes (reason not_taken, or away: the line was lost), or it is over."""

    ticket: int
    channel: str
    language: str
    since: str
    reason: str
    over: bool = False
