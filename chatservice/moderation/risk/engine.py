"""Judges one text by frames: hits, clauses, negation, covers, contexts, past; linear in the text's length."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chatservice.moderation import matching, repairs, spoken_sv
from chatservice.moderation.matching import Hit, Words
from chatservice.moderation.risk.model import Element, Frame, Kind, Rules, bits_of
from chatservice.moderation.spoken import book_forms
from chatservice.moderation.verdict import CATEGORIES, Level, Reason
from chatservice.moderation.views import Views

# How far a negator reaches: words before the act, and after it for languages that deny afterwards.
REACH_FORWARD, REACH_BACK = 4, 2
# A frame is sought at most in so many clauses: a chat line has few, a wall of commas is nobody's sentence.
MOST_UNITS = 150
# So many places of one concept are kept in one clause, sentence or message.
MOST_HITS = 24
SHORTEST_DOUBTFUL = 7
# What tells where a thing happens stands also inside an idiom.
SETTINGS = (Kind.GAME, Kind.STUDY, Kind.STORY, Kind.SETTING)
# The categories that a game, homework or a story does not cancel.
SPARED = {
    Kind.GAME: frozenset({"sexual", "eating", "self_harm"}),
    Kind.STUDY: frozenset({"sexual", "violence", "acute"}),
    Kind.STORY: frozenset({"sexual"}),
}


Place = tuple[int, int]


@dataclass(slots=True)
class Unit:
    """A clause, sentence or message: its masks, and by concept the words where it is said and where it is denied."""

    said: int = 0
    denied: int = 0
    places_said: dict[int, list[Place]] = field(default_factory=dict)
    places_denied: dict[int, list[Place]] = field(default_factory=dict)

    def put(self, hit: Hit, *, denied: bool) -> None:
        """Add a hit; the first MOST_HITS of a concept are enough to find it."""
        if denied:
            self.denied |= 1 << hit.bit
            kept = self.places_denied.setdefault(hit.bit, [])
        else:
            self.said |= 1 << hit.bit
            kept = self.places_said.setdefault(hit.bit, [])
        if len(kept) < MOST_HITS:
            kept.append((hit.first, hit.last))

    def places(self, element: Element, *, strict: bool) -> list[Place]:
        """Return where an element stands; when not strict, a denied act counts as said."""
        found: list[Place] = []
        for bit in element.bits:
            if element.mode != "-":
                found += self.places_said.get(bit, ())
            if element.mode != "+" or not strict:
                found += self.places_denied.get(bit, ())
        return found


@dataclass(frozen=True, slots=True)
class Finding:
    """A frame that was found: at what level in the end, where, and what lowered it."""

    frame: Frame
    level: Level
    places: tuple[tuple[int, int], ...]
    blocker: str | None


def judge(
    seen: Views, *, language: str, rules: Rules, words: Words | None = None
) -> tuple[Level, tuple[str, ...], tuple[Reason, ...]]:
    """Return the level, the categories and the reasons of a text; `words` are those of its joined view, if known."""
    words = words or matching.words_of(seen.joined)
    finnish = matching.language_of(words.words, markers=rules.markers, given=language) == "fi"
    words = repaired(words, rules, spoken=finnish)
    spoken = matching.language_of(words.words, markers=rules.markers, given=language)
    if spoken == "sv":
        words = as_written(words, rules)
    hits = [hit for hit in rules.matcher.hits(words.words) if hit.language in {"", spoken}]
    findings = list(found(Reading(words, hits, rules)))
    level = Level.highest(*(each.level for each in findings))
    named = {each.frame.category for each in findings if each.level is not Level.NONE}
    reasons = tuple(
        Reason(each.frame.id, tuple(words.place(*place) for place in each.places), each.blocker) for each in findings
    )
    return level, tuple(name for name in CATEGORIES if name in named), reasons


def repaired(words: Words, rules: Rules, *, spoken: bool = False) -> Words:
    """Return the words with those that mean nothing replaced by the known word they stand for.

    `spoken` tells that the text is Finnish, whose spoken endings are read as the written ones.
    """
    strange = strange_words(words, rules, spoken=spoken)
    if not strange:
        return words
    covered = {place for hit in rules.matcher.hits(words.words) for place in range(hit.first, hit.last + 1)}
    meanings: dict[str, str | None] = {}
    meant: dict[int, str] = {}
    for place, written in strange.items():
        word = words.words[place]
        if place in covered:
            continue
        if word not in meanings:
            meanings[word] = written or meaning(word, rules)
        if found := meanings[word]:
            meant[place] = found
    return rewritten(words, meant) if meant else words


def strange_words(words: Words, rules: Rules, *, spoken: bool) -> dict[int, str | None]:
    """Return the places of unknown words that may stand for a known one, each with its written form, if it has one."""
    known = rules.matcher.table
    found: dict[int, str | None] = {}
    for place, word in enumerate(words.words):
        if len(word) < 2 or word in known or word.isdigit():  # noqa: PLR2004 - one letter is no word
            continue
        written = next((form for form in book_forms(word) if form in known), None) if spoken else None
        if written or len(word) >= SHORTEST_DOUBTFUL or not word.isalpha() or has_run(word):
            found[place] = written
    return found


def has_run(word: str) -> bool:
    """Tell whether a letter stands three times in a row."""
    return any(first == second == third for first, second, third in zip(word, word[1:], word[2:], strict=False))


def meaning(word: str, rules: Rules) -> str | None:
    """Return what one word without meaning stands for."""
    found = rules.repairer.repaired(word)
    if found or (word.isalpha() and not has_run(word)):
        return found
    for form in repairs.spellings(word):
        if form != word and rules.matcher.hits([form]):
            return form
    return None


def rewritten(words: Words, meant: dict[int, str]) -> Words:
    """Return the words with some replaced, each part standing where the whole stood."""
    fresh = Words(words.view)
    for place, word in enumerate(words.words):
        for number, part in enumerate(meant.get(place, word).split(" ")):
            fresh.words.append(part)
            fresh.spans.append(words.spans[place])
            fresh.breaks.append(words.breaks[place] if number == 0 else 0)
    return fresh


def as_written(words: Words, rules: Rules) -> Words:
    """Return Swedish words in one spelling, those that carry no meaning left out."""
    plain = spoken_sv.plain(words.words, known=rules.matcher.table)
    if plain == words.words:
        return words
    fresh = Words(words.view)
    gap = 0
    for place, word in enumerate(plain):
        gap = max(gap, words.breaks[place])
        if word:
            fresh.words.append(word)
            fresh.spans.append(words.spans[place])
            fresh.breaks.append(gap)
            gap = 0
    return fresh


class Reading:
    """A text's hits sorted into clauses, sentences and the whole."""

    def __init__(self, words: Words, hits: list[Hit], rules: Rules) -> None:
        """Drop covered hits, mark denied ones, and fill the units."""
        self.rules = rules
        kinds = rules.kinds
        hits = uncovered(hits, kinds[Kind.COVER], spared=sum(kinds[kind] for kind in SETTINGS))
        plain = kinds[Kind.COVER_NEGATOR]
        if any(plain >> hit.bit & 1 for hit in hits):
            negators = kinds[Kind.NEGATOR] | kinds[Kind.LATE_NEGATOR]
            left = set(uncovered([hit for hit in hits if (negators | plain) >> hit.bit & 1], plain))
            hits = [hit for hit in hits if not negators >> hit.bit & 1 or hit in left]
        self.clauses, self.sentences, self.whole = _numbers(words, hits, kinds[Kind.SPLIT])
        negated = self._negated(hits)
        self.units: dict[str, list[Unit]] = {
            "clause": [Unit() for _ in range((self.clauses[-1] if self.clauses else 0) + 1)],
            "sentence": [Unit() for _ in range((self.sentences[-1] if self.sentences else 0) + 1)],
            "message": [self.whole],
        }
        polar = kinds[Kind.ACT]
        for hit in hits:
            acts = bool(polar >> hit.bit & 1)
            denied = acts and hit.first in negated
            self.units["clause"][self.clauses[hit.first]].put(hit, denied=denied)
            self.units["sentence"][self.sentences[hit.first]].put(hit, denied=denied)
            self.whole.put(hit, denied=denied)

    def _negated(self, hits: list[Hit]) -> frozenset[int]:
        kinds = self.rules.kinds
        early, late, acts, stops = (
            {hit.first for hit in hits if kinds[kind] >> hit.bit & 1}
            for kind in (Kind.NEGATOR, Kind.LATE_NEGATOR, Kind.ACT, Kind.STOP)
        )
        ends = {hit.last: hit.first for hit in hits if kinds[Kind.ACT] >> hit.bit & 1}
        return frozenset(denied_places(early | late, late, Reach(self.clauses, acts, stops, ends)))

    def has(self, kind: Kind) -> bool:
        """Tell whether a concept of the kind stands anywhere."""
        return bool(self.whole.said & self.rules.kinds[kind])

    def context(self, frame: Frame, places: tuple[tuple[int, int], ...]) -> str | None:
        """Return the game, homework or story around a finding that says it is none of the writer's life."""
        around = self.units["sentence"][self.sentences[places[0][0]]].said
        for kind, spared in SPARED.items():
            if around & self.rules.kinds[kind] and frame.category not in spared:
                if kind is Kind.STORY or (not frame.state and frame.level is not Level.IMMEDIATE):
                    return kind.value
                if kind is Kind.GAME and not frame.state:
                    return kind.value
        return None


@dataclass(frozen=True, slots=True)
class Reach:
    """What bounds a negator: clauses, the places where acts begin, the words that stop it, where acts end."""

    clauses: list[int]
    acts: set[int]
    stops: set[int]
    ends: dict[int, int]


def denied_places(negators: set[int], late: set[int], reach: Reach) -> Iterator[int]:
    """Yield the places of denied acts: the first act after a negator, and the one before a late negator."""
    for place in negators:
        clause = reach.clauses[place]
        for after in range(place + 1, min(place + 1 + REACH_FORWARD, len(reach.clauses))):
            if reach.clauses[after] != clause or after in reach.stops:
                break
            if after in reach.acts:
                yield after
                break
        if place in late:
            for before in range(place - 1, max(place - 1 - REACH_BACK, -1), -1):
                if before in reach.ends and reach.clauses[before] == clause:
                    yield reach.ends[before]
                    break


def _numbers(words: Words, hits: list[Hit], splits: int) -> tuple[list[int], list[int], Unit]:
    """Number each word's clause and sentence; a splitting word ends its clause."""
    cut = {hit.last for hit in hits if splits >> hit.bit & 1}
    clauses: list[int] = []
    sentences: list[int] = []
    clause = sentence = 0
    for place, gap in enumerate(words.breaks):
        if place and clause < MOST_UNITS and (gap or place - 1 in cut):
            clause += 1
            sentence += gap == 2  # noqa: PLR2004 - 2 is the end of a sentence
        clauses.append(clause)
        sentences.append(sentence)
    return clauses, sentences, Unit()


def uncovered(hits: list[Hit], covers: int, *, spared: int = 0) -> list[Hit]:
    """Drop every hit that lies wholly inside an idiom, but what tells the setting; nothing else of the message."""
    kept = covers | spared
    idioms = [hit for hit in hits if covers >> hit.bit & 1]
    if not idioms:
        return hits
    inside: dict[int, int] = {}
    for idiom in idioms:
        for place in range(idiom.first, idiom.last + 1):
            inside[place] = max(inside.get(place, 0), idiom.last)
    return [hit for hit in hits if kept >> hit.bit & 1 or inside.get(hit.first, -1) < hit.last]


def found(reading: Reading) -> Iterator[Finding]:
    """Yield each frame's strongest finding."""
    whole = reading.whole.said | reading.whole.denied
    tried: set[str] = set()
    for bit in bits_of(whole):
        for frame in reading.rules.by_bit.get(bit, ()):
            if frame.id in tried or whole & frame.without_anywhere:
                continue
            tried.add(frame.id)
            if all(whole & element.mask for element in frame.elements):
                best = strongest(frame, reading)
                if best is not None:
                    yield best


def strongest(frame: Frame, reading: Reading) -> Finding | None:
    """Return the frame's highest finding; the first that nothing lowers is enough."""
    best: Finding | None = None
    for finding in _tries(frame, reading):
        if finding.level is frame.level:
            return finding
        if best is None or finding.level.rank > best.level.rank:
            best = finding
    return best


def _tries(frame: Frame, reading: Reading) -> Iterator[Finding]:
    for unit in reading.units[frame.within]:
        if (unit.said | unit.denied) & frame.without:
            continue
        places, denied = fitting(frame, unit)
        if places:
            yield lowered(frame, places, reading, denied=denied)


def fitting(frame: Frame, unit: Unit) -> tuple[tuple[tuple[int, int], ...], bool]:
    """Return where the frame's elements stand in a unit, and whether it fits only when negation is left aside."""
    if all(_mask(element, unit) & element.mask for element in frame.elements):
        places = placed(frame, unit, strict=True)
        if places:
            return places, False
    if frame.denies or not all((unit.said | unit.denied) & element.mask for element in frame.elements):
        return (), False
    if any(element.mode == "-" and not unit.denied & element.mask for element in frame.elements):
        return (), False
    return placed(frame, unit, strict=False), True


def _mask(element: Element, unit: Unit) -> int:
    if element.mode == "~":
        return unit.said | unit.denied
    return unit.denied if element.mode == "-" else unit.said


def placed(frame: Frame, unit: Unit, *, strict: bool) -> tuple[tuple[int, int], ...]:
    """Return the words of each element, all within `near` words of the first element's; empty where they are not."""
    options = [unit.places(element, strict=strict) for element in frame.elements]
    for anchor in options[0]:
        chosen = [anchor]
        for places in options[1:]:
            near = [place for place in places if place not in chosen]
            nearest = min(near, key=lambda place, anchor=anchor: gap(anchor, place), default=None)  # type: ignore[misc]
            if nearest is None or gap(anchor, nearest) > frame.near:
                break
            chosen.append(nearest)
        else:
            return tuple(chosen)
    return ()


def gap(left: tuple[int, int], right: tuple[int, int]) -> int:
    """Return how many words two places are apart; 0 where they overlap."""
    return max(left[0] - right[1], right[0] - left[1], 0)


def lowered(frame: Frame, places: tuple[tuple[int, int], ...], reading: Reading, *, denied: bool) -> Finding:
    """Return the finding at the level that negation, laughter, contexts and the past leave it."""
    level, blocker = frame.level, None
    if denied:
        level, blocker = level.lowered(), "negation"
    context = reading.context(frame, places)
    if context:
        return Finding(frame, Level.NONE, places, context)
    if frame.state and reading.has(Kind.LAUGH) and not reading.has(Kind.SERIOUS) and level.rank > Level.CONCERN.rank:
        level, blocker = Level.CONCERN, "laughter"
    if frame.lapses and reading.has(Kind.RESOLVED) and reading.has(Kind.OTHERS):
        return Finding(frame, Level.NONE, places, "past of somebody else")
    if frame.lapses and (reading.has(Kind.PAST) or reading.has(Kind.RESOLVED)) and level.rank > Level.CONCERN.rank:
        level, blocker = Level.CONCERN, "past"
    return Finding(frame, level, places, blocker)
