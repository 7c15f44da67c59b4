"""How well the marks agree with the professionals' own judgement: counters by half-year, without a row for any talk.

They wait for the night with the counters of reports and are applied with them in random order: whoever looks at the
table twice in a day sees no single talk (`statistics/nightly.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from chatservice.moderation.verdict import CATEGORIES
from chatservice.screening.models import EVERY_TALK, NO_CATEGORY, UNKNOWN, Agreement
from chatservice.statistics.catalogue import cell, uncell
from chatservice.statistics.classes import school_year
from chatservice.statistics.nightly import Columns
from chatservice.statistics.raising import Raise

AUTUMN: Final = 8
SET: Final = "agreement"
LEVELS: Final = range(4)
KEEP: Final = """
INSERT INTO screening_agreement AS kept (area_id, period, category, machine, judged, talks)
SELECT %(area)s, * FROM unnest(%(periods)s::text[]::date[], %(categories)s::text[], %(machine)s::smallint[],
    %(judged)s::smallint[], %(talks)s::int[])
ON CONFLICT (area_id, period, category, machine, judged) DO UPDATE SET talks = kept.talks + EXCLUDED.talks
"""


def raised(*, area: int, machine: int, categories: Collection[str], judged: int, day: date) -> list[Raise]:
    """Return the counters that a wrapped-up talk raises; they are put with all others of its transaction.

    `machine` is the highest level moderation gave the talk (0 to 3), `judged` the professional's own, -1 where they
    did not say. The talk counts once among all, and in each of its `categories`, or in "none" without one. Raises
    ValueError for a level that does not exist: what waits for the night must be applicable.
    """
    if machine not in LEVELS or judged not in {UNKNOWN, *LEVELS}:
        raise ValueError("expected levels from 0 to 3, the professional's -1 where they did not say")
    named = sorted(set(categories) & set(CATEGORIES)) or [NO_CATEGORY]
    levels = {"half": half_year(day).isoformat(), "machine": str(machine), "judged": str(judged)}
    cells = (cell({**levels, "category": category}) for category in (EVERY_TALK, *named))
    return [Raise(area=area, year=school_year(day), name=SET, cell=at) for at in cells]


def columns(counts: Mapping[str, int]) -> Columns:
    """Return counters as columns of the statement."""
    rows = [uncell(at) for at in counts]
    return {
        "periods": [row["half"] for row in rows],
        "categories": [row["category"] for row in rows],
        "machine": [int(row["machine"]) for row in rows],
        "judged": [int(row["judged"]) for row in rows],
        "talks": list(counts.values()),
    }


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
