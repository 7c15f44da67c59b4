"""Raising counters from files of classified contacts: for tests, demonstrations and moving in from another system.

A file is loaded whole or not at all: the first wrong cell refuses it with its line. Its places become the year's nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import connection, transaction

from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.statistics import books, nodes
from chatservice.statistics import facts as files
from chatservice.statistics.classes import AUTUMN, SPRING
from chatservice.statistics.errors import BadFacts, PeriodClosed
from chatservice.statistics.models import Answerer, Node
from chatservice.statistics.nightly import ADD, Place, columns

PART: Final = 20_000


def load(*, area: int, facts: str = "", tests: str = "", staff: Mapping[str, int] | None = None) -> files.Told:
    """Raise the area's counters from the text of CSV files; returns what was counted.

    `tests`: worry tests. `staff`: how many workers of each profession answered in each term, which the staff rule asks
    for. Raises BadFacts (line and column; also for a closed period), CatalogueChanged, PeriodClosed (a report was
    frozen while the files were read).
    """
    found = files.Told(closed=_closed(area), sets=books.catalogues_of(area=area))
    if facts:
        files.contacts(found, facts)  # outside any transaction: a large file takes longer than the database waits
    if tests:
        files.tests(found, tests)
    with transaction.atomic():
        _stored(found, area=area, staff=staff or {})
    return found


def _closed(area: int) -> dict[str, date]:
    return {book.school_year: book.closed_until for book in books.closed_of(area=area) if book.closed_until}


def _stored(found: files.Told, *, area: int, staff: Mapping[str, int]) -> None:
    for year in found.years:
        books.opened(area=area, year=year, lock=True)
        nodes.ensure(area=area, year=year)
    if _closed(area) != found.closed:
        raise PeriodClosed("a report was frozen while the file was read: load it again")
    _store_places(found, area=area)
    _store(found.counts, area=area)
    for year, term in sorted({(year, _term(at)) for year, _, at in found.counts} if staff else ()):
        for profession, many in staff.items():
            rows = [
                Answerer(area_id=area, school_year=year, term=term, profession=profession, who=f"file-{number}")
                for number in range(many)
            ]
            Answerer.objects.bulk_create(rows, ignore_conflicts=True)
    told = f"{found.rows} rows of {len(found.years)} years"
    append_now(area=area, actor=None, action=Action.STATISTICS_LOADED, object=told)


@transaction.atomic
def add(*, area: int, counts: Mapping[Place, int]) -> None:
    """Raise counters of what is no contact (doors, library views): (school year, set, cell) -> how often."""
    for year in sorted({year for year, _, _ in counts}):
        books.opened(area=area, year=year, lock=True)
    _store(counts, area=area)


def _term(at: str) -> str:
    return AUTUMN if f"period={AUTUMN}" in at else SPRING


def _store_places(found: files.Told, *, area: int) -> None:
    kept = {
        (row.school_year, row.code): row.parent
        for row in Node.objects.filter(area_id=area, school_year__in=found.years)
    }
    new = []
    for (year, code), parent in found.places.items():
        if kept.get((year, code), parent) != parent:
            raise BadFacts(line=1, column="area_school", expected=f"{code} where it stood in this year before")
        if (year, code) not in kept:
            new.append(Node(area_id=area, school_year=year, code=code, parent=parent, name_fi=code, name_sv=code))
    Node.objects.bulk_create(new)


def _store(counts: Mapping[Place, int], *, area: int) -> None:
    whole = columns(counts)
    with connection.cursor() as cursor:
        for start in range(0, len(counts), PART):
            part = {name: values[start : start + PART] for name, values in whole.items()}
            cursor.execute(ADD, {"area": area, **part})
