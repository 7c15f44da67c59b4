"""Phrases that are a head and a tail, kept as such: twenty heads and sixty tails are eighty texts, not 1,200.

A pair is one meaning with its heads and tails; each has a bit, and a text tells by a mask of which pairs it is a half.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Halves(Generic[Meaning]):
    """What phrases of two halves mean; `opens` tells, by a head's first word, how many words it has."""

    __slots__ = ("_closes", "_heads", "_meanings", "_tails", "opens")

    def __init__(self) -> None:
        """Begin empty."""
        self.opens: dict[str, tuple[int, ...]] = {}
        self._closes: dict[str, tuple[int, ...]] = {}
        self._heads: dict[str, int] = {}
        self._tails: dict[str, int] = {}
        self._meanings: list[Meaning] = []

    def add(self, heads: Iterable[str], tails: Iterable[str], meaning: Meaning) -> None:
        """Give every phrase of one of the heads and one of the tails a meaning."""
        bit = 1 << len(self._meanings)
        self._meanings.append(meaning)
        for texts, masks in ((heads, self._heads), (tails, self._tails)):
            for text in texts:
                masks[text] = masks.get(text, 0) | bit

    def close(self) -> None:
        """Let equal masks be one, and learn how many words the halves have."""
        self.opens, self._closes = counts_of(self._heads), counts_of(self._tails)
        shared: dict[int, int] = {}
        for masks in (self._heads, self._tails):
            for text, mask in masks.items():
                masks[text] = shared.setdefault(mask, mask)

    def found(self, words: Sequence[str], first: int, wall: int) -> Iterable[tuple[int, Meaning]]:
        """Yield the last word of each phrase that begins at a word and ends before the wall, with its meaning."""
        for count in self.opens.get(words[first], ()):
            middle = first + count
            if middle >= wall:
                return
            closes = self._closes.get(words[middle])
            mask = self._heads.get(" ".join(words[first:middle])) if closes else None
            for more in closes if mask and closes else ():
                end = middle + more
                if end > wall:
                    break
                both = mask & self._tails.get(" ".join(words[middle:end]), 0) if mask else 0
                while both:
                    low = both & -both
                    yield end - 1, self._meanings[low.bit_length() - 1]
                    both ^= low


def counts_of(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return how many words the texts have, by their first word."""
    counts: dict[str, int] = {}
    for text in texts:
        word, _, rest = text.partition(" ")
        counts[word] = counts.get(word, 0) | 1 << (rest.count(" ") + 2 if rest else 1)
    known = {mask: tuple(count for count in range(mask.bit_length()) if mask >> count & 1) for mask in counts.values()}
    return {word: known[mask] for word, mask in counts.items()}
