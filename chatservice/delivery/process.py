"""Everything that one event loop keeps for its sockets: hub, rooms, news and the things done every few seconds.

Started by the first socket, since not every ASGI server has a start-up event.
"""

import asyncio
from uuid import UUID

from chatservice.annual.reminders import remind
from chatservice.conversations import retention, sweeper
from chatservice.conversations.leases import renew
from chatservice.delivery.alerts import AlertNews
from chatservice.delivery.colleagues import ColleagueNews
from chatservice.delivery.hub import Hub
from chatservice.delivery.limits import Entrances, Lines, Readings
from chatservice.delivery.news import News
from chatservice.delivery.registry import Registry
from chatservice.delivery.rooms import Rooms
from chatservice.delivery.ticking import ended, every
from chatservice.duty import presence
from chatservice.mailing import sending
from chatservice.queues import beside, offers, unattended, urgent
from chatservice.queues.closing import end_waiting
from chatservice.screening.rules import refresh
from chatservice.screening.watch import Watches
from chatservice.statistics.load import fold
from chatservice.statistics.nightly import apply_when_due
from chatservice.store.per_loop import PerLoop
from chatservice.store.pool import close_pool, connection
from chatservice.wrapup.counting import count_due

HEAL_S = 15.0
LEASES_S = 1.0
NEWS_S = 1.0
COLLEAGUES_S = 2.0
ALERTS_S = 2.0
SWEEP_S = 5.0
WATCH_S = 5.0
RETENTION_S = 600.0
CLOSING_S = 20.0
FOLD_S = 3600.0
WORDS_S = 60.0
MAIL_S = 5.0
TERMS_S = 15.0


class Process:
    """The delivery side of one event loop."""

    def __init__(self) -> None:
        self.hub = Hub(back=self.heal_soon)
        self.watches = Watches()
        self.rooms = Rooms(self.hub, self.watches)
        self.news = News(self.hub)
        self.colleagues = ColleagueNews()
        self.alerts = AlertNews()
        self.registry = Registry(self.rooms)
        self.entrances = Entrances()
        self.lines = Lines()
        self.readings = Readings()
        self.visitor_pings: set[UUID] = set()
        self.worker_pings: set[int] = set()
        self.draining = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin, once."""
        if self._tasks:
            return
        self.hub.start()
        self._tasks = [
            asyncio.create_task(every(HEAL_S, self.registry.heal)),
            asyncio.create_task(every(LEASES_S, self._renew)),
            asyncio.create_task(every(NEWS_S, self.news.tick)),
            asyncio.create_task(every(COLLEAGUES_S, self.colleagues.tick)),
            asyncio.create_task(every(ALERTS_S, self.alerts.tick)),
            asyncio.create_task(every(SWEEP_S, _sweep)),
            asyncio.create_task(every(WATCH_S, self.registry.watch)),
            asyncio.create_task(every(RETENTION_S, _retain)),
            asyncio.create_task(every(CLOSING_S, _close)),
            asyncio.create_task(every(FOLD_S, _fold)),
            asyncio.create_task(every(WORDS_S, self.watches.forget_words)),
            asyncio.create_task(every(MAIL_S, _mail)),
            asyncio.create_task(every(0, refresh, once=True)),
            asyncio.create_task(every(TERMS_S, refresh)),
        ]

    def heal_soon(self) -> None:
        """Redis was away: read now what may have been missed."""
        self._tasks.append(asyncio.create_task(every(0, self.registry.heal, once=True)))

    async def stop(self) -> None:
        """End everything (drain, tests)."""
        await ended(self._tasks)
        await self.hub.stop()
        await close_pool()

    async def _renew(self) -> None:
        if not self.visitor_pings and not self.worker_pings:
            return
        visitors, workers = self.visitor_pings, self.worker_pings
        self.visitor_pings, self.worker_pings = set(), set()
        await renew(visitors=visitors, workers=workers)
        if workers:
            async with connection() as lent:
                await presence.renew(lent, workers=workers)


async def _sweep() -> None:
    await sweeper.sweep()
    await offers.sweep()
    await beside.sweep()
    await urgent.sweep()
    await unattended.sweep()


async def _close() -> None:
    await end_waiting()


async def _fold() -> None:
    await fold()


async def _mail() -> None:
    await sending.send_due()


async def _retain() -> None:
    await count_due()
    await apply_when_due()
    await retention.end_what_is_over()
    await remind()
    await sending.forget_old()


_processes: PerLoop[Process] = PerLoop(Process)


def current() -> Process:
    """Return this loop's process, started."""
    found = _processes.get()
    found.start()
    return found


async def stop_current() -> None:
    """Stop this loop's process, if there is one."""
    found = _processes.forget()
    if found is not None:
        await found.stop()
