"""Phrases that are a head and a tail, kept as such: twenty heads and sixty tails are eighty texts, not 1,200.

A pair is one meaning with its heads and tails; each has a bit, and a text tells by a mask of which pairs it is a half.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Halves(Generic[Meaning]):
    """What phrases of two halves mean; `opens` tells, by a head's first word, how many words it has."""

    __slots__ = ("_closes", "_heads", "_masks", "_meanings", "_tails", "opens")

    def __init__(self) -> None:
        """Begin empty."""
        self.opens: dict[str, tuple[int, ...]] = {}
        self._closes: dict[str, tuple[int, ...]] = {}
        self._heads: dict[str, int] = {}
        self._tails: dict[str, int] = {}
        self._meanings: list[Meaning] = []
        self._masks: list[int] = []

    def add(self, heads: Iterable[str], tails: Iterable[str], meaning: Meaning) -> None:
        """Give every phrase of one of the heads and one of the tails a meaning."""
        bit = 1 << len(self._meanings)
        self._meanings.append(meaning)
        for texts, masks in ((heads, self._heads), (tails, self._tails)):
            for text in texts:
                masks[text] = masks.get(text, 0) | bit

    def close(self) -> None:
        """Keep each mask once, by a number, and learn how many words the halves have."""
        self.opens, self._closes = counts_of(self._heads), counts_of(self._tails)
        numbers = {0: 0}
        for masks in (self._heads, self._tails):
            for text, mask in masks.items():
                masks[text] = numbers.setdefault(mask, len(numbers))
        self._masks = list(numbers)

    def found(self, words: Sequence[str]) -> list[tuple[int, int, Meaning]]:
        """Return the first and the last word of each phrase that stands among some words, with its meaning."""
        opens = self.opens
        found: list[tuple[int, int, Meaning]] = []
        for first in [place for place, word in enumerate(words) if word in opens]:
            for middle in range(first + opens[words[first]][0], min(first + opens[words[first]][-1] + 1, len(words))):
                if words[middle] in self._closes and (head := self._heads.get(" ".join(words[first:middle]))):
                    found += [(first, last, meaning) for last, meaning in self._closed(words, middle, head)]
        return found

    def _closed(self, words: Sequence[str], middle: int, head: int) -> Iterator[tuple[int, Meaning]]:
        """Yield the last word of each tail that stands behind a head, with its meaning."""
        masks = self._masks
        for count in self._closes[words[middle]]:
            end = middle + count
            if end > len(words):
                return
            both = masks[head] & masks[self._tails.get(" ".join(words[middle:end]), 0)]
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
