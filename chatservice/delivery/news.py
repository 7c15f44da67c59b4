"""Who waits, told on change: one read for all areas a tick, one loop over this process's own sockets.

The cost is one snapshot per process and tick, never one message per waiting person and change.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Protocol
from uuid import UUID

from chatservice.delivery import channels, frames
from chatservice.delivery.hub import Hub
from chatservice.delivery.nudges import Nudge
from chatservice.delivery.views import minute_text
from chatservice.queues.estimate import Outlook, outlook
from chatservice.queues.line import InLine, Line, line_of
from chatservice.queues.overtaking import overtaken

ALL_EVERY = 15
EXACT = 20
SHOWN = 200
LONG = 2000


def _step(place: int) -> int:
    """Places share a label: exact to 20, then by tens, so that a long queue does not stir at every step."""
    return place if place <= EXACT else place - place % 10


@dataclass(frozen=True, slots=True)
class Told:
    """What goes with a place: the outlook, and whether the hours or the last shift have ended."""

    outlook: Outlook | None
    closing: bool
    why: str = ""


class WaitingSocket(Protocol):
    """A visitor's socket that wants to know its place."""

    def place(self, place: int, waiting: int, told: Told) -> None: ...


class DeskSocket(Protocol):
    """A worker's socket that shows the list of the waiting."""

    def push(self, text: str) -> None: ...


class News:
    """The queue news of one event loop."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._visitors: dict[int, dict[UUID, set[WaitingSocket]]] = {}
        self._desks: dict[int, set[DeskSocket]] = {}
        self._told: dict[int, str] = {}
        self._places: dict[int, dict[UUID, int]] = {}
        self._whys: dict[UUID, str] = {}
        self._dirty: set[int] = set()
        self._ticks = 0
        self._rest_until = 0

    def watch_place(self, *, area: int, conversation: UUID, socket: WaitingSocket) -> None:
        """Tell `socket` its place from the next tick on."""
        self._open(area)
        self._visitors.setdefault(area, {}).setdefault(conversation, set()).add(socket)

    def leave_place(self, *, area: int, conversation: UUID, socket: WaitingSocket) -> None:
        """Tell it no more."""
        waiting = self._visitors.get(area, {})
        sockets = waiting.get(conversation, set())
        sockets.discard(socket)
        if not sockets:
            waiting.pop(conversation, None)
            self._whys.pop(conversation, None)
        self._close_if_idle(area)

    def watch_list(self, *, area: int, socket: DeskSocket) -> None:
        """Send `socket` the list of the waiting on every change."""
        self._open(area)
        self._desks.setdefault(area, set()).add(socket)
        self._told.pop(area, None)

    def leave_list(self, *, area: int, socket: DeskSocket) -> None:
        """Send it no more."""
        self._desks.get(area, set()).discard(socket)
        self._close_if_idle(area)

    def hear(self, nudge: Nudge) -> None:
        """Something moved in an area."""
        area = getattr(nudge, "area", None)
        if isinstance(area, int):
            self._dirty.add(area)

    def stir(self, *, area: int) -> None:
        """Who serves an area has changed."""
        self._dirty.add(area)

    async def tick(self) -> None:
        """Read the queues that changed (every 15th time all of them) and tell who watches; raises StoreAway."""
        self._ticks += 1
        watched = {area for area in (*self._visitors, *self._desks) if self._is_watched(area)}
        due = watched if self._ticks % ALL_EVERY == 0 else watched & self._dirty
        if not due:
            return
        if self._ticks < self._rest_until:
            return
        self._dirty -= due
        line = await line_of(areas=due)
        self._tell_visitors(line)
        # A long queue is told every other second: 5,000 who wait cost less than a tenth of a core.
        self._rest_until = self._ticks + (2 if len(line.waiting) > LONG else 0)
        for area in due:
            self._tell_desks(area, [entry for entry in line.waiting if entry.area == area])

    def _tell_visitors(self, line: Line) -> None:
        """Each watched place once; the label of a place is worked out once however many stand near it."""
        lengths = Counter(entry.queue for entry in line.waiting)
        places: Counter[int] = Counter()
        outlooks: dict[tuple[int, int], Outlook | None] = {}
        self._explain(line)
        for entry in line.waiting:
            places[entry.queue] += 1
            place = places[entry.queue]
            sockets = self._visitors.get(entry.area, {}).get(entry.conversation)
            if not sockets:
                continue
            # Who is served before them may stand in another queue of the same workers: a longer wait, the same place.
            turn = place + entry.rivals
            near = (entry.queue, _step(turn))
            if near not in outlooks:
                pace = line.paces.get(entry.queue)
                outlooks[near] = outlook(place=turn, pace=pace) if pace is not None else None
            for socket in tuple(sockets):
                told = Told(outlooks[near], entry.queue in line.closing, self._whys.get(entry.conversation, ""))
                socket.place(place, lengths[entry.queue], told)

    def _explain(self, line: Line) -> None:
        """A place that has grown has a reason, which stands beside it until the place is better again."""
        for queue, entries in groupby(line.waiting, key=attrgetter("queue")):
            standing = [(entry.conversation, entry.reasons) for entry in entries]
            before, after = self._places.get(queue, {}), {one[0]: place for place, one in enumerate(standing, start=1)}
            for conversation in [known for known in self._whys if after.get(known, 0) < before.get(known, 0)]:
                del self._whys[conversation]
            self._whys.update(overtaken(before=before, now=standing))
            self._places[queue] = after

    def _tell_desks(self, area: int, queue: list[InLine]) -> None:
        desks = self._desks.get(area)
        if not desks:
            return
        items = [
            frames.InLine(
                ticket=entry.ticket,
                channel=entry.channel,
                language=entry.language,
                age_band=entry.age_band,
                since=minute_text(entry.entered),
                link="here" if entry.present else "away",
                queue=entry.queue,
                wish=entry.wish,
                reasons=list(entry.reasons),
            )
            for entry in queue[:SHOWN]
        ]
        text = frames.encode(frames.Waiting(count=len(queue), items=items))
        if text != self._told.get(area):
            self._told[area] = text
            for desk in tuple(desks):
                desk.push(text)

    def _is_watched(self, area: int) -> bool:
        return bool(self._visitors.get(area) or self._desks.get(area))

    def _open(self, area: int) -> None:
        self._hub.join(channels.of_area(area), self.hear)
        self._dirty.add(area)

    def _close_if_idle(self, area: int) -> None:
        if not self._is_watched(area):
            self._visitors.pop(area, None)
            self._desks.pop(area, None)
            self._told.pop(area, None)
            self._hub.part(channels.of_area(area), self.hear)
