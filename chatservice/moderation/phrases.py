"""What phrases mean, kept without the phrases: two hundred thousand of them would take 20 MB as texts.

A phrase is known by its 64-bit hash alone. That a phrase of a message has the hash of another one is less likely than
one in a million million, and would at worst raise a message that nobody had to see.
"""

from array import array
from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

Meaning = TypeVar("Meaning")
ROOM: Final = 1 << 10
# More than so full, and the search for a free place gets long.
FULLEST: Final = 0.8
# The sieve has more places: of eight phrases that are not here it lets one or two through.
WIDER: Final = 4


class Phrases(Generic[Meaning]):
    """A table from phrases to meanings, which are few and shared; it can be asked and added to, not listed.

    `sieve[hash & wide]` is 0 for most phrases without a meaning, so that few of a message's need be looked for.
    """

    __slots__ = ("_count", "_hashes", "_mask", "_meanings", "_most", "_numbers", "_numbers_of", "sieve", "wide")

    def __init__(self, room: int = ROOM) -> None:
        """Begin empty, with room (a power of two) for `room * FULLEST` phrases before it has to grow."""
        self._count = 0
        self._meanings: list[Meaning | None] = [None]
        self._numbers_of: dict[Meaning, int] = {}
        self._make(room)

    def __len__(self) -> int:
        """Return how many phrases have a meaning."""
        return self._count

    def get(self, phrase: str) -> Meaning | None:
        """Return what a phrase means, None where it is unknown."""
        return self.known(hash(phrase))

    def known(self, wanted: int) -> Meaning | None:
        """Return what the phrase with a hash means, None where there is none."""
        numbers, hashes, mask = self._numbers, self._hashes, self._mask
        place = wanted & mask
        while number := numbers[place]:
            if hashes[place] == wanted:
                return self._meanings[number]
            place = (place + 1) & mask
        return None

    def add_all(
        self, phrases: Iterable[str], meaning: Meaning, *, beside: Callable[[Meaning, Meaning], Meaning]
    ) -> None:
        """Give phrases a meaning; one that has a meaning gets what `beside` makes of it and the new one."""
        every = list(map(hash, phrases))
        while self._count + len(every) > self._most:
            self._grow()
        number = self._number(meaning)
        for old, place in self._put(every, number):
            known = self._meanings[old]
            self._numbers[place] = number if known is None else self._number(beside(known, meaning))

    def _put(self, every: list[int], number: int) -> list[tuple[int, int]]:
        """Give new hashes a number; return the numbers and places of those that have one."""
        numbers, hashes, mask, sieve, wide = self._numbers, self._hashes, self._mask, self.sieve, self.wide
        before: list[tuple[int, int]] = []
        for wanted in every:
            place = wanted & mask
            while old := numbers[place]:
                if hashes[place] == wanted:
                    before.append((old, place))
                    break
                place = (place + 1) & mask
            else:
                hashes[place], numbers[place] = wanted, number
                sieve[wanted & wide] = 1
        self._count += len(every) - len(before)
        return before

    def _number(self, meaning: Meaning) -> int:
        number = self._numbers_of.setdefault(meaning, len(self._meanings))
        if number == len(self._meanings):
            self._meanings.append(meaning)
        return number

    def _make(self, room: int) -> None:
        self._mask, self._most = room - 1, int(FULLEST * room)
        self._hashes, self._numbers = array("q", [0]) * room, array("I", [0]) * room
        self.wide, self.sieve = WIDER * room - 1, bytearray(WIDER * room)

    def _grow(self) -> None:
        hashes, numbers = self._hashes, self._numbers
        self._make(2 * len(numbers))
        self._count = 0
        for wanted, number in zip(hashes, numbers, strict=True):
            if number:
                self._put([wanted], number)
