"""`python -m tests.bench.queue_curve`: what waiting costs at 100, 1,000 and 5,000 people, beside the naive design.

In one process on real engines: the price of one tick of queue news (one snapshot for all), of one claim, of one look at
the door; and, beside it, one message per waiting person and change through RedisChannelLayer, the naive way.
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

import psutil
from asgiref.sync import sync_to_async

from tests.bench.inside import measured

SIZES = (100, 1000, 5000)
TICKS, CLAIMS, LOOKS, ENTRANCES, CHANGES = 10, 200, 40, 40, 2
SEATS = 5
# What the largest queue may cost: a tenth of a core for its news, a claim and an estimate as somebody waits for them.
GOALS = {"% of a core at 1 s": 10.0, "claim p99 ms": 20.0, "door p50 ms": 5.0}

FILL = """
WITH thread AS (
    INSERT INTO conversations_thread (id, area_id, begun)
    SELECT gen_random_uuid(), %(area)s, date_trunc('minute', now()) FROM generate_series(1, %(people)s) RETURNING id
), talk AS (
    INSERT INTO conversations_conversation
        (id, area_id, thread_id, host_id, form, channel, language, age_band, state, risk, ticket, requeued, claim_epoch,
        last_seq, last_note, key_day, wrapped_key, entered, closed_by, counted, queue_id, arrived, order_key,
        overflow_at)
    SELECT gen_random_uuid(), %(area)s, id, %(host)s, 'chat', 'youth', 'fi', 'A13_15', 'queued', 0,
        nextval('conversations_ticket'), false, 0, 0, 0, current_date + 3, '\\x00', date_trunc('minute', now()),
        '', false, %(queue)s, now(), now(), now() FROM thread RETURNING id
)
INSERT INTO conversations_participant
    (id, conversation_id, role, token_hash, epoch, writes, reads_notes, ended, present, lease_until)
SELECT gen_random_uuid(), id, 'visitor', sha256(id::text::bytea), 0, true, false, false, true, now() + interval '1 hour'
FROM talk RETURNING conversation_id
"""


class Page:
    """A waiting visitor's socket as the news sees it: encodes what it is told when that changed."""

    def __init__(self, conversation: Any) -> None:
        self.conversation = conversation
        self.told: tuple[int, Any] | None = None
        self.sent = 0

    def place(self, place: int, waiting: int, told: Any) -> None:
        from chatservice.delivery import frames  # noqa: PLC0415 - after django.setup

        if self.told == (place, told):
            return
        self.told = (place, told)
        frames.encode(frames.Queue(cid=self.conversation, state="queued", place=place, waiting=waiting))
        self.sent += 1


def cpu(processes: list[psutil.Process]) -> float:
    """Seconds of processor that these processes have used."""
    return sum(sum(process.cpu_times()[:2]) for process in processes if process.is_running())


async def curve(area: Any, host: Any, workers: list[Any], size: int) -> dict[str, float]:
    """Measure one size."""
    from chatservice.delivery import process  # noqa: PLC0415 - after django.setup
    from chatservice.duty.services import start  # noqa: PLC0415
    from chatservice.queues.claim import claim_next  # noqa: PLC0415
    from chatservice.queues.door import look  # noqa: PLC0415
    from chatservice.queues.lanes import place_for  # noqa: PLC0415
    from chatservice.queues.routing import Need  # noqa: PLC0415
    from chatservice.store.pool import transaction  # noqa: PLC0415

    async with transaction() as link:
        place = await place_for(connection=link, area=area.pk, need=Need(channel="youth", language="fi"))
        asked = {"area": area.pk, "host": host.pk, "queue": place.queue, "people": size}
        found = [row[0] for row in await (await link.execute(FILL, asked)).fetchall()]
        for worker in workers:
            await start(link, worker=worker.pk)
    news = process.current().news
    pages = [Page(conversation) for conversation in found]
    for page in pages:
        news.watch_place(area=area.pk, conversation=page.conversation, socket=page)
    await news.tick()
    mine = [psutil.Process(), *psutil.Process().children(recursive=True)]
    begun, spent = time.perf_counter(), cpu(mine)
    for _ in range(TICKS):
        news._dirty.add(area.pk)
        await news.tick()
    tick_ms = (cpu(mine) - spent) / TICKS * 1000
    wall_ms = (time.perf_counter() - begun) / TICKS * 1000
    claims, looks = [], []
    for at in range(min(CLAIMS, size // 2)):
        begun = time.perf_counter()
        await claim_next(worker=workers[at // SEATS].pk)
        claims.append((time.perf_counter() - begun) * 1000)
    for _ in range(LOOKS):
        begun = time.perf_counter()
        await look(area=area.pk, channel="youth", language="fi")
        looks.append((time.perf_counter() - begun) * 1000)
    entrances = [await _entered(host) for _ in range(ENTRANCES)]
    for page in pages:
        news.leave_place(area=area.pk, conversation=page.conversation, socket=page)
    return {
        "tick cpu ms": tick_ms,
        "tick wall ms": wall_ms,
        "% of a core at 1 s": tick_ms / 10,
        "claim p50 ms": median(claims),
        "claim p99 ms": quantiles(claims, n=100)[-1],
        "door p50 ms": median(looks),
        "entrance p50 ms": median(entrances),
        "naive cpu ms": await naive(size, mine),
    }


async def _entered(host: Any) -> float:
    """Milliseconds of one entrance into the queue."""
    from chatservice.conversations.admission import Entrance, new_attempt  # noqa: PLC0415 - after django.setup
    from chatservice.places.selectors import host_by_key  # noqa: PLC0415
    from chatservice.queues.entering import Asked, enter  # noqa: PLC0415

    found = await host_by_key(host.key)
    assert found is not None, "the bench's own host"
    entrance = Entrance(host=found, channel="youth", language="fi", age_band="A13_15", attempt=new_attempt())
    begun = time.perf_counter()
    await enter(entrance=entrance, asked=Asked())
    return (time.perf_counter() - begun) * 1000


async def naive(size: int, mine: list[psutil.Process]) -> float:
    """One message per waiting person and change through a channel layer; CPU per change."""
    from channels_redis.core import RedisChannelLayer  # noqa: PLC0415 - the bench's own dependency

    options = {"address": os.environ["REDIS_URL"], "max_connections": 200, "socket_timeout": None}
    layer = RedisChannelLayer(hosts=[options], capacity=20_000)
    names = [await layer.new_channel() for _ in range(size)]

    async def hear(name: str) -> None:
        for _ in range(CHANGES):
            await layer.receive(name)

    heard = [asyncio.create_task(hear(name)) for name in names]
    await asyncio.sleep(0)
    spent = cpu(mine)
    for change in range(CHANGES):
        for at in range(0, size, 100):
            told = {"type": "queue", "waiting": size, "change": change}
            await asyncio.gather(*(layer.send(name, {**told, "place": at}) for name in names[at : at + 100]))
    await asyncio.gather(*heard)
    used = cpu(mine) - spent
    await layer.close_pools()
    return used / CHANGES * 1000


async def main(_folder: Path) -> bool:
    """Print the curve; return whether its largest queue keeps the goals."""
    from chatservice.delivery import process  # noqa: PLC0415 - after django.setup
    from tests import wire  # noqa: PLC0415

    shown, row = False, {}
    for size in SIZES:
        area = await sync_to_async(wire.make_area)()
        host = await sync_to_async(wire.make_host)(area)
        workers = [
            await sync_to_async(wire.make_worker)(area, f"Aino{uuid4().hex[:4]}", capacity=SEATS)
            for _ in range(CLAIMS // SEATS)
        ]
        row = await curve(area, host, workers, size)
        if not shown:
            print("waiting".rjust(8), *(name.rjust(20) for name in row))
            shown = True
        print(str(size).rjust(8), *(f"{value:20.1f}" for value in row.values()))
    await process.stop_current()
    missed = [f"{name} {row[name]:.1f} (goal {most:g})" for name, most in GOALS.items() if row[name] > most]
    print("queue curve: missed " + ", ".join(missed) if missed else "queue curve: all goals kept")
    return not missed


if __name__ == "__main__":
    sys.exit(measured(main))
