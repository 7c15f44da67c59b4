"""Hierarchies as the attacker walks them: children, ancestors, and the grid of codes that a table spans."""

from chatservice.disclosure.cells import TOTAL, Coordinates, Frame, Table, canonical


class UnknownCode(ValueError):
    """A published code must stand in the hierarchy of its dimension."""


class Nodes:
    """The frame's hierarchies, read once; a dimension without one is refused."""

    def __init__(self, frame: Frame) -> None:
        self._parents = frame.hierarchies
        self._exhaustive = {name: tree for name, tree in frame.hierarchies.items() if name not in frame.open}
        self._canonical: dict[Coordinates, Coordinates] = {}
        self._children: dict[str, dict[str, tuple[str, ...]]] = {}
        for dimension, parents in frame.hierarchies.items():
            found: dict[str, list[str]] = {}
            for child, parent in sorted(parents.items()):
                found.setdefault(parent, []).append(child)
            self._children[dimension] = {parent: tuple(children) for parent, children in found.items()}

    def canonical(self, at: Coordinates) -> Coordinates:
        """Return the coordinates with only children raised to their parents."""
        if at not in self._canonical:
            self._canonical[at] = canonical(at, self._exhaustive)
        return self._canonical[at]

    def children(self, dimension: str, code: str) -> tuple[str, ...]:
        """Return a node's children, sorted."""
        return self._children[dimension].get(code, ())

    def grid(self, table: Table) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return for each dimension of a table the codes it uses, their siblings and their ancestors."""
        used: dict[str, set[str]] = {dimension: {TOTAL} for dimension in table.dims}
        for cell in table.cells:
            for dimension, code in cell.at:
                used.setdefault(dimension, {TOTAL}).add(code)
        return tuple((dimension, self._closed(dimension, codes)) for dimension, codes in sorted(used.items()))

    def down_to(self, dimension: str, depth: int) -> tuple[str, ...]:
        """Return the codes of a dimension down to a level; the total is level 0."""
        level, found = [TOTAL], [TOTAL]
        for _ in range(depth):
            level = [child for code in level for child in self.children(dimension, code)]
            if not level:
                break
            found += level
        return tuple(sorted(found))

    def _closed(self, dimension: str, codes: set[str]) -> tuple[str, ...]:
        if dimension not in self._parents:
            raise UnknownCode(f"no hierarchy is given for the dimension {dimension!r}")
        parents, closed = self._parents[dimension], set(codes)
        for code in codes:
            node = code
            while node != TOTAL:
                if node not in parents:
                    raise UnknownCode(f"{node!r} is not in the hierarchy of {dimension!r}")
                node = parents[node]
                closed.add(node)
                closed.update(self.children(dimension, node))
        return tuple(sorted(closed))
