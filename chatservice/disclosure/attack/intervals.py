"""Interval propagation: how far each unknown is pinned down by the relations it stands in, to a fixpoint.

The intervals are outer bounds: the truth is never outside, and what is narrow here is narrow for certain.
"""

from collections import deque
from collections.abc import Iterable
from math import ceil, floor

from chatservice.disclosure.attack.system import NO_END, Contradiction, Share, System

PATIENCE = 2000


class Intervals:
    """The bounds of a system's unknowns, tightened as far as sums and shares allow; changes can be taken back."""

    def __init__(self, system: System) -> None:
        self.low, self.high = list(system.low), list(system.high)
        self._sums, self._shares = system.sums, system.shares
        self._touching: list[list[int]] = [[] for _ in system.names]
        for relation, (parent, children) in enumerate(system.sums):
            for number in (parent, *children):
                self._touching[number].append(relation)
        for relation, (part, whole, _, _) in enumerate(system.shares, start=len(system.sums)):
            self._touching[part].append(relation)
            self._touching[whole].append(relation)
        self._trail: list[tuple[int, int, int]] = []
        self._waiting: deque[int] = deque()
        self._queued: set[int] = set()
        self._settle(range(len(system.sums) + len(system.shares)))
        self._trail.clear()

    def assume(self, number: int, low: int, high: int) -> bool:
        """Take in a narrower interval and what follows; where that is impossible, take nothing in and return False."""
        mark = len(self._trail)
        try:
            self._set(number, low, high)
            self._settle(())
        except Contradiction:
            self.back_to(mark)
            return False
        return True

    def mark(self) -> int:
        """Return a point to which `back_to` returns."""
        return len(self._trail)

    def back_to(self, mark: int) -> None:
        """Forget every assumption since a mark."""
        self._waiting.clear()
        self._queued.clear()
        while len(self._trail) > mark:
            number, low, high = self._trail.pop()
            self.low[number], self.high[number] = low, high

    def _settle(self, relations: Iterable[int]) -> None:
        for relation in relations:
            self._call(relation)
        patience = PATIENCE * (len(self._sums) + len(self._shares))
        while self._waiting:
            patience -= 1
            if patience < 0:  # figures that agree come to rest soon; bounds that creep on for ever are of no world
                raise Contradiction("the intervals come to no rest")
            relation = self._waiting.popleft()
            self._queued.discard(relation)
            if relation < len(self._sums):
                self._sum(*self._sums[relation])
            else:
                self._share(self._shares[relation - len(self._sums)])

    def _call(self, relation: int) -> None:
        if relation not in self._queued:
            self._queued.add(relation)
            self._waiting.append(relation)

    def _set(self, number: int, low: int, high: int) -> None:
        old_low, old_high = self.low[number], self.high[number]
        if high > NO_END // 2:  # an end that only follows from one without end is none
            high = old_high
        if low <= old_low and high >= old_high:
            return
        low, high = max(low, old_low), min(high, old_high)
        if low > high:
            raise Contradiction(f"unknown {number} would lie between {low} and {high}")
        self._trail.append((number, old_low, old_high))
        self.low[number], self.high[number] = low, high
        for relation in self._touching[number]:
            self._call(relation)

    def _sum(self, parent: int, children: tuple[int, ...]) -> None:
        low, high = self.low, self.high
        least = sum([low[child] for child in children])
        most = sum([high[child] for child in children])
        self._set(parent, least, most)
        slack_down, slack_up = high[parent] - least, most - low[parent]
        if slack_down < 0 or slack_up < 0:
            raise Contradiction("the parts exclude their sum")
        for child in children:
            if high[child] - low[child] > slack_down or high[child] - low[child] > slack_up:
                self._set(child, high[child] - slack_up, low[child] + slack_down)

    def _share(self, share: Share) -> None:
        part, whole, least, most = share
        top = floor(self.high[whole] * most) if self.high[whole] < NO_END else NO_END
        self._set(part, ceil(self.low[whole] * least), top)
        top = floor(self.high[part] / least) if least and self.high[part] < NO_END else NO_END
        self._set(whole, ceil(self.low[part] / most), top)


__all__ = ["Intervals"]
