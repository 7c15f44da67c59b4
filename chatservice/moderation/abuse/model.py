"""What the rules of abuse are made of: concepts, frames, their examples, and how much a frame withstands."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from operator import add

from chatservice.moderation.matching import Matcher
from chatservice.moderation.repairs import Starred
from chatservice.moderation.risk.model import Origin
from chatservice.moderation.verdict import Label

# Concepts that the engine itself reads or writes.
REPORT, COVER, DISTRESS, MYSELF, HELPLESS = "REPORT", "COVER", "DISTRESS", "I", "HELPLESS"
# Somebody else ("the girls in class") and "to me": what stands in such a sentence was said to the writer.
OTHER, TO_ME = "OTHER", "TO_ME"
LINK, MONEY, FLOOD, GIBBERISH = "LINK", "MONEY", "FLOOD", "GIBBERISH"
SHOUT = "SHOUT"
BUILT_IN = (OTHER, TO_ME, REPORT, COVER, DISTRESS, MYSELF, HELPLESS, LINK, MONEY, FLOOD, GIBBERISH, SHOUT)

# Concepts that nearly every message holds: a frame is sought by another of its elements.
COMMON = (
    *("YOU", "BEYOU", "YOURS", "YOUOBJ", "YOUVERB", "VOC", "WILL", "SEND", "PIC", "TALKTOYOU", "WHO", "SEEK", "AREYOU"),
    *("ASKYOU", "STAFF", "SERVICE", "JOB", "FATE", "HARM"),
)
# A pair of letters is usual when so many of our words hold it.
USUAL = 3
RIM = 3


class Strength(StrEnum):
    """What a frame withstands: `plain` neither danger nor distress, `clear` no distress, `threat` both."""

    PLAIN = "plain"
    CLEAR = "clear"
    THREAT = "threat"


@dataclass(frozen=True, slots=True)
class Frame:
    """A rule: its elements at most `near` words apart, in their order if `ordered`, in one sentence or the message.

    `barrier`: concepts that must not stand between the elements; `without`: that must not stand in the message;
    `of` and `count`: so many different concepts of this mask must stand in the message; `words`: its greatest length.
    `unless_next`: concepts that must not follow its last element within two words.
    `whole` frames fit only when every word of the message belongs to one of the concepts in `whole`.
    """

    id: str
    label: Label
    elements: tuple[int, ...]
    strength: Strength
    ordered: bool
    near: int
    sentence: bool
    barrier: int
    without: int
    of: int
    count: int
    words: int
    whole: int
    unless_next: int
    examples_match: tuple[str, ...]
    examples_not: tuple[str, ...]
    origin: Origin


ORDER = {Label.HARASSMENT: 0, Label.ABUSE: 1, Label.SPAM: 2}
STRENGTHS = {Strength.THREAT: 0, Strength.CLEAR: 1, Strength.PLAIN: 2}


def label_of(frames: Iterable[Frame], *, linked: bool) -> Label:
    """Return the label of what was found: the surest first, then harassment before abuse before spam.

    An advert with a link is spam whatever it advertises.
    """
    found = list(frames)
    if linked and any(frame.label is Label.SPAM for frame in found):
        return Label.SPAM
    return min(found, key=lambda frame: (STRENGTHS[frame.strength], ORDER[frame.label])).label


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the label it must get; `where` is its file."""

    text: str
    label: Label
    where: str


@dataclass(slots=True)
class Rules:
    """Everything a judgement needs, made once and then only read: safe for many threads."""

    bits: dict[str, int]
    frames: tuple[Frame, ...]
    matcher: Matcher
    markers: dict[str, frozenset[str]]
    slips: dict[str, str]
    starred: Starred
    calm: frozenset[str]
    curses: tuple[str, ...]
    loose: frozenset[str]
    examples: tuple[Example, ...] = ()
    masks: dict[str, int] = field(default_factory=dict)
    usual: frozenset[str] = frozenset()
    rims: frozenset[str] = frozenset()
    oaths: frozenset[str] = frozenset()
    rare: list[tuple[int, tuple[Frame, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the mask of each concept, the letter pairs that words are made of, and the frames by rarest element."""
        self.masks = {name: 1 << bit for name, bit in self.bits.items()}
        known = [word for word in self.matcher.table if " " not in word]
        counts = Counter(chain.from_iterable(map(add, word, word[1:]) for word in known))
        self.usual = frozenset(pair for pair, count in counts.items() if count >= USUAL)
        slipped = set(self.slips.values())
        self.rims = frozenset(rim for word in slipped for rim in (word[:RIM], word[-RIM:]))
        self.oaths = frozenset(curse[:RIM] for curse in self.curses)
        common = sum(self.masks.get(name, 0) for name in COMMON)
        by_element: dict[int, list[Frame]] = {}
        for frame in self.frames:
            rarest = min(frame.elements, key=lambda element: ((element & common).bit_count(), element.bit_count()))
            by_element.setdefault(rarest, []).append(frame)
        self.rare = [(element, tuple(frames)) for element, frames in by_element.items()]

    def may_fit(self, bits: set[int]) -> bool:
        """Tell whether any frame has all its elements among these concepts."""
        mask = 0
        for bit in bits:
            mask |= 1 << bit
        for frame in self.candidates(mask):
            for element in frame.elements:
                if not mask & element:
                    break
            else:
                return True
        return False

    def candidates(self, mask: int) -> Iterator[Frame]:
        """Yield the frames whose rarest element stands in a text with these concepts."""
        for element, frames in self.rare:
            if mask & element:
                yield from frames
