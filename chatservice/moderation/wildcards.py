"""Patterns with wildcards ("kuol*", "*pilleri", "*murha*"), all found in one pass over a text's words."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

import ahocorasick

Meaning = TypeVar("Meaning")
# A text's length, its spaces within, and what it means.
Found = tuple[int, int, tuple[Meaning, ...]]


class Wildcards(Generic[Meaning]):
    """What patterns with a star at their beginning or end mean; `add` them, then `close`."""

    __slots__ = ("_automaton", "_meanings")

    def __init__(self) -> None:
        """Begin empty."""
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        self._automaton = ahocorasick.Automaton()

    def add(self, pattern: str, meaning: Meaning) -> None:
        """Add a meaning of a pattern, unless it has it already."""
        text = f"{'' if pattern.startswith('*') else ' '}{pattern.strip('*')}{'' if pattern.endswith('*') else ' '}"
        known = self._meanings.get(text, ())
        self._meanings[text] = known if meaning in known else (*known, meaning)

    def close(self) -> None:
        """Make the automaton from what was added."""
        shared: dict[Found[Meaning], Found[Meaning]] = {}
        for text, meanings in self._meanings.items():
            found = (len(text), text.strip().count(" "), meanings)
            self._automaton.add_word(text, shared.setdefault(found, found))
        self._automaton.make_automaton()
        self._meanings = {}

    def __getstate__(self) -> dict[str, Found[Meaning]]:
        """Keep what each text means: the automaton takes five times the room, and is made as fast as it is read."""
        return dict(self._automaton.items())

    def __setstate__(self, found: dict[str, Found[Meaning]]) -> None:
        """Make the automaton again."""
        self._meanings, self._automaton = {}, ahocorasick.Automaton()
        for text, meant in found.items():
            self._automaton.add_word(text, meant)
        self._automaton.make_automaton()

    def stand_in(self, word: str) -> bool:
        """Tell whether any pattern finds something in one word."""
        return len(self._automaton) > 0 and next(self._automaton.iter(f" {word} "), None) is not None

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[Meaning, ...]]]:
        """Yield the first and the last word of each place where a pattern stands, with its meanings."""
        if not len(self._automaton):
            return
        starts: list[int] = []
        for end, (length, more, meanings) in self._automaton.iter(f" {' '.join(words)} "):
            starts = starts or [0, *accumulate([len(word) + 1 for word in words])]
            first = bisect_right(starts, end - length + 1) - 1
            yield first, first + more, meanings
