"""What phrases mean, kept without the phrases: two hundred thousand of them would take 20 MB as texts.

A phrase is known by its 64-bit hash alone. That a phrase of a message has the hash of another one is less likely than
one in a million million, and would at worst raise a message that nobody had to see.
"""

from array import array
from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

from chatservice.moderation.lasting import lasting

Meaning = TypeVar("Meaning")
ROOM: Final = 1 << 10
# More than so full, and the search for a free place gets long.
FULLEST: Final = 0.8
# The sieve has more places: most pairs of words that open no phrase find nothing there.
WIDER: Final = 4
# What a byte of the sieve says: bit n that phrases of n + 2 words begin so, its last bit any greater number.
LONGEST: Final = 64
BITS: Final = (0, *(1 << min(spaces - 1, 7) for spaces in range(1, LONGEST)))
COUNTS: Final = tuple(
    tuple(count for count in range(2, LONGEST + 1) if byte >> min(count - 2, 7) & 1) for byte in range(256)
)


class Phrases(Generic[Meaning]):
    """A table from phrases to meanings, which are few and shared; it can be asked and added to, not listed.

    `COUNTS[opens[hash & wide]]`, for the `lasting` hash of two words with a space between, are the numbers of words of
    all the phrases that they open: nothing for most pairs, so that few of a message's phrases need be looked for.
    """

    __slots__ = ("_count", "_hashes", "_mask", "_meanings", "_most", "_numbers", "_numbers_of", "opens", "wide")

    def __init__(self, room: int = ROOM) -> None:
        """Begin empty, with room (a power of two) for `room * FULLEST` phrases before it has to grow."""
        self._count = 0
        # The sieve does not grow with the table: phrases are not kept, so their pairs could not be put in anew.
        self.wide, self.opens = WIDER * max(room, ROOM) - 1, array("B", [0]) * (WIDER * max(room, ROOM))
        self._meanings: list[Meaning | None] = [None]
        self._numbers_of: dict[Meaning, int] = {}
        self._make(room)

    def __len__(self) -> int:
        """Return how many phrases have a meaning."""
        return self._count

    def get(self, phrase: str) -> Meaning | None:
        """Return what a phrase means, None where it is unknown."""
        return self.known(lasting(phrase))

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
        """Give phrases of 2 to LONGEST words a meaning; one that has it gets what `beside` makes of it and the new.

        :raises ValueError: a phrase has more words.
        """
        written = list(phrases)
        while self._count + len(written) > self._most:
            self._grow()
        number = self._number(meaning)
        for old, place in self._put(list(map(lasting, written)), number):
            known = self._meanings[old]
            self._numbers[place] = number if known is None else self._number(beside(known, meaning))
        try:
            self._open(written)
        except IndexError as error:
            raise ValueError(f"expected phrases of no more than {LONGEST} words") from error

    def _open(self, phrases: list[str]) -> None:
        """Tell by the first two words of phrases how many words they have."""
        opens, wide = self.opens, self.wide
        for phrase in phrases:
            spaces = phrase.count(" ")
            pair = phrase if spaces == 1 else phrase[: phrase.index(" ", phrase.index(" ") + 1)]
            opens[lasting(pair) & wide] |= BITS[spaces]

    def _put(self, every: list[int], number: int) -> list[tuple[int, int]]:
        """Give new hashes a number; return the numbers and places of those that have one."""
        numbers, hashes, mask = self._numbers, self._hashes, self._mask
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

    def _grow(self) -> None:
        hashes, numbers = self._hashes, self._numbers
        self._make(2 * len(numbers))
        self._count = 0
        for wanted, number in zip(hashes, numbers, strict=True):
            if number:
                self._put([wanted], number)
