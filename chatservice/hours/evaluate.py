"""When opening hours are open. Pure: wall time of Helsinki in, moments of UTC out.

The library's own time zones and its `next_change` stay unused: the first would decide the two nights of the
clock's change for us, the second stops at the end of a comment. It is asked for bare wall-clock spans only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # the stubs lack the error

from chatservice.hours import public_holidays
from chatservice.hours.errors import NotHours
from chatservice.hours.nights import comment_of, evenings, with_nights
from chatservice.hours.rules import LONGEST, Break, expand, names_public_holidays
from chatservice.hours.spans import Span

ZONE = ZoneInfo("Europe/Helsinki")
DAY = timedelta(days=1)
# A time may run to 48:00 in the syntax, so what opened two days ago may still be open.
LEAD = timedelta(days=3)

__all__ = ["Break", "ExceptionView", "OpenState", "Reason", "Window", "closed_days", "next_opening", "state", "windows"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in the three languages."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    def text(self, *, language: str) -> str:
        """Return the reason in a language; Finnish where it has none in that one."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}.get(language) or self.fi


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """Days, the last one included, that no rule rules: closed when `opens` is None.

    `closes` at or before `opens` lies on the next day.
    """

    first: date
    last: date
    opens: time | None = None
    closes: time | None = None
    reason: Reason = Reason()


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when, in UTC; `goes_on` when the end is only that of the days asked for."""

    opens: datetime
    closes: datetime
    reason: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class OpenState:
    """Open now? Until when (None: no end is near), or from when again (None: not known), and why."""

    open: bool
    until: datetime | None = None
    next_opening: datetime | None = None
    reason: str = ""


def windows(
    *,
    expression: str,
    exceptions: Sequence[ExceptionView] = (),
    breaks: Sequence[Break] = (),
    first: date,
    days: int,
    language: str = "fi",
) -> list[Window]:
    """Return the open windows that touch these days, whole, merged and in order.

    Raises NotHours when the expression is none.
    """
    start, end = _midnight(first), _midnight(first) + days * DAY
    horizon = end + LEAD
    by_day = _open_days(expression=expression, breaks=breaks, start=start - LEAD, end=horizon)
    spans = _with_exceptions(by_day, exceptions, start=start - LEAD, end=horizon, language=language)
    found = _merged(_in_utc(spans))
    since, until, edge = (_moment(each, closing=False) for each in (start, end, horizon))
    touching = (each for each in found if each.opens < until and each.closes > since)
    return [replace(each, goes_on=each.closes >= edge) for each in touching]


def state(windows: Sequence[Window], now: datetime, *, closed: Mapping[date, str] | None = None) -> OpenState:
    """Tell what holds at a moment, from ordered windows that cover it.

    `closed` gives the reasons of days, as `closed_days` returns them.
    """
    later = next((each.opens for each in windows if each.opens > now), None)
    for each in windows:
        if each.opens <= now < each.closes:
            return OpenState(
                open=True, until=None if each.goes_on else each.closes, next_opening=later, reason=each.reason
            )
    why = (closed or {}).get(now.astimezone(ZONE).date(), "")
    return OpenState(open=False, next_opening=later, reason=why)


def next_opening(windows: Sequence[Window], now: datetime) -> datetime | None:
    """Return when a closed service opens; None while it is open or when no window is left."""
    found = state(windows, now)
    return None if found.open else found.next_opening


def closed_days(
    *,
    expression: str,
    exceptions: Sequence[ExceptionView] = (),
    breaks: Sequence[Break] = (),
    first: date,
    days: int,
    language: str = "fi",
) -> dict[date, str]:
    """Return why days differ: each exception's reason, and of days without open time the comment or the holiday."""
    start, end = _midnight(first), _midnight(first) + days * DAY
    asked = [first + number * DAY for number in range(days)]
    opened, comments = set[date](), dict[date, str]()
    for begins, ends, kind, comment in _intervals(expression=expression, breaks=breaks, start=start, end=end):
        for day in _days_between(begins, ends):
            if kind == State.OPEN:
                opened.add(day)
            elif comment:
                comments[day] = comment_of(comment)
    if names_public_holidays(expression):
        comments = {**public_holidays.names(days=asked, language=language), **comments}
    told = {day: comments[day] for day in asked if day in comments and day not in opened}
    for each in exceptions:
        told |= {day: each.reason.text(language=language) for day in asked if each.first <= day <= each.last}
    return told


def parsed(expression: str) -> OpeningHours:
    """Return the library's reading of an expression. Raises NotHours."""
    if len(expression) > LONGEST * 20 or not expression.strip():
        raise NotHours("empty" if not expression.strip() else "too_long")
    return _parsed(expression)


@lru_cache(maxsize=256)
def _parsed(expression: str) -> OpeningHours:
    try:
        return OpeningHours(expression, country="FI", auto_country=False, auto_timezone=False)
    except ParserError as error:
        raise NotHours("unparsable", place=_place(str(error), expression)) from None


def _place(told: str, expression: str) -> str:
    """Return the words at which the library's reading ended."""
    _, _, place = told.partition("--> 1:")
    number = place.split("\n", 1)[0].strip()
    return expression[int(number) - 1 :][:30] if number.isdigit() else expression[:30]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _intervals(
    *, expression: str, breaks: Sequence[Break], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, State, str]]:
    near = [each for each in breaks if each.first <= end.date() and each.last >= (start - LEAD).date()]
    return parsed(evenings(expand(expression, breaks=near))).intervals(start, end)


def _open_days(*, expression: str, breaks: Sequence[Break], start: datetime, end: datetime) -> dict[date, list[Span]]:
    """Return by day what opens on it, nights to their end."""
    found: dict[date, list[Span]] = {}
    for begins, ends, kind, comment in _intervals(expression=expression, breaks=breaks, start=start, end=end):
        for day in _days_between(begins, ends) if kind == State.OPEN else ():
            midnight = _midnight(day)
            found.setdefault(day, []).append(Span(max(begins, midnight), min(ends, midnight + DAY), comment))
    return {day: with_nights(_midnight(day), spans) for day, spans in found.items()}


def _with_exceptions(
    days: dict[date, list[Span]], exceptions: Sequence[ExceptionView], *, start: datetime, end: datetime, language: str
) -> list[Span]:
    """An exception rules what opens on its days, and nothing that opened the evening before."""
    ruled = dict(days)
    for each in exceptions:
        for day in _days_between(max(_midnight(each.first), start), min(_midnight(each.last) + DAY, end)):
            ruled[day] = [*_special(each, day, language)]
    return [span for spans in ruled.values() for span in spans]


def _special(each: ExceptionView, day: date, language: str) -> Iterator[Span]:
    if each.opens is not None and each.closes is not None:
        over = DAY if each.closes <= each.opens else timedelta()
        closes = datetime.combine(day, each.closes) + over
        yield Span(datetime.combine(day, each.opens), closes, each.reason.text(language=language))


def _days_between(start: datetime, end: datetime) -> Iterator[date]:
    """Yield the dates of a stretch; its end at midnight belongs to the day before."""
    day = start.date()
    while _midnight(day) < end:
        yield day
        day += DAY


def _in_utc(spans: Iterable[Span]) -> list[Window]:
    """A span that lies wholly in the hour that spring skips is none."""
    found = (
        Window(_moment(each.opens, closing=False), _moment(each.closes, closing=True), each.reason) for each in spans
    )
    return sorted((each for each in found if each.opens < each.closes), key=lambda each: (each.opens, each.closes))


def _moment(wall: datetime, *, closing: bool) -> datetime:
    """Wall time as UTC: in the repeated hour opening is its first, closing its second; a skipped time is the change."""
    first, second = (wall.replace(tzinfo=ZONE, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= second:
        return second if closing else first
    return _change(second, first)


def _change(low: datetime, high: datetime) -> datetime:
    """Return the first minute of the new time between two moments."""
    old = low.astimezone(ZONE).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle = middle.replace(second=0, microsecond=0)
        low, high = (middle, high) if middle.astimezone(ZONE).utcoffset() == old else (low, middle)
    return high


def _merged(found: Sequence[Window]) -> list[Window]:
    merged: list[Window] = []
    for each in found:
        if merged and each.opens <= merged[-1].closes:
            last = merged[-1]
            merged[-1] = replace(last, closes=max(last.closes, each.closes), reason=last.reason or each.reason)
        else:
            merged.append(each)
    return merged


def ordered(windows: Sequence[Window]) -> bool:
    """Whether windows are in order and apart, as everything here expects them."""
    return all(each.opens < each.closes for each in windows) and all(
        one.closes < other.opens for one, other in pairwise(windows)
    )
