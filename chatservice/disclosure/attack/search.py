"""The search for worlds: first programs that serve many cells at once, then each cell that is left, exactly."""

import random
from collections.abc import Callable, Iterable

from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.worlds import Proof

# A program that closes fewer than this share of the open cells was lean; after three in a row each cell is asked for.
GOOD_YIELD, LEAN_ROUNDS = 0.04, 3
SEED = 20261122

Step = Callable[[float], None]


def collect(proof: Proof, programs: Programs, intervals: Intervals, *, step: Step) -> None:
    """Add worlds until every cell is safe or programs for many cells at once are no longer worth it.

    Each program's cost pulls every open cell, by a random weight, as far as a world is missing for it. `step` hears
    the share of cells that is done, before each program; it may raise to stop.
    """
    dice = random.Random(SEED)  # noqa: S311 - weights of a search, nothing secret
    size, whole, lean = len(proof.system.names), max(1, len(proof.watched)), 0
    if not proof.worlds:
        step(0.0)
        proof.take(programs.cheapest([1.0] * size))
    while proof.open and lean < LEAN_ROUNDS:
        step(1 - len(proof.open) / whole)
        cost, ends = [0.0] * size, {}
        for number in sorted(proof.open):
            wish = _wish(proof, number, intervals)
            cost[number] = -wish * (0.2 + dice.random())
            ends[number] = _far_enough(proof, number, wish, last=programs.last[number])
        closed = proof.take(programs.cheapest(cost, ends=ends))
        lean = lean + 1 if closed < GOOD_YIELD * (len(proof.open) + closed) else 0


def decide(proof: Proof, programs: Programs, cells: Iterable[int], *, step: Step) -> dict[int, tuple[int, int]]:
    """Return the widest range found of each of these cells that is not safe; worlds found close others on the way.

    Where the solver's time ran out the range may be wider in truth: the cell counts as unsafe all the same.
    """
    unsafe, whole = {}, max(1, len(proof.watched))
    for number in cells:
        if number not in proof.open:
            continue
        for sign in (_wish(proof, number, None), -_wish(proof, number, None)):
            if number in proof.open:
                step(1 - len(proof.open) / whole)
                proof.take(programs.furthest(number, upwards=sign > 0))
        if number in proof.open:
            unsafe[number] = (proof.least[number], proof.most[number])
    return unsafe


def _far_enough(proof: Proof, number: int, wish: int, *, last: int) -> int:
    """Return where a cell is safe, so that the program spends nothing beyond: a parent's count serves many children."""
    p, reach = proof.system.frame.p, proof.system.reach[number]
    least, most = proof.least[number], proof.most[number]
    if wish < 0:
        return min(last, 0 if most < reach else most - p)
    return max(last, least + p if least == 0 else max(least + p, reach))


def _wish(proof: Proof, number: int, intervals: Intervals | None) -> int:
    """Return 1 where a higher world is missing, -1 where a lower one is."""
    least, most = proof.least[number], proof.most[number]
    low, high = (0, most) if intervals is None else (intervals.low[number], intervals.high[number])
    if least > 0 and low == 0 and most < proof.system.reach[number]:
        return -1
    return 1 if high - most >= least - low else -1
