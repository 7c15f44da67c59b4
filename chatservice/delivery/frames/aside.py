"""Frames of professionals among themselves: notes beside a talk, offers, colleagues. None of them is a visitor's."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from chatservice.delivery.frames.base import Frame, Ref, Seq
from chatservice.delivery.frames.shared import Item, Person

Note = Annotated[str, Meta(max_length=4000)]
WorkerId = Annotated[int, Meta(ge=1)]


class Whisper(Frame, tag="whisper"):
    """One note beside a talk, under claim `epoch`; acknowledged like a message, numbered among the notes."""

    cid: UUID
    mid: UUID
    body: str
    epoch: Seq


class Offer(Frame, tag="offer"):
    """Offer this talk to a colleague; it stays mine until they accept."""

    cid: UUID
    epoch: Seq
    worker: WorkerId
    note: Note = ""
    ref: Ref = ""


class Ask(Frame, tag="ask"):
    """Ask a colleague to my side."""

    cid: UUID
    epoch: Seq
    worker: WorkerId
    ref: Ref = ""


class Accept(Frame, tag="accept"):
    """Yes to an offer made to me."""

    offer: UUID
    ref: Ref = ""


class Refuse(Frame, tag="refuse"):
    """No to an offer made to me."""

    offer: UUID
    ref: Ref = ""


class Withdraw(Frame, tag="withdraw"):
    """I take my offer back."""

    offer: UUID
    ref: Ref = ""


class BringIn(Frame, tag="bring_in"):
    """Let the colleague at my side write; the visitor reads who has joined."""

    cid: UUID
    epoch: Seq
    worker: WorkerId
    ref: Ref = ""


class StepOut(Frame, tag="step_out"):
    """I leave the side of this talk."""

    cid: UUID
    ref: Ref = ""


class Notes(Frame, tag="notes", omit_defaults=False):
    """Lines of the notes beside a talk, contiguous by their own `seq`."""

    cid: UUID
    items: list[Item]
    last: int


class OfferItem(msgspec.Struct, frozen=True, kw_only=True):
    """An offer to me (`mine` false) or of mine; `who` is the other side. No word of the visitor's."""

    id: UUID
    kind: str
    mine: bool
    worker: int
    who: Person
    ticket: int
    channel: str
    language: str
    age_band: str
    until: str
    note: str = ""
    cid: UUID | None = None


class Offers(Frame, tag="offers", omit_defaults=False):
    """Every living offer to me and of mine, whole; none at `welcome`."""

    items: list[OfferItem]


class ColleagueItem(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on duty in the area; `state` is on, paused, finishing or away; no `queues`: they serve all of them."""

    id: int
    name: str
    profession: str
    state: str
    capacity: int
    free: int
    queues: list[int] = []


class QueueItem(msgspec.Struct, frozen=True, kw_only=True):
    """An active queue of the area; no `professions`: everybody's; `picking`: one may take out of order."""

    id: int
    name: str
    channel: str
    language: str
    professions: list[str]
    picking: bool


class Queues(Frame, tag="queues", omit_defaults=False):
    """Every active queue of the area, whole."""

    items: list[QueueItem]


class Colleagues(Frame, tag="colleagues", omit_defaults=False):
    """Everybody on duty in the area, whole, the receiver too."""

    items: list[ColleagueItem]
