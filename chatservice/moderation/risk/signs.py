"""Signs that say little each and much together: whole points, added up beside what the rules have found.

A rule asks for the signs that it names; nobody can name every pair of them. So each sign has three numbers of points in
`points.toml`, for a concern, for high and for immediate, above nought for danger and below for calm; what a rule has
found has points too. A message gets the highest level whose sum reaches its line. What a rule has found stands
if the signs say enough for that level too; else it is lowered by one step. Nothing is learnt at run time: the
table is read by professionals, changed by them, and its sums are shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chatservice.moderation.verdict import LEVELS, Level

# For a concern, for high, for immediate.
Points = tuple[int, int, int]
NO_POINTS: Points = (0, 0, 0)
# What rules may have said of a text: nothing, only what was cancelled (a game, an idiom), or a level.
SAID = ("none", "cancelled", "concern", "high", "immediate")
# Long texts hold many signs of everything; what they tell of danger stands in sentences that rules read.
MOST_WORDS = 60
# A message may tell of two dangers: the second has so large a share of the points of the first.
BESIDE = 0.6
# So many points name a danger that no rule has named in a message that rules have raised.
LOUD = 10


@dataclass(frozen=True, slots=True)
class Signs:
    """The points of concepts by their bits, the category that each speaks for, the lines, and the rules' own points.

    `needed` is the sum of the signs alone that a level needs to stand where rules `said` it.
    """

    points: Mapping[int, Points] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)
    lines: Points = (1, 1, 1)
    said: Mapping[str, Points] = field(default_factory=dict)
    needed: Points = NO_POINTS

    def level(self, bits: Iterable[int], *, said: str = "none") -> Level:
        """Return the highest level whose line the points of the concepts and of what rules `said` reach together."""
        sums = self.sums(bits, said=said)
        reached = [level for level, total, line in zip(LEVELS[1:], sums, self.lines, strict=True) if total >= line]
        return reached[-1] if reached else Level.NONE

    def stands(self, bits: Iterable[int], *, said: Level) -> Level:
        """Return the level that rules `said`, one step lower where the points of the concepts say too little for it."""
        place = said.rank - 1
        return said if place < 0 or self.sums(bits)[place] >= self.needed[place] else said.lowered()

    def sums(self, bits: Iterable[int], *, said: str = "none") -> Points:
        """Return the three sums of a text."""
        total = self.said.get(said, NO_POINTS)
        for bit in bits:
            if (more := self.points.get(bit)) is not None:
                total = (total[0] + more[0], total[1] + more[1], total[2] + more[2])
        return total

    def spoken_for(self, bits: Iterable[int], *, least: int = 0) -> frozenset[str]:
        """Return the categories that the most points for high speak for, of those with `least` or more."""
        most: Counter[str] = Counter()
        for bit in bits:
            if bit in self.categories and self.points[bit][1] > 0:
                most[self.categories[bit]] += self.points[bit][1]
        many = max(least, BESIDE * max(most.values(), default=0))
        return frozenset(category for category, count in most.items() if count >= many)

    def loudest(self, bits: Iterable[int]) -> frozenset[int]:
        """Return the signs to show: those that say most of danger."""
        said = {bit: self.points[bit][1] for bit in bits if self.points.get(bit, NO_POINTS)[1] > 0}
        return frozenset(bit for bit in said if said[bit] >= max(said.values()) / 2)
