"""What a reader can write down: one unknown per cell, shown or not, and every relation between them.

The unknowns of a table are the whole grid over its codes, their siblings and their ancestors, so that a cell nobody
published is attacked as well. Tables and reports meet in the cells they share: a margin is the same cell everywhere.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from chatservice.disclosure.attack import identities
from chatservice.disclosure.attack.nodes import Nodes
from chatservice.disclosure.attack.unknowns import NO_END, REST, Contradiction, Share, System
from chatservice.disclosure.cells import Cell, Frame, Key, Report, Table, coordinates

__all__ = ["NO_END", "REST", "Contradiction", "Share", "System", "build"]


def build(reports: Iterable[Report], *, frame: Frame, known: Mapping[Key, int] | None = None) -> System:
    """Return the reader's system; `known` are cells whose exact count the reader has from elsewhere (insiders)."""
    system, nodes = System(frame=frame), Nodes(frame)
    grids: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], None] = {}
    tables = [table for report in reports for table in report.tables]
    for table in tables:
        grids[table.measure, nodes.grid(table)] = None
        _take_texts(system, nodes, table)
    for measure, shape in [*grids, *_crossings(tables, frame, nodes)]:
        _relate(system, nodes, measure=measure, shape=dict(shape))
    _link_measures(system, nodes)
    identities.link(system)
    for key, count in (known or {}).items():
        system.narrow(system.unknown((key[0], nodes.canonical(key[1]))), count, count)
    return system


def _take_texts(system: System, nodes: Nodes, table: Table) -> None:
    for cell in table.cells:
        number = system.unknown((table.measure, nodes.canonical(cell.at)))
        if table.share:
            _take_share(system, nodes, table, cell=cell)
        else:
            system.narrow(number, *system.frame.bounds(cell.text, system.names[number][1]))


def _take_share(system: System, nodes: Nodes, table: Table, *, cell: Cell) -> None:
    """A percentage with d decimals is its fraction to half a unit of the last one."""
    part = system.unknown((table.measure, nodes.canonical(cell.at)))
    rest = tuple(pair for pair in cell.at if pair[0] != table.share)
    whole = system.unknown((table.measure, nodes.canonical(rest)))
    half = Fraction(1, 200 * 10 ** len(cell.text.partition(".")[2]))
    if part != whole:
        share = Fraction(cell.text) / 100
        system.shares.append((part, whole, max(share - half, Fraction(0)), share + half))


def _relate(system: System, nodes: Nodes, *, measure: str, shape: Mapping[str, Sequence[str]]) -> None:
    """Write down, for each cell of a grid and each dimension, that the cell is the sum of its children."""
    dimensions = list(shape)
    seen = {(parent, children) for parent, children in system.sums}
    for codes in itertools.product(*shape.values()):
        at = dict(zip(dimensions, codes, strict=True))
        for dimension in dimensions:
            children = nodes.children(dimension, at[dimension])
            if len(children) < (1 if dimension in system.frame.open else 2) or children[0] not in shape[dimension]:
                continue
            parent = system.unknown((measure, nodes.canonical(coordinates(at))))
            parts = [
                system.unknown((measure, nodes.canonical(coordinates(at | {dimension: child})))) for child in children
            ]
            if dimension in system.frame.open:
                parts.append(_rest(system, parent, dimension))
            relation = (parent, tuple(sorted(parts)))
            if relation not in seen:
                seen.add(relation)
                system.sums.append(relation)
                if dimension in system.frame.sensitive:
                    system.groups.append(relation)


def _rest(system: System, parent: int, dimension: str) -> int:
    """Return the unknown of what no category of an open dimension holds; nobody can be told by it."""
    measure, at = system.names[parent]
    return system.unknown((f"{measure} {REST} {dimension}", at), watched=False)


def _link_measures(system: System, nodes: Nodes) -> None:
    """Write down that one measure holds another, in the cells that the system knows of both."""
    for inner, outer, *own in system.frame.within:
        for (measure, at), number in list(system.index.items()):
            told = dict(at)
            if measure != inner or any(name not in told or nodes.children(name, told[name]) for name in own):
                continue
            left = tuple(pair for pair in at if pair[0] not in own)
            if (whole := system.index.get((outer, left))) is not None:
                rest = system.unknown((f"{outer} {REST} {inner}", at), watched=False)
                system.sums.append((whole, (number, rest)))


def _crossings(
    tables: Sequence[Table], frame: Frame, nodes: Nodes
) -> Iterator[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    """Yield the grid of the crossing that the reader imagines, for each measure that has a table in it."""
    if not frame.joint:
        return
    wanted = dict(_depth(each) for each in frame.joint)
    for measure in sorted({table.measure for table in tables if set(table.dims) <= set(wanted) and not table.share}):
        yield measure, tuple((dimension, nodes.down_to(dimension, depth)) for dimension, depth in wanted.items())


def _depth(text: str) -> tuple[str, int]:
    dimension, _, depth = text.partition("@")
    return dimension, int(depth) if depth else 99
