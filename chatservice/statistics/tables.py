"""From counters to the cells of a table: every code of every dimension, whether anything was counted in it or not.

A code that is left out would tell that it is zero. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from chatservice.disclosure.cells import Coordinates, coordinates
from chatservice.statistics.catalogue import CONTACTS, THREADS, Set, uncell
from chatservice.statistics.classes import UNKNOWN
from chatservice.statistics.codes import NOBODY, OUTCOMES, TOTAL, Tree, tree, up
from chatservice.statistics.nodes import Nodes
from chatservice.statistics.plans import CODES, EVERY, GROUPS, LEAVES, MONTHS, SCHOOLS, TERMS, TOWNS, Plan, Spec

# Codes that tell nothing to a reader are counted and never shown.
HIDDEN: Final = {
    "wait": {UNKNOWN},
    "length": {UNKNOWN},
    "weekday": {UNKNOWN},
    "hour": {UNKNOWN},
    "profession": {NOBODY},
    "theme": {UNKNOWN},
    "feedback": {UNKNOWN},
    # The same contacts as answered=no: one number has one text.
    "outcome": {"unanswered", *OUTCOMES["unanswered"]},
    "side": {UNKNOWN},
    "risk": {UNKNOWN},
}


@dataclass(frozen=True, slots=True)
class Axes:
    """What a year's tables are drawn along."""

    year: str
    plan: Plan
    nodes: Nodes

    def parents(self, dimension: str) -> Tree:
        """Return child -> parent of a dimension."""
        return self.nodes.parents if dimension == "area" else tree(dimension, year=self.year)

    def codes(self, dimension: str, shown: str) -> tuple[str, ...]:
        """Return the codes of a dimension that a table shows, "Total" among them where it is."""
        if dimension == "period":
            months = self.plan.months_of(self.year) if shown == MONTHS else ()
            return (*self.plan.terms, *months)
        if dimension == "area":
            places = self.nodes.municipalities if shown in {TOWNS, SCHOOLS} else ()
            return (TOTAL, *places, *(self.nodes.shown_schools if shown == SCHOOLS else ()))
        parents = self.parents(dimension)
        hidden = HIDDEN.get(dimension, set())
        every = (code for code in parents if code not in hidden)
        if shown in {GROUPS, CODES}:
            every = (code for code in every if parents[code] == TOTAL)
        if shown == LEAVES:
            return tuple(code for code in every if code not in set(parents.values()))
        assert shown in {GROUPS, CODES, EVERY, TERMS}, "a table shows what a plan says"
        return (TOTAL, *every)


def counts_of(spec: Spec, cells: Mapping[str, int], *, axes: Axes) -> dict[Coordinates, int]:
    """Return every cell of a table with its true count."""
    dims = sorted(spec.show)
    shown = {dimension: axes.codes(dimension, spec.show[dimension]) for dimension in dims}
    found: dict[Coordinates, int] = {
        coordinates(dict(zip(dims, codes, strict=True))): 0 for codes in product(*(shown[each] for each in dims))
    }
    kept = {dimension: frozenset(codes) for dimension, codes in shown.items()}
    for at, count in _grouped(cells, dims).items():
        above = [
            [code for code in up(at[n], parents=axes.parents(each)) if code in kept[each]]
            for n, each in enumerate(dims)
        ]
        for codes in product(*above):
            found[coordinates(dict(zip(dims, codes, strict=True)))] += count
    return found


def _grouped(cells: Mapping[str, int], dims: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Add up counters along the dimensions that a table names."""
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for text, count in cells.items():
        at = uncell(text)
        found[tuple(at.get(each, TOTAL) for each in dims)] += count
    return found


def in_world(measure: str, at: Coordinates) -> tuple[str, Coordinates]:
    """Return a cell as the gate and outside readers see it: a thread is a contact that is the first of its term.

    So threads never add up with contacts to anything wrong, and what the two tell of each other is judged too.
    """
    return (CONTACTS, tuple(sorted((*at, ("thread", "1"))))) if measure == THREADS else (measure, at)


def out_of_world(measure: str, at: Coordinates) -> tuple[str, Coordinates]:
    """Return a cell of the gate as it is published."""
    if ("thread", "1") in at:
        return THREADS, tuple(pair for pair in at if pair[0] != "thread")
    return measure, at


def dims_of(spec: Spec) -> tuple[str, ...]:
    """Return the dimensions of a published table."""
    return tuple(sorted(spec.show))


def specs_of(plan: Plan, *, schools: bool, sets: Iterable[Set]) -> Iterator[Spec]:
    """Yield the tables of a plan that the year is counted for, those of schools only where they are asked for."""
    counted = {each.name for each in sets}
    for spec in (*plan.specs, *(plan.school_specs if schools else ())):
        if spec.source in counted:
            yield spec
