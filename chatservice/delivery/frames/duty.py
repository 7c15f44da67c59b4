"""Frames of a worker's own duty."""

from typing import Annotated, Literal

from msgspec import Meta

from chatservice.delivery.frames.base import Frame, Ref


class Duty(Frame, tag="duty"):
    """Start, pause, resume or end the shift, hold another number of talks, or tell that the pair is absent."""

    act: Literal["start", "pause", "resume", "end", "capacity", "pair_absent"]
    capacity: Annotated[int, Meta(ge=1, le=5)] | None = None
    minutes: Annotated[int, Meta(ge=1, le=120)] | None = None
    ref: Ref = ""


class DutyShown(Frame, tag="duty", omit_defaults=False):
    """The worker's duty as it stands: off, on, paused or finishing (takes no new ones).

    `advice`: stop_at or stop_soon (begin the last new talk by `stop_at`), stop_now, or nothing.
    """

    state: str
    capacity: int
    since: str | None = None
    until: str | None = None
    pause_until: str | None = None
    advice: str = ""
    stop_at: str | None = None
    alone: bool = False
    offer_pause: int | None = None
    ref: str = ""
