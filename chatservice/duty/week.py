"""The week view of the rota: shifts by day, cover of the opening hours, and what each hour needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chatservice.duty.coverage import Goal, HourNeed, Span, cover, day_of, midnight, needs, outside
from chatservice.duty.models import Shift
from chatservice.hours import selectors as hours
from chatservice.hours.evaluate import Window

DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftView:
    """A shift as the week shows it."""

    id: int
    version: int
    worker: int
    name: str
    profession: str
    starts: datetime
    ends: datetime
    queues: tuple[int, ...]
    state: str
    pair: int | None
    substitute_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day of the week: all that begins in it."""

    day: date
    shifts: tuple[ShiftView, ...]
    cover: tuple[Span, ...]
    needs: tuple[HourNeed, ...]
    outside: tuple[tuple[datetime, datetime], ...]


def week(
    *,
    area: int,
    first: date,
    channels: Collection[tuple[str, str]],
    demand: Mapping[tuple[int, int], float],
    goal: Goal | None = None,
) -> list[DayView]:
    """Return seven days from `first` (synchronous).

    `channels`: the (channel, language) pairs that the view is about; `demand`: arrivals by (weekday, band), as
    `statistics.load.expected` returns them. Where no hours are written, nothing is open, and so nothing uncovered.
    """
    begins, ends = midnight(first), midnight(first + timedelta(days=DAYS))
    rows = Shift.objects.filter(area_id=area, starts__lt=ends, ends__gt=begins)
    shifts = list(rows.select_related("worker", "substitute_for").prefetch_related("pairs").order_by("starts", "pk"))
    planned = [shift for shift in shifts if shift.state != Shift.State.GIVEN_UP]
    windows = [
        window
        for channel, language in channels
        for window in _windows(area=area, channel=channel, language=language, first=first)
    ]
    spans = cover(windows=windows, shifts=planned)
    spare = outside(windows=windows, shifts=planned) if windows else []
    hourly = needs(spans=spans, demand=demand, goal=goal or Goal())
    return [
        DayView(
            day=day,
            shifts=tuple(_shown(shift) for shift in shifts if day_of(shift.starts) == day),
            cover=tuple(span for span in spans if day_of(span.starts) == day),
            needs=tuple(need for need in hourly if day_of(need.starts) == day),
            outside=tuple(times for times in spare if day_of(times[0]) == day),
        )
        for day in (first + timedelta(days=number) for number in range(DAYS))
    ]


def _windows(*, area: int, channel: str, language: str, first: date) -> list[Window]:
    facts = hours.facts(area, channel, language)
    return facts.windows(first=first, days=DAYS) if facts.written else []


def _shown(shift: Shift) -> ShiftView:
    pairs = list(shift.pairs.all())
    return ShiftView(
        id=shift.pk,
        version=shift.version,
        worker=shift.worker_id,
        name=shift.worker.display_name,
        profession=shift.worker.profession,
        starts=shift.starts,
        ends=shift.ends,
        queues=tuple(shift.queues),
        state=shift.state,
        pair=shift.pair_of_id or (pairs[0].pk if pairs else None),
        substitute_for=shift.substitute_for.display_name if shift.substitute_for else "",
    )
