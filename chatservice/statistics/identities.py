"""Every identity and inclusion between the catalogue's sets that holds by the way in which contacts are counted.

`closings.py` counts who was not answered without any code, and an answered talk with what its wrap-up says; a wrap-up
that was written has a topic and a judgement of risk, one that was not written has neither. A reader can know all that.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from typing import Final

from chatservice.disclosure.identity import Identity, Part, Tree, above
from chatservice.statistics.catalogue import CONTACTS, SIDES, THREADS, Set, uncell
from chatservice.statistics.classes import UNKNOWN
from chatservice.statistics.codes import LEFT_QUEUE, NO, NO_REASON, NOBODY, TOTAL, TURNED_AWAY, YES, tree

MOST_SIDES: Final = 2
ANY_YEAR: Final = "2026-2027"
Counts = Mapping[str, Mapping[str, int]]
Trees = Mapping[str, Tree]
Grid = Tally[tuple[str, ...]]


def _of(dimension: str, *codes: str) -> Part:
    return Part(CONTACTS, dimension, codes)


MISSED: Final = _of("answered", NO)
UNTOLD: Final = _of("topic", UNKNOWN)
BY_COUNTING: Final = (
    Identity("unanswered is an outcome", MISSED, _of("outcome", "unanswered"), equal=True),
    Identity("left the queue is an outcome", _of("answered", LEFT_QUEUE), _of("outcome", "O_QUIT"), equal=True),
    Identity("turned away is an outcome", _of("answered", TURNED_AWAY), _of("outcome", "O_UNANS"), equal=True),
    Identity("unanswered has no length", MISSED, _of("length", UNKNOWN), equal=True),
    Identity("unanswered has no feedback", MISSED, _of("feedback", UNKNOWN), equal=True),
    Identity("unanswered has no professional", MISSED, _of("profession", NOBODY), equal=True),
    Identity("unanswered has no topic", MISSED, UNTOLD),
    Identity("without a topic no judgement", UNTOLD, _of("risk", UNKNOWN), equal=True),
    Identity("without a topic no role", UNTOLD, _of("role", "R_UNK")),
    Identity("without a topic no stage", UNTOLD, _of("stage", "S_UNK")),
    Identity("without a topic no outcome", UNTOLD, _of("outcome", UNKNOWN, "unanswered")),
    Identity("a thread was answered", _of("thread", "1"), _of("answered", YES)),
    # What only a loaded file can say.
    Identity("a wait is known", _of("wait", UNKNOWN), None),
    Identity("a weekday is known", _of("weekday", UNKNOWN), None),
    Identity("an hour is known", _of("hour", UNKNOWN), None),
    Identity("a reason is known", _of("answered", NO_REASON), None),
)


@cache
def every() -> tuple[Identity, ...]:
    """Return all identities: those above, and those between a channel's topics, side topics and the channel."""
    topics = tree("topic", year=ANY_YEAR)
    groups = [code for code, up in topics.items() if up == TOTAL and code != UNKNOWN]
    leaves = [code for code in topics if code not in set(topics.values()) and code != UNKNOWN]
    told = _of("topic", *groups)
    found = [*BY_COUNTING]
    for channel, letter in (("youth", "Y."), ("parent", "P.")):
        whole, sides = _of("channel", channel), Part(SIDES, "side", tuple(c for c in leaves if c.startswith(letter)))
        own = _of("topic", *(code for code in groups if code.startswith(letter)))
        found += [
            Identity(f"topics of the {channel} channel", own, whole),
            Identity(f"a side topic of the {channel} channel", sides, whole, each=True),
            Identity(f"side topics of the {channel} channel", sides, whole, times=MOST_SIDES),
        ]
    sides = Part(SIDES, "side", tuple(leaves))
    found += [
        Identity("a side topic has a main one", sides, told, each=True),
        Identity("side topics have a main one", sides, told, times=MOST_SIDES),
    ]
    return tuple(found)


def kept(
    counts: Counts, *, year: str, sets: Iterable[Set], parents: Tree, names: Iterable[str] | None = None
) -> tuple[Identity, ...]:
    """Return the identities that the counters of a year keep, of these names only where any are given.

    What the service counts keeps all of them. A loaded file may say otherwise: nobody can know what does not hold, and
    the attacker must not trust it. `parents`: the places of the year.
    """
    asked = every() if names is None else [each for each in every() if each.name in set(names)]
    tables = [Counted(each, counts.get(each.name, {})) for each in sets]
    trees = trees_of(tables, year=year, parents=parents)
    return tuple(each for each in asked if _keeps(each, tables, trees))


def trees_of(tables: Iterable[Counted], *, year: str, parents: Tree) -> Trees:
    """Return the hierarchies of the dimensions of some sets."""
    found = {name: tree(name, year=year) for each in tables for name in each.levels if name != "area"}
    return {**found, "area": parents}


class Counted:
    """The counters of one set. A thread is a contact that is the first of its term, as the attacker sees it."""

    def __init__(self, each: Set, cells: Mapping[str, int]) -> None:
        first = {"thread": "1"} if each.measure == THREADS else {}
        self.measure = CONTACTS if first else each.measure
        self.levels = {**dict(dim.split("@") for dim in each.dims), **dict.fromkeys(first, "")}
        self.cells = [({**uncell(at), **first}, n) for at, n in cells.items() if n]

    def has(self, part: Part, trees: Trees) -> bool:
        """Tell whether a part can be counted here; only a part of threads looks at sets of threads."""
        if part.measure != self.measure or ("thread" in self.levels and part.dimension != "thread"):
            return False
        if not part.dimension:
            return True
        coarse = self.levels.get(part.dimension) in {"class", "group"}
        return part.dimension in self.levels and not (
            coarse and any(trees[part.dimension][code] != TOTAL for code in part.codes)
        )

    def grid(self, part: Part, along: Mapping[str, bool], trees: Trees, *, each: bool = False) -> Grid:
        """Count a part along some dimensions, by code or (False) by the topmost one above it; `each` code for itself.

        The part's code stands first, empty where all of them are counted together.
        """
        found: Grid = Tally()
        for at, n in self.cells:
            code = at.get(part.dimension, "")
            if not part.dimension or part.tells(code, tree=trees[part.dimension]):
                where = (at[name] if fine else above(at[name], tree=trees[name])[-1] for name, fine in along.items())
                found[code if each else "", *where] += n
        return found


def _keeps(identity: Identity, tables: Iterable[Counted], trees: Trees) -> bool:
    """Tell whether no cell and no two sets speak against an identity, along all that these have in common."""
    inner, outer = identity.inner, identity.outer
    mine = [each for each in tables if each.measure == inner.measure]
    if any(identity.excludes(at, trees=trees) for each in mine for at, _ in each.cells):
        return False
    if outer is None:
        return True
    inside = [each for each in tables if each.has(inner, trees)]
    for one, other in product(inside, [each for each in tables if each.has(outer, trees)]):
        apart = {inner.dimension, outer.dimension}
        both = {
            name: one.levels[name] == other.levels[name] for name in one.levels.keys() & other.levels.keys() - apart
        }
        if not _fits(identity, one.grid(inner, both, trees, each=identity.each), other.grid(outer, both, trees)):
            return False
    return True


def _fits(identity: Identity, inner: Grid, outer: Grid) -> bool:
    if identity.equal:
        return inner == outer
    return all(n <= identity.times * outer["", *at] for (_, *at), n in inner.items())
