"""A weekly grid and the expression that says the same: coordinators fill in the grid, few want the syntax."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from itertools import pairwise

from chatservice.hours.errors import NotHours
from chatservice.hours.rules import WEEKDAYS, days_of, split

Span = tuple[time, time]
Week = dict[int, list[Span]]

_SPAN = re.compile(r"([0-9]{2}):([0-9]{2})\s*-\s*([0-9]{2}):([0-9]{2})")
_ADDITION = re.compile(rf"(?<=[0-9])\s*,\s*(?=(?:{'|'.join(WEEKDAYS)})\b)")
_OFF = {"off", "closed"}


@dataclass(frozen=True, slots=True)
class Grid:
    """Spans by weekday (0 = Monday). A closing of 00:00 is midnight; one before its opening is on the next day."""

    week: Week = field(default_factory=dict)
    closed_on_public_holidays: bool = True
    closed_on_school_holidays: bool = False


def to_expression(grid: Grid) -> str:
    """Write a grid as an expression; days of equal hours share a rule.

    The rules are joined by commas where a span passes midnight: other readers of the syntax cut it off at a semicolon.
    Raises NotHours when spans of a day, or of one day and the next, overlap or a span is empty.
    """
    check(grid.week)
    by_hours: dict[str, list[int]] = {}
    for day in range(7):
        spans = sorted(grid.week.get(day, []))
        if spans:
            by_hours.setdefault(",".join(_written(span) for span in spans), []).append(day)
    rules = [f"{_days(days)} {spans}" for spans, days in by_hours.items()]
    holidays = ["PH"] * grid.closed_on_public_holidays + ["SH"] * grid.closed_on_school_holidays
    if not rules:
        return "off"
    late = any(passes_midnight(span) for spans in grid.week.values() for span in spans)
    weekly = (", " if late else "; ").join(rules)
    return f"{weekly}; {','.join(holidays)} off" if holidays else weekly


def from_expression(expression: str) -> Grid | None:
    """Read an expression as a grid; None where it says more than a grid can."""
    if expression.strip() in _OFF:
        return Grid(closed_on_public_holidays=False)
    if expression.strip() == "24/7":
        return Grid({day: [(time(), time())] for day in range(7)}, closed_on_public_holidays=False)
    week: Week = {}
    closed: set[str] = set()
    for rule in split(expression):
        items, rest = days_of(rule.text)
        if rule.separator == "||" or (closed and not _holidays_only(items)):
            return None
        if _holidays_only(items) and rest in _OFF:
            closed |= set(items)
        elif not _add(week, rule.text):
            return None
    return _checked(Grid(week, "PH" in closed, "SH" in closed))


def check(week: Mapping[int, Sequence[Span]]) -> None:
    """Raise NotHours("empty_span" or "overlap", day=…) for spans that cannot stand in one week."""
    minutes: list[tuple[int, int, int]] = []
    for day, spans in week.items():
        for opens, closes in spans:
            if opens == closes and opens != time():
                raise NotHours("empty_span", day=WEEKDAYS[day])
            start = day * 1440 + opens.hour * 60 + opens.minute
            end = day * 1440 + closes.hour * 60 + closes.minute
            minutes.append((start, end + 1440 if closes <= opens else end, day))
    minutes.sort()
    around = [*minutes, *((start + 10_080, end, day) for start, end, day in minutes[:1])]
    for (_, end, _), (start, _, day) in pairwise(around):
        if start < end:
            raise NotHours("overlap", day=WEEKDAYS[day])


def _checked(grid: Grid) -> Grid | None:
    try:
        check(grid.week)
    except NotHours:
        return None
    return grid


def _holidays_only(items: Sequence[str]) -> bool:
    return bool(items) and set(items) <= {"PH", "SH"}


def _add(week: Week, rule: str) -> bool:
    """Put a plain rule and its additions into the week; False where it is not plain, or takes back."""
    replaced = set(week)
    for part in additions(rule):
        items, rest = days_of(part)
        days, spans = weekdays_of(items), spans_of(rest)
        if not days or not spans or {"PH", "SH"} & set(items) or replaced & days:
            return False
        for day in days:
            week[day] = [*week.get(day, []), *spans]
    return True


def additions(rule: str) -> list[str]:
    """Part a rule where a comma after a time adds another one: `Mo-Fr 10:00-16:00, Tu 16:00-18:00`."""
    return _ADDITION.split(rule)


def passes_midnight(span: Span) -> bool:
    """Whether the span reaches into the next day."""
    opens, closes = span
    return closes <= opens and closes != time()


def spans_of(text: str) -> list[Span]:
    """Read `09:00-12:00,13:00-15:00`; empty where the text says anything else."""
    found = [_SPAN.fullmatch(part.strip()) for part in text.split(",")]
    try:
        return [(_time(each[1], each[2]), _time(each[3], each[4])) for each in found if each] if all(found) else []
    except ValueError:
        return []


def weekdays_of(items: Sequence[str]) -> set[int]:
    """Return the weekdays (0 = Monday) that a day list names."""
    return {day for item in items for day in _range(item)}


def _time(hours: str, minutes: str) -> time:
    """Read one time; 24:00 is midnight."""
    return time() if (hours, minutes) == ("24", "00") else time(int(hours), int(minutes))


def _range(item: str) -> list[int]:
    first, _, last = item.partition("-")
    if first not in WEEKDAYS:
        return []
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return [day % 7 for day in range(start, (end if end >= start else end + 7) + 1)]


def _written(span: Span) -> str:
    opens, closes = span
    return f"{opens:%H:%M}-{'24:00' if closes == time() else f'{closes:%H:%M}'}"


def _days(days: Sequence[int]) -> str:
    """Write weekdays, runs of three and more as a range: `Mo-We,Fr`."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(_run(run) for run in runs)


def _run(run: Sequence[int]) -> str:
    return ",".join(WEEKDAYS[day] for day in run) if len(run) < 3 else f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}"  # noqa: PLR2004 - two days read better apart
