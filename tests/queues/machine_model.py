"""The life of talks as a pure model: what each act would have to do, and what it would have to refuse.

Times are seconds from now: 60 has just begun, a negative one has passed. Acts return "ok", what they gave, or the name
of the refusal.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from chatservice.queues.order import Rating, Risk, Standing, key

LEASE: Final = 60.0
ANSWER: Final = 120.0
HOLD: Final = 3600.0
GRACE: Final = -90.0
PARK: Final = -900.0
REST: Final = 180.0
WITH_PROFESSIONAL: Final = {"called", "active"}

# Every state has an owner and a next step that comes by itself or by somebody's act: nobody is left in silence.
DUTIES: Final = {
    "queued": ("the queue", "a claim; away: the hold's end closes it, or parks it at risk high"),
    "called": ("a professional", "the visitor's answer, or 60 s"),
    "active": ("a professional", "words; without any: 2 min, the lease, or 15 min without the visitor"),
    "parked": ("the visitor, at risk high the coordinator", "a return, or the hold's end"),
    "closed": ("nobody", "the end of retention"),
}


@dataclass
class Seat:
    """A professional's or colleague's part that has not ended."""

    role: str
    lease: float = LEASE
    present: bool = True
    writes: bool = True


@dataclass
class Talk:
    """One conversation."""

    cid: UUID
    ticket: int
    arrived: datetime
    queue: int
    wish: str = ""
    credit: bool = False
    state: str = "queued"
    epoch: int = 0
    risk: int = 0
    rating: str = ""
    requeued: bool = False
    overflow: bool = False
    held: float | None = None
    called: float | None = None
    answer: float | None = None
    present: bool = True
    lease: float | None = LEASE
    closed_by: str = ""
    chose: bool = False
    seats: dict[int, Seat] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """What its place is explained by."""
        return Standing(
            arrival=self.arrived,
            ticket=self.ticket,
            risk=Risk(self.risk),
            rating=Rating(self.rating),
            requeued=self.requeued,
            credit=self.credit,
        )

    @property
    def owner(self) -> int | None:
        """Who answers for it."""
        return next((worker for worker, seat in self.seats.items() if seat.role == "professional"), None)


@dataclass
class Duty:
    """A worker on duty."""

    capacity: int
    paused: bool = False
    accepting: bool = True
    lease: float = LEASE
    alone: bool = False

    @property
    def takes(self) -> bool:
        """Whether others may count on them."""
        return self.lease > 0 and self.accepting and not self.paused


@dataclass
class Offer:
    """A question from one worker to another."""

    sender: int
    addressee: int
    epoch: int
    until: float = 90.0


class Model:
    """Talks by their conversation, duties by worker, offers by conversation and kind."""

    def __init__(self, *, professions: dict[int, str], capacities: dict[int, int]) -> None:
        self.professions, self.capacities = professions, capacities
        self.talks: dict[UUID, Talk] = {}
        self.duties: dict[int, Duty] = {}
        self.offers: dict[tuple[UUID, str], Offer] = {}

    def copy(self) -> "Model":
        """A model to try something on."""
        return deepcopy(self)

    def held_by(self, worker: int) -> list[Talk]:
        """The talks a worker answers for."""
        return [talk for talk in self.talks.values() if talk.owner == worker and talk.state in WITH_PROFESSIONAL]

    def line(self, queue: int | None = None) -> list[Talk]:
        """Who waits, in the order of their queue, or of all."""
        waiting = (t for t in self.talks.values() if t.state == "queued" and queue in {None, t.queue})
        return sorted(waiting, key=lambda talk: key(talk.standing))

    # -- steps ---------------------------------------------------------------------------------------------------

    def _leave_behind(self, talk: Talk, state: str, *, head: bool = False) -> None:
        talk.epoch += 1 if talk.seats and state != "closed" else 0
        talk.seats.clear()
        talk.state, talk.called, talk.answer = state, None, None
        talk.requeued = talk.requeued or head

    def end(self, talk: Talk, reason: str) -> str:
        """It is over, for everybody."""
        self._leave_behind(talk, "closed")
        talk.closed_by, talk.held, talk.present, talk.lease = reason, None, False, None
        return "ok"

    def give_back(self, talk: Talk) -> str:
        """To the head of its class."""
        self._leave_behind(talk, "queued", head=True)
        return "ok"

    # -- the visitor ---------------------------------------------------------------------------------------------

    def here(self, talk: Talk) -> str:
        """A sign of life from the visitor's page, by a new line or after a silence."""
        if talk.state == "closed":
            return "ok"
        talk.present, talk.lease, talk.held = True, LEASE, None
        if talk.state == "parked":
            self._leave_behind(talk, "queued", head=True)
        return "ok"

    def ping(self, talk: Talk) -> str:
        """The page is open: that alone does not answer a call."""
        if talk.state != "closed" and talk.present:
            talk.lease = LEASE
            return "ok"
        return self.here(talk)

    def confirm(self, talk: Talk) -> str:
        """I am here."""
        if talk.state == "closed":
            return "not theirs"
        if talk.state == "called":
            talk.state, talk.called, talk.answer = "active", None, ANSWER
        elif talk.state == "queued":
            talk.called = None
        return "ok"

    def word(self, talk: Talk) -> str:
        """A message of the visitor's: they are there."""
        if talk.state == "closed":
            return "not theirs"
        talk.called = None if talk.state == "queued" else talk.called
        return "ok"

    def take_voucher(self, talk: Talk, *, room: bool) -> str:
        """An early place at the next opening instead of waiting on, while there is one."""
        if talk.state == "closed":
            return "not theirs"
        if talk.state != "queued" or not room:
            return "NotOffered"
        talk.chose = True
        return self.end(talk, "hours_ended")

    def leave(self, talk: Talk) -> str:
        """The visitor ends it."""
        return "not theirs" if talk.state == "closed" else self.end(talk, "ended_by_visitor")

    def rate(self, talk: Talk, rating: str) -> str:
        """The one question of the waiting room."""
        if talk.state == "closed":
            return "not theirs"
        talk.rating = rating
        return "ok"

    def danger(self, talk: Talk, level: int) -> str:
        """A risk is judged; it never falls by machine."""
        talk.risk = talk.risk if talk.state == "closed" else max(talk.risk, level)
        return "ok"

    def change_wish(self, talk: Talk, wish: str) -> str:
        """Another wish; the ticket stays."""
        if talk.state == "closed":
            return "not theirs"
        talk.wish, talk.overflow = wish, not wish
        return "ok"

    # -- claims --------------------------------------------------------------------------------------------------

    def may_take(self, worker: int) -> str:
        """What stands in the way of one more."""
        duty = self.duties.get(worker)
        if duty is None:
            return "OffDuty"
        if duty.paused:
            return "OnPause"
        if not duty.accepting:
            return "Finishing"
        return "Full" if len(self.held_by(worker)) >= duty.capacity else ""

    def eligible(self, worker: int) -> Iterator[Talk]:
        """Whom this worker may be given now, in order."""
        present = {self.professions[who] for who, duty in self.duties.items() if duty.takes}
        for talk in self.line():
            if talk.lease is None or talk.lease <= 0 or (talk.called or 0) > 0:
                continue
            if talk.overflow or talk.wish in {"", self.professions[worker]} or talk.wish not in present:
                yield talk

    def claim(self, worker: int) -> str:
        """Take the next one; who is off duty begins with it."""
        began = worker not in self.duties
        if began:
            self.duties[worker] = Duty(self.capacities[worker])
        refused = self.may_take(worker)
        talk = None if refused else next(self.eligible(worker), None)
        if talk is None:
            if began:
                del self.duties[worker]
            return refused or "NothingWaiting"
        talk.state, talk.called, talk.epoch = "called", LEASE, talk.epoch + 1
        talk.seats = {worker: Seat("professional")}
        return f"took {talk.cid}"

    def owns(self, talk: Talk, worker: int, epoch: int, *, begun: bool = False) -> str:
        """Why this worker may not act for the talk under this claim; empty when they may."""
        if talk.owner != worker or talk.epoch != epoch:
            return "not theirs"
        return "NotOffered" if begun and talk.state != "active" else ""

    def release(self, talk: Talk, worker: int, epoch: int, queue: int | None = None) -> str:
        """Give back, perhaps to another queue."""
        refused = self.owns(talk, worker, epoch)
        if refused:
            return refused
        if queue is not None and queue != talk.queue:
            talk.queue, talk.wish, talk.overflow = queue, "", True
        return self.give_back(talk)

    def close(self, talk: Talk, worker: int, epoch: int) -> str:
        """The professional ends it."""
        return self.owns(talk, worker, epoch) or self.end(talk, "ended_by_professional")

    def write(self, talk: Talk, worker: int, epoch: int) -> str:
        """A message under a claim."""
        seat = talk.seats.get(worker)
        if seat is None or not seat.writes or talk.epoch != epoch or talk.state != "active":
            return "not theirs"
        talk.answer = None
        return "ok"
