"""`python -m tests.bench.counting`: what counting a contact costs, and a report of a million contacts from counters.

In one process on real engines: contacts counted one by one, each in a durable transaction of its own as after a talk;
then a year of a million contacts in the counters, and the yearly report of it with its schools, without gate and PDF.
"""

import json
import sys
import time
from collections import Counter as Tally
from pathlib import Path
from statistics import quantiles
from typing import Any

from asgiref.sync import sync_to_async

from tests.bench import meter
from tests.bench.inside import measured

COUNTED, READ, TIMES, TRIES = 1000, 20_000, 50, 3
YEAR = "2025-2026"
GOALS = {"count p99 ms": 25.0, "report s": 2.0}


async def counting(area: int) -> list[float]:
    """Milliseconds of each contact that is counted."""
    from chatservice.statistics.catalogue import Contact  # noqa: PLC0415 - after django.setup
    from chatservice.statistics.raising import count  # noqa: PLC0415
    from chatservice.store.pool import transaction  # noqa: PLC0415

    contact = Contact(month="2025-10", term="autumn", thread=True, topic="Y.MIND.ANX", sides=("Y.PEER.LONE",))
    taken = []
    for _ in range(COUNTED):
        begun = time.perf_counter()
        async with transaction() as lent:
            await count(lent, area=area, year=YEAR, contact=contact)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def reporting(area: Any) -> dict[str, float]:
    """Rows of a million contacts' counters, and the best seconds of their report."""
    from chatservice.statistics import drafting, facts, loading  # noqa: PLC0415 - after django.setup
    from chatservice.statistics.models import Counter  # noqa: PLC0415
    from tests.statistics import office, years  # noqa: PLC0415

    read = facts.Told()
    facts.contacts(read, years.contacts(READ))
    loading.load(area=area.pk, facts=years.contacts(READ), staff=office.STAFF)
    loading.add(area=area.pk, counts=Tally({place: count * (TIMES - 1) for place, count in read.counts.items()}))
    taken, spent, cells = [], [], 0
    for _ in range(TRIES):
        begun, used = time.perf_counter(), time.process_time()
        made = drafting.make(area=area.pk, year=YEAR, plan="year", schools=True)
        json.dumps(drafting.written(made.tables))
        taken.append(time.perf_counter() - begun)
        spent.append(time.process_time() - used)
        cells = sum(len(table.cells) for table in made.tables)
    rows = Counter.objects.filter(area=area)
    contacts = sum(row.n for row in rows.filter(name="municipality_answers"))
    told = {"contacts": contacts, "counter rows": rows.count(), "cells": cells}
    return {**told, "report s": min(taken), "report cpu s": min(spent)}


async def main(folder: Path) -> bool:
    """Print the figures; return whether they keep the goals."""
    from chatservice.delivery import process  # noqa: PLC0415 - after django.setup
    from tests import wire  # noqa: PLC0415

    sync = meter.sync_ms(folder)
    taken = await counting((await sync_to_async(wire.make_area)()).pk)
    percentiles = quantiles(taken, n=100)
    told = {"write p50 ms": sync[0], "write p99 ms": sync[1], "count p50 ms": percentiles[49]}
    told |= {"count p99 ms": percentiles[98]}
    told |= await sync_to_async(reporting)(await sync_to_async(wire.make_area)())
    for name, value in told.items():
        print(name.rjust(16), f"{value:14,.2f}")
    await process.stop_current()
    missed = [f"{name} {told[name]:.2f} (goal {most:g})" for name, most in GOALS.items() if told[name] > most]
    print("counting: missed " + ", ".join(missed) if missed else "counting: all goals kept")
    return not missed


if __name__ == "__main__":
    sys.exit(measured(main))
