"""Raising counters from files of classified contacts: for tests, demonstrations and moving in from another system.

A file is loaded whole or not at all: the first wrong cell refuses it with its line. Its places become the year's nodes.
"""

from __future__ import annotations

import csv
import io
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import connection, transaction

from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.statistics import books, classes, nodes
from chatservice.statistics.catalogue import Contact, Set, cell, sets_of
from chatservice.statistics.classes import AUTUMN, HOURS, SPRING, TERMS, UNKNOWN
from chatservice.statistics.codes import BANDS, LEFT_QUEUE, NO_REASON, TOTAL, TURNED_AWAY, leaf, topic_codes
from chatservice.statistics.errors import BadFacts
from chatservice.statistics.models import Answerer, Node
from chatservice.statistics.nightly import ADD, Place, columns

COLUMNS: Final = (
    *("school_year", "term", "month", "area_school", "area_municipality", "channel", "age", "topic_group", "topic"),
    *("profession", "outcome", "wait", "length", "feedback", "weekday", "hour_band", "answered", "thread"),
)
TEST_COLUMNS: Final = ("school_year", "term", "area_municipality", "band", "count")
MOST_TESTS: Final = 1_000_000
PART: Final = 20_000
# What other systems call the same thing.
ALIKE: Final = {
    "term": {"syksy": AUTUMN, "kevät": SPRING, "kevat": SPRING, "a": AUTUMN, "s": SPRING, "1": AUTUMN, "2": SPRING},
    "answered": {"1": "yes", "true": "yes", "y": "yes", "0": "no", "false": "no", "n": "no", "": "yes"},
    "profession": {
        "cur": "curator",
        "psy": "psychologist",
        "snur": "nurse",
        "stnur": "nurse",
        "nur": "nurse",
        "": "none",
    }
    | {UNKNOWN: "none"},
    "feedback": {"": UNKNOWN, "parempi": "better", "ennallaan": "same", "huonompi": "worse"},
    "age": {"": "AUNK", UNKNOWN: "AUNK"},
}
UNTOLD: Final = {
    "topic": UNKNOWN,
    "outcome": UNKNOWN,
    "wait": UNKNOWN,
    "length": UNKNOWN,
    "weekday": UNKNOWN,
    "hour": UNKNOWN,
}


@dataclass(slots=True)
class Loaded:
    """What a file says, before any of it is stored."""

    counts: Tally[Place] = field(default_factory=Tally)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: int = 0
    closed: dict[str, date] = field(default_factory=dict)

    @property
    def years(self) -> list[str]:
        """The school years that the file tells of."""
        return sorted({year for year, _, _ in self.counts} | {year for year, _ in self.places})


class Row:
    """One line, whose cells are asked for by column; a wrong one raises BadFacts with its place."""

    def __init__(self, cells: Mapping[str, str], *, line: int) -> None:
        self._cells = cells
        self.line = line

    def text(self, column: str) -> str:
        """Return a cell without the blanks around it."""
        return (self._cells.get(column) or "").strip()

    def wrong(self, column: str, expected: str) -> BadFacts:
        """Return the refusal of a cell."""
        return BadFacts(line=self.line, column=column, expected=expected)

    def code(self, column: str, dimension: str) -> str:
        """Return a cell's code as it is counted."""
        text = self.text(column)
        text = ALIKE.get(dimension, {}).get(text.lower(), text)
        if not text and dimension in UNTOLD:
            return UNTOLD[dimension]
        for each in (text, text.lower()):
            try:
                return leaf(dimension, each)
            except KeyError:
                continue
        raise self.wrong(column, f"a code of {dimension}")


@transaction.atomic
def load(*, area: int, facts: str = "", tests: str = "", staff: Mapping[str, int] | None = None) -> Loaded:
    """Raise the area's counters from the text of CSV files; returns what was counted.

    `tests`: worry tests. `staff`: how many workers of each profession answered in each term, which the staff rule asks
    for. Raises BadFacts (line and column; also for a closed period), CatalogueChanged.
    """
    closed = {book.school_year: book.closed_until for book in books.closed_of(area=area) if book.closed_until}
    found = Loaded(closed=closed)
    if facts:
        _contacts(found, _rows(facts, COLUMNS))
    if tests:
        _tests(found, _rows(tests, TEST_COLUMNS))
    for year in found.years:
        books.opened(area=area, year=year, lock=True)
        nodes.ensure(area=area, year=year)
    _store_places(found, area=area)
    _store(found.counts, area=area)
    for year, term in sorted({(year, _term(at)) for year, _, at in found.counts} if staff else ()):
        for profession, many in (staff or {}).items():
            rows = [
                Answerer(area_id=area, school_year=year, term=term, profession=profession, who=f"file-{number}")
                for number in range(many)
            ]
            Answerer.objects.bulk_create(rows, ignore_conflicts=True)
    told = f"{found.rows} rows of {len(found.years)} years"
    append_now(area=area, actor=None, action=Action.STATISTICS_LOADED, object=told)
    return found


@transaction.atomic
def add(*, area: int, counts: Mapping[Place, int]) -> None:
    """Raise counters of what is no contact (doors, library views): (school year, set, cell) -> how often."""
    for year in sorted({year for year, _, _ in counts}):
        books.opened(area=area, year=year, lock=True)
    _store(counts, area=area)


def _term(at: str) -> str:
    return AUTUMN if f"period={AUTUMN}" in at else SPRING


def _rows(text: str, needed: tuple[str, ...]) -> Iterator[Row]:
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    lines = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = [name for name in needed if name not in (lines.fieldnames or ())]
    if missing:
        raise BadFacts(line=1, column=missing[0], expected=f"the columns {', '.join(needed)}")
    for cells in lines:
        if None in cells or None in cells.values():
            raise BadFacts(line=lines.line_num, column=needed[-1], expected="as many cells as the head has")
        yield Row(cells, line=lines.line_num)


def _contacts(found: Loaded, rows: Iterator[Row]) -> None:
    every = list(rows)
    flags = {row.text("thread").lower() for row in every} <= {"0", "1", "true", "false", ""}
    seen: set[tuple[str, str, str]] = set()
    sets: dict[str, tuple[Set, ...]] = {}
    for row in every:
        year = _year(row)
        contact = _contact(row, year, found)
        key = (year, contact.term, row.text("thread"))
        first = row.text("thread").lower() in {"1", "true"} if flags else key not in seen
        seen.add(key)
        contact = Contact(**{name: getattr(contact, name) for name in Contact.__slots__} | {"thread": first})
        for each in sets.setdefault(year, sets_of(year)):
            at = contact.raises(each)
            if at is not None:
                found.counts[year, each.name, at] += 1
        found.rows += 1


def _contact(row: Row, year: str, found: Loaded) -> Contact:
    term, month = _period(row, year)
    _open(row, "month", month, year=year, found=found)
    municipality, school = _places(row, year, found)
    topic = row.code("topic", "topic") if row.text("topic") else row.code("topic_group", "topic")
    group = row.text("topic_group")
    if group and topic != UNKNOWN and (group not in topic_codes() or not topic.startswith(group)):
        raise row.wrong("topic_group", "the group of the topic")
    outcome = row.code("outcome", "outcome")
    answered = row.code("answered", "answered")
    if answered == "no":
        answered = {"O_QUIT": LEFT_QUEUE, "O_UNANS": TURNED_AWAY}.get(outcome, NO_REASON)
    return Contact(
        month=month,
        term=term,
        municipality=municipality,
        school=school,
        channel=row.code("channel", "channel"),
        age=row.code("age", "age"),
        topic=topic,
        profession=row.code("profession", "profession"),
        outcome=outcome,
        wait=row.code("wait", "wait"),
        length=row.code("length", "length"),
        feedback=row.code("feedback", "feedback"),
        weekday=row.code("weekday", "weekday"),
        hour=_hour(row),
        answered=answered,
    )


def _year(row: Row) -> str:
    year = row.text("school_year")
    try:
        classes.begins(year)
    except ValueError as error:
        raise row.wrong("school_year", str(error).removeprefix("expected ")) from None
    return year


def _period(row: Row, year: str) -> tuple[str, str]:
    term = row.text("term").lower()
    term = ALIKE["term"].get(term, term)
    if term not in TERMS:
        raise row.wrong("term", "autumn or spring")
    text = row.text("month")
    inside = [month for month in classes.months(year) if text in {month, month[5:], month[5:].lstrip("0")}]
    if not inside or classes.term_of_month(inside[0]) != term:
        raise row.wrong("month", f"a month of the {term} of {year}, like {classes.months(year)[0]}")
    return term, inside[0]


def _hour(row: Row) -> str:
    text = row.text("hour_band")
    start = text.replace("–", "-").partition("-")[0]
    band = f"{int(start):02}-{int(start) + 2:02}" if start.isdecimal() else text or UNKNOWN
    if band not in {*HOURS, UNKNOWN}:
        raise row.wrong("hour_band", "a band of two hours, like 14-16")
    return band


def _places(row: Row, year: str, found: Loaded) -> tuple[str, str]:
    town, school = row.text("area_municipality") or UNKNOWN, row.text("area_school")
    school = "" if school in {UNKNOWN, "-"} else school
    for column, code in (("area_municipality", town), ("area_school", school)):
        if code not in {"", UNKNOWN} and not nodes.is_code(code):
            raise row.wrong(column, f"a code of at most {nodes.LONGEST} characters without , ; | = and quotes")
    _place(found, (year, town), TOTAL, row=row)
    if school and town == UNKNOWN:
        raise row.wrong("area_municipality", "the municipality of the school")
    if school:
        _place(found, (year, school), town, row=row)
    return town, school


def _place(found: Loaded, place: tuple[str, str], parent: str, *, row: Row) -> None:
    if place[1] != UNKNOWN and found.places.setdefault(place, parent) != parent:
        raise row.wrong("area_school", "one place for each code: this one stands in two")


def _tests(found: Loaded, rows: Iterator[Row]) -> None:
    for row in rows:
        year = _year(row)
        term = ALIKE["term"].get(row.text("term").lower(), row.text("term").lower())
        if term not in TERMS:
            raise row.wrong("term", "autumn or spring")
        band, many = row.text("band"), row.text("count")
        if band not in BANDS:
            raise row.wrong("band", f"one of {', '.join(BANDS)}")
        if not many.isdecimal() or int(many) > MOST_TESTS:
            raise row.wrong("count", "a whole number")
        _open(row, "term", term, year=year, found=found)
        town, _ = _places(row, year, found)
        found.counts[year, "test_bands", cell({"area": town, "period": term, "band": band})] += int(many)
        found.rows += 1


def _open(row: Row, column: str, period: str, *, year: str, found: Loaded) -> None:
    until = found.closed.get(year)
    if until is not None and classes.last_day(period, year=year) <= until:
        raise row.wrong(column, f"contacts after {until}: up to it reports are frozen")


def _store_places(found: Loaded, *, area: int) -> None:
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
