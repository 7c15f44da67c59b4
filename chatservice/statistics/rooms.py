"""What an area need not have: worry tests, the library, the question how it felt afterwards.

Of something that nobody was ever asked or offered, "under 5" would be untrue: such tables are left out of reports,
which say instead that it is not in use yet. It is in use from the school year on in which anything of it was counted.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Final

from django.db import connection

from chatservice.statistics.catalogue import LIBRARY, TESTS
from chatservice.statistics.plans import Spec

FEEDBACK: Final = "feedback"
# Set -> what it counts.
ROOMS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("test_bands", "municipality_bands", "county_bands"), TESTS),
    "library_themes": LIBRARY,
    "municipality_feedback": FEEDBACK,
}
# Every talk raises a cell of feedback; who was not asked, or did not answer, is no use of it.
RAISED: Final = """
SELECT DISTINCT name FROM (
    SELECT area_id, school_year, name, cell FROM statistics_counter
    UNION ALL SELECT area_id, school_year, name, cell FROM statistics_pending
) AS raised
WHERE area_id = %(area)s AND school_year <= %(year)s AND name = ANY(%(names)s)
    AND (name <> 'municipality_feedback' OR cell !~ 'feedback=(none|unknown)')
"""


def in_use(*, area: int, year: str) -> frozenset[str]:
    """Return what an area has counted anything of, in this school year or an earlier one."""
    with connection.cursor() as cursor:
        cursor.execute(RAISED, {"area": area, "year": year, "names": list(ROOMS)})
        return frozenset(ROOMS[name] for (name,) in cursor.fetchall())


def without(specs: Iterable[Spec], *, used: Container[str]) -> list[Spec]:
    """Return the tables that are not of something unused."""
    return [spec for spec in specs if spec.source not in ROOMS or ROOMS[spec.source] in used]


def missing(specs: Iterable[Spec], *, made: Container[str]) -> list[str]:
    """Return what a report would tell of, had it been in use: by the tables (ids) that were made of its plan."""
    asked = [(ROOMS[spec.source], spec.id) for spec in specs if spec.source in ROOMS]
    told = {room for room, table in asked if table in made}
    return sorted({room for room, _ in asked} - told)
