"""What phrases mean, kept without the phrases: two hundred thousand of them would take 20 MB as texts.

A phrase is known by its 64-bit hash alone. That a phrase of a message has the hash of another one is less likely than
one in a million million, and would at worst raise a message that nobody had to see.
"""

from array import array
from typing import Final, Generic, TypeVar

Meaning = TypeVar("Meaning")
ROOM: Final = 1 << 18
# More than so full, and the search for a free place gets long.
FULLEST: Final = 0.7


class Phrases(Generic[Meaning]):
    """A table from phrases to meanings, which are few and shared; it can be asked and added to, not listed."""

    __slots__ = ("_count", "_hashes", "_mask", "_meanings", "_most", "_numbers", "_numbers_of")

    def __init__(self) -> None:
        """Begin empty."""
        self._count = 0
        self._meanings: list[Meaning | None] = [None]
        self._numbers_of: dict[Meaning, int] = {}
        self._make(ROOM)

    def __len__(self) -> int:
        """Return how many phrases have a meaning."""
        return self._count

    def get(self, phrase: str) -> Meaning | None:
        """Return what a phrase means, None where it is unknown."""
        wanted, mask, hashes = hash(phrase), self._mask, self._hashes
        place = wanted & mask
        while number := self._numbers[place]:
            if hashes[place] == wanted:
                return self._meanings[number]
            place = (place + 1) & mask
        return None

    def add(self, phrase: str, meaning: Meaning) -> Meaning | None:
        """Give a new phrase its meaning and return None; one that has a meaning keeps it, and that is returned."""
        wanted = hash(phrase)
        place = self._place(wanted)
        if old := self._numbers[place]:
            return self._meanings[old]
        self._hashes[place], self._numbers[place] = wanted, self._number(meaning)
        self._count += 1
        if self._count > self._most:
            self._grow()
        return None

    def change(self, phrase: str, meaning: Meaning) -> None:
        """Give a known phrase another meaning."""
        self._numbers[self._place(hash(phrase))] = self._number(meaning)

    def _place(self, wanted: int) -> int:
        """Return where a hash stands, or where it would."""
        numbers, hashes, mask = self._numbers, self._hashes, self._mask
        place = wanted & mask
        while numbers[place] and hashes[place] != wanted:
            place = (place + 1) & mask
        return place

    def _number(self, meaning: Meaning) -> int:
        number = self._numbers_of.setdefault(meaning, len(self._meanings))
        if number == len(self._meanings):
            self._meanings.append(meaning)
        return number

    def _make(self, room: int) -> None:
        self._mask, self._most = room - 1, int(FULLEST * room)
        self._hashes, self._numbers = array("q", [0]) * room, array("I", [0]) * room

    def _grow(self) -> None:
        hashes, numbers = self._hashes, self._numbers
        self._make(2 * len(numbers))
        for wanted, number in zip(hashes, numbers, strict=True):
            if number:
                place = self._place(wanted)
                self._hashes[place], self._numbers[place] = wanted, number
