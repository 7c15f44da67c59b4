"""Frames that visitors and workers both send."""

from uuid import UUID

from chatservice.delivery.frames.base import Frame, Seq


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
