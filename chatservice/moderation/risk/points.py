"""Reads the points of signs: `[lines]`, what the sums must reach; `[needed]`, what rules need; `[said]`; `[signs]`.

A sign has three whole numbers, for a concern, for high and for immediate, and the category that it speaks for, if any.
"""

from collections.abc import Mapping
from typing import Any

from chatservice.moderation.risk.model import Concept
from chatservice.moderation.risk.signs import NO_POINTS, SAID, Points, Signs
from chatservice.moderation.risk.sources import Source
from chatservice.moderation.verdict import CATEGORIES, LEVELS

TABLES = ("lines", "needed", "said", "signs")
RAISED = [str(level) for level in LEVELS[1:]]


def signs_of(source: Source, concepts: Mapping[str, Concept]) -> Signs:
    """Return the signs of a file that has all four tables.

    `[said]` is what the findings of rules count for beside the signs.

    :raises RuleError: a table is missing, a name is unknown, or points are not three whole numbers.
    """
    lines, needed, said, signs = (source.data.get(name, {}) for name in TABLES)
    if not set(TABLES) <= source.data.keys() or not all(
        isinstance(each, dict) for each in (lines, needed, said, signs)
    ):
        raise source.error(f"expected the tables {', '.join(TABLES)} together")
    for name, row, least in (("lines", lines, 1), ("needed", needed, 0)):
        if list(row) != RAISED or not all(type(line) is int and line >= least for line in row.values()):
            raise source.error(f"[{name}] needs {', '.join(RAISED)}, each a whole number from {least}")
    if unknown := said.keys() - set(SAID):
        raise source.error(f"expected one of {', '.join(SAID)}", rule=min(unknown))
    if unknown := signs.keys() - concepts.keys():
        raise source.error("expected a concept of concepts.toml", rule=min(unknown))
    rows = {name: row if isinstance(row, list) else [] for name, row in signs.items()}
    return Signs(
        points={concepts[name].bit: points_of(source, row[:3], name=name) for name, row in rows.items()},
        categories={concepts[name].bit: category_of(source, row, name=name) for name, row in rows.items() if row[3:]},
        lines=(lines["concern"], lines["high"], lines["immediate"]),
        needed=(needed["concern"], needed["high"], needed["immediate"]),
        said={name: points_of(source, row, name=name) for name, row in said.items()},
    )


def points_of(source: Source, row: Any, *, name: str) -> Points:
    """Return three checked numbers."""
    if not isinstance(row, list) or len(row) != len(NO_POINTS) or not all(type(each) is int for each in row):
        raise source.error("expected three whole numbers", rule=name)
    return (row[0], row[1], row[2])


def category_of(source: Source, row: list[Any], *, name: str) -> str:
    """Return the checked category behind the numbers."""
    if row[3:] != row[3:4] or row[3] not in CATEGORIES:
        raise source.error("expected one known category behind the numbers", rule=name)
    return str(row[3])
