"""What moderation says of one text: how soon a professional must see it, why, and what of it is personal data."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How fast a professional must see a message, whoever it is about; ordered from `none` to `immediate`."""

    NONE = "none"
    CONCERN = "concern"
    HIGH = "high"
    IMMEDIATE = "immediate"

    @property
    def rank(self) -> int:
        """Return 0 for `none` up to 3 for `immediate`."""
        return RANKS[self]

    def lowered(self) -> "Level":
        """Return the level one step below, `none` at the bottom."""
        return LEVELS[max(self.rank - 1, 0)]

    @classmethod
    def highest(cls, *levels: "Level") -> "Level":
        """Return the highest of the levels; `none` where there is none."""
        return max(levels, key=RANKS.__getitem__, default=cls.NONE)


LEVELS = tuple(Level)
RANKS = {level: rank for rank, level in enumerate(LEVELS)}


class Label(StrEnum):
    """Whether a text is aimed against the service; everything but `ok` only folds the text for the professional."""

    OK = "ok"
    ABUSE = "abuse"
    HARASSMENT = "harassment"
    SPAM = "spam"


CATEGORIES = ("suicide", "self_harm", "violence", "sexual", "eating", "substance", "acute", "threat")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of personal data: offsets in the text as it was written, and its kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule, the places in the text as written, and the blocker that lowered or cancelled it, if any."""

    rule: str
    spans: tuple[tuple[int, int], ...] = ()
    blocker: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one text. `masked` is what lists, samples, exports and group talks may show."""

    level: Level = Level.NONE
    categories: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    masked: str = ""
    label: Label = Label.OK
    reasons: tuple[Reason, ...] = ()
    unchecked: bool = False
