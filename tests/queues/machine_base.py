"""What every step of `test_lifecycle_machine` is measured by, and where it happens.

Each act runs on the store and on the model; acts that run at once must end as if they had come in some order.
"""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise, permutations
from typing import Any
from uuid import UUID

import pytest
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from chatservice.conversations import talk
from chatservice.conversations.risk import Risk
from chatservice.delivery import process
from chatservice.duty import services
from chatservice.queues import closing, standing, tries, vouchers
from chatservice.queues.claim import claim_next
from chatservice.queues.models import Queue
from chatservice.queues.order import explain, key, parts
from chatservice.queues.overtaking import overtaken
from chatservice.store.pool import close_pool
from tests import wire
from tests.people import sql
from tests.queues.machine_model import DUTIES, Duty, Talk
from tests.queues.machine_time import Life
from tests.queues.machine_world import World, expected, outcome, seen

HOLDS = """
SELECT talk.state, count(part.id) FILTER (WHERE part.role = 'visitor'),
    count(part.id) FILTER (WHERE part.role = 'professional' AND NOT part.ended),
    count(part.id) FILTER (WHERE part.role = 'colleague' AND NOT part.ended),
    count(part.id) FILTER (WHERE part.role <> 'visitor' AND NOT part.ended AND part.epoch <> talk.claim_epoch),
    count(part.id) FILTER (WHERE NOT part.ended AND talk.state = 'closed'), count(part.id) FILTER (WHERE part.ended
        AND (part.present OR part.lease_until IS NOT NULL))
FROM conversations_conversation talk LEFT JOIN conversations_participant part ON part.conversation_id = talk.id
WHERE talk.area_id = %(area)s GROUP BY talk.id
"""
KEYS = "SELECT id, order_key, ticket FROM conversations_conversation WHERE area_id = %(area)s AND state = 'queued'"

Doing = Callable[[], Awaitable[object]]
Act = tuple[Callable[[Life], str], Callable[[], Awaitable[object]]]


class Stage(RuleBasedStateMachine):
    """Three workers, two queues, as many visitors as come."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.patch = pytest.MonkeyPatch()
        self.model = Life(professions={}, capacities={})
        self.claims: list[tuple[UUID, int, int]] = []
        self.closed: set[UUID] = set()
        self.over: dict[int, int] = {}
        self.places: dict[int, dict[UUID, int]] = {}
        self.sound = False

    @initialize()
    def open(self) -> None:
        """An area with two queues; Aino, Petri and Sari begin."""
        host = wire.make_host(wire.make_area())
        made = [
            wire.make_worker(host.area, "Aino", capacity=2),
            wire.make_worker(host.area, "Petri", capacity=1, profession="psychologist"),
            wire.make_worker(host.area, "Sari", capacity=2, profession="nurse"),
        ]
        plain = {"area": host.area, "channel": "youth", "language": "fi"}
        self.queues = [Queue.objects.create(**plain).pk, Queue.objects.create(**plain, topics=["X"], name="X").pk]
        self.ids = [worker.pk for worker in made]
        self.area = host.area_id
        self.world = World(host=host, workers={worker.pk: worker for worker in made})
        self.model.professions = {worker.pk: worker.profession for worker in made}
        self.model.capacities = {worker.pk: worker.capacity for worker in made}
        self._patch()
        for worker in self.ids:
            self.same(lambda life, w=worker: life.start(w, life.capacities[w]), self.of_duty(services.start, worker))
        for wish in ("", "", "psychologist", ""):
            self.came(self.do(self.world.enter(self.queues[0], wish=wish, credit=False)), wish=wish)

    def _patch(self) -> None:
        """Codes are not counted here; the hours of this area end when the machine says so."""
        self.ended = False
        for room in (closing, vouchers):
            self.patch.setattr(room, "astate", self.world.hours(room.astate, lambda: self.ended))
        self.patch.setattr(closing, "aweek", self.world.week(closing.aweek))

        async def uncounted(*, caller: str) -> None:
            """In place of tries.count."""

        self.patch.setattr(tries, "count", uncounted)

    # -- acting on both ------------------------------------------------------------------------------------------

    def do(self, act: Awaitable[Any]) -> Any:
        """Run on the machine's loop."""

        async def whole() -> Any:
            return await act

        return self.runner.run(whole())

    def same(self, ought: Callable[[Life], str], act: Callable[[], Awaitable[object]]) -> str:
        """One act on the store and on the model: the same answer."""
        return self.together((ought, act))[0]

    def together(self, *acts: Act) -> list[str]:
        """Acts at the same moment end as if they had come in some order."""

        async def whole() -> list[str]:
            return list(await asyncio.gather(*(outcome(act()) for _, act in acts)))

        self.sound = False
        got = self.do(whole())
        ends = []
        for order in permutations(range(len(acts))):
            life = self.model.copy()
            said = {number: acts[number][0](life) for number in order}
            ends.append(([said[number] for number in range(len(acts))], life))
        answered = [life for said, life in ends if said == got]
        assert answered, f"expected one of {[said for said, _ in ends]}, got {got}"
        now = self.do(seen(self.area))
        fitting = [life for life in answered if expected(life) == now]
        assert fitting, _difference(expected(answered[0]), now)
        self.model, self.sound = fitting[0], True
        self.remember()
        return list(got)

    def remember(self) -> None:
        for each in self.model.talks.values():
            for worker in each.seats:
                if (each.cid, worker, each.epoch) not in self.claims:
                    self.claims.append((each.cid, worker, each.epoch))

    def of_duty(
        self, act: Callable[..., Awaitable[object]], worker: int, **asked: Any
    ) -> Callable[[], Awaitable[None]]:
        return lambda: self.world.duty(act, worker, **asked)

    def pick(self, which: int, *states: str) -> Talk | None:
        """One of the talks in these states, or of all."""
        found = [each for each in self.model.talks.values() if not states or each.state in states]
        return found[which % len(found)] if found else None

    def came(self, came: Any, *, wish: str, credit: bool = False) -> None:
        """Somebody is in the queue now."""
        found = Talk(cid=came.talk.conversation, ticket=came.talk.ticket, arrived=came.arrived, queue=came.talk.queue)
        found.wish, found.credit, found.overflow = wish, credit, not wish
        self.model.talks[found.cid] = found

    def leaving(self, found: Talk) -> Callable[[], Awaitable[None]]:
        return lambda: talk.leave(**self.world.part(found.cid))

    def on(self, found: Talk, ought: Callable[[Life, Talk], str], act: Callable[[], Awaitable[object]]) -> Act:
        return (lambda life: ought(life, life.talks[found.cid])), act

    def confirming(self, found: Talk) -> Act:
        """I am here."""
        return self.on(found, lambda life, it: life.confirm(it), lambda: talk.confirm(**self.world.part(found.cid)))

    def claiming(self, worker: int) -> Act:
        return (lambda life: life.claim(worker)), (lambda: claim_next(worker=worker))

    # -- what must always hold -----------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        """After every step."""
        self.sound, sound = False, self.sound
        if self.model.professions:
            self.one_owner_and_no_orphan()
            self.nobody_holds_more_than_agreed()
            self.what_is_closed_stays_closed()
            self.the_order_is_explained()
            self.no_place_grows_without_a_reason()
        self.sound = sound

    def one_owner_and_no_orphan(self) -> None:
        """Of every talk, read from the rows alone."""
        for state, visitors, owners, colleagues, astray, after, stale in self.do(sql(HOLDS, area=self.area)):
            assert state in DUTIES
            assert visitors == 1
            assert owners == (1 if state in {"called", "active"} else 0), (state, owners)
            assert colleagues == 0 or state == "active"
            assert (astray, after, stale) == (0, 0, 0)

    def nobody_holds_more_than_agreed(self) -> None:
        """Talks held above a capacity that was lowered go on; none is added."""
        for worker in self.model.professions:
            held, duty = len(self.model.held_by(worker)), self.model.duties.get(worker)
            most = max(duty.capacity if duty else 0, self.over.get(worker, 0))
            assert held <= most, (worker, held, most)
            self.over[worker] = held

    def what_is_closed_stays_closed(self) -> None:
        """And nobody in danger was closed by a clock."""
        for each in self.model.talks.values():
            assert each.cid not in self.closed or each.state == "closed"
            if each.state == "closed":
                self.closed.add(each.cid)
                assert each.risk < Risk.HIGH or each.closed_by.startswith("ended_by") or each.chose

    def the_order_is_explained(self) -> None:
        """The stored keys give the order of the reasons that everybody can see."""
        rows = self.do(sql(KEYS, area=self.area))
        assert {cid: (at, ticket) for cid, at, ticket in rows} == {
            each.cid: key(each.standing) for each in self.model.line()
        }
        for first, second in pairwise(self.model.line()):
            told = explain(first=first.standing, second=second.standing)
            assert told.first or told.waited.total_seconds() >= 0, "somebody is before another without a reason"

    def no_place_grows_without_a_reason(self) -> None:
        """Whoever stands further back than before is told why."""
        for queue in self.queues:
            line = [(each.cid, [part.reason for part in parts(each.standing)]) for each in self.model.line(queue)]
            before, now = self.places.get(queue, {}), {each[0]: place for place, each in enumerate(line, start=1)}
            grown = {cid for cid, place in now.items() if place > before.get(cid, place)}
            assert set(overtaken(before=before, now=line)) == grown
            self.places[queue] = now

    # -- the end -------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        """Everybody who waits is reached, in the order of the queue; then nothing is left."""
        try:
            if self.sound:
                self._drain()
                self.what_is_closed_stays_closed()
        finally:
            self.patch.undo()
            self.do(self._end())
            self.runner.close()

    async def _end(self) -> None:
        await process.stop_current()
        await close_pool()

    def _drain(self) -> None:
        for each in list(self.model.talks.values()):
            if each.state != "closed":
                self._comes_back_and_is_free(each.cid)
        aino = self.ids[0]
        self.model.duties.setdefault(aino, Duty(self.model.capacities[aino]))
        waiting = [each.cid for each in self.model.line()]
        self.do(self.world.duty(services.start, aino))
        for act, changed in ((services.resume, {"paused": False}), (services.take_again, {"accepting": True})):
            self.same(lambda life, c=changed: life.change_duty(aino, **c), self.of_duty(act, aino))
        for cid in waiting:
            assert self.together(self.claiming(aino)) == [f"took {cid}"], "expected the order of the queue"
            found = self.model.talks[cid]
            self.together(self.on(found, lambda life, it: life.leave(it), self.leaving(found)))
        assert self.together(self.claiming(aino)) == ["NothingWaiting"]

    def _comes_back_and_is_free(self, cid: UUID) -> None:
        """Whoever holds it gives it back; the visitor is there; no call or wish holds them back."""
        found = self.model.talks[cid]
        if found.owner is not None:
            owner, epoch = found.owner, found.epoch
            named: dict[str, Any] = {"conversation": cid, "worker": owner, "epoch": epoch}
            self.same(lambda life: life.release(life.talks[cid], owner, epoch), lambda: talk.release(**named))
        self.together(self.on(found, lambda life, it: life.here(it), lambda: self.world.come_back(cid)))
        self.together(self.on(found, lambda life, it: life.change_wish(it, ""), lambda: standing.change_wish(
            **self.world.part(cid), wish="")))  # fmt: skip
        self.together(self.on(found, lambda life, it: life.confirm(it), lambda: talk.confirm(**self.world.part(cid))))


def _difference(ought: dict[str, Any], now: dict[str, Any]) -> str:
    """What differs, table by table."""
    return "\n".join(
        f"{table} {name}: expected {rows.get(name)}, the store holds {now[table].get(name)}"
        for table, rows in ought.items()
        for name in sorted({*rows, *now[table]}, key=str)
        if rows.get(name) != now[table].get(name)
    )
