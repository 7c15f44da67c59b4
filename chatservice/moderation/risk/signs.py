"""Signs that say little each and much together: whole points, added up where no rule has spoken as loud.

A rule asks for the signs that it names; nobody can name every pair of them. So each sign has points in `points.toml`,
for danger or for calm, and a message whose points reach a line is a concern, or high. Nothing is learnt at run time:
the table is read by professionals, changed by them, and its sums are shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chatservice.moderation.verdict import Level

# What a list of `points.toml` counts for.
POINTS = {"strong": 3, "clear": 2, "weak": 1, "calm": -1, "calmer": -2, "calmest": -3}
CONCERN, HIGH = 5, 9
# Long texts hold many signs of everything; what they tell of danger stands in sentences that rules read.
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Signs:
    """The points of concepts, by their bits, and the category that each speaks for."""

    points: Mapping[int, int] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)

    def may_count(self, bits: Iterable[int], *, words: int) -> bool:
        """Tell whether a text with these concepts may reach a line, whatever idioms cover of it."""
        if words > MOST_WORDS:
            return False
        points = self.points
        return sum([points[bit] for bit in bits if bit in points and points[bit] > 0]) >= CONCERN

    def level(self, bits: Iterable[int]) -> Level:
        """Return the level that the concepts of a text reach together."""
        total = sum([self.points.get(bit, 0) for bit in bits])
        if total < CONCERN:
            return Level.NONE
        return Level.HIGH if total >= HIGH else Level.CONCERN

    def spoken_for(self, bits: Iterable[int]) -> tuple[str, frozenset[int]]:
        """Return the category most points speak for, "" where none does, and the signs to show: those that say most."""
        said = sorted(bit for bit in bits if self.points.get(bit, 0) > 0)
        most: Counter[str] = Counter()
        for bit in said:
            if bit in self.categories:
                most[self.categories[bit]] += self.points[bit]
        loud = frozenset(bit for bit in said if self.points[bit] > 1)
        return (most.most_common(1)[0][0] if most else ""), loud or frozenset(said)


def categories_of(points: Mapping[int, int], frames: Iterable[tuple[str, Iterable[int]]]) -> dict[int, str]:
    """Return the category that the most rules about each sign of danger name; rules as category and concepts."""
    asked: dict[int, Counter[str]] = {bit: Counter() for bit in points if points[bit] > 0}
    for category, bits in frames:
        for bit in asked.keys() & set(bits):
            asked[bit][category] += 1
    return {bit: counts.most_common(1)[0][0] for bit, counts in asked.items() if counts}
