"""The word behind one that means nothing: letters repeated, signs for letters, a slip of the finger, no spaces."""

import re
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence

import ahocorasick

from chatservice.moderation import run_together, views
from chatservice.moderation.lasting import lasting

DOTTED = re.compile("[äöå]")


class Slips:
    """The first of the words that is a form with one letter left out; a hundred thousand such forms are not kept.

    A slot, chosen by the form's hash, holds a word's number; the word itself tells whether it is the form's.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """Give each word's forms their slots."""
        self._words = ("", *words)
        self._mask = (1 << (3 * sum(map(len, words))).bit_length()) - 1
        self._slots = slots = array("I", [0]) * (self._mask + 1)
        mask = self._mask
        for number, word in enumerate(words, 1):
            for left in range(len(word)):
                # As `deletions` does, without a list for each of ten thousand words.
                form = word[:left] + word[left + 1 :]
                place = lasting(form) & mask
                if slots[place] and slots[place := self._place(form)]:
                    continue
                slots[place] = number

    def get(self, form: str) -> str | None:
        """Return the word that loses a letter to be the form, or None."""
        if not self._slots[lasting(form) & self._mask]:
            return None
        return self._words[self._slots[self._place(form)]] or None

    def near(self, word: str) -> Iterator[str]:
        """Yield what `get` returns for a word, and for each form of it with one letter left out."""
        slots, mask = self._slots, self._mask
        for form in (word, *deletions(word)):
            if slots[lasting(form) & mask] and (meant := self._words[slots[self._place(form)]]):
                yield meant

    def _place(self, form: str) -> int:
        place = lasting(form) & self._mask
        while number := self._slots[place]:
            word = self._words[number]
            if len(word) == len(form) + 1 and one_edit(form, word):
                break
            place = (place + 1) & self._mask
        return place


class Starred:
    """Finds the word that was written with a star for one or two letters behind its first ("v*ttu", "pa*ka")."""

    def __init__(self, words: Iterable[str]) -> None:
        """Sort the words by their first letter and length."""
        self._alike: dict[tuple[str, int], list[str]] = {}
        for word in sorted(words, reverse=True):
            self._alike.setdefault((word[0], len(word)), []).append(word)

    def meant(self, word: str) -> str | None:
        """Return the word behind one with one or two stars, or with one star for two letters; None where none is."""
        stars = word.count("*")
        if not 1 <= stars <= MOST_STARS:
            return None
        same = (each for each in self._alike.get((word[0], len(word)), ()) if covers(word, each))
        return next(same, None) or (self._longer(word) if stars == 1 else None)

    def _longer(self, word: str) -> str | None:
        head, _, tail = word.partition("*")
        alike = self._alike.get((word[0], len(word) + 1), ())
        return next((each for each in alike if each.startswith(head) and each[len(head) + 2 :] == tail), None)


def covers(starred: str, word: str) -> bool:
    """Tell whether two words of one length differ only where stars stand."""
    return all(sign in {"*", letter} for sign, letter in zip(starred, word, strict=True))


class Repairer:
    """Finds the known word behind a misspelt one; only long words may differ, and only by one slip."""

    def __init__(self, *, known: Container[str], risky: Iterable[str], never: frozenset[str]) -> None:
        """Learn the words: `known` for cutting run-together words, `risky` for slips, `never` are real words."""
        self._known = known
        self._never = never
        risky = sorted(risky)
        self._risky = frozenset(word for word in risky if len(word) >= SHORTEST_ACT)
        slipped = [word for word in risky if len(word) >= SHORTEST_TYPO]
        self._slips = Slips(slipped)
        self._heads = frozenset(word[:RIM] for word in slipped)
        self._tails = frozenset(word[0] + word[-RIM:] for word in slipped)
        self._cores = ahocorasick.Automaton()
        core = " "
        for word in risky:
            # In their order a word stands right behind what it begins with, and is found by that already.
            if len(word) >= SHORTEST_CORE and not word.startswith(core):
                core = word
                self._cores.add_word(word, word)
        self._cores.make_automaton()

    def repaired(self, word: str) -> str | None:
        """Return the word or words meant by a word without meaning, or None."""
        forms = list(spellings(word))
        for form in forms:
            if form in self._known:
                return form
        for form in forms:
            if len(form) < SHORTEST_TYPO or views.RUN.search(form):
                continue
            if meant := self._slip(form, shortest=SHORTEST_TYPO) or self._cut(form):
                return meant
        if "*" in word:
            return self._starred(word)
        if not word.isalpha() or word in self._never:
            return None
        return run_together.act_and_whom(word, acts=self._risky) or self._stumbled(word)

    def _cut(self, word: str) -> str | None:
        """Return the words of a long one that holds an act."""
        if len(word) < SHORTEST_RUN_TOGETHER or not len(self._cores) or not next(self._cores.iter(word), None):
            return None
        rest = run_together.parts(word[1:], known=self._known) if word[0] == "i" else None
        return run_together.parts(word, known=self._known) or (rest and f"i {rest}")

    def _stumbled(self, word: str) -> str | None:
        """Return the known word of which two neighbours changed places or one letter was doubled, or the other way."""
        forms = stumbles(word)
        if len(word) > SHORTEST_STUMBLE:
            return next(filter(self._known.__contains__, forms), None)
        return next(
            (form for form in forms if form in (self._known if len(form) >= SHORTEST_STUMBLE else self._risky)), None
        )

    def _slip(self, word: str, *, shortest: int) -> str | None:
        if len(word) < shortest or word in self._never or not self.rimmed(word):
            return None
        for meant in self._slips.near(word):
            if meant[0] != word[0] and meant[:2] != word[1::-1]:
                continue
            if abs(len(meant) - len(word)) <= 1 and one_edit(word, meant):
                return None if len(word) < SHORTEST_CHANGED and changed_only(word, meant) else meant
        return None

    def rimmed(self, word: str) -> bool:
        """Tell whether a word begins as one of the risky words does, or ends so: one slip leaves one of its rims."""
        tail = word[-RIM:]
        # The first two letters may have changed places.
        return word[:RIM] in self._heads or word[0] + tail in self._tails or word[1] + tail in self._tails

    def _starred(self, word: str) -> str | None:
        meant = self._slips.get(word.replace("*", ""))
        return meant if meant and len(meant) == len(word) else None


# An act may be so short where nothing but the order or the doubling of letters went wrong, any word so long.
SHORTEST_ACT, SHORTEST_STUMBLE = 3, 6
# Of seven letters one slip leaves the first three or the last three.
RIM = 3
# A word with one letter changed is more often another word ("mittasi", "mottasi") than one with a letter lost.
SHORTEST_CHANGED = 9
MOST_STARS = 2
SHORTEST_TYPO, SHORTEST_CORE, SHORTEST_RUN_TOGETHER = 7, 4, 8


def spellings(word: str) -> Iterator[str]:
    """Yield the ways to read a word: as it stands, runs cut to two and one, signs as letters, without diacritics."""
    yield word
    if word.isalpha() and not views.RUN.search(word):
        if (bare := views.fold(word)) != word:
            yield bare
        return
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
    # Who writes dots somewhere leaves them out nowhere: "näköjään" is not "nakojaan".
    if not DOTTED.search(base):
        yield views.fold(base)


def stumbles(word: str) -> list[str]:
    """Return a word with two neighbours changed, with one letter doubled, and with one of two equal ones taken out.

    Its end stays: "turva" and "turvaa", "vattne" and "vatten" are forms, not slips.
    """
    found = [
        word[:place] + word[place + 1 :]
        if word[place - 1] == word[place]
        else word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        for place in range(1, len(word) - 1)
    ]
    found += [word[: place + 1] + word[place:] for place in range(len(word) - 1)]
    return found


def deletions(word: str) -> list[str]:
    """Return the word with each one of its letters taken out."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


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
