"""The rules that hold for an area: the house's own, with the area's terms on top.

They are read beside the message path: `refresh` runs at the start of a process and every few seconds, and builds anew
only what has changed. Until it has run, the house's own rules hold.
"""

from __future__ import annotations

import logging
from typing import Final

from chatservice.moderation.pipeline import Ruleset, Term, default
from chatservice.moderation.risk.model import RuleError
from chatservice.moderation.verdict import LEVELS
from chatservice.store.pool import Connection, connection

log = logging.getLogger(__name__)

# Within an area ids grow in the order of commits: whoever saves a term holds the area's lock.
NEWEST: Final = b"SELECT area_id, max(id) FROM screening_areaterm GROUP BY area_id"
TERMS: Final = b"""
SELECT key, phrase, level, category FROM (
    SELECT DISTINCT ON (key) key, phrase, level, category, active FROM screening_areaterm
    WHERE area_id = %(area)s ORDER BY key, version DESC
) AS newest WHERE active ORDER BY key
"""

_of_area: dict[int, Ruleset] = {}
_read_until: dict[int, int] = {}


def rules_of(area: int) -> Ruleset:
    """Return the rules of an area as this process last read them; never waits."""
    return _of_area.get(area, default())


async def refresh() -> None:
    """Read the terms of the areas where one was saved since the last time. Raises StoreAway."""
    async with connection() as lent:
        for area, newest in await (await lent.execute(NEWEST)).fetchall():
            if _read_until.get(area) != newest:
                _of_area[area] = _usable(area, await _terms(lent, area))
                _read_until[area] = newest


def forget() -> None:
    """Drop what this process has read; the next refresh reads it again."""
    _of_area.clear()
    _read_until.clear()


async def _terms(lent: Connection, area: int) -> list[Term]:
    rows = await (await lent.execute(TERMS, {"area": area})).fetchall()
    return [Term(key, phrase, LEVELS[level], category) for key, phrase, level, category in rows]


def _usable(area: int, terms: list[Term]) -> Ruleset:
    """A term that a newer house no longer understands is left out; it takes no other with it."""
    kept = [term for term in terms if _reads(term)]
    if len(kept) < len(terms):
        log.error("area %s: %s of its terms cannot be used any more", area, len(terms) - len(kept))
    return default().with_terms(kept)


def _reads(term: Term) -> bool:
    try:
        default().with_terms([term])
    except RuleError:
        return False
    return True
