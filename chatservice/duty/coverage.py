"""Shifts laid against opening hours and demand: gaps, single and double cover, who is needed by hour. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import ceil
from typing import Final, Protocol

from chatservice.duty.erlang_a import Load, outcome, staff_needed
from chatservice.duty.rules import HOME, wall

HOUR: Final = timedelta(hours=1)
BAND_HOURS: Final = 2


class Opening(Protocol):
    """An opening window; `hours.evaluate.Window` is one."""

    @property
    def opens(self) -> datetime: ...
    @property
    def closes(self) -> datetime: ...


class Planned(Protocol):
    """A shift; `models.Shift` is one."""

    @property
    def starts(self) -> datetime: ...
    @property
    def ends(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of opening hours with the same number of people planned: 0 is a gap, 1 single, 2 or more double."""

    starts: datetime
    ends: datetime
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the area wants and what it knows of itself; `capacity`: talks that one person holds at once."""

    talk_minutes: float = 25.0
    patience_minutes: float = 20.0
    capacity: int = 2
    most_abandon: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class HourNeed:
    """An opening hour: who is expected, how many people are planned (on average) and needed, who would give up waiting.

    `abandon` is the share who leave unanswered with the people planned; 1 when nobody is planned and somebody comes.
    """

    starts: datetime
    expected: float
    planned: float
    needed: int
    abandon: float

    @property
    def short(self) -> bool:
        """Whether fewer are planned than needed."""
        return self.planned + 1e-9 < self.needed


def cover(*, windows: Iterable[Opening], shifts: Sequence[Planned]) -> list[Span]:
    """Cut the opening windows where shifts begin and end; stretches next to each other have different numbers."""
    spans: list[Span] = []
    for opens, closes in merged(windows):
        cuts = {opens, closes}
        cuts |= {edge for shift in shifts for edge in (shift.starts, shift.ends) if opens < edge < closes}
        edges = sorted(cuts)
        for starts, ends in pairwise(edges):
            people = sum(1 for shift in shifts if shift.starts < ends and shift.ends > starts)
            spans = _joined(spans, Span(starts=starts, ends=ends, people=people))
    return spans


def outside(*, windows: Iterable[Opening], shifts: Sequence[Planned]) -> list[tuple[datetime, datetime]]:
    """Return the times in which somebody is planned though the service is closed."""
    found: list[tuple[datetime, datetime]] = []
    open_times = merged(windows)
    for starts, ends in merged_times((shift.starts, shift.ends) for shift in shifts):
        left = starts
        for opens, closes in open_times:
            if closes <= left or opens >= ends:
                continue
            if opens > left:
                found.append((left, opens))
            left = closes
        if left < ends:
            found.append((left, ends))
    return found


def needs(*, spans: Sequence[Span], demand: Mapping[tuple[int, int], float], goal: Goal) -> list[HourNeed]:
    """Return the opening hours with what they need; `demand` is arrivals by (weekday, two-hour band)."""
    people: dict[datetime, float] = {}
    open_share: dict[datetime, float] = {}
    for span in spans:
        for hour, share in _hours(span.starts, span.ends):
            people[hour] = people.get(hour, 0.0) + share * span.people
            open_share[hour] = open_share.get(hour, 0.0) + share
    return [_need(hour, people[hour] / open_share[hour], demand=demand, goal=goal) for hour in sorted(people)]


def merged(windows: Iterable[Opening]) -> list[tuple[datetime, datetime]]:
    """Join windows that touch or overlap (several channels may be open at once)."""
    return merged_times((window.opens, window.closes) for window in windows)


def merged_times(times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Join stretches of time that touch or overlap."""
    found: list[tuple[datetime, datetime]] = []
    for starts, ends in sorted(times):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found


def day_of(moment: datetime) -> date:
    """Return the day in Finland."""
    return moment.astimezone(HOME).date()


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in Finland."""
    return wall(day, time(0))


def _joined(spans: list[Span], span: Span) -> list[Span]:
    if spans and spans[-1].ends == span.starts and spans[-1].people == span.people:
        return [*spans[:-1], Span(starts=spans[-1].starts, ends=span.ends, people=span.people)]
    return [*spans, span]


def _hours(starts: datetime, ends: datetime) -> Iterable[tuple[datetime, float]]:
    """Yield the full hours that a stretch touches, with the share of each."""
    hour = starts.replace(minute=0, second=0, microsecond=0)
    while hour < ends:
        yield hour, (min(ends, hour + HOUR) - max(starts, hour)) / HOUR
        hour += HOUR


def _need(hour: datetime, planned: float, *, demand: Mapping[tuple[int, int], float], goal: Goal) -> HourNeed:
    here = hour.astimezone(HOME)
    expected = demand.get((here.weekday(), here.hour // BAND_HOURS), 0.0) / BAND_HOURS
    load = Load(arrivals=expected, talk_minutes=goal.talk_minutes, patience_minutes=goal.patience_minutes)
    # While the service is open somebody must be there, however few come.
    needed = max(1, ceil(staff_needed(load=load, most_abandon=goal.most_abandon) / goal.capacity))
    servers = int(planned * goal.capacity)
    abandon = outcome(load=load, staff=servers).abandon if servers else float(expected > 0)
    return HourNeed(starts=hour, expected=expected, planned=planned, needed=needed, abandon=abandon)
