"""Identities as the reader writes them down: sums between cells of different tables, and cells in which nobody can be.

A cell in which nobody can be is nobody's secret: it is zero and is not watched.
"""

from collections import defaultdict
from collections.abc import Iterable

from chatservice.disclosure.attack.unknowns import REST, System
from chatservice.disclosure.cells import Coordinates
from chatservice.disclosure.identity import Identity, Part

Found = dict[Coordinates, dict[str, int]]


def link(system: System) -> None:
    """Write down what the frame's identities say of the cells that the system knows."""
    for identity in system.frame.identities:
        _empty(system, identity)
        if identity.outer is not None:
            inner, outer = _cells(system, identity.inner), _cells(system, identity.outer)
            for rest in [each for each in inner if each in outer]:
                _relate(system, identity, rest, inner=inner[rest], outer=outer[rest])
    gone = system.never
    system.watched = [number for number in system.watched if number not in gone]


def _empty(system: System, identity: Identity) -> None:
    """Nobody is in a cell whose codes exclude each other."""
    for number, (measure, at) in enumerate(system.names):
        if measure == identity.inner.measure and identity.excludes(dict(at), trees=system.frame.hierarchies):
            system.never.add(number)
            system.narrow(number, 0, 0)


def _cells(system: System, part: Part) -> Found:
    """Return the cells of a part: where and when -> code -> unknown."""
    found: Found = defaultdict(dict)
    for number, (measure, at) in enumerate(system.names):
        code = dict(at).get(part.dimension, "")
        if measure == part.measure and (code in part.codes if part.dimension else not code):
            found[tuple(pair for pair in at if pair[0] != part.dimension)][code] = number
    return found


def _relate(
    system: System, identity: Identity, rest: Coordinates, *, inner: dict[str, int], outer: dict[str, int]
) -> None:
    assert identity.outer is not None, "the caller has its cells"
    if len(outer) < max(1, len(identity.outer.codes)) or (identity.equal and len(inner) < len(identity.inner.codes)):
        return
    whole = _whole(system, identity, rest, outer=outer.values())
    every = [[number] for number in inner.values()] if identity.each else [list(inner.values())]
    for place, parts in enumerate(every):
        if not identity.equal:
            parts.append(_own(system, identity, rest, what=f"{REST} {place}"))
        system.sums.append((whole, tuple(sorted(parts))))


def _whole(system: System, identity: Identity, rest: Coordinates, *, outer: Iterable[int]) -> int:
    """Return the unknown of the outer part, as often as one of it may count: a cell's own, or one made for the sum."""
    cells = sorted(outer)
    if len(cells) == identity.times == 1:
        return cells[0]
    parts = list(cells)
    for place in range(1, identity.times):
        for cell in cells:
            again = _own(system, identity, rest, what=f"again {place} {cell}")
            system.sums.append((again, (cell,)))
            parts.append(again)
    found = _own(system, identity, rest, what="whole")
    system.sums.append((found, tuple(sorted(parts))))
    return found


def _own(system: System, identity: Identity, rest: Coordinates, *, what: str) -> int:
    """Return an unknown that is no cell of any table; nobody can be told by it."""
    return system.unknown((f"{identity.inner.measure} {identity.name}: {what}", rest), watched=False)
