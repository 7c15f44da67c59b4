"""How well the marks agree with the professionals' own judgement: counters by half-year, without a row for any talk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from chatservice.moderation.verdict import CATEGORIES
from chatservice.screening.models import EVERY_TALK, NO_CATEGORY, Agreement
from chatservice.store.pool import Connection

AUTUMN: Final = 8
# In the order of categories: two wrap-ups at once wait for each other and never crosswise.
TALLY: Final = """
INSERT INTO screening_agreement AS kept (area_id, period, category, machine, judged, talks)
SELECT %(area)s, %(period)s, category, %(machine)s, %(judged)s, 1
FROM unnest(%(categories)s::text[]) AS category ORDER BY category
ON CONFLICT (area_id, period, category, machine, judged) DO UPDATE SET talks = kept.talks + 1
"""


async def tally(
    connection: Connection, *, area: int, machine: int, categories: Collection[str], judged: int, day: date
) -> None:
    """Count a talk that was wrapped up, inside the caller's transaction: late in it, before the audit.

    `machine` is the highest level moderation gave the talk (0 to 3), `judged` the professional's own, -1 where they
    did not say. The talk counts once among all, and in each of its `categories`, or in "none" without one.
    """
    named = sorted(set(categories) & set(CATEGORIES)) or [NO_CATEGORY]
    counted = {"area": area, "period": half_year(day), "machine": machine, "judged": judged}
    await connection.execute(TALLY.encode(), {**counted, "categories": [EVERY_TALK, *named]})


def half_year(day: date) -> date:
    """Return the first day of the school half-year of a day: 1 August or 1 January."""
    return date(day.year, AUTUMN if day.month >= AUTUMN else 1, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """The talks of a half-year that had a category, by the machine's level and the professional's (-1: not said)."""

    category: str
    talks: Mapping[tuple[int, int], int]

    def count(self, *, machine: Collection[int], judged: Collection[int]) -> int:
        """Return how many talks had one of these levels each."""
        return sum(self.talks.get((one, other), 0) for one in machine for other in judged)


def periods(*, area: int) -> list[date]:
    """Return the half-years in which an area counted anything, the newest first (synchronous)."""
    found = Agreement.objects.filter(area=area).order_by("-period").values_list("period", flat=True)
    return list(found.distinct())


def tables(*, area: int, period: date) -> list[Table]:
    """Return an area's tables: all talks, then each category that any had, then those of none (synchronous)."""
    found: dict[str, dict[tuple[int, int], int]] = {}
    for row in Agreement.objects.filter(area=area, period=period):
        found.setdefault(row.category, {})[row.machine, row.judged] = row.talks
    order = (EVERY_TALK, *CATEGORIES, NO_CATEGORY)
    return [Table(category, found[category]) for category in order if category in found]
