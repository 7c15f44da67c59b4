"""Judges whether a text is aimed against the service. Linear in the text's length; target first, swear word last."""

import re
from collections.abc import Iterator
from itertools import accumulate

from chatservice.moderation import matching, repairs
from chatservice.moderation.abuse import flood, loader, model
from chatservice.moderation.abuse.model import Frame, Rules, Strength
from chatservice.moderation.abuse.signs import signs_of
from chatservice.moderation.kept import kept
from chatservice.moderation.matching import Hit
from chatservice.moderation.verdict import Label, Level, Reason
from chatservice.moderation.views import LEET, RUN, Views
from chatservice.moderation.words import Words, language_of, words_of

DEFAULT = kept("abuse", make=loader.load)
# So many places of one concept are looked at, so many words repaired: a wall of insults is found by its first ones.
MOST_PLACES, MOST_REPAIRS, MOST_WORDS = 24, 40, 600
QUOTE = re.compile(r'["“”„«»]([^"“”„«»\n]{2,200})["“”„«»]|(?<!\w)[\'‘]([^\'‘\n]{4,200})[\'’](?!\w)')
SENTENCE_END = 2
# Shorter words hide nothing.
SHORTEST = 3
NEXT = 2
UNBOUND = frozenset({"", matching.FOLDED})

Place = tuple[int, int]


def judge(
    seen: Views, *, language: str, level: Level = Level.NONE, rules: Rules = DEFAULT, words: Words | None = None
) -> tuple[Label, tuple[Reason, ...]]:
    """Return the label of a text and the rules behind it; `level` is the risk already found in it,
    `words` those of its joined view, if known.

    A text of danger or of distress keeps the label `ok` unless it threatens staff.
    """
    words = _cut(words or words_of(seen.joined))
    if not words.words:
        return _wordless(seen.plain.text)
    fixed = _repaired(words, rules)
    hits = _in_language([*rules.matcher.hits(fixed), *_loosely(fixed, rules)], fixed, rules, given=language)
    signs = signs_of(seen.plain.text, words.words, rules)
    # What is quoted or covered is only left out later: where no frame may fit now, none will.
    if not rules.may_fit({*signs, *(hit[0] for hit in hits)}):
        return Label.OK, ()
    reading = Reading(seen.plain.text, words, hits=hits, signs=signs, rules=rules)
    found = [(frame, places) for frame, places in _found(reading) if _withstands(frame, reading, level)]
    if not found:
        return Label.OK, ()
    linked = bool(reading.mask & rules.masks[model.LINK])
    label = model.label_of([frame for frame, _ in found], linked=linked)
    return label, tuple(Reason(frame.id, tuple(words.place(*place) for place in places)) for frame, places in found)


def _in_language(hits: list[Hit], words: list[str], rules: Rules, *, given: str) -> list[Hit]:
    """Return the hits that are bound to no other language than the text's."""
    if {hit[3] for hit in hits} <= UNBOUND:
        return hits
    spoken = language_of(words, markers=rules.markers, given=given)
    return [hit for hit in hits if hit[3] == spoken or hit[3] in UNBOUND]


def _cut(words: Words) -> Words:
    """Return at most the first MOST_WORDS words: whoever is abusive is so at once."""
    if len(words.words) <= MOST_WORDS:
        return words
    return Words(words.view, words.words[:MOST_WORDS], words.spans[:MOST_WORDS], words.breaks[:MOST_WORDS])


def _wordless(text: str) -> tuple[Label, tuple[Reason, ...]]:
    if flood.flooded(text, (), frozenset()):
        return Label.SPAM, (Reason("spam.flood"),)
    return Label.OK, ()


def _repaired(words: Words, rules: Rules) -> list[str]:
    """Return the words, disguised ones written out; their number stays."""
    fixed = words.words
    left = MOST_REPAIRS
    known = rules.matcher.table
    stretched = flood.tripled(" ".join(words.words))
    # Of words that are letters only, and none of them stretched, the short ones are no slips.
    shortest = SHORTEST if stretched or not "".join(words.words).isalpha() else loader.SHORTEST_SLIP
    for place in [place for place, word in enumerate(words.words) if len(word) >= shortest and word not in known]:
        word = words.words[place]
        if word.isdigit():
            continue
        if word.isalpha() and not (stretched and RUN.search(word)):
            long = len(word) >= loader.SHORTEST_SLIP
            meant = (_after_curse(word, rules) or _slip(word, rules)) if long else None
        else:
            meant, left = (_undisguised(word, rules), left - 1) if left else (None, 0)
        if meant:
            fixed = list(fixed) if fixed is words.words else fixed
            fixed[place] = meant
    return fixed


def _loosely(words: list[str], rules: Rules) -> Iterator[Hit]:
    """Yield the phrases found when small words and swear words between are left out ("menkää ny töihin")."""
    kept = [place for place, word in enumerate(words) if word not in rules.loose]
    if len(kept) in {0, 1, len(words)}:
        return
    for bit, first, last, language in rules.matcher.hits([words[place] for place in kept], alone=False):
        if kept[last] - kept[first] > last - first:
            yield bit, kept[first], kept[last], language


def _after_curse(word: str, rules: Rules) -> str | None:
    """Return what follows a swear word that was written together with it."""
    if word[: model.RIM] not in rules.oaths or not word.startswith(rules.curses):
        return None
    rest = next(word[len(curse) :] for curse in rules.curses if word.startswith(curse))
    return rest if rules.matcher.means(rest) else None


def _slip(word: str, rules: Rules) -> str | None:
    # One slip leaves the first three letters of so long a word, or its last three.
    if word[: model.RIM] not in rules.rims and word[-model.RIM :] not in rules.rims:
        return None
    for form in (word, *repairs.deletions(word)):
        meant = rules.slips.get(form)
        if meant and meant[0] == word[0] and repairs.one_edit(word, meant):
            return meant
    return None


def _undisguised(word: str, rules: Rules) -> str | None:
    if "*" in word:
        bare = word.translate(LEET)
        return rules.starred.meant(word) or rules.starred.meant(bare)
    for form in repairs.spellings(word):
        if form != word and (form in rules.matcher.table or rules.matcher.means(form)):
            return form
    return None


class Reading:
    """A text's hits by concept, with its sentences and what is only reported in it."""

    def __init__(self, text: str, words: Words, *, hits: list[Hit], signs: list[int], rules: Rules) -> None:
        """Drop what stands in an idiom, in quotation marks, or in a sentence that tells what somebody said."""
        self.words, self.rules = words, rules
        masks = rules.masks
        hits = _uncovered(hits, rules.bits[model.COVER])
        quoted = _quoted(text, words) if '"' in text or not text.isascii() or "'" in text else frozenset()
        self.sentences = self._sentences()
        report = rules.bits[model.REPORT]
        # "girls, write to me": nobody said anything to the writer.
        asked = {hit[2] for hit in hits if hit[0] == rules.bits["PRIVATE"]}
        others = self._sentences_of(hits, model.OTHER)
        to_me = self._sentences_of([hit for hit in hits if hit[2] not in asked], model.TO_ME)
        self.told = {self.sentences[hit[1]] for hit in hits if hit[0] == report} | (others & to_me)
        self.quoted = quoted
        self.all: dict[int, list[Place]] = {}
        self.mask = 0
        for bit, first, last, _ in hits:
            if first not in quoted:
                self.all.setdefault(bit, []).append((first, last))
                self.mask |= 1 << bit
        for bit in signs:
            self.all.setdefault(bit, []).append((0, len(words.words) - 1))
            self.mask |= 1 << bit
        self.distress = bool(self.mask & masks[model.DISTRESS])
        # "kiss my ass" tells nothing of the writer.
        ordered = {place for order in self.places(masks["ORDER"]) for place in range(order[0], order[1] + 1)}
        self.self_told = any(first not in ordered for first, _ in self.places(masks[model.MYSELF]))

    def _sentences_of(self, hits: list[Hit], name: str) -> set[int]:
        bit = self.rules.bits[name]
        return {self.sentences[hit[1]] for hit in hits if hit[0] == bit}

    def _sentences(self) -> list[int]:
        return list(accumulate(int(gap == SENTENCE_END) for gap in self.words.breaks))

    def places(self, mask: int) -> list[Place]:
        """Return the first places of the concepts in a mask, in the text's order."""
        found: list[Place] = []
        for bit, places in self.all.items():
            if mask >> bit & 1:
                found += places[:MOST_PLACES]
        return sorted(found)[: MOST_PLACES * 2]


def _uncovered(hits: list[Hit], cover: int) -> list[Hit]:
    covers = [hit[1:3] for hit in hits if hit[0] == cover]
    if not covers:
        return hits
    inside = {place for first, last in covers for place in range(first, last + 1)}
    return [hit for hit in hits if hit[1] not in inside or hit[2] not in inside]


def _quoted(text: str, words: Words) -> frozenset[int]:
    """Return the words inside quotation marks, unless the whole message stands in them."""
    spans = [match.span() for match in QUOTE.finditer(text)]
    if not spans:
        return frozenset()
    inside = {
        place
        for place, (start, end) in enumerate(words.spans)
        if any(first <= words.view.offsets[start] and words.view.offsets[end - 1] < last for first, last in spans[:8])
    }
    return frozenset() if len(inside) == len(words.words) else frozenset(inside)


def _found(reading: Reading) -> Iterator[tuple[Frame, tuple[Place, ...]]]:
    mask = reading.mask
    for frame in reading.rules.candidates(mask):
        if any(not mask & element for element in frame.elements) or mask & frame.without:
            continue
        if frame.words and len(reading.words.words) > frame.words:
            continue
        if frame.count and not _enough(frame, reading):
            continue
        if frame.whole and not _all_of(frame.whole, reading):
            continue
        if places := _placed(frame, reading):
            yield frame, places


def _enough(frame: Frame, reading: Reading) -> bool:
    """Tell whether so many concepts of the frame's `of` stand in the message, or more places of the same ones."""
    if (reading.mask & frame.of).bit_count() >= frame.count:
        return True
    return len({first for first, _ in reading.places(frame.of)}) > frame.count


def _all_of(mask: int, reading: Reading) -> bool:
    """Tell whether every word of the message belongs to a concept of the mask."""
    covered: set[int] = set()
    for first, last in reading.places(mask):
        covered.update(range(first, last + 1))
    return len(covered) == len(reading.words.words)


def _placed(frame: Frame, reading: Reading) -> tuple[Place, ...]:
    options = [reading.places(element) for element in frame.elements]
    walls = reading.places(frame.barrier) if frame.barrier else []
    for anchor in options[0]:
        chosen = [anchor]
        if frame.label is not Label.SPAM and reading.sentences[anchor[0]] in reading.told:
            continue
        for places in options[1:]:
            best = _nearest(frame, chosen, places, reading=reading, walls=walls)
            if best is None:
                break
            chosen.append(best)
        else:
            if not _followed(frame, chosen[-1], reading):
                return tuple(chosen)
    return ()


def _followed(frame: Frame, last: Place, reading: Reading) -> bool:
    """Tell whether a concept that turns the frame to somebody else comes right after it."""
    return any(0 < place[0] - last[1] <= NEXT for place in reading.places(frame.unless_next))


def _nearest(
    frame: Frame, chosen: list[Place], places: list[Place], *, reading: Reading, walls: list[Place]
) -> Place | None:
    """Return the nearest place that fits beside the last chosen one, or None."""
    last = chosen[-1]
    best: Place | None = None
    for place in places:
        if any(place[0] <= other[1] and other[0] <= place[1] for other in chosen) and frame.sentence:
            continue
        if frame.ordered and place[0] <= last[1]:
            continue
        if frame.sentence:
            if reading.sentences[place[0]] != reading.sentences[last[0]] or _gap(last, place) > frame.near:
                continue
            low, high = min(last[1], place[1]), max(last[0], place[0])
            if any(low < wall[0] and wall[1] < high for wall in walls):
                continue
        if best is None or _gap(last, place) < _gap(last, best):
            best = place
    return best


def _gap(left: Place, right: Place) -> int:
    return max(left[0] - right[1], right[0] - left[1], 0)


def _withstands(frame: Frame, reading: Reading, level: Level) -> bool:
    """Tell whether a finding stands against the danger and the distress in the same message."""
    if frame.strength is Strength.THREAT:
        return True
    if reading.distress:
        return False
    if frame.strength is Strength.PLAIN:
        return level is Level.NONE
    return level is Level.NONE or frame.label is Label.HARASSMENT or not reading.self_told
