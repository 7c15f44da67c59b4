"""Planned people against need, hour by hour: bars for a picture, stretches for the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Any

from django.utils.translation import pgettext

from chatservice.duty.coverage import HourNeed
from chatservice.duty.rules import HOME
from chatservice.duty.week import DayView
from console.coordinator.words import day_text, span_text

HOUR_WIDTH, HEIGHT, TOP, LEFT = 5, 96, 8, 24
DAY_WIDTH = 24 * HOUR_WIDTH
LEAST_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One opening hour: a filled bar for the planned, a line across for the needed."""

    x: int
    width: int
    y: float
    height: float
    need_y: float
    right: int


def chart(days: list[DayView]) -> dict[str, Any]:
    """Return the numbers that the picture is drawn from."""
    hours = [(number, need) for number, day in enumerate(days) for need in day.needs]
    most = max([LEAST_PEOPLE, *(ceil(need.planned) for _, need in hours), *(need.needed for _, need in hours)])
    step = (HEIGHT - TOP) / most
    marks = range(0, most + 1, max(1, ceil(most / 6)))
    return {
        "bars": [_bar(number, need, step) for number, need in hours],
        "days": [{"x": LEFT + number * DAY_WIDTH, "name": day_text(day.day)} for number, day in enumerate(days)],
        "marks": [{"y": HEIGHT - each * step, "text_y": HEIGHT - each * step + 4, "number": each} for each in marks],
        "width": LEFT + len(days) * DAY_WIDTH,
        "bottom": HEIGHT,
        "left": LEFT,
    }


def stretches(days: list[DayView]) -> list[dict[str, Any]]:
    """Return hours next to each other with the same numbers as one row each."""
    rows: list[dict[str, Any]] = []
    for day in days:
        for _, group in groupby(day.needs, key=_alike):
            hours = list(group)
            rows.append(_stretch(day, hours[0], hours[-1]))
    return rows


def _bar(number: int, need: HourNeed, step: float) -> Bar:
    x = LEFT + number * DAY_WIDTH + need.starts.astimezone(HOME).hour * HOUR_WIDTH
    height = round(need.planned * step, 1)
    needed = round(HEIGHT - need.needed * step, 1)
    return Bar(x, HOUR_WIDTH - 1, round(HEIGHT - height, 1), height, needed, x + HOUR_WIDTH)


def _alike(need: HourNeed) -> tuple[float, float, int]:
    return round(need.expected, 1), round(need.planned, 1), need.needed


def _stretch(day: DayView, first: HourNeed, last: HourNeed) -> dict[str, Any]:
    starts = first.starts.astimezone(HOME)
    ends = last.starts.astimezone(HOME)
    ends = ends.replace(hour=(ends.hour + 1) % 24)
    if first.planned == 0:
        verdict = pgettext("worker", "nobody")
    elif first.short:
        verdict = pgettext("worker", "too few")
    else:
        verdict = pgettext("worker", "enough")
    return {
        "day": day_text(day.day),
        "times": span_text(starts, ends),
        "expected": f"{first.expected:.1f}",
        "planned": f"{first.planned:.1f}".removesuffix(".0"),
        "needed": first.needed,
        "verdict": verdict,
        "short": first.short,
    }
