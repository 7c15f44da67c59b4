"""One pass over a text's words: which concepts stand where.

A text becomes a line of words with single spaces. Each word tells how many words the phrases have that it opens, and
those are looked up in one table; an Aho-Corasick automaton finds the patterns with wildcards.
Patterns are written as a professional writes them: `kuolla`, `en jaksa enää`, `itsemurh*` (begins with), `*pilleri`
(ends with), `*murha*` (holds); `=dö` never loses its diacritics; `~dog` counts only in a message of its language.
Words that mean nothing are looked at again by `repairs`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

import ahocorasick

from chatservice.moderation import views
from chatservice.moderation.phrases import ROOM, Phrases

# Letters with what may stand inside a word for a letter, an emoji, or a sign that ends a clause.
TOKEN = re.compile(
    r"(?:[@$](?=[^\W\d_]))?[^\W_](?:[^\W_]|['*@$€!|](?=[^\W_]))*|[\U0001F300-\U0001FAFF\u2600-\u27bf]|[.!?…]+|[,;:()\n\"]"
)
PHRASE = re.compile(r"[a-zäöå0-9]+(?: [a-zäöå0-9]+)*")
SIMPLE = re.compile(r"\*?[a-zäöå0-9]+(?: [a-zäöå0-9]+)*\*?")
MARKS = frozenset(("=", "~", ""))
DROPPED = str.maketrans("", "", "'")
ENDS = frozenset(".!?…\n")
PAUSES = frozenset(',;:()"')
LONGEST_WORD = 40
# What stands for a language where a word was found only without its diacritics.
FOLDED = "folded"


class Entry(NamedTuple):
    """What a pattern means: the concept's bit, and the language it is bound to ("" for any)."""

    bit: int
    language: str


class Hit(NamedTuple):
    """A concept found at the words [first, last] of a text."""

    bit: int
    first: int
    last: int
    language: str


BY_END = itemgetter(2)
# Hits are made by the dozen: this skips the call that a NamedTuple adds.
new = tuple.__new__


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
    words, spans, breaks = found.words.append, found.spans.append, found.breaks.append
    gap = 0
    for match in TOKEN.finditer(view.text):
        token = match[0]
        if token[0] in ENDS:
            gap = 2
        elif token[0] in PAUSES:
            gap = gap or 1
        else:
            words(token[:LONGEST_WORD].translate(DROPPED) if "'" in token else token[:LONGEST_WORD])
            spans(match.span())
            breaks(gap)
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


class Meaning(NamedTuple):
    """What a word or phrase means, nothing for a word that is only known; and how many words phrases have it opens."""

    entries: tuple[Entry, ...]
    opens: tuple[int, ...]


NOTHING = Meaning((), ())


class Matcher:
    """All patterns of a set of rules, ready to be found in one pass.

    `table` holds every known word: those without wildcards, and those of phrases. `phrases` holds what phrases mean;
    the few patterns with wildcards are in an automaton.
    """

    def __init__(self, *, room: int = ROOM) -> None:
        """Start without patterns, `add` them, then `close`; `room` (a power of two) is what the phrases may take."""
        self.table: dict[str, Meaning] = {}
        self.phrases: Phrases[tuple[Entry, ...]] = Phrases(room)
        self._openings: dict[str, int] = {}
        self._odd: set[str] = set()
        self._meanings: dict[Meaning, Meaning] = {}
        self._wild: dict[str, tuple[Entry, ...]] = {}
        self._automaton = ahocorasick.Automaton()

    def add(self, pattern: str, entry: Entry) -> None:
        """Add one pattern, as `add_all` does."""
        self.add_all((pattern,), entry)

    def add_all(self, patterns: Iterable[str], entry: Entry) -> None:
        """Add patterns in their written form and, unless they begin with `=`, without their diacritics.

        :raises ValueError: a pattern holds no word.
        """
        free = Entry(entry.bit, "")
        every = list(patterns)
        plain = [pattern for pattern in every if "*" not in pattern and pattern[:1] not in MARKS]
        if not self._learnt(plain):
            plain = [pattern for pattern in plain if PHRASE.fullmatch(pattern)]
            self._learnt(plain)
        if len(plain) < len(every):
            taken = set(plain)
            marked: dict[Entry, list[str]] = {}
            for pattern in every:
                if pattern not in taken:
                    for form, meant in self._marked(pattern, entry if pattern.startswith("~") else free):
                        marked.setdefault(meant, []).append(form)
            for meant, forms in marked.items():
                words = [word for word in set(" ".join(forms).split(" ")) if word not in self.table]
                self._odd.update([word for word in words if not PHRASE.fullmatch(word)])
                self.learn(words)
                self._put_all(forms, meant)
        self._put_all(plain, free)
        dotted = "\n".join([pattern for pattern in plain if not pattern.isascii()])
        if dotted:
            bare = dotted.replace("ä", "a").replace("ö", "o").replace("å", "a").split("\n")
            self._learnt(bare)
            self._put_all(bare, Entry(entry.bit, FOLDED))

    def _marked(self, pattern: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
        """Add a pattern where it has a star; yield what it stands for where it has none."""
        text = normal(pattern.lstrip("=~"))
        if not text.strip("*"):
            raise ValueError(f"the pattern {pattern!r} holds no word")
        for form in (text,) if pattern.startswith("=") or text.isascii() else (text, views.fold(text)):
            if form != text and not entry.language:
                entry = Entry(entry.bit, FOLDED)
            if "*" not in form:
                yield form, entry
                continue
            key = f"{'' if form.startswith('*') else ' '}{form.strip('*')}{'' if form.endswith('*') else ' '}"
            entries = self._wild.get(key, ())
            self._wild[key] = entries if entry in entries else (*entries, entry)

    def learn(self, words: Iterable[str]) -> None:
        """Add words that mean nothing, but are no slips of others."""
        for word in words:
            self.table.setdefault(word, NOTHING)

    def spare(self, words: Iterable[str]) -> None:
        """Take from real words what they would mean as others without diacritics ("pelata", not "pelätä")."""
        for word in words:
            old = self.table.get(word, NOTHING)
            entries = tuple(entry for entry in old.entries if entry.language != FOLDED)
            if entries != old.entries:
                self.table[word] = self._shared(Meaning(entries, ()))

    def close(self) -> None:
        """Make the automaton from what was added."""
        for key, entries in self._wild.items():
            self._automaton.add_word(key, (len(key), key.strip().count(" ") + 1, entries))
        self._automaton.make_automaton()
        for word, counts in self._openings.items():
            opens = tuple(count for count in range(counts.bit_length()) if counts >> count & 1)
            self.table[word] = self._shared(Meaning(self.table[word].entries, opens))
        self._wild, self._meanings, self._openings = {}, {}, {}

    def hits(self, words: list[str]) -> list[Hit]:
        """Return each concept with its words, by the word where the pattern ends."""
        line = f" {' '.join(words)} "
        starts = [0, *accumulate([len(word) + 1 for word in words])]
        found = self._wild_hits(line, starts)
        phrases, total = self.phrases, len(words)
        sieve, wide = phrases.sieve, phrases.wide
        meanings = list(map(self.table.get, words))
        # The words of a phrase are all known: none reaches over one that is not.
        unknown = iter([*(place for place, meaning in enumerate(meanings) if meaning is None), total])
        wall = next(unknown)
        for first, meaning in enumerate(meanings):
            if meaning is None:
                wall = next(unknown)
                continue
            entries, opens = meaning
            for bit, language in entries:
                found.append(new(Hit, (bit, first, first, language)))
            for count in opens:
                end = first + count
                if end > wall:
                    break
                wanted = hash(line[starts[first] + 1 : starts[end]])
                if sieve[wanted & wide]:
                    for bit, language in phrases.known(wanted) or ():
                        found.append(new(Hit, (bit, first, end - 1, language)))
        found.sort(key=BY_END)
        return found

    def means(self, word: str) -> bool:
        """Tell whether one word has a meaning, alone or by a pattern with wildcards."""
        known = self.table.get(word)
        if known is not None and known.entries:
            return True
        return len(self._automaton) > 0 and next(self._automaton.iter(f" {word} "), None) is not None

    def wild(self, words: list[str]) -> list[Hit]:
        """Return what the patterns with wildcards find: all that can stand on a word that is not known."""
        return self._wild_hits(f" {' '.join(words)} ", [0, *accumulate([len(word) + 1 for word in words])])

    def _wild_hits(self, line: str, starts: list[int]) -> list[Hit]:
        found: list[Hit] = []
        if not len(self._automaton):
            return found
        for end, (length, count, entries) in self._automaton.iter(line):
            first = bisect_right(starts, end - length + 1) - 1
            for bit, language in entries:
                found.append(new(Hit, (bit, first, first + count - 1, language)))
        return found

    def _put_all(self, texts: Sequence[str], entry: Entry) -> None:
        """Give learnt words, and phrases of learnt words, a meaning too."""
        table, alone = self.table, self._shared(Meaning((entry,), ()))
        phrases = [text for text in texts if " " in text]
        for text in texts if len(phrases) < len(texts) else ():
            if " " in text:
                continue
            old = table[text]
            if not old.entries:
                table[text] = alone
            elif entry not in old.entries:
                table[text] = self._shared(Meaning(old.entries + alone.entries, ()))
        if phrases:
            openings, count_of = self._openings, self._openings.get
            for phrase in phrases:
                word = phrase[: phrase.index(" ")]
                openings[word] = count_of(word, 0) | 2 << phrase.count(" ")
            self.phrases.add_all(phrases, alone.entries, beside=beside)

    def _learnt(self, texts: Sequence[str]) -> bool:
        """Know every word of plain texts; know none and return False where one of them is written otherwise."""
        words = set(" ".join(texts).split(" "))
        fresh = [word for word in words if word not in self.table]
        if not all(map(PHRASE.fullmatch, fresh)) or not self._odd.isdisjoint(words):
            return False
        self.table.update(dict.fromkeys(fresh, NOTHING))
        return True

    def _shared(self, meaning: Meaning) -> Meaning:
        """Return the one such meaning that thousands of words share."""
        return self._meanings.setdefault(meaning, meaning)


def beside(old: tuple[Entry, ...], fresh: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries of a phrase with one more, unless it is among them."""
    return old if fresh[0] in old else old + fresh


def language_of(words: Iterable[str], *, markers: Mapping[str, frozenset[str]], given: str) -> str:
    """Return the language most of the common words belong to; `given` breaks a tie."""
    chosen, most = given, -1
    for language, common in markers.items():
        count = len(common.intersection(words)) * 2 + (language == given)
        if count > most:
            chosen, most = language, count
    return chosen
