"""Proof by worlds: for each cell two worlds that agree with everything published and are far enough apart there.

A world is a whole-number answer to the reader's system. Where both worlds could be the truth, the reader cannot tell.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from chatservice.disclosure.attack.system import System

World = tuple[int, ...]
Ends = tuple[Sequence[int], Sequence[int]]


class Proof:
    """The worlds collected so far, the range of each unknown over them, and the cells still open."""

    def __init__(self, system: System, *, watched: Iterable[int] | None = None) -> None:
        self.system = system
        self.worlds: list[World] = []
        self.least: list[int] = []
        self.most: list[int] = []
        self.watched = frozenset(system.watched if watched is None else watched)
        self.open = set(self.watched)

    def take(self, world: World) -> int:
        """Add a world; return how many cells it closed. A world that widens nothing is kept out."""
        if not self.worlds:
            self.least, self.most, self.worlds = list(world), list(world), [world]
            return 0
        before, wider = len(self.open), False
        for number, count in enumerate(world):
            if count < self.least[number]:
                self.least[number], wider = count, True
            elif count > self.most[number]:
                self.most[number], wider = count, True
        if wider:
            self.worlds.append(world)
            self.open = {number for number in self.open if not self.safe(number)}
        return before - len(self.open)

    def safe(self, number: int) -> bool:
        """Tell whether the worlds differ by `p` or more in this cell, and include none or reach its threshold."""
        return is_safe(self.system, number, low=self.least[number], high=self.most[number])

    def needed(self) -> list[World]:
        """Return few worlds that prove as much: the latest first dropped, while all that was closed stays closed."""
        closed = sorted(self.watched - self.open)
        before: list[Ends | None] = [None, *accumulate(map(_ends, self.worlds), _wider)]
        kept: list[World] = []
        after: Ends | None = None
        for world, earlier in zip(self.worlds[::-1], before[-2::-1], strict=True):
            rest = _wider(earlier, after) if earlier and after else earlier or after
            if rest is None or _open(self.system, rest, closed):
                kept.append(world)
                after = _wider(after, _ends(world)) if after else _ends(world)
        return kept[::-1]


def is_safe(system: System, number: int, *, low: int, high: int) -> bool:
    """Tell whether an interval is `p` wide and holds none, or as many as the cell's threshold."""
    return high - low >= system.frame.p and (low <= 0 or high >= system.reach[number])


def still_open(system: System, worlds: Sequence[World], cells: Iterable[int]) -> list[int]:
    """Return the cells that these worlds do not make safe."""
    ends = [min(counts) for counts in zip(*worlds, strict=True)], [max(counts) for counts in zip(*worlds, strict=True)]
    return _open(system, ends, sorted(cells))


def _open(system: System, ends: Ends, cells: Iterable[int]) -> list[int]:
    low, high = ends
    return [number for number in cells if not is_safe(system, number, low=low[number], high=high[number])]


def _ends(world: World) -> Ends:
    return world, world


def _wider(one: Ends, other: Ends) -> Ends:
    return list(map(min, one[0], other[0])), list(map(max, one[1], other[1]))


def agrees(system: System, world: Sequence[int]) -> bool:
    """Tell whether a world keeps every text, sum and share; needs no solver and trusts none."""
    return (
        len(world) == len(system.names)
        and all(low <= count <= high for low, count, high in zip(system.low, world, system.high, strict=True))
        and all(world[parent] == sum([world[child] for child in children]) for parent, children in system.sums)
        and all(
            least * world[whole] <= world[part] <= most * world[whole] for part, whole, least, most in system.shares
        )
    )
