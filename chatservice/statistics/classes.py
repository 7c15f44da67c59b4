"""The classes into which a contact is reduced: from times in Finland and codes of the taxonomy. Pure.

A school year runs from 1 August to 31 July and has two terms; nothing finer than a month or a two-hour band is kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HERE: Final = ZoneInfo("Europe/Helsinki")
AUTUMN, SPRING = "autumn", "spring"
TERMS: Final = (AUTUMN, SPRING)
UNKNOWN: Final = "unknown"
FIRST_MONTH: Final = 8
YEAR_NAME: Final = re.compile(r"(20[0-9]{2})-(20[0-9]{2})")
# Codes of the taxonomy's WAIT and LENGTH, each with the minutes from which the next one begins.
WAITS: Final = ((2, "W_U2"), (5, "W_2_4"), (15, "W_5_14"), (30, "W_15_29"), (None, "W_30"))
LENGTHS: Final = ((5, "L_U5"), (15, "L_5_14"), (30, "L_15_29"), (60, "L_30_59"), (None, "L_60"))


def local(moment: datetime) -> datetime:
    """Return a moment as a clock on a wall in Finland shows it; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("expected a moment with its time zone")
    return moment.astimezone(HERE)


def school_year(day: date) -> str:
    """Return the school year of a day: "2026-2027"."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}"


def begins(year: str) -> date:
    """Return the first day of a school year; raises ValueError for what is not one."""
    found = YEAR_NAME.fullmatch(year)
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise ValueError(f'expected a school year like "2026-2027", got {year!r}')
    return date(int(found[1]), FIRST_MONTH, 1)


def ends(year: str) -> date:
    """Return the last day of a school year."""
    return date(begins(year).year + 1, FIRST_MONTH, 1) - timedelta(days=1)


def next_year(year: str) -> str:
    """Return the school year after this one."""
    return school_year(ends(year) + timedelta(days=1))


def month_of(day: date) -> str:
    """Return a day's month: "2026-08"."""
    return f"{day:%Y-%m}"


def term_of_month(month: str) -> str:
    """Return the term of a month: August to December is autumn."""
    return AUTUMN if int(month[5:7]) >= FIRST_MONTH else SPRING


def months(year: str) -> tuple[str, ...]:
    """Return the twelve months of a school year in order."""
    start = begins(year).year
    return tuple(f"{start if number <= 12 else start + 1}-{(number - 1) % 12 + 1:02}" for number in range(8, 20))  # noqa: PLR2004 - a year's months


def last_day(period: str, *, year: str) -> date:
    """Return the last day of a month, a term or the whole year ("Total")."""
    if period in TERMS:
        return date(begins(year).year, 12, 31) if period == AUTUMN else ends(year)
    if period in months(year):
        first = date(int(period[:4]), int(period[5:7]), 1)
        return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return ends(year)


def weekday_of(moment: datetime) -> str:
    """Return the weekday in Finland, 1 = Monday to 7 = Sunday."""
    return str(local(moment).isoweekday())


def hour_of(moment: datetime) -> str:
    """Return the two-hour band of the day in Finland: "08-10"."""
    start = local(moment).hour // 2 * 2
    return f"{start:02}-{start + 2:02}"


HOURS: Final = tuple(f"{start:02}-{start + 2:02}" for start in range(0, 24, 2))
WEEKDAYS: Final = tuple(str(number) for number in range(1, 8))


def wait_of(waited: timedelta | None) -> str:
    """Return the class of a time in the queue."""
    return _class_of(waited, WAITS)


def length_of(lasted: timedelta | None) -> str:
    """Return the class of a talk's length."""
    return _class_of(lasted, LENGTHS)


def _class_of(time: timedelta | None, classes: tuple[tuple[int | None, str], ...]) -> str:
    if time is None:
        return UNKNOWN
    minutes = max(time, timedelta()).total_seconds() / 60
    return next(code for below, code in classes if below is None or minutes < below)
