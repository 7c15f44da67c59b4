"""Opening hours by brute force: minute after minute on the wall clock of Helsinki, straight from the plain facts."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from chatservice.hours.errors import NotHours
from chatservice.hours.evaluate import Break, ExceptionView
from chatservice.hours.grid import Grid, check, to_expression
from chatservice.hours.public_holidays import of_year

ZONE = ZoneInfo("Europe/Helsinki")
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
HALF_HOURS = [time(minute // 60, minute % 60) for minute in range(0, 1440, 30)]


@dataclass(frozen=True)
class Town:
    """Everything that rules the hours of one queue."""

    grid: Grid
    breaks: list[Break] = field(default_factory=list)
    exceptions: list[ExceptionView] = field(default_factory=list)

    @property
    def expression(self) -> str:
        return to_expression(self.grid)

    def closed_by_rule(self, day: date) -> bool:
        holiday = self.grid.closed_on_public_holidays and day in of_year(day.year, "fi")
        at_home = self.grid.closed_on_school_holidays and any(each.first <= day <= each.last for each in self.breaks)
        return holiday or at_home

    def exception(self, day: date) -> ExceptionView | None:
        return next((each for each in self.exceptions if each.first <= day <= each.last), None)

    def spans(self, day: date) -> list[tuple[time, time]]:
        """What opens on a day."""
        if (found := self.exception(day)) is not None:
            return [] if found.opens is None or found.closes is None else [(found.opens, found.closes)]
        return [] if self.closed_by_rule(day) else self.grid.week.get(day.weekday(), [])

    def open_at(self, moment: datetime) -> bool:
        """Whether the wall clock shows an open minute."""
        wall = moment.astimezone(ZONE)
        day, clock = wall.date(), wall.time()
        before = day - timedelta(days=1)
        if any(opens <= clock and (clock < closes or closes <= opens) for opens, closes in self.spans(day)):
            return True
        return any(closes <= opens and clock < closes for opens, closes in self.spans(before))


def clock_repeats(moment: datetime) -> bool:
    """Whether the wall clock shows this minute twice."""
    wall = moment.astimezone(ZONE)
    return wall.replace(fold=0).astimezone(UTC) != wall.replace(fold=1).astimezone(UTC)


def possible(week: dict[int, list[tuple[time, time]]]) -> bool:
    try:
        check(week)
    except NotHours:
        return False
    return True


spans = st.lists(st.tuples(st.sampled_from(HALF_HOURS), st.sampled_from(HALF_HOURS)), max_size=2)
weeks = st.dictionaries(st.integers(0, 6), spans, max_size=7).filter(possible)
days = st.dates(FIRST, LAST)


@st.composite
def stretches(draw: st.DrawFn, *, most: int = 5) -> list[tuple[date, date]]:
    """Stretches of days that lie apart."""
    found: list[tuple[date, date]] = []
    for first in sorted(draw(st.lists(days, max_size=most))):
        last = first + timedelta(days=draw(st.integers(0, 12)))
        if not found or first > found[-1][1]:
            found.append((first, last))
    return found


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Hours with holidays, breaks and exceptions, somewhere in two years."""
    grid = Grid(draw(weeks), draw(st.booleans()), draw(st.booleans()))
    breaks = [Break(first, last, "syysloma") for first, last in draw(stretches())]
    exceptions = []
    for first, last in draw(stretches()):
        span = draw(st.none() | st.tuples(st.sampled_from(HALF_HOURS), st.sampled_from(HALF_HOURS)))
        opens, closes = span or (None, None)
        exceptions.append(ExceptionView(first, last, opens, closes))
    return Town(grid, breaks, exceptions)
