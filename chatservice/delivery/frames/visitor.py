"""Frames from the visitor."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from chatservice.delivery.frames.base import Cursors, Frame, Key, Secret
from chatservice.delivery.frames.both import Ack, Ping, Typing


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


class AskVoucher(Frame, tag="voucher"):
    """At closing time: an early place at the next opening instead of waiting on."""

    cid: UUID


class VisitorSend(Frame, tag="send"):
    """One message of the visitor."""

    cid: UUID
    mid: UUID
    body: str


VisitorFrame = (
    Enter | VisitorHello | Here | Leave | Rate | Wish | AskCode | AskVoucher | VisitorSend | Ack | Typing | Ping
)
