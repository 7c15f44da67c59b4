"""Which hits of a text idioms hide, and which idioms are none because a sentence ends inside them."""

import re

from chatservice.moderation.matching import Hit
from chatservice.moderation.risk.model import Kind, Rules
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


def unjoined(hits: list[Hit], rules: Rules) -> list[Hit]:
    """Drop persons read into a conjunction ("mut": but, me) that a subject or a denial follows, and no act precedes."""
    splits, things, acts, negators = (rules.bits[kind] for kind in (Kind.SPLIT, Kind.THING, Kind.ACT, Kind.NEGATOR))
    doubtful = {hit[1] for hit in hits if hit[0] in splits and hit[1] == hit[2]}
    doubtful &= {hit[1] for hit in hits if hit[0] in things and hit[1] == hit[2]}
    if not doubtful:
        return hits
    opened = {hit[1] for hit in hits if hit[0] in negators or rules.persons >> hit[0] & 1}
    ended = {hit[2] for hit in hits if hit[0] in acts}
    joins = {place for place in doubtful if place + 1 in opened and place - 1 not in ended}
    return [hit for hit in hits if hit[0] not in things or hit[1] != hit[2] or hit[1] not in joins]
