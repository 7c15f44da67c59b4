"""Whole-number programs over a reader's system, solved by HiGHS; every world is checked by hand before it counts.

The model is handed over once; later programs change bounds and costs only and start from the last world.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain

import highspy

from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.system import NO_END, Contradiction, System
from chatservice.disclosure.attack.worlds import World, agrees

GAP = 0.02
FIRST_PATIENCE = 6
WHOLE = 1e-5
STATUS = highspy.HighsModelStatus


class Unfinished(Exception):
    """The solver ran out of time before it could say anything for certain."""


class Programs:
    """Asks for worlds that agree with everything published and are cheapest under a cost per unknown."""

    def __init__(self, system: System, intervals: Intervals, *, seconds: float) -> None:
        self._system, self._size, self.asked = system, len(system.names), 0
        self._every = list(range(self._size))
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor is not annotated
        for name, value in {"output_flag": False, "threads": 1, "mip_rel_gap": GAP, "random_seed": 1}.items():
            self._solver.setOptionValue(name, value)
        self._seconds = seconds
        self._solver.passModel(_model(system, intervals))
        self._low, self._high = _floats(intervals.low), _floats(intervals.high)
        self.last: World = ()

    def relax(self, intervals: Intervals) -> None:
        """Take in wider intervals, after cells were withdrawn."""
        self._low, self._high = _floats(intervals.low), _floats(intervals.high)
        self._solver.changeColsBounds(self._size, self._every, self._low, self._high)

    def first(self) -> World:
        """Return any world, near the emptiest unless a crossing makes even that hard; it may take six times as long."""
        cost = [0.0 if self._system.frame.joint else 1.0] * self._size
        return self._solve(cost, gap=GAP, patience=FIRST_PATIENCE)

    def begin(self, world: World) -> World:
        """Start from a world that somebody has already; raises Contradiction where it is none."""
        if not agrees(self._system, world):
            raise Contradiction("the given counts do not agree with everything published")
        self.last = world
        return world

    def cheapest(
        self, cost: Sequence[float], *, ends: Mapping[int, int] | None = None, free: Collection[int] | None = None
    ) -> World:
        """Return a world near the least cost; raise Contradiction where there is none, Unfinished when time is up.

        `ends`: how far an unknown may go in the direction in which its cost pulls it, this once; the last world must
        lie within. `free`: all others stay as they are in the last world.
        """
        low, high = self._bounds(free)
        for number, end in (ends or {}).items():
            if cost[number] < 0:
                high[number] = min(high[number], float(end))
            else:
                low[number] = max(low[number], float(end))
        self._solver.changeColsBounds(self._size, self._every, low, high)
        try:
            corner = self._corner(cost) if free is not None else ()
            if not corner:
                return self._solve(cost, gap=GAP)
            self.asked, self.last = self.asked + 1, corner
            return corner
        finally:
            self._solver.changeColsBounds(self._size, self._every, self._low, self._high)

    def _bounds(self, free: Collection[int] | None) -> tuple[list[float], list[float]]:
        if free is None:
            return list(self._low), list(self._high)
        low = [float(count) for count in self.last]
        high = list(low)
        for number in free:
            low[number], high[number] = self._low[number], self._high[number]
        return low, high

    def furthest(self, number: int, *, upwards: bool) -> World:
        """Return a world with the most of this unknown, or the least."""
        cost = [0.0] * self._size
        cost[number] = -1.0 if upwards else 1.0
        return self._solve(cost, gap=0.0)

    def _solve(self, cost: Sequence[float], *, gap: float, patience: int = 1) -> World:
        """Return the solver's world; where it has none in its time, the last one, which is a world still."""
        solver = self._solver
        self.asked += 1
        solver.changeColsCost(self._size, self._every, list(cost))
        solver.setOptionValue("mip_rel_gap", gap)
        solver.setOptionValue("time_limit", solver.getRunTime() + self._seconds * patience)
        if self.last:
            start = highspy.HighsSolution()
            start.col_value = _floats(self.last)
            solver.setSolution(start)
        solver.run()
        world = self._whole()
        if not world:
            status = solver.getModelStatus()
            if not self.last and status == STATUS.kInfeasible:
                raise Contradiction("no world agrees with everything published")
            if not self.last:
                raise Unfinished(f"the solver found no world: {solver.modelStatusToString(status)}")
        self.last = world or self.last
        return self.last

    def _corner(self, cost: Sequence[float]) -> World:
        """Return the cheapest answer in fractions when it happens to be whole: from the last basis that is quick."""
        solver = self._solver
        solver.changeColsCost(self._size, self._every, list(cost))
        solver.setOptionValue("solve_relaxation", True)  # noqa: FBT003 - the solver's own signature
        solver.setOptionValue("time_limit", solver.getRunTime() + self._seconds)
        try:
            solver.run()
        finally:
            solver.setOptionValue("solve_relaxation", False)  # noqa: FBT003 - the solver's own signature
        return self._whole()

    def _whole(self) -> World:
        """Return the solver's answer when it is a world, else nothing."""
        values = list(self._solver.getSolution().col_value)
        world = tuple(map(round, values))
        near = all(abs(value - count) < WHOLE for value, count in zip(values, world, strict=True))
        return world if near and agrees(self._system, world) else ()


def _model(system: System, intervals: Intervals) -> highspy.HighsLp:
    rows = [((parent, *children), (-1.0,) + (1.0,) * len(children)) for parent, children in system.sums]
    rows += [((part, whole), (1.0, -float(least))) for part, whole, least, _ in system.shares]
    rows += [((part, whole), (-1.0, float(most))) for part, whole, _, most in system.shares]
    equal, loose, size = len(system.sums), 2 * len(system.shares), len(system.names)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size, len(rows)
    model.col_cost_ = [0.0] * size
    model.col_lower_, model.col_upper_ = _floats(intervals.low), _floats(intervals.high)
    model.integrality_ = [highspy.HighsVarType.kInteger] * size
    model.row_lower_ = [0.0] * (equal + loose)
    model.row_upper_ = [0.0] * equal + [highspy.kHighsInf] * loose
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    starts = [0]
    for numbers, _ in rows:
        starts.append(starts[-1] + len(numbers))
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = list(chain.from_iterable(numbers for numbers, _ in rows))
    model.a_matrix_.value_ = list(chain.from_iterable(values for _, values in rows))
    return model


def _floats(counts: Sequence[int]) -> list[float]:
    """Return bounds as the solver takes them; what has no end ends far above everything else."""
    far = 1000 + 2 * max((count for count in counts if count < NO_END), default=0)
    return [float(min(count, far)) for count in counts]
