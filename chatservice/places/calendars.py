"""School calendars: the file a municipality sends, and the breaks that hold for a service."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chatservice.places.errors import BadCalendar
from chatservice.places.models import Area, BreakKind, Municipality, SchoolCalendar, Stage

COLUMNS = ("municipality", "stage", "first", "last", "kind", "label")
LARGEST = 200_000
LABEL = 60
LONGEST_DAYS = 120
FIRST_YEAR, LAST_YEAR = 2000, 2100
_FINNISH = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Row:
    """One break of the file; `town` is None for the whole area."""

    line: int
    town: int | None
    stage: str
    first: date
    last: date
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@transaction.atomic
def load(*, area: Area, text: str) -> Report:
    """Bring a file's breaks into the area's calendar, all or none; the same file twice changes nothing.

    A break that overlaps a stored one of its kind replaces its dates. Raises BadCalendar with line and column.
    """
    # Two imports at once must not both find the days free.
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    towns = dict(Municipality.objects.filter(area=area).values_list("code", "pk"))
    rows = list(parse(text, towns=towns))
    done = [_store(area, row) for row in rows]
    return Report(done.count("added"), done.count("changed"), done.count("unchanged"))


def parse(text: str, *, towns: dict[str, int]) -> Iterator[Row]:
    """Read the rows of a file with the columns of COLUMNS, parted by commas or semicolons.

    Raises BadCalendar at the first cell that is wrong, also for breaks of one file that overlap.
    """
    if len(text) > LARGEST:
        raise BadCalendar(line=1, column="municipality", expected=f"a file of at most {LARGEST} characters")
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    head = [cell.strip().lower() for cell in next(lines, [])]
    for number, name in enumerate(COLUMNS):
        if number >= len(head) or head[number] != name:
            raise BadCalendar(line=1, column=name, expected=f"the head {delimiter.join(COLUMNS)}")
    seen: list[Row] = []
    for cells in lines:
        if any(cell.strip() for cell in cells):
            seen.append(_apart(_row(cells, line=lines.line_num, towns=towns), seen))
    yield from seen


def _row(cells: Sequence[str], *, line: int, towns: dict[str, int]) -> Row:
    if len(cells) > len(COLUMNS):
        raise BadCalendar(line=line, column="label", expected=f"the last of {len(COLUMNS)} cells")
    values = dict.fromkeys(COLUMNS, "") | {name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=False)}
    first = _date(values["first"], line=line, column="first")
    last = _date(values["last"], line=line, column="last")
    if last < first:
        raise BadCalendar(line=line, column="last", expected="a day not before the first one")
    if (last - first).days > LONGEST_DAYS:
        raise BadCalendar(line=line, column="last", expected=f"a break of at most {LONGEST_DAYS} days")
    kind = _one_of(values["kind"], BreakKind.values, line=line, column="kind")
    label = values["label"]
    if len(label) > LABEL or '"' in label or (kind == BreakKind.OTHER and not label):
        raise BadCalendar(line=line, column="label", expected=f"a name of at most {LABEL} characters without quotes")
    return Row(
        line=line,
        town=_town(values["municipality"], line=line, towns=towns),
        stage=_one_of(values["stage"] or Stage.BASIC, Stage.values, line=line, column="stage"),
        first=first,
        last=last,
        kind=kind,
        label=label,
    )


def _town(code: str, *, line: int, towns: dict[str, int]) -> int | None:
    """A spreadsheet takes the zeros from 091."""
    found = towns.get(code.zfill(3))
    if code and found is None:
        raise BadCalendar(line=line, column="municipality", expected="empty, or the code of a municipality of the area")
    return found if code else None


def _one_of(value: str, allowed: Sequence[str], *, line: int, column: str) -> str:
    if value not in allowed:
        raise BadCalendar(line=line, column=column, expected=f"one of {', '.join(allowed)}")
    return value


def _date(value: str, *, line: int, column: str) -> date:
    found = _FINNISH.fullmatch(value)
    iso = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else value
    try:
        day = datetime.strptime(iso, "%Y-%m-%d").date()  # noqa: DTZ007 - a day of the wall calendar
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCalendar(line=line, column=column, expected="a day as 2026-10-19 or 19.10.2026")
    return day


def _apart(row: Row, seen: Sequence[Row]) -> Row:
    for other in seen:
        if (other.town, other.stage) == (row.town, row.stage) and other.first <= row.last and row.first <= other.last:
            raise BadCalendar(line=row.line, column="first", expected=f"days that line {other.line} does not have")
    return row


def _store(area: Area, row: Row) -> str:
    over = list(
        SchoolCalendar.objects.filter(
            area=area, municipality=row.town, stage=row.stage, first__lte=row.last, last__gte=row.first
        )
    )
    if not over:
        SchoolCalendar.objects.create(area=area, municipality_id=row.town, stage=row.stage, **_facts(row))
        return "added"
    if len(over) > 1 or over[0].kind != row.kind:
        raise BadCalendar(line=row.line, column="first", expected="days that no other stored break has")
    stored, facts = over[0], _facts(row)
    if all(getattr(stored, name) == value for name, value in facts.items()):
        return "unchanged"
    SchoolCalendar.objects.filter(pk=stored.pk).update(**facts, version=stored.version + 1)
    return "changed"


def _facts(row: Row) -> dict[str, object]:
    return {"first": row.first, "last": row.last, "kind": row.kind, "label": row.label}


def breaks(*, area: int, town: int | None = None, stage: str = Stage.BASIC) -> list[SchoolCalendar]:
    """Return the breaks that hold for a town, else the area's own; in order."""
    rows = SchoolCalendar.objects.filter(area=area, stage=stage).order_by("first")
    own = list(rows.filter(municipality=town)) if town is not None else []
    return own or list(rows.filter(municipality=None))
