"""One pass over a text's words: which concepts stand where.

Each word is looked up in one table, each two neighbours in a sieve that tells how many words the phrases have that
they open, and only those are looked up in a second table; an Aho-Corasick automaton finds the patterns with wildcards.
Patterns are written as a professional writes them: `kuolla`, `en jaksa enää`, `itsemurh*` (begins with), `*pilleri`
(ends with), `*murha*` (holds); `=dö` never loses its diacritics; `~dog` counts only in a message of its language.
Words that mean nothing are looked at again by `repairs`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from chatservice.moderation import views
from chatservice.moderation.halves import Halves
from chatservice.moderation.lasting import lasting
from chatservice.moderation.phrases import COUNTS, ROOM, Phrases
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


# A concept's bit, found at the words [first, last] of a text, and the language it is bound to. Hits are made by the
# dozen for each message: a tuple with names costs three times as much.
Hit = tuple[int, int, int, str]
BY_START, BY_END = itemgetter(1), itemgetter(2)


def normal(pattern: str) -> str:
    """Return a pattern's words as `words_of` would write them, wildcards kept at its two ends."""
    if SIMPLE.fullmatch(pattern):
        return pattern
    head, tail = pattern.startswith("*"), pattern.endswith("*")
    view = views.of(pattern.strip("*").replace("-", " ")).plain
    text = " ".join(words_of(view).words)
    return f"{'*' if head else ''}{text}{'*' if tail else ''}"


# What a word means that is only known.
NOTHING: tuple[Entry, ...] = ()


class Matcher:
    """All patterns of a set of rules, ready to be found in one pass.

    `table` holds every known word: those without wildcards, and those of phrases. `phrases` and `halves` hold what
    phrases mean; the few patterns with wildcards stand apart.
    """

    def __init__(self, *, room: int = ROOM) -> None:
        """Start without patterns, `add` them, then `close`; `room` (a power of two) is what the phrases may take."""
        self.table: dict[str, tuple[Entry, ...]] = {}
        self.phrases: Phrases[tuple[Entry, ...]] = Phrases(room)
        self.halves: Halves[Entry] = Halves()
        self._odd: set[str] = set()
        self._meanings: dict[tuple[Entry, ...], tuple[Entry, ...]] = {}
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
        if not self._learnt(plain, folded=True):
            plain = [pattern for pattern in plain if PHRASE.fullmatch(pattern)]
            self._learnt(plain, folded=True)
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
            entries = tuple(entry for entry in old if entry.language != FOLDED)
            if entries != old:
                self.table[word] = self._shared(entries)

    def close(self) -> None:
        """Make ready for `hits` what was added."""
        self._wildcards.close()
        self.halves.close()
        self._meanings = {}

    def hits(self, words: list[str], *, alone: bool = True) -> list[Hit]:
        """Return each concept with its words, by the word where the pattern ends, then by the one where it begins.

        Those of a word `alone` are left out if they are not wanted, but for patterns with wildcards.
        """
        meaning_of = self.table.get
        found = [
            (bit, place, place, language)
            for place, word in enumerate(words if alone else ())
            for bit, language in meaning_of(word, NOTHING)
        ]
        more = self._phrase_hits(words)
        if halved := self.halves.found(words):
            more += dict.fromkeys((bit, first, last, language) for first, last, (bit, language) in halved).keys() - set(
                more
            )
        if more:
            found += more
            found.sort(key=BY_START)
        if wild := self.wild(words):
            found[:0] = wild
        if more or wild:
            found.sort(key=BY_END)
        return found

    def _phrase_hits(self, words: list[str]) -> list[Hit]:
        found: list[Hit] = []
        opens, wide, known = self.phrases.opens, self.phrases.wide, self.phrases.known
        before = ""
        for place, word in enumerate(words):
            counts = opens[lasting(f"{before} {word}") & wide]
            before = word
            for count in COUNTS[counts] if counts else ():
                end = place - 1 + count
                if end > len(words):
                    break
                for bit, language in known(lasting(" ".join(words[place - 1 : end]))) or ():
                    found.append((bit, place - 1, end - 1, language))
        return found

    def means(self, word: str) -> bool:
        """Tell whether one word has a meaning, alone or by a pattern with wildcards."""
        known = self.table.get(word)
        return bool(known) or self._wildcards.stand_in(word)

    def wild(self, words: list[str]) -> list[Hit]:
        """Return what the patterns with wildcards find: all that can stand on a word that is not known."""
        return [
            (bit, first, last, language)
            for first, last, entries in self._wildcards.found(words)
            for bit, language in entries
        ]

    def _put_all(self, texts: Sequence[str], entry: Entry) -> None:
        """Give learnt words, and phrases of learnt words, a meaning too."""
        table, alone = self.table, self._shared((entry,))
        phrases = [text for text in texts if " " in text]
        for text in [text for text in texts if " " not in text] if len(phrases) < len(texts) else ():
            old = table[text]
            if not old:
                table[text] = alone
            elif entry not in old:
                table[text] = self._shared(old + alone)
        if phrases:
            self.phrases.add_all(phrases, alone, beside=beside)

    def _learnt(self, texts: Sequence[str], *, folded: bool = False) -> bool:
        """Know every word of plain texts; know none and return False where one of them is written otherwise.

        `folded` also learns them without their diacritics.
        """
        words = set(" ".join(texts).split(" "))
        fresh = [word for word in words if word not in self.table]
        if not all(map(PHRASE.fullmatch, fresh)) or not self._odd.isdisjoint(words):
            return False
        self.table.update(dict.fromkeys(fresh, NOTHING))
        if folded:
            self.learn([views.fold(word) for word in words if not word.isascii()])
        return True

    def _shared(self, meaning: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Return the one such meaning that thousands of words share."""
        return self._meanings.setdefault(meaning, meaning)


def beside(old: tuple[Entry, ...], fresh: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries of a phrase with one more, unless it is among them."""
    return old if fresh[0] in old else old + fresh
