"""The night's work: pending counters are added up in a random order and deleted, one transaction for each batch.

What is left of a closed period (a report over it is frozen) counts in the first month that is still open. Other rooms
let counters of their own wait here too (`keep`): those go to their tables in the same night.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from chatservice.statistics import classes
from chatservice.statistics.catalogue import cell, uncell
from chatservice.store.pool import Connection, transaction
from chatservice.vault.keys import key_directory

BATCH: Final = 4000
NIGHT: Final = range(2, 5)
# Numbers are random, so their order is: nobody sees in which order contacts came.
TAKE: Final = """
DELETE FROM statistics_pending WHERE id IN (
    SELECT id FROM statistics_pending WHERE area_id = %(area)s ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
RETURNING school_year, name, cell
"""
AREAS: Final = "SELECT DISTINCT area_id FROM statistics_pending ORDER BY area_id"
# Freezing holds the same rows: a batch is applied before a period closes, or sees it closed.
BOOKS: Final = """
SELECT school_year, closed_until FROM statistics_book WHERE area_id = %(area)s ORDER BY school_year FOR UPDATE
"""
ADD: Final = """
INSERT INTO statistics_counter AS kept (area_id, school_year, name, cell, n)
SELECT %(area)s, * FROM unnest(%(years)s::text[], %(names)s::text[], %(cells)s::text[], %(counts)s::int[])
ON CONFLICT (area_id, school_year, name, cell) DO UPDATE SET n = kept.n + EXCLUDED.n
"""
DUE: Final = """
SELECT (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date, extract(hour FROM clock_timestamp() AT TIME ZONE
    'Europe/Helsinki')::int, (SELECT day FROM statistics_applied)
"""
DONE: Final = """
INSERT INTO statistics_applied (id, day) VALUES (1, %(day)s) ON CONFLICT (id) DO UPDATE SET day = EXCLUDED.day
"""
# While the next year ran, a report of one that nobody ended could still be made; from then on its secret only harms.
FORGOTTEN: Final = """
SELECT area_id, school_year FROM statistics_book WHERE secret_check IS NOT NULL AND NOT ended ORDER BY 1, 2 FOR UPDATE
"""
END: Final = "UPDATE statistics_book SET ended = true WHERE area_id = %(area)s AND school_year = %(year)s"

Place = tuple[str, str, str]
Columns = dict[str, list[str] | list[int]]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where another room keeps a set of its own: `statement` takes `area` and what `columns` makes of cell -> count."""

    statement: str
    columns: Callable[[Mapping[str, int]], Columns]


KEPT: Final[dict[str, Kept]] = {}


def keep(name: str, kept: Kept) -> None:
    """Register, in a room's `apps.py`, where the night puts counters of a set that is in no report."""
    KEPT[name] = kept


async def apply_when_due() -> int:
    """Apply in the night, once; and by day when the last night passed without (the service was down)."""
    async with transaction() as connection:
        row = await (await connection.execute(DUE)).fetchone()
    assert row is not None, "the query always has one row"
    today, hour, last = row
    if last == today or (hour not in NIGHT and last is not None and last >= today - timedelta(days=1)):
        return 0
    done = await apply() if last is not None or hour in NIGHT else 0
    await end_forgotten(today=today)
    async with transaction() as connection:
        await connection.execute(DONE, {"day": today})
    return done


async def end_forgotten(*, today: date) -> list[tuple[int, str]]:
    """Destroy the secrets of years that nobody ended, once the next year is over too; returns (area, school year)."""
    async with transaction() as connection:
        rows = await (await connection.execute(FORGOTTEN)).fetchall()
        old = [(area, year) for area, year in rows if classes.ends(classes.next_year(year)) < today]
        for area, year in old:
            key_directory().destroy_year(area=area, year=year)  # before the mark: a kill in between repeats it
            await connection.execute(END, {"area": area, "year": year})
    return old


async def apply() -> int:
    """Apply everything that waits now and return how many counters that were; a kill undoes one batch at most."""
    async with transaction() as connection:
        areas = [row[0] for row in await (await connection.execute(AREAS)).fetchall()]
    done = 0
    for area in areas:
        while some := await _apply_some(area):
            done += some
    return done


async def _apply_some(area: int) -> int:
    async with transaction() as connection:
        closed = await _closed(connection, area)
        taken = await (await connection.execute(TAKE, {"area": area, "batch": BATCH})).fetchall()
        for statement, asked in statements(taken, area=area, closed=closed):
            await connection.execute(statement.encode(), asked)
    return len(taken)


async def _closed(connection: Connection, area: int) -> dict[str, date]:
    rows = await (await connection.execute(BOOKS, {"area": area})).fetchall()
    return {year: day for year, day in rows if day is not None}


def statements(
    taken: Iterable[tuple[str, ...]], *, area: int, closed: Mapping[str, date]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is to be executed for (school year, set, cell) rows taken, in the order in which everybody locks."""
    counts = sums(taken, closed=closed)
    own = {place: count for place, count in counts.items() if place[1] not in KEPT}
    if own:
        yield ADD, {"area": area, **columns(own)}
    for name, kept in sorted(KEPT.items()):
        found: Tally[str] = Tally()
        for (_, of, at), count in counts.items():
            found[at] += count if of == name else 0
        if found := +found:
            yield kept.statement, {"area": area, **kept.columns(dict(sorted(found.items())))}


def sums(taken: Iterable[tuple[str, ...]], *, closed: Mapping[str, date]) -> Tally[Place]:
    """Add up (school year, set, cell) rows, each moved out of what is closed already."""
    return Tally(moved((year, name, at), closed=closed) for year, name, at in taken)


def columns(counts: Mapping[Place, int]) -> Columns:
    """Return sums as the columns of one statement, in the order in which everybody locks."""
    rows = sorted(counts.items())
    return {
        "years": [place[0] for place, _ in rows],
        "names": [place[1] for place, _ in rows],
        "cells": [place[2] for place, _ in rows],
        "counts": [count for _, count in rows],
    }


def moved(place: Place, *, closed: Mapping[str, date]) -> Place:
    """Return where a late counter goes: the same place, or the first open month ("kirjattu myöhemmin")."""
    year, name, at_text = place
    until = closed.get(year)
    if until is None:
        return place
    over = until >= classes.ends(year)
    later = classes.next_year(year) if over else year
    at = uncell(at_text)
    period = at.get("period")
    if period is not None and (over or classes.last_day(period, year=year) <= until):
        month = classes.month_of(until + timedelta(days=1))
        at["period"] = classes.term_of_month(month) if period in classes.TERMS else month
    place = (later, name, cell(at))
    return moved(place, closed=closed) if over else place
