"""Who waits, told on change: one read for all areas a tick, one loop over this process's own sockets.

The cost is one snapshot per process and tick, never one message per waiting person and change.
"""

from typing import Protocol
from uuid import UUID

from chatservice.conversations.selectors import InQueue, waiting_in
from chatservice.delivery import channels
from chatservice.delivery.frames import InLine, Waiting, encode
from chatservice.delivery.hub import Hub
from chatservice.delivery.nudges import Nudge
from chatservice.delivery.views import minute_text

ALL_EVERY = 15


class WaitingSocket(Protocol):
    """A visitor's socket that wants to know its place."""

    def place(self, place: int, waiting: int) -> None: ...


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
        self._dirty: set[int] = set()
        self._ticks = 0

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

    async def tick(self) -> None:
        """Read the queues that changed (every 15th time all of them) and tell who watches; raises StoreAway."""
        self._ticks += 1
        watched = {area for area in (*self._visitors, *self._desks) if self._is_watched(area)}
        due = watched if self._ticks % ALL_EVERY == 0 else watched & self._dirty
        if not due:
            return
        self._dirty -= due
        queues: dict[int, list[InQueue]] = {area: [] for area in due}
        for entry in await waiting_in(areas=due):
            queues[entry.area].append(entry)
        for area, queue in queues.items():
            self._tell_visitors(area, queue)
            self._tell_desks(area, queue)

    def _tell_visitors(self, area: int, queue: list[InQueue]) -> None:
        places: dict[tuple[str, str], int] = {}
        watching = self._visitors.get(area, {})
        told: list[tuple[UUID, int, tuple[str, str]]] = []
        for entry in queue:
            line = (entry.channel, entry.language)
            places[line] = places.get(line, 0) + 1
            if entry.conversation in watching:
                told.append((entry.conversation, places[line], line))
        for conversation, place, line in told:
            for socket in tuple(watching.get(conversation, ())):
                socket.place(place, places[line])

    def _tell_desks(self, area: int, queue: list[InQueue]) -> None:
        desks = self._desks.get(area)
        if not desks:
            return
        items = [
            InLine(
                ticket=entry.ticket,
                channel=entry.channel,
                language=entry.language,
                age_band=entry.age_band,
                since=minute_text(entry.entered),
                link="here" if entry.present else "away",
            )
            for entry in queue
        ]
        text = encode(Waiting(count=len(items), items=items[:200]))
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
