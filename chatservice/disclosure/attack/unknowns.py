"""The reader's unknowns: one for each cell, shown or not, its bounds, and the relations that must hold between them."""

from dataclasses import dataclass, field
from fractions import Fraction

from chatservice.disclosure.cells import Frame, Key

NO_END = 1 << 40
REST = "rest"

Share = tuple[int, int, Fraction, Fraction]


class Contradiction(Exception):
    """No world agrees with everything published: a text or a hierarchy is wrong."""


@dataclass(slots=True)
class System:
    """Unknown counts `0 .. len(names) - 1` between `low` and `high`, with sums and shares that must hold.

    `never`: cells in which nobody can be, by an identity.
    """

    frame: Frame
    names: list[Key] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    reach: list[int] = field(default_factory=list)
    sums: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    groups: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    watched: list[int] = field(default_factory=list)
    never: set[int] = field(default_factory=set)

    def unknown(self, key: Key, *, watched: bool = True) -> int:
        """Return the unknown of a cell, made when it is new."""
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.names)
            self.names.append(key)
            self.low.append(0)
            self.high.append(NO_END)
            self.reach.append(self.frame.threshold(key[1]))
            if watched:
                self.watched.append(found)
        return found

    def narrow(self, number: int, low: int, high: int | None) -> None:
        """Take in what one text tells of one cell."""
        self.low[number] = max(self.low[number], low)
        self.high[number] = min(self.high[number], NO_END if high is None else high)
        if self.low[number] > self.high[number]:
            raise Contradiction(f"two texts of one cell exclude each other: {self.names[number]}")
