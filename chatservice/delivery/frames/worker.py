"""Frames from the worker."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from chatservice.delivery.frames.aside import Accept, Ask, BringIn, Note, Offer, Refuse, StepOut, Whisper, Withdraw
from chatservice.delivery.frames.base import Cursors, Frame, Ref, Secret, Seq
from chatservice.delivery.frames.both import Ack, Ping, Typing
from chatservice.delivery.frames.duty import Duty


class WorkerHello(Frame, tag="hello"):
    """A professional's desk connects with a one-time ticket."""

    v: Literal[1]
    ticket: Secret
    cursors: Cursors = {}
    note_cursors: Cursors = {}


class WorkerSend(Frame, tag="send"):
    """One message of a professional, under claim `epoch`, having been shown the log up to `seen`."""

    cid: UUID
    mid: UUID
    body: str
    epoch: Seq
    seen: Seq
    asks_place: bool = False


class Claim(Frame, tag="claim"):
    """Give me the next one; with `ticket` that one, where a coordinator allows picking."""

    ticket: Seq | None = None
    ref: Ref = ""


class Release(Frame, tag="release"):
    """Back to the head of its queue, or of another of its channel and language; the note waits for the next one."""

    cid: UUID
    epoch: Seq
    note: Note = ""
    queue: Seq | None = None
    ref: Ref = ""


class Close(Frame, tag="close"):
    """End the talk."""

    cid: UUID
    epoch: Seq
    ref: Ref = ""


class Reveal(Frame, tag="reveal"):
    """Show me this line as it was written; recorded in the audit, no reason asked."""

    cid: UUID
    epoch: Seq
    seq: Seq
    ref: Ref = ""


class Lower(Frame, tag="lower"):
    """The danger is less than the marked lines say: nobody but the professional lowers it."""

    cid: UUID
    epoch: Seq
    risk: Literal["none", "concern", "high"]
    ref: Ref = ""


class Caution(Frame, tag="caution"):
    """Tell the visitor that this is not how people are spoken to here; or let them pause from writing for a while."""

    cid: UUID
    epoch: Seq
    step: Literal["warn", "pause"]
    ref: Ref = ""


Code = Annotated[str, Meta(max_length=24)]
# Wider than what is taken: one code too many is refused in words, not as a fault of the page.
Codes = Annotated[list[Code], Meta(max_length=40)]


class WrapUp(Frame, tag="wrap_up"):
    """What a talk of mine was about, and how I judge its danger; until six hours after its end.

    Codes only. Of `role`, `age`, `stage`, `language` and `municipality` an empty one stays as it was.
    """

    cid: UUID
    topic: Annotated[str, Meta(min_length=1, max_length=24)]
    risk: Literal["none", "concern", "high", "immediate"]
    sides: Codes = []
    outcomes: Codes = []
    risk_kinds: Codes = []
    role: Code = ""
    age: Code = ""
    stage: Code = ""
    language: Code = ""
    municipality: Code = ""
    ref: Ref = ""


WorkerFrame = (
    WorkerHello | WorkerSend | Claim | Release | Close | Duty | Ack | Typing | Ping | Reveal | Lower | Caution | WrapUp
    | Whisper | Offer | Ask | Accept | Refuse | Withdraw | BringIn | StepOut
)  # fmt: skip
