"""What a file of classified contacts or of worry tests says, in the codes that are counted. Stores nothing.

The first wrong cell refuses the whole file with its line and column.
"""

from __future__ import annotations

import csv
import io
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from chatservice.statistics import classes, nodes
from chatservice.statistics.catalogue import TESTS, Contact, Set, sets_of, tests_at
from chatservice.statistics.classes import AUTUMN, HOURS, SPRING, TERMS, UNKNOWN
from chatservice.statistics.codes import BANDS, LEFT_QUEUE, NO_REASON, TOTAL, TURNED_AWAY, leaf, topic_codes
from chatservice.statistics.errors import BadFacts
from chatservice.statistics.nightly import Place

COLUMNS: Final = (
    *("school_year", "term", "month", "area_school", "area_municipality", "channel", "age", "topic_group", "topic"),
    *("profession", "outcome", "wait", "length", "feedback", "weekday", "hour_band", "answered", "thread"),
)
# A file may have these too: side topics divided by blanks, ROLE and STAGE of the taxonomy, the professional's own R0-3.
MORE_COLUMNS: Final = ("side_topics", "role", "stage", "risk")
TEST_COLUMNS: Final = ("school_year", "term", "area_municipality", "band", "count")
MOST_TESTS: Final = 1_000_000
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
    "role": {"": "R_UNK", UNKNOWN: "R_UNK"},
    "stage": {"": "S_UNK", UNKNOWN: "S_UNK"},
}
UNTOLD: Final = {
    "topic": UNKNOWN,
    "outcome": UNKNOWN,
    "wait": UNKNOWN,
    "length": UNKNOWN,
    "weekday": UNKNOWN,
    "hour": UNKNOWN,
    "risk": UNKNOWN,
}


@dataclass(slots=True)
class Told:
    """What files say, before any of it is stored.

    `closed`: up to which day reports of a year are frozen; `sets`: what a year is counted in that has begun.
    """

    counts: Tally[Place] = field(default_factory=Tally)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: int = 0
    closed: dict[str, date] = field(default_factory=dict)
    sets: dict[str, tuple[Set, ...]] = field(default_factory=dict)

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


def contacts(found: Told, text: str) -> None:
    """Take in the contacts of a file. Raises BadFacts."""
    every = list(_rows(text, COLUMNS))
    flags = {row.text("thread").lower() for row in every} <= {"0", "1", "true", "false", ""}
    seen: set[tuple[str, str, str]] = set()
    for row in every:
        year = _year(row)
        contact = _contact(row, year, found)
        key = (year, contact.term, row.text("thread"))
        first = row.text("thread").lower() in {"1", "true"} if flags else key not in seen
        seen.add(key)
        contact = replace(contact, thread=first)
        for each in found.sets.get(year) or sets_of(year):
            for at in contact.raises(each):
                found.counts[year, each.name, at] += 1
        found.rows += 1


def _contact(row: Row, year: str, found: Told) -> Contact:
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
        role=row.code("role", "role"),
        stage=row.code("stage", "stage"),
        risk=row.code("risk", "risk"),
        sides=_sides(row),
    )


def _sides(row: Row) -> tuple[str, ...]:
    try:
        return tuple(leaf("side", code) for code in row.text("side_topics").split())
    except KeyError:
        raise row.wrong("side_topics", "codes of topics, divided by blanks") from None


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


def _places(row: Row, year: str, found: Told) -> tuple[str, str]:
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


def _place(found: Told, place: tuple[str, str], parent: str, *, row: Row) -> None:
    if place[1] != UNKNOWN and found.places.setdefault(place, parent) != parent:
        raise row.wrong("area_school", "one place for each code: this one stands in two")


def tests(found: Told, text: str) -> None:
    """Take in the worry tests of a file. Raises BadFacts."""
    for row in _rows(text, TEST_COLUMNS):
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
        for each in found.sets.get(year) or sets_of(year):
            if each.measure == TESTS:
                found.counts[year, each.name, tests_at(each, municipality=town, term=term, band=band)] += int(many)
        found.rows += 1


def _open(row: Row, column: str, period: str, *, year: str, found: Told) -> None:
    until = found.closed.get(year)
    if until is not None and classes.last_day(period, year=year) <= until:
        raise row.wrong(column, f"contacts after {until}: up to it reports are frozen")
