"""Which hits of a text idioms hide, and which idioms are none because a sentence ends inside them."""

import re

from chatservice.moderation.matching import Hit
from chatservice.moderation.words import Words

# What stands before a word that begins a sentence; dots that trail off end none.
END = 2
DOTS = re.compile(r"\.\.|…")


def unbroken(hits: list[Hit], words: Words, blockers: frozenset[int]) -> list[Hit]:
    """Drop blockers that begin in one sentence and end in the next ("... enää. en sano ..."); three dots join."""
    text, spans = words.view.text, words.spans
    ends = {
        place
        for place, gap in enumerate(words.breaks)
        if place and gap == END and not DOTS.search(text, spans[place - 1][1], spans[place][0])
    }
    if not ends:
        return hits
    return [
        hit
        for hit in hits
        if hit[1] == hit[2] or hit[0] not in blockers or ends.isdisjoint(range(hit[1] + 1, hit[2] + 1))
    ]


def uncovered(hits: list[Hit], covers: frozenset[int], *, spared: frozenset[int] = frozenset()) -> list[Hit]:
    """Drop every hit that lies wholly inside an idiom, but what tells the setting; nothing else of the message."""
    idioms = [hit for hit in hits if hit[0] in covers]
    if not idioms:
        return hits
    inside: dict[int, int] = {}
    for _, first, last, _ in idioms:
        for place in range(first, last + 1):
            inside[place] = max(inside.get(place, 0), last)
    kept = covers | spared
    return [hit for hit in hits if hit[0] in kept or inside.get(hit[1], -1) < hit[2]]
