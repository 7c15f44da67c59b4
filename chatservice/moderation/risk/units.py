"""The clauses and sentences of a text, and what stands where in each."""

from collections import Counter
from dataclasses import dataclass, field

from chatservice.moderation.matching import Hit
from chatservice.moderation.risk.covers import END
from chatservice.moderation.risk.model import Element, Kind, Rules
from chatservice.moderation.words import Words

# A frame is sought at most in so many clauses: a chat line has few, a wall of commas is nobody's sentence.
MOST_UNITS = 150
# So many places of one concept are kept in one clause, sentence or message.
MOST_HITS = 24

Place = tuple[int, int]


@dataclass(slots=True)
class Unit:
    """A clause, sentence or message: its masks, and by concept the words where it is said and where it is denied."""

    said: int = 0
    denied: int = 0
    places_said: dict[int, list[Place]] = field(default_factory=dict)
    places_denied: dict[int, list[Place]] = field(default_factory=dict)

    def put(self, bit: int, place: Place, *, denied: bool) -> None:
        """Add a concept's place; the first MOST_HITS of a concept are enough to find it."""
        places = self.places_denied if denied else self.places_said
        kept = places.get(bit)
        if kept is None:
            places[bit] = [place]
            if denied:
                self.denied |= 1 << bit
            else:
                self.said |= 1 << bit
        elif len(kept) < MOST_HITS:
            kept.append(place)

    def holds(self, element: Element, mode: str) -> bool:
        """Tell whether an element stands here: said (`+`), denied (`-`) or either (`~`)."""
        said = mode != "-" and not self.places_said.keys().isdisjoint(element.bits)
        return said or (mode != "+" and not self.places_denied.keys().isdisjoint(element.bits))

    def places(self, element: Element, *, strict: bool) -> list[Place]:
        """Return where an element stands; when not strict, a denied act counts as said."""
        found: list[Place] = []
        for bit in element.bits:
            if element.mode != "-":
                found += self.places_said.get(bit, ())
            if element.mode != "+" or not strict:
                found += self.places_denied.get(bit, ())
        return found


def cuts(words: Words, hits: list[Hit], rules: Rules) -> set[int]:
    """Return the splitting words; one that means a thing too ("mut": but, me) is that thing right behind an act."""
    splits, acts, things = (rules.bits[kind] for kind in (Kind.SPLIT, Kind.ACT, Kind.THING))
    cut = {hit[2] for hit in hits if hit[0] in splits}
    # At the head of a clause it has nothing to split from.
    cut = {place for place in cut if not words.breaks[place]}
    if not cut:
        return cut
    doubtful = {hit[2] for hit in hits if hit[0] in things and hit[1] == hit[2]} & cut
    return cut - {
        hit[2] + 1 for hit in hits if hit[0] in acts and hit[2] + 1 in doubtful and not words.breaks[hit[2] + 1]
    }


def numbers(words: Words, cut: set[int]) -> tuple[list[int], list[int]]:
    """Number each word's clause and sentence; a splitting word ends its clause."""
    clauses: list[int] = []
    sentences: list[int] = []
    clause = sentence = 0
    for place, gap in enumerate(words.breaks):
        if place and clause < MOST_UNITS and (gap or place - 1 in cut):
            clause += 1
            sentence += gap == END
        clauses.append(clause)
        sentences.append(sentence)
    return clauses, sentences


def units(clauses: list[int], sentences: list[int]) -> tuple[dict[str, list[Unit]], list[list[Unit]]]:
    """Return the units, and those that each clause lies in; a clause that is all its sentence is one unit with it."""
    of_clause = dict(zip(clauses, sentences, strict=True))
    clauses_in = Counter(of_clause.values())
    whole = Unit()
    alone = len(clauses_in) == 1
    kept: dict[str, list[Unit]] = {
        "clause": [],
        "sentence": [whole if alone else Unit() for _ in clauses_in],
        "message": [whole],
    }
    around: list[list[Unit]] = []
    for sentence in of_clause.values():
        wider = [kept["sentence"][sentence]] if alone else [kept["sentence"][sentence], whole]
        own = wider if clauses_in[sentence] == 1 else [Unit(), *wider]
        kept["clause"].append(own[0])
        around.append(own)
    return kept, around
