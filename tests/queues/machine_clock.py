"""What time does in the lives of `test_lifecycle_machine`: it is made by moving columns into the past."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from chatservice.delivery import process
from chatservice.queues import closing, vouchers
from tests.queues.machine_base import Stage
from tests.queues.machine_model import Talk

WHO = st.integers(0, 2)
WHICH = st.integers(0, 1_000)


class Passing(Stage):
    """Leases, calls, holds, offers and opening hours end."""

    @rule(which=WHICH, minutes=st.sampled_from([1, 16]), hold=st.booleans())
    def visitor_is_gone(self, which: int, minutes: int, hold: bool) -> None:
        """The visitor's line has been silent for so long; the hold may be over, too."""
        found = self.pick(which, "queued", "called", "active", "parked")
        if found is None:
            return
        found.lease = -60.0 * minutes
        self.do(self.world.age_visitor(found.cid, minutes * 60))
        if hold:
            self.sweep()
            found = self.model.talks[found.cid]
            found.held = None if found.held is None else -1.0
            self.do(self.world.age_talk(found.cid, "held_until", 1))
        self.sweep()

    @rule(which=WHICH, column=st.sampled_from(["called_until", "called_until", "answer_by", "overflow_at"]))
    def a_moment_passes(self, which: int, column: str) -> None:
        """The call, the first word or the wait for a wish is over."""
        states = ("queued",) if column == "overflow_at" else ("called", "active", "queued")
        found = self.pick(which, *states)
        if found is None:
            return
        self.do(self.world.age_talk(found.cid, column, 1))
        if column == "overflow_at":
            found.overflow = True
        elif column == "called_until":
            found.called = None if found.called is None else -1.0
        else:
            found.answer = None if found.answer is None else -1.0
        self.sweep()

    @rule(who=WHO, seconds=st.sampled_from([1, 60, 91]), sweeps=st.booleans())
    def desk_is_gone(self, who: int, seconds: int, sweeps: bool) -> None:
        """Nothing is heard of a desk: after the lease it is away, after the grace it is lost."""
        worker = self.ids[who]
        self.do(self.world.age_desk(worker, seconds))
        for each in self.model.talks.values():
            if worker in each.seats:
                each.seats[worker].lease = -float(seconds)
        if worker in self.model.duties:
            self.model.duties[worker].lease = -float(seconds)
        if sweeps:
            self.sweep()

    @rule(which=WHICH)
    def an_offer_grows_old(self, which: int) -> None:
        """Ninety seconds without an answer."""
        found = list(self.model.offers)
        if found:
            cid, kind = found[which % len(found)]
            self.do(self.world.age("queues_offer", "until", 1, conversation_id=cid, kind=kind))
            self.model.offers[cid, kind].until = -1.0

    @rule()
    def sweep(self) -> None:
        """Two processes sweep in the same moment; once more changes nothing."""
        sweeping = (lambda life: life.sweep()), process._sweep
        self.together(sweeping, sweeping)

    @rule(which=WHICH, chooses=st.sampled_from([True, True, False]))
    def closing_time(self, which: int, chooses: bool) -> None:
        """The hours end: somebody takes an early place; the others wait on until the overrun ends, and are told."""
        self.ended = True
        found = self.pick(which, "queued") if which % 3 else self.pick(which, "called", "active")
        code = None
        if chooses and found is not None:
            code = self._voucher(found)
        if which % 4 == 0:
            self.same(lambda life: life.close_doors(), closing.end_waiting)
        self.ended = False
        if code is not None:
            self._next_opening(*code)

    def _voucher(self, found: Talk) -> tuple[str, UUID] | None:
        got: list[Any] = []

        async def act() -> None:
            got.append(await vouchers.give(**self.world.part(found.cid)))

        self.same(lambda life: life.take_voucher(life.talks[found.cid], room=bool(got)), act)
        return (got[0].digits, found.cid) if got else None

    def _next_opening(self, digits: str, cid: UUID) -> None:
        """The code is used twice at once: one new talk with a credit, and both are in it."""
        came = self.do(self.world.use_voucher(cid, digits))
        if came:
            assert len({each.talk.conversation for each in came}) == 1, "one code opened two talks"
            self.came(came[0], wish="", credit=True)
