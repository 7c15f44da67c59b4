"""From a name as it stands in a sentence back to the name: case endings, consonant gradation, stems.

It proposes more than Finnish allows; the lists decide. "Virtaselle" gives "virtanen", "Mäen" "mäki",
"Tuomaalla" "tuomas".
"""

import functools
from collections.abc import Callable, Iterator
from typing import TypeVar

from chatservice.moderation.personal import data

ENDINGS: dict[str, tuple[str, ...]] = {
    last: tuple(ending for ending in data.words("inflection", "endings") if ending.endswith(last))
    for last in {ending[-1] for ending in data.words("inflection", "endings")}
}
STRONG = tuple((pair.partition(":")[0], pair.partition(":")[2]) for pair in data.words("inflection", "grades"))
VOWELS = "aeiouyäöå"
SHORTEST = 2
Value = TypeVar("Value")


CLEARERS: list[Callable[[], None]] = []


def remembered(function: Callable[[str], Value]) -> Callable[[str], Value]:
    """Let a question about a word be answered once per text; `forget` clears the answers."""
    cached = functools.lru_cache(maxsize=512)(function)
    CLEARERS.append(cached.cache_clear)
    return cached


@remembered
def bases(word: str) -> tuple[str, ...]:
    """Return what a lower-case word may be the form of, itself first.

    Words of a text must not outlive it: who has finished a text calls `forget`.
    """
    found = dict.fromkeys((word,))
    for ending in ENDINGS.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            found.update(dict.fromkeys(_from_stem(word[: -len(ending)])))
    return tuple(found)


def forget() -> None:
    """Forget the words seen so far."""
    for clear in CLEARERS:
        clear()


def _from_stem(stem: str) -> Iterator[str]:
    yield stem
    yield from _strengthened(stem)
    if stem.endswith("se"):
        yield stem[:-2] + "nen"
    if stem.endswith(("s", "si")):
        yield stem.removesuffix("i")[:-1] + "nen"
    if stem.endswith("kse"):
        yield stem[:-3] + "s"
    if stem[-2:] in {"aa", "ää"}:
        yield stem[:-1] + "s"
        yield from (strong + "s" for strong in _weakened(stem[:-1]))
    if stem.endswith("e"):
        yield stem[:-1] + "i"
        yield from _strengthened(stem[:-1] + "i")
        yield stem[:-1] if not stem.endswith("tee") else stem[:-3] + "ne"
    if stem.endswith("i"):
        yield stem[:-1]
    if stem[-1] not in VOWELS:
        yield from (stem + vowel for vowel in "ia")


def _strengthened(stem: str) -> Iterator[str]:
    if len(stem) <= SHORTEST or stem[-1] not in VOWELS:
        return
    body, vowel = stem[:-1], stem[-1]
    for weak, strong in STRONG:
        if body.endswith(weak):
            yield body[: -len(weak)] + strong + vowel
    if body[-1] in VOWELS:
        yield body + "k" + vowel


def _weakened(stem: str) -> Iterator[str]:
    body, vowel = stem[:-1], stem[-1]
    for weak, strong in STRONG:
        if body.endswith(strong):
            yield body[: -len(strong)] + weak + vowel
