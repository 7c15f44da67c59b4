"""A text's hits sorted into clauses, sentences and the whole: what is said there, what denied, what an idiom covers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from chatservice.moderation.matching import Hit
from chatservice.moderation.risk.covers import unbroken, uncovered, unjoined
from chatservice.moderation.risk.model import Frame, Kind, Rules
from chatservice.moderation.risk.signs import MOST_WORDS
from chatservice.moderation.risk.units import Place, Unit, cuts, numbers, units
from chatservice.moderation.verdict import Level
from chatservice.moderation.words import Words

# How far a negator reaches: words before the act, and after it for languages that deny afterwards.
REACH_FORWARD, REACH_BACK = 4, 2
# So few are looked at one by one.
FEW_UNITS = 8
# What a lost match or a film is no excuse for, where it is told as when or why.
HURTS = frozenset({"violence", "threat"})
# The categories that a game, homework or a story does not cancel.
SPARED = {
    Kind.GAME: frozenset({"sexual", "eating", "self_harm"}),
    Kind.STUDY: frozenset({"sexual", "violence", "acute"}),
    Kind.STORY: frozenset({"sexual"}),
}


class Reading:
    """A text's hits sorted into clauses, sentences and the whole."""

    def __init__(self, words: Words, hits: list[Hit], rules: Rules) -> None:
        """Drop covered hits, mark denied ones, and fill the units with what the frames that may fit ask for."""
        self.rules, self.words = rules, words.words
        kinds = rules.bits
        bits = {hit[0] for hit in hits}
        # What follows only drops hits: where no frame may fit now, none will.
        self.frames, wanted = rules.candidates(bits)
        self.counted: list[Hit] = []
        counts = bool(rules.signs.points) and len(words.words) <= MOST_WORDS
        if not self.frames and not counts:
            return
        hits = self._kept(hits, words)
        left = {hit[0] for hit in hits}
        if left != bits:
            self.frames, wanted = rules.candidates(left)
            if not self.frames and not counts:
                return
        self.clauses, self.sentences = numbers(words, cuts(words, hits, rules))
        negated = self._negated(hits, left)
        polar = kinds[Kind.ACT]
        self.counted = _undenied(hits, negated, polar) if counts else []
        if not self.frames:
            return
        self.units, around = units(self.clauses, self.sentences)
        self.whole = self.units["message"][0]
        self._holding: dict[str, dict[int, list[int]]] = {}
        things = kinds[Kind.THING]
        # What the same words mean besides ("slagit": shaken too) is denied with the act.
        acts = {(first, last) for bit, first, last, _ in hits if bit in polar} if negated else set()
        for bit, first, last, _ in hits:
            if bit not in wanted:
                continue
            # A phrase that holds its own negator ("vill inte gå hem") is said, not denied.
            denied = first in negated and (bit in polar or (bit in things and (first, last) in acts))
            denied = denied and not first <= negated[first] <= last
            for unit in around[self.clauses[first]]:
                unit.put(bit, (first, last), denied=denied)
        self._carry()

    def _kept(self, hits: list[Hit], words: Words) -> list[Hit]:
        """Return the hits that no idiom covers, and of the negators those that no turn of speech takes away."""
        kinds = self.rules.bits
        hits = unbroken(hits, words, self.rules.blockers)
        hits = uncovered(hits, kinds[Kind.COVER], spared=self.rules.settings)
        hits = unjoined(hits, self.rules)
        plain = kinds[Kind.COVER_NEGATOR]
        if plain.isdisjoint([hit[0] for hit in hits]):
            return hits
        negators = kinds[Kind.NEGATOR] | kinds[Kind.LATE_NEGATOR]
        kept = set(uncovered([hit for hit in hits if hit[0] in negators or hit[0] in plain], plain))
        return [hit for hit in hits if hit[0] not in negators or hit in kept]

    def units_of(self, frame: Frame) -> list[Unit]:
        """Return the units that may hold all of a frame: of a long text only those with its rarest element."""
        units = self.units[frame.within]
        if len(units) <= FEW_UNITS:
            return units
        holding = self._holding.get(frame.within)
        if holding is None:
            holding = self._holding[frame.within] = {}
            for number, unit in enumerate(units):
                for bit in unit.places_said.keys() | unit.places_denied.keys():
                    holding.setdefault(bit, []).append(number)
        where = [{number for bit in element.bits for number in holding.get(bit, ())} for element in frame.elements]
        return [units[number] for number in sorted(set.intersection(*where))]

    def _carry(self) -> None:
        """Give a clause that names nobody the persons of the one before it: "my girlfriend scratches and hits"."""
        persons = self.rules.persons
        sentence_of = dict(zip(self.clauses, self.sentences, strict=True))
        heads = {clause: place for place, clause in reversed([*enumerate(self.clauses)])}
        before: Unit | None = None
        for clause, unit in enumerate(self.units["clause"]):
            if unit.said & persons or not unit.said:
                before = unit
            elif before is not None and sentence_of[clause] == sentence_of[clause - 1]:
                head = heads[clause]
                for bit in before.places_said:
                    if persons >> bit & 1:
                        # They stand before its first word, as near as its own subject would.
                        unit.put(bit, (head - 1, head - 1), denied=False)
            else:
                before = None

    def _negated(self, hits: list[Hit], bits: set[int]) -> dict[int, int]:
        kinds = self.rules.bits
        early, late, acts, stops = (kinds[kind] for kind in (Kind.NEGATOR, Kind.LATE_NEGATOR, Kind.ACT, Kind.STOP))
        if bits.isdisjoint(early) and bits.isdisjoint(late):
            return {}
        before, behind, begin, bound = (
            {hit[1] for hit in hits if hit[0] in kind} for kind in (early, late, acts, stops)
        )
        ends = {hit[2]: hit[1] for hit in hits if hit[0] in acts}
        return dict(denied_places(before | behind, behind, Reach(self.clauses, begin, bound, ends)))

    def has(self, kind: Kind) -> bool:
        """Tell whether a concept of the kind stands anywhere."""
        return bool(self.whole.said & self.rules.kinds[kind])

    def near(self, kind: Kind, places: tuple[Place, ...], *, before: int = 0, after: int = 0) -> bool:
        """Tell whether a kind stands in the sentences of a finding, or so many before and after them."""
        mask = self.rules.kinds[kind]
        if not self.whole.said & mask:
            return False
        of = [self.sentences[place[0]] for place in places]
        every = self.units["sentence"][max(min(of) - before, 0) : max(of) + after + 1]
        return any(unit.said & mask for unit in every)

    def around(self, places: tuple[Place, ...]) -> int:
        """Return what is said or denied in the sentences of a finding."""
        of = [self.sentences[place[0]] for place in places]
        found = 0
        for unit in self.units["sentence"][min(of) : max(of) + 1]:
            found |= unit.said | unit.denied
        return found

    def laughed(self, places: tuple[Place, ...]) -> bool:
        """Tell whether laughter goes with a finding or follows it, and nobody says that they mean it."""
        return self.near(Kind.LAUGH, places, after=1) and not self.has(Kind.SERIOUS)

    def past(self, places: tuple[Place, ...]) -> bool:
        """Tell whether a finding is told of the past, or as something that is over."""
        return self.near(Kind.PAST, places, before=1) or self.near(Kind.RESOLVED, places, after=1)

    def past_of_others(self, places: tuple[Place, ...]) -> bool:
        """Tell whether a finding is told of somebody else, who is well now."""
        if not self.near(Kind.RESOLVED, places, after=1):
            return False
        if self.near(Kind.OTHERS, places):
            return True
        told = self.near(Kind.RESOLVED, places) or self.near(Kind.PAST, places)
        return told and self.near(Kind.OTHERS, places, before=1)

    def context(self, frame: Frame, places: tuple[tuple[int, int], ...]) -> str | None:
        """Return the game, homework or story around a finding that says it is none of the writer's life.

        One in another clause ("we saw a film and dad hit mum") leaves the danger that is told of the writer's people.
        """
        around = self.units["sentence"][self.sentences[places[0][0]]].said
        if (
            around & self.rules.kinds[Kind.THEORY]
            and not around & self.rules.own
            and frame.level is not Level.IMMEDIATE
        ):
            return Kind.THEORY.value
        for kind, spared in SPARED.items():
            mask = self.rules.kinds[kind]
            if around & mask and frame.category not in spared and cancels(kind, frame):
                clauses = {self.clauses[place[0]] for place in places}
                inside = reduce(or_, (self.units["clause"][clause].said for clause in clauses))
                lived = frame.state or inside & self.rules.lived or self.own(places)
                stands = inside & mask and not self.is_why(kind, frame, places)
                if stands or not lived or frame.level is Level.CONCERN:
                    return kind.value
        return None

    def is_why(self, kind: Kind, frame: Frame, places: tuple[Place, ...]) -> bool:
        """Tell whether blows are told first and a game or film is when or why: "dad hits me if I lose the match".

        Who tells of being killed is killed in the game all the same.
        """
        if frame.category not in HURTS or any(self.rules.killing in element.bits for element in frame.elements):
            return False
        end = max(last for _, last in places)
        said = self.units["clause"][self.clauses[end]].places_said
        whys = [first for bit in self.rules.bits[Kind.CAUSE] for first, _ in said.get(bit, ()) if first > end]
        told = [first for bit in self.rules.bits[kind] for first, _ in said.get(bit, ())]
        return bool(whys) and bool(told) and all(first > min(whys) for first in told)

    def asked(self, places: tuple[Place, ...]) -> bool:
        """Tell whether a finding is asked of "somebody", and none of the writer's people is named."""
        return self.near(Kind.ASKED, places) and not self.around(places) & self.rules.own

    def long_ago(self, places: tuple[Place, ...]) -> bool:
        """Tell whether a finding is told of somebody else's childhood or years ago."""
        if not self.near(Kind.LONG_AGO, places) or not self.near(Kind.OTHERS, places):
            return False
        inside = (self.units["clause"][self.clauses[place[0]]].said for place in places)
        return not reduce(or_, inside) & (self.rules.own & ~self.rules.kinds[Kind.OTHERS])

    def own(self, places: tuple[Place, ...]) -> bool:
        """Tell whether a finding's words end as a Finn speaks of themselves ("viillän", "otin")."""
        return any(self.words[last].endswith("n") for _, last in places)


def cancels(kind: Kind, frame: Frame) -> bool:
    """Tell whether a setting can cancel a frame: a story any, a game and homework not what people say of themselves."""
    return kind is Kind.STORY or (not frame.state and (kind is Kind.GAME or frame.level is not Level.IMMEDIATE))


@dataclass(frozen=True, slots=True)
class Reach:
    """What bounds a negator: clauses, the places where acts begin, the words that stop it, where acts end."""

    clauses: list[int]
    acts: set[int]
    stops: set[int]
    ends: dict[int, int]


def denied_places(negators: set[int], late: set[int], reach: Reach) -> Iterator[tuple[int, int]]:
    """Yield each denied act with its negator: the first act after one, and the one before a late one."""
    for place in negators:
        clause = reach.clauses[place]
        for after in range(place + 1, min(place + 1 + REACH_FORWARD, len(reach.clauses))):
            if reach.clauses[after] != clause or after in reach.stops:
                break
            if after in reach.acts:
                yield after, place
                break
        if place in late:
            for before in range(place - 1, max(place - 1 - REACH_BACK, -1), -1):
                if before in reach.ends and reach.clauses[before] == clause:
                    yield reach.ends[before], place
                    break


def _undenied(hits: list[Hit], negated: dict[int, int], acts: frozenset[int]) -> list[Hit]:
    """Return the hits without denied acts and what their words mean besides: "nobody hits me" is no sign."""
    denied = {(first, last) for bit, first, last, _ in hits if first in negated and bit in acts}
    return [hit for hit in hits if (hit[1], hit[2]) not in denied]
