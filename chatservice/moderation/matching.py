"""One pass over a text's words: which concepts stand where.

A text becomes a line of words with single spaces; one Aho-Corasick automaton finds every pattern at word boundaries.
Patterns are written as a professional writes them: `kuolla`, `en jaksa enää`, `itsemurh*` (begins with), `*pilleri`
(ends with), `*murha*` (holds); `=dö` never loses its diacritics; `~dog` counts only in a message of its language.
Words that mean nothing are looked at again: letters repeated, signs for letters, one slip of the finger, no spaces.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import ahocorasick

from chatservice.moderation import views

# Letters with what may stand inside a word for a letter, an emoji, or a sign that ends a clause.
TOKEN = re.compile(
    r"(?:[@$](?=[^\W\d_]))?[^\W_](?:[^\W_]|['*@$€!|](?=[^\W_]))*|[\U0001F300-\U0001FAFF\u2600-\u27bf]|[.!?…]+|[,;:()\n\"]"
)
SIMPLE = re.compile(r"\*?[a-zäöå0-9]+(?: [a-zäöå0-9]+)*\*?")
DROPPED = str.maketrans("", "", "'")
ENDS = frozenset(".!?…\n")
PAUSES = frozenset(',;:()"')
LONGEST_WORD = 40


class Entry(NamedTuple):
    """What a pattern means: the concept's bit, and the language it is bound to ("" for any)."""

    bit: int
    language: str


Value = tuple[int, int, tuple[Entry, ...]]


class Hit(NamedTuple):
    """A concept found at the words [first, last] of a text."""

    bit: int
    first: int
    last: int
    language: str


@dataclass(slots=True)
class Words:
    """A text as words: `spans` are places in the view, `breaks[i]` what stands before word i (0, 1 pause, 2 end)."""

    view: views.View
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words [first, last] stand in the text as written."""
        return self.view.span(self.spans[first][0], self.spans[last][1])


def words_of(view: views.View) -> Words:
    """Cut a view into words; a word has no apostrophes and holds at most LONGEST_WORD letters."""
    found = Words(view)
    gap = 0
    for match in TOKEN.finditer(view.text):
        token = match[0]
        if token[0] in ENDS:
            gap = 2
        elif token[0] in PAUSES:
            gap = max(gap, 1)
        else:
            found.words.append(token[:LONGEST_WORD].translate(DROPPED) if "'" in token else token[:LONGEST_WORD])
            found.spans.append(match.span())
            found.breaks.append(gap)
            gap = 0
    return found


def normal(pattern: str) -> str:
    """Return a pattern's words as `words_of` would write them, wildcards kept at its two ends."""
    if SIMPLE.fullmatch(pattern):
        return pattern
    head, tail = pattern.startswith("*"), pattern.endswith("*")
    view = views.of(pattern.strip("*").replace("-", " ")).plain
    text = " ".join(words_of(view).words)
    return f"{'*' if head else ''}{text}{'*' if tail else ''}"


class Matcher:
    """All patterns of a set of rules, ready to be found in one pass."""

    def __init__(self) -> None:
        """Start without patterns; `add` them, then `close`."""
        self._automaton = ahocorasick.Automaton()
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._shared: dict[tuple[Entry, ...], tuple[Entry, ...]] = {}
        self._bound: set[str] = set()
        self.known: set[str] = set()

    def add(self, pattern: str, entry: Entry) -> None:
        """Add one pattern in its written form and, unless it begins with `=`, without its diacritics."""
        exact, bound = pattern.startswith("="), pattern.startswith("~")
        text = normal(pattern.lstrip("=~"))
        meaning = entry if bound else Entry(entry.bit, "")
        for form in {text} if exact else {text, views.fold(text)}:
            key = f"{'' if form.startswith('*') else ' '}{form.strip('*')}{'' if form.endswith('*') else ' '}"
            entries = self._entries.get(key, ())
            if meaning not in entries:
                # Thousands of forms share one meaning: kept once.
                more = (*entries, meaning)
                self._entries[key] = self._shared.setdefault(more, more)
            if "*" not in form:
                self.known.update(form.split())

    def close(self) -> None:
        """Make the automaton from what was added."""
        values: dict[Value, Value] = {}
        for key, entries in self._entries.items():
            value = (len(key), key.strip().count(" ") + 1, entries)
            self._automaton.add_word(key, values.setdefault(value, value))
        self._automaton.make_automaton()
        self._entries, self._shared = {}, {}

    def hits(self, words: list[str]) -> Iterator[Hit]:
        """Yield each concept with its words, by the place where the pattern ends."""
        if not words or not len(self._automaton):
            return
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        line = f" {' '.join(words)} "
        for end, (length, count, entries) in self._automaton.iter(line):
            first = bisect_right(starts, end - length + 1) - 1
            for bit, language in entries:
                yield Hit(bit, first, first + count - 1, language)


class Repairer:
    """Finds the known word behind a misspelt one; only long words may differ, and only by one slip."""

    def __init__(self, *, known: set[str], risky: Iterable[str], never: frozenset[str]) -> None:
        """Learn the words: `known` for cutting run-together words, `risky` for slips, `never` are real words."""
        self._known = known
        self._never = never
        self._by_deletion: dict[str, str] = {}
        self._cores = ahocorasick.Automaton()
        for word in sorted(risky):
            if len(word) >= SHORTEST_TYPO:
                for form in deletions(word):
                    self._by_deletion.setdefault(form, word)
            if len(word) >= SHORTEST_CORE:
                self._cores.add_word(word, word)
        self._cores.make_automaton()

    def repaired(self, word: str) -> str | None:
        """Return the word or words meant by a word without meaning, or None."""
        forms = list(spellings(word))
        for form in forms:
            if form in self._known:
                return form
        for form in forms:
            if views.RUN.search(form):
                continue
            if meant := self._slip(form, shortest=SHORTEST_TYPO):
                return meant
            if len(form) >= SHORTEST_RUN_TOGETHER and len(self._cores) and any(True for _ in self._cores.iter(form)):
                parts = self._parts(form)
                if parts:
                    return parts
        return self._starred(word) if "*" in word else None

    def _slip(self, word: str, *, shortest: int) -> str | None:
        if len(word) < shortest or word in self._never:
            return None
        for form in (word, *deletions(word)):
            meant = self._by_deletion.get(form)
            if meant and abs(len(meant) - len(word)) <= 1 and one_edit(word, meant):
                return None if len(word) < SHORTEST_CHANGED and changed_only(word, meant) else meant
        return None

    def _starred(self, word: str) -> str | None:
        bare = word.replace("*", "")
        hit = self._by_deletion.get(bare)
        return hit if hit and len(hit) == len(word) else None

    def _parts(self, word: str) -> str | None:
        """Cut a word into known words, the fewest; of two letters only those that speech is full of."""
        best: list[tuple[int, int] | None] = [(0, 0), *([None] * len(word))]
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - LONGEST_PART), end - 1):
                before = best[start]
                part = word[start:end]
                if before is None or part not in self._known or (len(part) < SHORTEST_PART and part not in SHORT_PARTS):
                    continue
                now = best[end]
                if now is None or before[0] + 1 < now[0]:
                    best[end] = (before[0] + 1, start)
        parts: list[str] = []
        place = len(word)
        while place:
            step = best[place]
            if step is None:
                return None
            parts.append(word[step[1] : place])
            place = step[1]
        return " ".join(reversed(parts))


# A word with one letter changed is more often another word ("mittasi", "mottasi") than one with a letter lost.
SHORTEST_CHANGED = 9
SHORTEST_TYPO, SHORTEST_CORE, SHORTEST_RUN_TOGETHER, LONGEST_PART = 7, 4, 8, 16
# Else a whole word falls to pieces that mean harm ("terapeutti" holds "rape").
SHORTEST_PART = 3
SHORT_PARTS = frozenset(
    {"en", "ei", "mä", "sä", "se", "ne", "on", "oo", "ku", "ja", "vi", "du", "är", "me", "my", "he", "is", "to", "i"}
)


def spellings(word: str) -> Iterator[str]:
    """Yield the ways to read a word: as it stands, runs cut to two and one, signs as letters, without diacritics."""
    yield word
    forms = {word}
    for form in _variants(word):
        if form not in forms:
            forms.add(form)
            yield form


def _variants(word: str) -> Iterator[str]:
    base = word
    if not word.isalpha():
        base = word.translate(views.LEET)
        yield base
        yield word.translate(views.LEET_OTHER)
    if views.RUN.search(base):
        twice = views.RUN.sub(r"\1\1", base)
        yield twice
        yield views.RUN.sub(r"\1", base)
        yield views.fold(twice)
    yield views.fold(base)


def deletions(word: str) -> Iterator[str]:
    """Yield the word with each one of its letters taken out."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def one_edit(left: str, right: str) -> bool:
    """Tell whether two words differ by one letter put in, left out or changed, or two neighbours in wrong order."""
    if len(left) > len(right):
        left, right = right, left
    start = 0
    while start < len(left) and left[start] == right[start]:
        start += 1
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    if left[start + 1 :] == right[start + 1 :]:
        return True
    return left[start : start + 2] == right[start : start + 2][::-1] and left[start + 2 :] == right[start + 2 :]


def changed_only(left: str, right: str) -> bool:
    """Tell whether two words of one length have different letters, so that none just changed its place."""
    return len(left) == len(right) and sorted(left) != sorted(right)


def language_of(words: Iterable[str], *, markers: Mapping[str, frozenset[str]], given: str) -> str:
    """Return the language most of the common words belong to; `given` breaks a tie."""
    seen = set(words)
    counts = {language: len(seen & common) * 2 + (language == given) for language, common in markers.items()}
    return max(counts, key=lambda language: counts[language], default=given)
