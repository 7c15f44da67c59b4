"""A row of slots as heads and tails: what it stands for, mostly without writing every combination out."""

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

# Fewer combinations are as soon written out.
LEAST = 24
Slots = Sequence[Sequence[str]]


class Row(NamedTuple):
    """Every head with every tail is a phrase, and each text that stands `alone`."""

    heads: list[str]
    tails: list[str]
    alone: list[str]


def written_out(slots: Slots) -> list[str]:
    """Return every phrase that a row stands for, each once; "" in a slot is nothing."""
    return list(dict.fromkeys(" ".join(filter(None, chosen)) for chosen in product(*slots)))


def halved(slots: Slots) -> Row:
    """Return a row cut where its halves are the fewest; written out where that saves nothing."""
    sizes = [len(slot) for slot in slots]
    if prod(sizes) < LEAST or len(slots) == 1:
        return Row([], [], written_out(slots))
    cut = min(range(1, len(slots)), key=lambda place: prod(sizes[:place]) + prod(sizes[place:]))
    heads, tails = written_out(slots[:cut]), written_out(slots[cut:])
    if "" in heads and "" in tails:
        return Row([], [], written_out(slots))
    alone = (tails if "" in heads else []) + (heads if "" in tails else [])
    row = Row(list(filter(None, heads)), list(filter(None, tails)), list(filter(None, alone)))
    return row if len(row.heads) * len(row.tails) >= LEAST else Row([], [], written_out(slots))


def holding(row: Row, words: Collection[str]) -> Iterator[str]:
    """Yield the phrases of heads and tails in which one of the words stands."""
    wanted = frozenset(words)
    tails = [tail for tail in row.tails if not wanted.isdisjoint(tail.split(" "))]
    for head in row.heads:
        for tail in tails if wanted.isdisjoint(head.split(" ")) else row.tails:
            yield f"{head} {tail}"
