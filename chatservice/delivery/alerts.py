"""Alarms told to the desks of everybody on duty: from the database each tick, so that a lost nudge costs nothing.

Each desk is told once when an alarm begins, and once when it is over.
"""

from typing import Protocol

from chatservice.delivery.frames import Alert, encode
from chatservice.delivery.views import minute_text
from chatservice.queues.urgent import Ringing, on_duty_in, ringing_in


class Desk(Protocol):
    """A worker's socket."""

    def push(self, text: str) -> None: ...


Rung = dict[int, Ringing]


class AlertNews:
    """The desks of one event loop by area, whose they are, and which alarms each was told of."""

    def __init__(self) -> None:
        self._desks: dict[int, dict[Desk, tuple[int, Rung]]] = {}

    def watch(self, *, area: int, worker: int, desk: Desk) -> None:
        """Tell this desk from the next tick on."""
        self._desks.setdefault(area, {})[desk] = (worker, {})

    def leave(self, *, area: int, desk: Desk) -> None:
        """Tell it no more."""
        desks = self._desks.get(area, {})
        desks.pop(desk, None)
        if not desks:
            self._desks.pop(area, None)

    async def tick(self) -> None:
        """Read and tell what has begun or ended. Raises StoreAway."""
        areas = list(self._desks)
        if not areas:
            return
        found = await ringing_in(areas=areas)
        on_duty = await on_duty_in(areas=areas) if found else set()
        for area in areas:
            now = {one.ticket: one for one in found if one.area == area}
            for desk, (worker, told) in tuple(self._desks.get(area, {}).items()):
                _tell(desk, told, now if worker in on_duty else {})


def _tell(desk: Desk, told: Rung, now: Rung) -> None:
    for ticket in [known for known in told if known not in now]:
        desk.push(_text(told.pop(ticket), over=True))
    for ticket, one in now.items():
        if told.get(ticket) != one:
            told[ticket] = one
            desk.push(_text(one, over=False))


def _text(one: Ringing, *, over: bool) -> str:
    return encode(
        Alert(
            ticket=one.ticket,
            channel=one.channel,
            language=one.language,
            since=minute_text(one.since),
            reason="not_taken" if one.present else "away",
            over=over,
        )
    )
