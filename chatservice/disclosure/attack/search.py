"""The search for worlds: programs that serve many cells at once, then around one cell, then one cell exactly."""

import random
from collections.abc import Callable, Iterable, Sequence

from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.system import System
from chatservice.disclosure.attack.worlds import Proof, World

# Programs for all open cells go on while each closes this share of them; then every cell is helped by itself.
GOOD_YIELD = 0.25
ROUNDS, CROSSED_ROUNDS = 40, 2  # a crossing makes programs over everything dear, and those around one cell no dearer
# What is decided exactly takes twenty seconds a cell there, another look from another world far less.
CROSSED_PASSES = 4
# How many relations away from the helped cell the last world may change, and how much the cell counts among others.
REACH, EMPHASIS = 6, 20.0
SEED = 20261122

Step = Callable[[float], None]


class Search:
    """Adds worlds to a proof. `step` hears the share of cells done before each program; it may raise to stop."""

    def __init__(self, proof: Proof, programs: Programs, *, step: Step) -> None:
        self._proof, self._programs, self._step = proof, programs, step
        self._dice = random.Random(SEED)  # noqa: S311 - weights of a search, nothing secret
        self._size, self._whole = len(proof.system.names), max(1, len(proof.watched))
        self._beside = beside(proof.system)

    def collect(self, intervals: Intervals) -> None:
        """Add worlds until every cell is safe that a few programs can make safe."""
        proof = self._proof
        if not proof.worlds:
            self._report()
            proof.take(self._programs.first())
        fruitful, rounds = True, 0
        while proof.open and fruitful and rounds < (CROSSED_ROUNDS if proof.system.frame.joint else ROUNDS):
            before, rounds = len(proof.open), rounds + 1
            self._pull(proof.open, intervals)
            fruitful = before - len(proof.open) >= GOOD_YIELD * before
        for _ in range(CROSSED_PASSES if proof.system.frame.joint else 1):
            for number in sorted(proof.open):
                if number in proof.open:
                    self._pull(self._around(number), intervals, most=number)

    def decide(self, cells: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return the widest range found of each of these cells that is not safe; worlds found close others on the way.

        Where the solver's time ran out the range may be wider in truth: the cell counts as unsafe all the same.
        """
        unsafe, proof = {}, self._proof
        for number in cells:
            sign = self._wish(number, None) if number in proof.open else 0
            for upwards in (sign > 0, sign < 0):
                if number in proof.open:
                    self._report()
                    proof.take(self._programs.furthest(number, upwards=upwards))
            if number in proof.open:
                unsafe[number] = (proof.least[number], proof.most[number])
        return unsafe

    def _pull(self, free: Iterable[int], intervals: Intervals, *, most: int | None = None) -> None:
        """Take one world whose cost pulls the open cells among these as far as a world is missing for them.

        With `most`, that cell counts more than all others, and only what is free may differ from the last world.
        """
        self._report()
        cost, ends, near = [0.0] * self._size, {}, set(free)
        for number in sorted(near & self._proof.open):
            wish = self._wish(number, intervals)
            cost[number] = -wish * (0.2 + self._dice.random()) * (EMPHASIS if number == most else 1)
            ends[number] = self._far_enough(number, wish)
        self._proof.take(self._programs.cheapest(cost, ends=ends, free=None if most is None else near))

    def _around(self, number: int) -> set[int]:
        found = edge = {number}
        for _ in range(REACH):
            edge = {each for one in edge for relation in self._beside[one] for each in relation} - found
            found = found | edge
        return found

    def _wish(self, number: int, intervals: Intervals | None) -> int:
        """Return 1 where a higher world is missing, -1 where a lower one is."""
        least, most = self._proof.least[number], self._proof.most[number]
        low, high = (0, most) if intervals is None else (intervals.low[number], intervals.high[number])
        if least > 0 and low == 0 and most < self._proof.system.reach[number]:
            return -1
        return 1 if high - most >= least - low else -1

    def _far_enough(self, number: int, wish: int) -> int:
        """Return where a cell is safe: what a program spends beyond, other cells of the same parent lack."""
        p, reach = self._proof.system.frame.p, self._proof.system.reach[number]
        least, most, last = self._proof.least[number], self._proof.most[number], self._programs.last[number]
        if wish < 0:
            return min(last, 0 if most < reach else most - p)
        return max(last, least + p if least == 0 else max(least + p, reach))

    def _report(self) -> None:
        self._step(1 - len(self._proof.open) / self._whole)


def beside(system: System) -> Sequence[Sequence[World]]:
    """Return for each unknown the relations it stands in, each as the unknowns it names."""
    found: list[list[World]] = [[] for _ in system.names]
    for parent, children in system.sums:
        relation = (parent, *children)
        for number in relation:
            found[number].append(relation)
    for part, whole, _, _ in system.shares:
        found[part].append((part, whole))
        found[whole].append((part, whole))
    return found
