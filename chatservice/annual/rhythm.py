"""The default rhythm of a school year (design: statistics.md §8, domain.md §5). Pure.

Four meetings, two bulletins, the reports between them, and what the service itself needs at those times. Days are a
proposal that every area changes; none falls on a weekend.

A report comes after its period, and before who needs it: August and September before meeting 2 and the December
bulletin, the autumn term before meeting 3 and the June bulletin, the whole year before meeting 1 of the next. So a
bulletin always has a frozen report to quote, whose period it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chatservice.statistics.classes import begins

WEEK: Final = timedelta(days=7)
FORTNIGHT: Final = timedelta(days=14)
SATURDAY: Final = 5
AUGUST: Final = 8


@dataclass(frozen=True, slots=True)
class Usual:
    """One event of the rhythm: its day in the school year, and how long before it the reminder goes out."""

    kind: str
    month: int
    day: int
    before: timedelta = FORTNIGHT

    def when(self, year: str) -> date:
        """Return its day in a school year, moved to Monday from a weekend; raises ValueError for no school year."""
        first = begins(year).year
        found = date(first if self.month >= AUGUST else first + 1, self.month, self.day)
        return found + timedelta(days=7 - found.weekday()) if found.weekday() >= SATURDAY else found


USUAL: Final = (
    Usual("start", 8, 10, WEEK),
    Usual("contacts_august", 8, 17, WEEK),
    Usual("year_report", 8, 24),
    Usual("meeting_1", 9, 15),
    Usual("theme", 10, 1),
    Usual("report_october", 10, 15),
    Usual("meeting_2", 11, 20),
    Usual("holidays", 12, 1, WEEK),
    Usual("contacts_december", 12, 8, WEEK),
    Usual("bulletin_1", 12, 15),
    Usual("report_autumn", 1, 12, WEEK),
    Usual("meeting_3", 1, 25),
    Usual("survey", 2, 15),
    Usual("contacts_march", 3, 8, WEEK),
    Usual("county", 3, 15),
    Usual("meeting_4", 5, 15),
    Usual("bulletin_2", 6, 7),
    Usual("contacts_june", 6, 10, WEEK),
    Usual("summer", 6, 15, WEEK),
)
KINDS: Final = tuple(usual.kind for usual in USUAL)
