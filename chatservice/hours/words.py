"""Opening hours in the words a visitor reads: inflected, on the 24-hour clock, without a syntax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chatservice.hours.evaluate import ZONE, Break, windows
from chatservice.hours.grid import Grid, Span, Week, from_expression

MIDNIGHT = time()
WEEK = 7
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language speaks of days and times."""

    today: str
    tomorrow: str
    on: tuple[str, ...]
    short: tuple[str, ...]
    at: str
    both: str
    daily: str
    always: str
    never: str
    not_public: str
    not_school: str
    months: tuple[str, ...] = ()

    def clock(self, hour: int, minute: int) -> str:
        """Return a time: `16` and `16.30` in Finnish and Swedish, `16:00` in English."""
        if self.months:
            return f"{hour % 24:02}:{minute:02}"
        return f"{hour}.{minute:02}" if minute else str(hour)

    def dated(self, day: date, *, year: bool) -> str:
        """Return a short date with its weekday."""
        name = self.short[day.weekday()]
        if self.months:
            return f"{name} {day.day} {self.months[day.month - 1]}{f' {day.year}' if year else ''}"
        dot = "." if self.at == "klo " else ""
        return f"{name} {day.day}.{day.month}{f'.{day.year}' if year else dot}"


TONGUES = {
    "fi": Tongue(
        today="tänään",
        tomorrow="huomenna",
        on=("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"),
        short=("ma", "ti", "ke", "to", "pe", "la", "su"),
        at="klo ",
        both="ja",
        daily="joka päivä",
        always="aina auki",
        never="ei auki",
        not_public="ei pyhäpäivinä",
        not_school="ei koulun lomilla",
    ),
    "sv": Tongue(
        today="i dag",
        tomorrow="i morgon",
        on=("på måndag", "på tisdag", "på onsdag", "på torsdag", "på fredag", "på lördag", "på söndag"),
        short=("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
        at="kl. ",
        both="och",
        daily="varje dag",
        always="alltid öppet",
        never="inte öppet",
        not_public="inte på helgdagar",
        not_school="inte under skolloven",
    ),
    "en": Tongue(
        today="today",
        tomorrow="tomorrow",
        on=("on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"),
        short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        at="at ",
        both="and",
        daily="every day",
        always="always open",
        never="not open",
        not_public="not on public holidays",
        not_school="not in school holidays",
        months=MONTHS,
    ),
}


def when(moment: datetime, now: datetime, language: str) -> str:
    """Return a moment as seen from now: `huomenna klo 14`, `på måndag kl. 16`, `Mon 7 December at 14:00`."""
    tongue = _tongue(language)
    there = moment.astimezone(ZONE)
    return f"{_day(there.date(), now, tongue)} {tongue.at}{tongue.clock(there.hour, there.minute)}"


def until(moment: datetime, now: datetime, language: str) -> str:
    """Return a closing as seen from now; midnight is the end of its evening: `tänään klo 24 asti`."""
    tongue = _tongue(language)
    there = moment.astimezone(ZONE)
    late = there.time() == MIDNIGHT
    day = _day(there.date() - timedelta(days=late), now, tongue)
    clock = tongue.clock(24 if late else there.hour, there.minute)
    clock = "midnight" if late and tongue.months else clock
    return {"fi": f"{day} klo {clock} asti", "sv": f"till kl. {clock} {day}", "en": f"until {clock} {day}"}[
        language if language in TONGUES else "fi"
    ]


def week_lines(*, expression: str, first: date, language: str, breaks: Sequence[Break] = ()) -> list[str]:
    """Return a week of an expression in lines for the door: `ma ja to klo 14-16`.

    What no grid can say is told as the week that starts at `first` will be. Raises NotHours.
    """
    tongue = _tongue(language)
    grid = from_expression(expression) or Grid(_week(expression, first, breaks), closed_on_public_holidays=False)
    return [*_lines(grid.week, tongue), *_holidays(grid, tongue)]


def _tongue(language: str) -> Tongue:
    return TONGUES.get(language, TONGUES["fi"])


def _day(day: date, now: datetime, tongue: Tongue) -> str:
    today = now.astimezone(ZONE).date()
    away = (day - today).days
    if away in {0, 1}:
        return tongue.tomorrow if away else tongue.today
    if 1 < away < WEEK:
        return tongue.on[day.weekday()]
    return tongue.dated(day, year=day.year != today.year)


def _week(expression: str, first: date, breaks: Sequence[Break]) -> Week:
    week: Week = {}
    for each in windows(expression=expression, breaks=breaks, first=first, days=WEEK):
        opens, closes = each.opens.astimezone(ZONE), each.closes.astimezone(ZONE)
        while opens < closes:
            last = opens.date() == closes.date() or closes <= opens + timedelta(hours=18)
            if first <= opens.date() < first + timedelta(days=WEEK):
                week.setdefault(opens.weekday(), []).append((opens.time(), closes.time() if last else MIDNIGHT))
            opens = closes if last else datetime.combine(opens.date() + timedelta(days=1), MIDNIGHT, ZONE)
    return week


def _lines(week: Week, tongue: Tongue) -> list[str]:
    by_hours: dict[tuple[Span, ...], list[int]] = {}
    for day in range(WEEK):
        if week.get(day):
            by_hours.setdefault(tuple(sorted(week[day])), []).append(day)
    if not by_hours:
        return [tongue.never]
    if by_hours == {((MIDNIGHT, MIDNIGHT),): list(range(WEEK))}:
        return [tongue.always]
    at = "" if tongue.months else tongue.at
    return [
        f"{_days(days, tongue)} {at}{_listed([_span(span, tongue) for span in spans], tongue)}"
        for spans, days in by_hours.items()
    ]


def _holidays(grid: Grid, tongue: Tongue) -> list[str]:
    if not any(grid.week.values()):
        return []
    return [tongue.not_public] * grid.closed_on_public_holidays + [tongue.not_school] * grid.closed_on_school_holidays


def _span(span: Span, tongue: Tongue) -> str:
    opens, closes = span
    end = 24 if closes == MIDNIGHT else closes.hour
    return f"{tongue.clock(opens.hour, opens.minute)}{DASH}{tongue.clock(end, closes.minute)}"


def _days(days: Sequence[int], tongue: Tongue) -> str:
    """Name weekdays; three and more in a row as a range."""
    if len(days) == WEEK:
        return tongue.daily
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = [_run(run, tongue) for run in runs]
    return _listed([name for names in named for name in names], tongue)


def _run(run: Sequence[int], tongue: Tongue) -> list[str]:
    names = [tongue.short[day] for day in run]
    return names if len(names) < 3 else [f"{names[0]}{DASH}{names[-1]}"]  # noqa: PLR2004 - two days are no range


def _listed(parts: Sequence[str], tongue: Tongue) -> str:
    *most, last = parts
    return f"{', '.join(most)} {tongue.both} {last}" if most else last
