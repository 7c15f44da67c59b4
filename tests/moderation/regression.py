"""Logistic regression on messages as sets of signs, without a library: what `weigh` weighs points with."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
RIDGE = 1 / 0.3
NEWTON, CONJUGATE, ENOUGH = 12, 60, 1e-9


class Table:
    """Messages as rows of their signs, for sums over all of them at once."""

    def __init__(self, every: Sequence[AbstractSet[int]], signs: Sequence[int]) -> None:
        """Number the signs."""
        places = {sign: place for place, sign in enumerate(signs)}
        known = [[places[sign] for sign in each if sign in places] for each in every]
        self.rows = np.repeat(np.arange(len(every)), [len(each) for each in known])
        self.columns = np.array([place for each in known for place in each], dtype=np.int64)
        self.shape = (len(every), len(signs))

    def sums(self, points: Numbers) -> Numbers:
        """Return the sum of the points of each row's signs."""
        return np.bincount(self.rows, weights=points[self.columns], minlength=self.shape[0])

    def back(self, values: Numbers) -> Numbers:
        """Return the sum of the values of the rows that hold each sign."""
        return np.bincount(self.columns, weights=values[self.rows], minlength=self.shape[1])


def regression(table: Table, labels: Numbers, weights: Numbers) -> tuple[Numbers, float]:
    """Return the weights of the signs and the constant, by Newton's method with conjugate gradients."""
    width = table.shape[1]
    ridge = np.append(np.full(width, RIDGE), 0.0)
    found = np.zeros(width + 1)
    for _ in range(NEWTON):
        chance = 1 / (1 + np.exp(-(table.sums(found[:-1]) + found[-1])))
        left = weights * (labels - chance)
        slope = np.append(table.back(left), left.sum()) - ridge * found
        bend = weights * chance * (1 - chance)
        step, rest = np.zeros(width + 1), slope
        ahead, size = rest, float(rest @ rest)
        for _ in range(CONJUGATE):
            if size < ENOUGH:
                break
            held = bend * (table.sums(ahead[:-1]) + ahead[-1])
            turned = np.append(table.back(held), held.sum()) + ridge * ahead
            far = size / float(ahead @ turned)
            step, rest = step + far * ahead, rest - far * turned
            size, before = float(rest @ rest), size
            ahead = rest + size / before * ahead
        found = found + step
    return found[:-1], float(found[-1])


def small_regression(columns: Numbers, labels: Numbers) -> Numbers:
    """Return the weights of a few columns (L2 of 1, the constant left out), by Newton's method."""
    design = np.column_stack([columns, np.ones(len(columns))])
    ridge = np.diag([1.0] * columns.shape[1] + [0.0])
    found = np.zeros(design.shape[1])
    for _ in range(NEWTON):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (labels - chance) - ridge @ found
        found = found + np.linalg.solve(design.T * (chance * (1 - chance)) @ design + ridge, slope)
    return found[:-1]
