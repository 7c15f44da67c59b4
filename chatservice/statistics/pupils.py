"""How many pupils places have in a school year: for rates, and so that a small school is known as one."""

from __future__ import annotations

import csv
import io
from typing import Final

from django.db import transaction

from chatservice.statistics import nodes
from chatservice.statistics.codes import TOTAL
from chatservice.statistics.errors import BadFacts
from chatservice.statistics.models import Node

COLUMNS: Final = ("code", "pupils")
MOST: Final = 1_000_000


def load(*, area: int, year: str, text: str) -> int:
    """Take over the numbers of a CSV (`code`, `pupils`), whole or not at all; returns how many places it told of.

    `code` is the municipality's own, a school's as `codes` gives it. Schools that the year's first report with schools
    has settled stay as they are. Raises BadFacts with the line.
    """
    nodes.ensure(area=area, year=year)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadFacts(line=1, column=COLUMNS[0], expected=f"the columns {', '.join(COLUMNS)}")
    places = {row.code: row for row in Node.objects.filter(area_id=area, school_year=year)}
    told = []
    for row in rows:
        place, number = places.get(row["code"] or ""), row["pupils"] or ""
        if place is None:
            raise BadFacts(line=rows.line_num, column="code", expected="a municipality or school of this area")
        if not number.isascii() or not number.isdecimal() or not 0 < int(number) <= MOST:
            raise BadFacts(line=rows.line_num, column="pupils", expected=f"a number from 1 to {MOST}")
        place.pupils = int(number)
        told.append(place)
    with transaction.atomic():
        Node.objects.bulk_update(told, ["pupils"])
    return len(told)


def codes(*, area: int, year: str) -> list[tuple[str, str, int | None]]:
    """Return code, Finnish name and pupils of every municipality and school of a year, each under its municipality."""
    nodes.ensure(area=area, year=year)
    rows = Node.objects.filter(area_id=area, school_year=year).order_by("code")
    ordered = sorted(rows, key=lambda row: (row.code if row.parent == TOTAL else row.parent, row.parent != TOTAL))
    return [(row.code, row.name_fi, row.pupils) for row in ordered]
