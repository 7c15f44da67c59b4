"""What a set of risk rules is made of: concepts, frames and their examples; and the error that names a broken file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from chatservice.moderation.matching import Matcher
from chatservice.moderation.repairs import Repairer
from chatservice.moderation.risk.signs import Signs
from chatservice.moderation.verdict import Level


class RuleError(ValueError):
    """A rule file is broken: names the file, the line where it is known, the rule, and what was expected."""


class Kind(StrEnum):
    """What a concept does. A `thing` or `act` stands in frames; a negator turns the acts of its clause around."""

    THING = "thing"
    ACT = "act"
    NEGATOR = "negator"
    LATE_NEGATOR = "late_negator"
    SPLIT = "split"
    COVER = "cover"
    COVER_NEGATOR = "cover_negator"
    STOP = "stop"
    GAME = "game"
    STUDY = "study"
    STORY = "story"
    THEORY = "theory"
    ASKED = "asked"
    SETTING = "setting"
    OTHERS = "others"
    RESOLVED = "resolved"
    LAUGH = "laugh"
    PAST = "past"
    LONG_AGO = "long_ago"
    SERIOUS = "serious"
    CAUSE = "cause"


# What tells where a thing happens stands also inside an idiom.
SETTINGS = (Kind.GAME, Kind.STUDY, Kind.STORY, Kind.SETTING)
# What is meant as it stands; everything else says something of what stands around it.
MEANT = frozenset({Kind.THING, Kind.ACT, Kind.SETTING})
# Whom and when a report of one's own life names; a story, a game or homework in another clause does not cancel that.
LIVED = (
    *("I", "ME", "US", "ADULT", "PARTNER", "SIBLING", "CHILD", "PEER", "VICTIM", "STEP", "RELATIVES"),
    *("HELP", "NOW", "TODAY", "JUST", "HOME", "MEDICINE"),
)
PERSONS = ("I", "ADULT", "PARTNER", "SIBLING", "CHILD", "PEER", "VICTIM", "STEP", "RELATIVES", "COACH", "STRANGER")
# With one of these near, a question is no mere theory, and what happened long ago is no stranger's.
OWN = ("I", "ME", "US", "CHILD", "SIBLING", "PARTNER")
# What may lower any frame's finding.
CONTEXTS = (
    *(Kind.GAME, Kind.STUDY, Kind.STORY, Kind.THEORY, Kind.ASKED, Kind.LONG_AGO),
    *(Kind.OTHERS, Kind.RESOLVED, Kind.LAUGH, Kind.PAST, Kind.SERIOUS, Kind.CAUSE),
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A named meaning; `bit` is its place in the masks."""

    name: str
    bit: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a frame: any concept of `bits`, said (`+`), denied (`-`) or either (`~`)."""

    mode: str
    bits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who answers for a rule: role, source, date, what changed."""

    owner: str
    source: str
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule: all its elements within a clause, a sentence or a message, at most `near` words apart.

    `without` must not stand in that clause or sentence, `without_around` not in the sentences of the finding;
    `state` marks what a person says of themselves (contexts such as homework do not cancel it);
    `laughs` marks the hyperbole that laughter lowers, nothing that is done to a person;
    `lapses` marks danger that a resolved past lowers; `denies` marks a frame that a negation does not lower but cancel;
    `overlaps` lets one word stand for two elements, which says nothing twice elsewhere ("is blue" and "blue").
    """

    id: str
    level: Level
    category: str
    elements: tuple[Element, ...]
    without: int
    without_around: int
    within: str
    near: int
    state: bool
    laughs: bool
    lapses: bool
    denies: bool
    match: tuple[str, ...]
    miss: tuple[str, ...]
    origin: Origin
    asked: tuple[int, ...] = ()
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the level it must get; `where` is its file, in the folder of a language."""

    text: str
    level: Level
    where: str

    @property
    def language(self) -> str:
        """Return the language of a talk in which it stands."""
        return self.where.partition("/")[0]


@dataclass(slots=True)
class Rules:
    """Everything a judgement needs, made once and then only read: safe for many threads."""

    concepts: dict[str, Concept]
    frames: tuple[Frame, ...]
    matcher: Matcher
    repairer: Repairer
    markers: dict[str, frozenset[str]]
    examples: tuple[Example, ...] = ()
    signs: Signs = field(default_factory=Signs)
    needs: list[tuple[tuple[int, ...], ...]] = field(default_factory=list)
    by_pair: dict[int, dict[int, list[int]]] = field(default_factory=dict)
    kinds: dict[Kind, int] = field(default_factory=dict)
    bits: dict[Kind, frozenset[int]] = field(default_factory=dict)
    settings: frozenset[int] = frozenset()
    contexts: frozenset[int] = frozenset()
    blockers: frozenset[int] = frozenset()
    lived: int = 0
    persons: int = 0
    own: int = 0
    killing: int = -1

    def __post_init__(self) -> None:
        """Index frames by the concepts of their two narrowest elements, and concepts by kind."""
        self.needs = [tuple(element.bits for element in frame.elements) for frame in self.frames]
        asked = Counter(bit for frame in self.frames for element in frame.elements for bit in element.bits)
        for number, frame in enumerate(self.frames):
            for pair in pairs_of(frame):
                # By the one that fewer frames ask for: a text holds fewer of those.
                rare, common = sorted(pair, key=asked.__getitem__)
                self.by_pair.setdefault(rare, {}).setdefault(common, []).append(number)
        for kind in Kind:
            self.kinds[kind] = sum(1 << concept.bit for concept in self.concepts.values() if concept.kind is kind)
            self.bits[kind] = frozenset(bits_of(self.kinds[kind]))
        self.settings = frozenset[int]().union(*(self.bits[kind] for kind in SETTINGS))
        self.lived = sum(1 << self.concepts[name].bit for name in LIVED if name in self.concepts)
        self.contexts = frozenset(bits_of(self.lived)).union(*(self.bits[kind] for kind in CONTEXTS))
        self.persons = sum(1 << self.concepts[name].bit for name in PERSONS if name in self.concepts)
        self.own = sum(1 << self.concepts[name].bit for name in OWN if name in self.concepts)
        self.blockers = frozenset[int]().union(*(self.bits[kind] for kind in set(Kind) - MEANT))
        self.killing = self.concepts["KILL"].bit if "KILL" in self.concepts else -1

    def candidates(self, bits: set[int]) -> tuple[list[Frame], set[int]]:
        """Return the frames whose elements all stand in a text with these concepts, and those of them they ask for.

        The frames come by the least concept of their first element, else in the order of their files.
        """
        numbers: set[int] = set()
        for bit in bits & self.by_pair.keys():
            others = self.by_pair[bit]
            for other in others.keys() & bits:
                numbers.update(others[other])
        fitting: list[tuple[int, int]] = []
        for number in numbers:
            first, *more = self.needs[number]
            found = bits.intersection(first)
            if found and not any(map(bits.isdisjoint, more)):
                fitting.append((min(found), number))
        frames = [self.frames[number] for _, number in sorted(fitting)]
        wanted = bits & self.contexts if frames else set()
        for frame in frames:
            wanted |= bits.intersection(frame.asked)
        return frames, wanted


def pairs_of(frame: Frame) -> list[tuple[int, int]]:
    """Return the pairs of concepts of which one stands in every text that a frame fits."""
    narrowest = sorted((element.bits for element in frame.elements), key=len)[:2]
    if len(narrowest) == 1:
        return [(bit, bit) for bit in narrowest[0]]
    return [(one, other) for one in narrowest[0] for other in narrowest[1]]


# The same object for the same concept everywhere: what a text's hits hold is near when frames are looked up by it.
BITS = tuple(range(4096))


def mask_of(bits: Iterable[int]) -> int:
    """Return the mask with some bits set."""
    mask = 0
    for bit in bits:
        mask |= 1 << bit
    return mask


def bits_of(mask: int) -> list[int]:
    """Return the places of a mask's set bits."""
    places = []
    while mask:
        low = mask & -mask
        places.append(BITS[low.bit_length() - 1])
        mask ^= low
    return places
