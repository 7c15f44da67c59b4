"""One pass over a text's words: which concepts stand where.

A text becomes a line of words with single spaces. Each word tells how many words the phrases have that it opens, and
those are looked up in one table; an Aho-Corasick automaton finds the patterns with wildcards.
Patterns are written as a professional writes them: `kuolla`, `en jaksa enää`, `itsemurh*` (begins with), `*pilleri`
(ends with), `*murha*` (holds); `=dö` never loses its diacritics; `~dog` counts only in a message of its language.
Words that mean nothing are looked at again by `repairs`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from chatservice.moderation import views
from chatservice.moderation.halves import Halves
from chatservice.moderation.phrases import ROOM, Phrases
from chatservice.moderation.wildcards import Wildcards
from chatservice.moderation.words import words_of

PHRASE = re.compile(r"[a-zäöå0-9]+(?: [a-zäöå0-9]+)*")
SIMPLE = re.compile(r"\*?[a-zäöå0-9]+(?: [a-zäöå0-9]+)*\*?")
MARKS = frozenset(("=", "~", ""))
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


BY_START, BY_END = itemgetter(1), itemgetter(2)
# Hits are made by the dozen: this skips the call that a NamedTuple adds.
new = tuple.__new__


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

    `table` holds every known word: those without wildcards, and those of phrases. `phrases` and `halves` hold what
    phrases mean; the few patterns with wildcards stand apart.
    """

    def __init__(self, *, room: int = ROOM) -> None:
        """Start without patterns, `add` them, then `close`; `room` (a power of two) is what the phrases may take."""
        self.table: dict[str, Meaning] = {}
        self.phrases: Phrases[tuple[Entry, ...]] = Phrases(room)
        self.halves: Halves[Entry] = Halves()
        self._openings: dict[str, int] = {}
        self._odd: set[str] = set()
        self._meanings: dict[Meaning, Meaning] = {}
        self._wildcards: Wildcards[Entry] = Wildcards()

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

    def add_halves(self, heads: list[str], tails: list[str], entry: Entry) -> None:
        """Add, as `add_all` would, every phrase of a head and a tail; `heads` and `tails` bear no marks or stars."""
        free, bare = Entry(entry.bit, ""), Entry(entry.bit, FOLDED)
        if not self._learnt([*heads, *tails]):
            self.add_all([f"{head} {tail}" for head in heads for tail in tails], entry)
            return
        self.halves.add(heads, tails, free)
        dotted, ends = (
            [views.fold(half) for half in half_texts if not half.isascii()] for half_texts in (heads, tails)
        )
        self._learnt([*dotted, *ends])
        if dotted:
            self.halves.add(dotted, map(views.fold, tails), bare)
        if ends:
            self.halves.add(filter(str.isascii, heads), ends, bare)

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
            self._wildcards.add(form, entry)

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
        """Make ready for `hits` what was added."""
        self._wildcards.close()
        self.halves.close()
        for word, counts in self._openings.items():
            opens = tuple(count for count in range(counts.bit_length()) if counts >> count & 1)
            self.table[word] = self._shared(Meaning(self.table[word].entries, opens))
        self._meanings, self._openings = {}, {}

    def hits(self, words: list[str]) -> list[Hit]:
        """Return each concept with its words, by the word where the pattern ends, then by the one where it begins."""
        meanings = list(map(self.table.get, words))
        # The words of a phrase are all known: none reaches over one that is not.
        walls = [*(place for place, meaning in enumerate(meanings) if meaning is None), len(words)]
        found = [
            new(Hit, (bit, place, place, language))
            for place, meaning in enumerate(meanings)
            if meaning is not None
            for bit, language in meaning[0]
        ]
        found += self._phrase_hits(words, meanings, walls)
        if halved := self._halved_hits(words, walls):
            found += dict.fromkeys(halved).keys() - set(found)
        found.sort(key=BY_START)
        found[:0] = self.wild(words)
        found.sort(key=BY_END)
        return found

    def _phrase_hits(self, words: list[str], meanings: list["Meaning | None"], walls: list[int]) -> list[Hit]:
        line = f"{' '.join(words)} "
        starts = [0, *accumulate([len(word) + 1 for word in words])]
        found: list[Hit] = []
        sieve, wide, known = self.phrases.sieve, self.phrases.wide, self.phrases.known
        following = iter(walls)
        wall = next(following)
        for first, meaning in enumerate(meanings):
            if meaning is None:
                wall = next(following)
                continue
            for count in meaning[1]:
                end = first + count
                if end > wall:
                    break
                wanted = hash(line[starts[first] : starts[end] - 1])
                if sieve[wanted & wide]:
                    for bit, language in known(wanted) or ():
                        found.append(new(Hit, (bit, first, end - 1, language)))
        return found

    def _halved_hits(self, words: list[str], walls: list[int]) -> list[Hit]:
        opens = self.halves.opens
        return [
            new(Hit, (bit, first, last, language))
            for first in [place for place, word in enumerate(words) if word in opens]
            for last, (bit, language) in self.halves.found(words, first, walls[bisect_right(walls, first)])
        ]

    def means(self, word: str) -> bool:
        """Tell whether one word has a meaning, alone or by a pattern with wildcards."""
        known = self.table.get(word)
        return (known is not None and bool(known.entries)) or self._wildcards.stand_in(word)

    def wild(self, words: list[str]) -> list[Hit]:
        """Return what the patterns with wildcards find: all that can stand on a word that is not known."""
        return [
            new(Hit, (bit, first, last, language))
            for first, last, entries in self._wildcards.found(words)
            for bit, language in entries
        ]

    def _put_all(self, texts: Sequence[str], entry: Entry) -> None:
        """Give learnt words, and phrases of learnt words, a meaning too."""
        table, alone = self.table, self._shared(Meaning((entry,), ()))
        phrases = [text for text in texts if " " in text]
        for text in [text for text in texts if " " not in text] if len(phrases) < len(texts) else ():
            old = table[text]
            if not old.entries:
                table[text] = alone
            elif entry not in old.entries:
                table[text] = self._shared(Meaning(old.entries + alone.entries, ()))
        if phrases:
            openings, count_of = self._openings, self._openings.get
            for word, more in {(phrase.partition(" ")[0], phrase.count(" ")) for phrase in phrases}:
                openings[word] = count_of(word, 0) | 2 << more
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
