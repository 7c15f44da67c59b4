"""A talk under every accident at once: hypothesis cuts, repeats, loses and reorders; after healing nothing is wrong."""

import asyncio
import random
from collections import deque
from collections.abc import Coroutine
from functools import partialmethod
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from django.conf import settings as service
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from chatservice.accounts.models import Worker
from chatservice.asgi import route
from chatservice.conversations.events import Stored
from chatservice.delivery import process
from chatservice.delivery.hub import Hub
from chatservice.guard import protect
from chatservice.store.pool import close_pool
from tests import wire
from tests.people import sql
from tests.wire import Aino, Frame, Line, Mia

Result = TypeVar("Result")
STORED = """
SELECT seq, mid FROM conversations_event WHERE conversation_id = %(cid)s AND stream = 0 ORDER BY seq
"""


FATES = st.lists(st.sampled_from(["pass", "lose", "double", "late"]), min_size=1, max_size=4)
RARELY = st.sampled_from([False, False, False, True])


class Nemesis:
    """Stands between the hub and its listeners and does to the next nudges what was planned."""

    def __init__(self) -> None:
        self.plan: deque[str] = deque()
        self.late: list[tuple[Hub, str, Any]] = []
        self._tell = Hub._tell

    def tell(self, hub: Hub, channel: str, nudge: Any) -> None:
        """In place of Hub._tell."""
        fate = self.plan.popleft() if self.plan and isinstance(nudge, Stored) else "pass"
        if fate == "late":
            self.late.append((hub, channel, nudge))
        for _ in range({"pass": 1, "double": 2}.get(fate, 0)):
            self._tell(hub, channel, nudge)

    def release(self) -> None:
        """What was kept back arrives now, the last first."""
        late, self.late = self.late, []
        for hub, channel, nudge in reversed(late):
            self._tell(hub, channel, nudge)


def handed_to(hub: Hub, nemesis: Nemesis, channel: str, nudge: Any) -> None:
    """Hub._tell while a nemesis stands in its way."""
    nemesis.tell(hub, channel, nudge)


class Page:
    """What a browser would show: lines applied by their numbers, over all lines it ever had."""

    def __init__(self) -> None:
        self.line: Line | None = None
        self.shown: list[Frame] = []
        self._read = 0

    def take(self, line: Line) -> None:
        """Go on with another line."""
        self.line, self._read = line, 0

    @property
    def cursor(self) -> int:
        """The last number applied."""
        return len(self.shown)

    def apply(self, cid: str) -> None:
        """Apply what was heard since; a hole is a broken promise."""
        heard = self.line.heard if self.line else []
        for frame in heard[self._read :]:
            if frame["type"] == "reset":
                self.shown.clear()
            for item in frame.get("items", ()) if frame.get("cid") == cid else ():
                assert item["seq"] <= self.cursor + 1, "a hole in what was sent"
                if item["seq"] == self.cursor + 1:
                    self.shown.append(item)
        self._read = len(heard)


class Talking(RuleBasedStateMachine):
    """Mia and Aino, one conversation, one process that may restart.

    No rule has a precondition: what hypothesis draws must not hang on who of two tasks was quicker. A rule that has
    nothing to do does nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.nemesis = Nemesis()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(Hub, "_tell", partialmethod(handed_to, self.nemesis))
        for name in ("LIMIT_MESSAGES_PER_SECOND", "LIMIT_MESSAGE_BURST", "LIMIT_FRAMES_PER_SECOND"):
            self.patch.setattr(service, name, 10_000)
        self.app = protect(route)
        self.visitor, self.desk = Page(), Page()
        self.sent: dict[str, dict[str, Any]] = {}
        self.acked: dict[str, int] = {}
        self.cid = self.token = ""
        self.held: Frame | None = None

    def do(self, act: Coroutine[Any, Any, Result]) -> Result:
        """Run one act on the machine's loop."""
        return self.runner.run(act)

    @initialize()
    def come_in(self) -> None:
        """Mia enters, Aino signs in."""
        area = wire.make_area()
        self.host = wire.make_host(area)
        self.worker = Worker.objects.create(
            email=f"{uuid4().hex}@example.org", password="!", area=area, display_name="Aino", profession="curator"
        )
        eve = wire.make_host(wire.make_area())

        async def begin() -> None:
            mia = await Mia(self.host, app=self.app).enter()
            self.eve = await Mia(eve, app=self.app).enter()
            self.cid, self.token = mia.cid, mia.token
            self.visitor.take(mia)
            self.desk.take(await Aino(self.worker, app=self.app).sign_in())

        self.do(begin())

    # -- writing -------------------------------------------------------------------------------------------------

    @rule(fates=FATES, cut=RARELY)
    def visitor_sends(self, fates: list[str], cut: bool) -> None:
        """Some messages of Mia's, each nudge with a fate of its own; perhaps the line is cut before the last answer."""
        if self.visitor.line is None:
            self.do(self._visitor_returns())
        self.nemesis.plan.extend(fates)
        for number in range(len(fates)):
            frame = {"type": "send", "cid": self.cid, "mid": str(uuid4()), "body": f"Mia {len(self.sent)}"}
            self.do(self._send(self.visitor, frame, cut=cut and number == len(fates) - 1))

    @rule(cut=RARELY, stale=RARELY)
    def desk_sends(self, cut: bool, stale: bool) -> None:
        """A new message of Aino's, perhaps under an old claim."""
        if self.desk.line is None or self.held is None:
            return
        epoch = max(0, self.held["epoch"] - stale)
        frame = {"type": "send", "cid": self.cid, "mid": str(uuid4()), "body": f"Aino {len(self.sent)}", "seen": 0}
        self.do(self._send(self.desk, {**frame, "epoch": epoch}, cut=cut))

    @rule(which=st.integers(0, 1_000))
    def resend(self, which: int) -> None:
        """Anything sent before is sent again with its id."""
        if not self.sent:
            return
        mid = list(self.sent)[which % len(self.sent)]
        page = self.desk if "epoch" in self.sent[mid] else self.visitor
        if page.line is not None:
            self.do(self._send(page, self.sent[mid], cut=False))

    async def _send(self, page: Page, frame: Frame, *, cut: bool) -> None:
        assert page.line is not None
        self.sent[frame["mid"]] = frame
        await page.line.say(frame)
        if cut:
            await self._cut(page)
            return
        while True:
            answer = await page.line.next()
            if answer.get("mid") == frame["mid"] and answer["type"] in {"ack", "nack"}:
                break
        if answer["type"] == "ack":
            assert self.acked.setdefault(frame["mid"], answer["seq"]) == answer["seq"]
        else:
            assert answer["code"] in {"closed", "gone", "stale"}
            assert frame["mid"] not in self.acked or answer["code"] == "gone"

    # -- lines ---------------------------------------------------------------------------------------------------

    async def _cut(self, page: Page) -> None:
        if page.line is not None:
            await page.line.cut()
            page.apply(self.cid)
            page.line = None

    @rule()
    def cut_visitor(self) -> None:
        """Mia's line breaks."""
        self.do(self._cut(self.visitor))

    @rule()
    def cut_desk(self) -> None:
        """Aino's line breaks."""
        self.do(self._cut(self.desk))

    @rule()
    def visitor_returns(self) -> None:
        """Mia's page comes back with its cursor."""
        if self.visitor.line is None:
            self.do(self._visitor_returns())

    async def _visitor_returns(self) -> None:
        mia = Mia(self.host, app=self.app)
        self.visitor.take(await mia.hello(token=self.token, cursors={self.cid: self.visitor.cursor}))

    @rule()
    def desk_returns(self) -> None:
        """Aino's desk comes back with its cursor."""
        if self.desk.line is None:
            self.do(self._desk_returns())

    async def _desk_returns(self) -> None:
        desk = await Aino(self.worker, app=self.app).sign_in(cursors={self.cid: self.desk.cursor})
        self.desk.take(desk)
        self.held = desk.talks.get(self.cid)

    @rule()
    def restart(self) -> None:
        """The process ends and another takes its place: every line is cut."""

        async def anew() -> None:
            for page in (self.visitor, self.desk):
                await self._cut(page)
            await self.eve.cut()
            self.nemesis.late.clear()
            await process.stop_current()
            self.eve = await Mia(self.eve.host, app=self.app).hello(token=self.eve.token)

        self.do(anew())

    # -- nudges --------------------------------------------------------------------------------------------------

    @rule(fate=st.sampled_from(["lose", "double", "late"]), count=st.integers(1, 4))
    def trouble_ahead(self, fate: str, count: int) -> None:
        """The next nudges are lost, doubled or kept back."""
        self.nemesis.plan.extend([fate] * count)

    @rule()
    def late_ones_arrive(self) -> None:
        """What was kept back arrives in the wrong order."""

        async def arrive() -> None:
            self.nemesis.release()
            await asyncio.sleep(0)

        self.do(arrive())

    # -- the talk ------------------------------------------------------------------------------------------------

    @rule(answers=st.booleans())
    def claim(self, answers: bool) -> None:
        """Aino takes the next one; Mia says that she is here, or does not."""
        if self.desk.line is None or self.held is not None:
            return

        async def act() -> None:
            assert self.desk.line is not None
            ref = uuid4().hex
            await self.desk.line.say({"type": "claim", "ref": ref})
            while True:
                frame = await self.desk.line.next()
                if frame.get("ref") == ref:
                    break
            if frame["type"] == "talk":
                self.held = frame["talk"]
            if answers and self.visitor.line is not None:
                await self.visitor.line.say({"type": "here", "cid": self.cid})

        self.do(act())

    @rule(verb=st.sampled_from(["release", "release", "release", "close"]))
    def give_up(self, verb: str) -> None:
        """Aino gives the talk back, or ends it."""
        if self.desk.line is None or self.held is None:
            return

        async def act() -> None:
            assert self.desk.line is not None
            assert self.held is not None
            ref = uuid4().hex
            await self.desk.line.say({"type": verb, "cid": self.cid, "epoch": self.held["epoch"], "ref": ref})
            while (frame := await self.desk.line.next())["type"] != "gone" and frame.get("ref") != ref:
                pass
            self.held = None

        self.do(act())

    # -- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def no_view_has_a_hole(self) -> None:
        """At every moment each view is 1..k, and Eve sees nothing."""
        if not self.cid:
            return
        self.do(self._listen())
        assert not [frame for frame in self.eve.heard if frame.get("cid") == self.cid]

    async def _listen(self) -> None:
        await asyncio.sleep(0)
        for page in (self.visitor, self.desk):
            while page.line is not None and not page.line._out.empty():
                await page.line.next()
            page.apply(self.cid)

    def teardown(self) -> None:
        """Heal everything, then hold each view against the database."""
        try:
            if self.cid:
                self.do(self._heal_and_compare())
        finally:
            self.patch.undo()
            self.do(self._end())
            self.runner.close()

    async def _end(self) -> None:
        await wire.cut_all()
        await process.stop_current()
        await close_pool()

    async def _heal_and_compare(self) -> None:
        self.nemesis.plan.clear()
        self.nemesis.release()
        if self.visitor.line is None:
            await self._visitor_returns()
        if self.desk.line is None:
            await self._desk_returns()
        await process.current().registry.heal()
        rows = await sql(STORED, cid=self.cid)
        await asyncio.wait_for(self._until(self.visitor, len(rows)), 60)
        mids = [str(mid) for _, mid in rows if mid is not None]
        assert [seq for seq, _ in rows] == list(range(1, len(rows) + 1))
        assert len(mids) == len(set(mids))
        assert set(self.acked) <= set(mids) <= set(self.sent)
        assert {str(mid): seq for seq, mid in rows if mid}.items() >= self.acked.items()
        for page in (self.visitor, self.desk):
            for (seq, mid), item in zip(rows, page.shown, strict=False):
                assert (item["seq"], item.get("mid")) == (seq, str(mid) if mid else None)
                assert mid is None or item["text"] == self.sent[str(mid)]["body"]

    async def _until(self, page: Page, length: int) -> None:
        while page.cursor < length:
            assert page.line is not None
            await page.line.next()
            page.apply(self.cid)


def run(examples: int, steps: int) -> None:
    """Let hypothesis play with a fixed seed: the same talks each time."""
    random.seed(1)
    run_state_machine_as_test(
        Talking,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nothing_is_lost_doubled_or_out_of_order(database: None) -> None:
    run(examples=15, steps=25)


@pytest.mark.long
def test_nothing_is_lost_doubled_or_out_of_order_in_many_long_talks(database: None) -> None:
    run(examples=200, steps=60)
