"""The whole life of talks in any order, against the model beside it and against what must always hold.

No rule has a precondition and no draw looks at the store: a rule that has nothing to do does nothing, so that the same
numbers always play the same life. Time is made by moving columns into the past.
"""

import random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from chatservice.conversations import talk
from chatservice.conversations.risk import Risk
from chatservice.duty import services
from chatservice.queues import beside, handback, offers, standing
from chatservice.queues.order import Rating
from tests.queues.machine_base import Act
from tests.queues.machine_clock import WHICH, WHO, Passing

WISHES = st.sampled_from(["", "", "psychologist"])
KINDS = st.sampled_from(["take_over", "take_over", "beside"])
CLAIMS = 3
DUTY_ACTS = ["pause", "resume", "stop", "again", "capacity", "alone", "pings", "pings", "start"]


class Lives(Passing):
    """Everything that may happen, in any order."""

    # -- visitors ------------------------------------------------------------------------------------------------

    @rule(wish=WISHES, credit=st.booleans())
    def enter(self, wish: str, credit: bool) -> None:
        """Somebody comes, with or without an early place."""
        self.came(self.do(self.world.enter(self.queues[0], wish=wish, credit=credit)), wish=wish, credit=credit)

    @rule(which=WHICH)
    def confirm(self, which: int) -> None:
        """I am here; perhaps pressed twice."""
        called = self.pick(which, "called", "queued")
        if called is not None:
            act = self.on(
                called, lambda life, it: life.confirm(it), lambda: talk.confirm(**self.world.part(called.cid))
            )
            self.together(act, act)

    @rule(which=WHICH, how=st.sampled_from(["ping", "come_back", "ping", "come_back", "leave"]))
    def visitor(self, which: int, how: str) -> None:
        """A page pings, is loaded again, or ends the talk."""
        found = self.pick(which)
        if found is None:
            return
        if how == "leave":
            self.together(self.on(found, lambda life, it: life.leave(it), self.leaving(found)))
        elif how == "ping":
            self.together(self.on(found, lambda life, it: life.ping(it), lambda: self.world.ping(found.cid)))
        else:
            self.together(self.on(found, lambda life, it: life.here(it), lambda: self.world.come_back(found.cid)))

    @rule(which=WHICH, what=st.sampled_from(["today", "can_wait", "wish", "no wish", "word", "high", "immediate"]))
    def changes_their_standing(self, which: int, what: str) -> None:
        """A rating, another wish, a word (a sign that they are there), a risk that is judged and never falls."""
        found = self.pick(which, "queued", "called", "active") or self.pick(which)
        if found is None:
            return
        part = self.world.part(found.cid)
        match what:
            case "today" | "can_wait":
                self.together(self.on(found, lambda life, it: life.rate(it, what),
                                       lambda: standing.rate(**part, rating=Rating(what))))  # fmt: skip
            case "wish" | "no wish":
                wish = "psychologist" if what == "wish" else ""
                self.together(self.on(found, lambda life, it: life.change_wish(it, wish),
                                       lambda: standing.change_wish(**part, wish=wish)))  # fmt: skip
            case "word":
                act = self.on(found, lambda life, it: life.word(it), lambda: self.world.visitor_writes(found.cid))
                self.together(act)
            case _:
                level = Risk.HIGH if what == "high" else Risk.IMMEDIATE
                act = self.on(
                    found, lambda life, it: life.danger(it, level), lambda: self.world.danger(found.cid, level)
                )
                self.together(act)

    # -- claims --------------------------------------------------------------------------------------------------

    @rule(who=WHO, answers=st.sampled_from([True, True, False]), words=st.booleans())
    def claim(self, who: int, answers: bool, words: bool) -> None:
        """Take the next one, who answers or does not; perhaps with a first word."""
        took = self.together(self.claiming(self.ids[who]))[0].removeprefix("took ")
        found = next((each for each in self.model.talks.values() if str(each.cid) == took), None)
        if found is None or not answers:
            return
        self.together(self.confirming(found))
        if words:
            self.together(self._under(0, "write"))

    @rule(who=st.lists(WHO, min_size=2, max_size=CLAIMS))
    def claim_at_once(self, who: list[int]) -> None:
        """Several take the next one in the same moment, perhaps in two windows of one desk."""
        self.together(*(self.claiming(self.ids[each]) for each in who))

    @rule(which=WHICH, other=st.booleans(), verb=st.sampled_from(["release", "close", "write", "write"]))
    def act_under_a_claim(self, which: int, other: bool, verb: str) -> None:
        """What any claim that ever was may still do, and what it may not."""
        if self.claims:
            self.together(self._under(which, verb, other=other))

    def _under(self, which: int, verb: str, *, other: bool = False) -> Act:
        cid, worker, epoch = self.claims[-1 - which % min(len(self.claims), 12)]
        queue = self.queues[1] if other else None
        named: dict[str, Any] = {"conversation": cid, "worker": worker, "epoch": epoch}
        match verb:
            case "release":
                words = handback.Words(note="lue", queue=queue)
                ought = lambda life: life.release(life.talks[cid], worker, epoch, queue)  # noqa: E731
                return ought, lambda: handback.release(**named, words=words)
            case "close":
                return (lambda life: life.close(life.talks[cid], worker, epoch)), lambda: talk.close(**named)
        ought = lambda life: life.write(life.talks[cid], worker, epoch)  # noqa: E731
        return ought, lambda: self.world.write(cid, worker, epoch)

    @rule(which=WHICH, verb=st.sampled_from(["release", "close", "write"]), who=WHO)
    def ends_at_once(self, which: int, verb: str, who: int) -> None:
        """The visitor leaves while the professional acts and another takes the next one."""
        if not self.claims:
            return
        under = self._under(which, verb)
        found = self.model.talks[self.claims[-1 - which % min(len(self.claims), 12)][0]]
        leaves = self.on(found, lambda life, it: life.leave(it), self.leaving(found))
        self.together(under, leaves, self.claiming(self.ids[who]))

    # -- colleagues ----------------------------------------------------------------------------------------------

    @rule(which=WHICH, who=st.integers(0, 1), kind=KINDS, answer=st.sampled_from(["", "accept", "accept", "refuse"]))
    def ask_a_colleague(self, which: int, who: int, kind: str, answer: str) -> None:
        """Take this over, or sit beside me; perhaps answered at once."""
        active = [each for each in self.claims if self._is_current(each)] or self.claims
        if not active:
            return
        cid, worker, epoch = active[which % len(active)]
        other = [each for each in self.ids if each != worker][who]
        named: dict[str, Any] = {"conversation": cid, "worker": worker, "epoch": epoch, "colleague": other}
        ask = offers.offer if kind == "take_over" else offers.ask
        said = self.same(lambda life: life.ask(life.talks[cid], worker, epoch, other, kind), lambda: ask(**named))
        if said == "ok" and answer:
            self.together(self._answers(cid, kind)[answer])

    def _is_current(self, claim: tuple[UUID, int, int]) -> bool:
        found = self.model.talks[claim[0]]
        return found.state == "active" and (found.owner, found.epoch) == claim[1:]

    def _answers(self, cid: UUID, kind: str) -> dict[str, Act]:
        """What may become of an offer."""
        offer, known = self.model.offers[cid, kind], self.do(self.world.offer_of(cid, kind))
        sender, addressee = offer.sender, offer.addressee
        return {
            "accept": (
                lambda life: life.accept(life.talks[cid], kind, addressee),
                lambda: offers.accept(offer=known, worker=addressee),
            ),
            "refuse": (
                lambda life: life.refuse(life.talks[cid], kind, addressee),
                lambda: offers.refuse(offer=known, worker=addressee),
            ),
            "withdraw": (
                lambda life: life.withdraw(life.talks[cid], kind, sender),
                lambda: offers.withdraw(offer=known, worker=sender),
            ),
            "claim": self.claiming(addressee),
        }

    @rule(which=WHICH, how=st.sets(st.sampled_from(["accept", "withdraw", "refuse", "claim"]), min_size=1, max_size=3))
    def answer_an_offer(self, which: int, how: set[str]) -> None:
        """Accepted, refused, withdrawn and something else taken, perhaps at once."""
        found = list(self.model.offers)
        if found:
            acts = self._answers(*found[which % len(found)])
            self.together(*(acts[name] for name in sorted(how)))

    @rule(which=WHICH, who=WHO, leaves=st.booleans())
    def at_the_side(self, which: int, who: int, leaves: bool) -> None:
        """The colleague is brought in, or goes."""
        if not self.claims:
            return
        cid, worker, epoch = self.claims[-1 - which % min(len(self.claims), 12)]
        other = self.ids[who]
        if leaves:
            act = lambda: beside.step_out(conversation=cid, worker=other)  # noqa: E731
            self.same(lambda life: life.step_out(life.talks[cid], other), act)
            return
        named: dict[str, Any] = {"conversation": cid, "worker": worker, "epoch": epoch, "colleague": other}
        self.same(lambda life: life.bring_in(life.talks[cid], worker, epoch, other), lambda: beside.bring_in(**named))

    # -- duty ----------------------------------------------------------------------------------------------------

    @rule(
        who=WHO,
        what=st.sampled_from(DUTY_ACTS),
    )
    def duty(self, who: int, what: str) -> None:
        """A pause, no new ones, another number of talks, a pair who did not come; a desk that is alive."""
        worker = self.ids[who]
        if what == "pings":
            self.same(lambda life: life.desk_pings(worker), lambda: self.world.desk_pings(worker))
            return
        if what == "start":
            self.same(lambda life: life.start(worker, 2), self.of_duty(services.start, worker, capacity=2))
            return
        act, changed, asked = {
            "pause": (services.pause, {"paused": True}, {}),
            "resume": (services.resume, {"paused": False}, {}),
            "stop": (services.stop_taking, {"accepting": False}, {}),
            "again": (services.take_again, {"accepting": True}, {}),
            "capacity": (services.set_capacity, {"capacity": 1}, {"capacity": 1}),
            "alone": (services.pair_absent, {"alone": True}, {}),
        }[what]
        self.same(lambda life: life.change_duty(worker, **changed), self.of_duty(act, worker, **asked))

    @rule(who=WHO, dies=st.booleans(), again=st.booleans())
    def go(self, who: int, dies: bool, again: bool) -> None:
        """A shift ends, perhaps with its process before the talks are given back; perhaps another begins."""
        worker = self.ids[who]
        self.same(lambda life: life.go(worker, dies=dies), lambda: self.world.go(worker, dies=dies))
        if again:
            self.same(lambda life: life.start(worker, 3), self.of_duty(services.start, worker, capacity=3))


def run(examples: int, steps: int) -> None:
    """Let hypothesis play with a fixed seed: the same lives each time."""
    random.seed(1)
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_life_of_a_talk_ends_well(database: None) -> None:
    run(examples=8, steps=30)


@pytest.mark.long
def test_every_life_of_a_talk_ends_well_in_many_long_lives(database: None) -> None:
    run(examples=150, steps=80)
