"""Judges one text by frames: words repaired, frames found, levels lowered; linear in the text's length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatservice.moderation import matching, repairs, run_together, spoken_en, spoken_sv
from chatservice.moderation.risk.model import Frame, Kind, Rules
from chatservice.moderation.risk.reading import Reading
from chatservice.moderation.risk.signs import LOUD, Signs
from chatservice.moderation.risk.units import Unit
from chatservice.moderation.spoken import book_forms
from chatservice.moderation.verdict import CATEGORIES, Level, Reason
from chatservice.moderation.views import RUN, Views
from chatservice.moderation.words import Words, language_of, words_of

SHORTEST_DOUBTFUL = 5
# Who writes these letters does not mean "pelätä" by "pelata".
DOTTED = re.compile("[äöå]")
# What lowered a rule's finding where the sum of signs did.
CALM = "signs of calm"


@dataclass(frozen=True, slots=True)
class Finding:
    """A frame that was found: at what level in the end, where, and what lowered it."""

    frame: Frame
    level: Level
    places: tuple[tuple[int, int], ...]
    blocker: str | None


def judge(
    seen: Views, *, language: str, rules: Rules, words: Words | None = None
) -> tuple[Level, tuple[str, ...], tuple[Reason, ...]]:
    """Return the level, the categories and the reasons of a text; `words` are those of its joined view, if known."""
    reading, words, findings = read(seen, language=language, rules=rules, words=words)
    signs, bits = rules.signs, {hit[0] for hit in reading.counted}
    said = Level.highest(*(each.level for each in findings))
    level = weighed(signs, bits, findings, said=said) if bits else said
    reasons = tuple(reason_of(each, words, calmed=each.level.rank > level.rank) for each in findings)
    if level is Level.NONE:
        return level, (), reasons
    named = {each.frame.category for each in findings if each.level is not Level.NONE}
    named |= signs.spoken_for(bits, least=0 if level.rank > said.rank else LOUD)
    if level.rank > said.rank:
        reasons = (*reasons, summed(reading, words, level=level))
    return level, tuple(name for name in CATEGORIES if name in named), reasons


def read(
    seen: Views, *, language: str, rules: Rules, words: Words | None = None
) -> tuple[Reading, Words, list[Finding]]:
    """Return a text as it was read, its words as they are meant, and what rules find in it."""
    written = words or words_of(seen.joined)
    spoken = language_of(written.words, markers=rules.markers, given=language)
    words = repaired(written, rules, finnish=spoken == "fi")
    if words is not written:
        spoken = language_of(words.words, markers=rules.markers, given=language)
    if spoken == "sv":
        words = as_written(words, rules)
    elif spoken == "en" and not spoken_en.CHANGED.isdisjoint(words.words):
        words = left(words, spoken_en.plain(words.words, known=rules.matcher.table))
    hits = rules.matcher.hits(words.words)
    dotted = spoken == "en" or (spoken in {"fi", "sv"} and DOTTED.search(written.view.text))
    spellings = {"", spoken} if dotted else {"", spoken, matching.FOLDED}
    reading = Reading(words, [hit for hit in hits if hit[3] in spellings], rules)
    return reading, words, list(found(reading))


def weighed(signs: Signs, bits: set[int], findings: list[Finding], *, said: Level) -> Level:
    """Return the level that the signs of a text and rules reach together, where rules alone `said` another."""
    if not signs.points:
        return said
    cancelled = findings and said is Level.NONE
    return Level.highest(signs.level(bits, said="cancelled" if cancelled else said), signs.stands(bits, said=said))


def reason_of(finding: Finding, words: Words, *, calmed: bool) -> Reason:
    """Return why a rule was found; `calmed` tells that signs of calm outweighed it."""
    places = tuple(words.place(*place) for place in finding.places)
    return Reason(finding.frame.id, places, finding.blocker or (CALM if calmed else None))


def summed(reading: Reading, words: Words, *, level: Level) -> Reason:
    """Return why signs reached a level: the words that say most."""
    said = reading.rules.signs.loudest({hit[0] for hit in reading.counted})
    spans = dict.fromkeys(words.place(first, last) for bit, first, last, _ in reading.counted if bit in said)
    return Reason(f"signs.{level}", tuple(spans))


def repaired(words: Words, rules: Rules, *, finnish: bool) -> Words:
    """Return the words with those that mean nothing replaced by the known word they stand for.

    `finnish` tells that the text is Finnish, whose spoken endings are read as the written ones.
    """
    strange = strange_words(words, rules, finnish=finnish)
    if not strange:
        return words
    meanings = {word: meaning(word, rules) for word in {words.words[place] for place in strange if not strange[place]}}
    meant = {place: found for place, written in strange.items() if (found := written or meanings[words.words[place]])}
    if not meant:
        return words
    # A pattern ("kuol*", "cut*") says little of a word: it may be an act whose letters ran on ("kuollla", "cuttt").
    covered: set[int] = set()
    vague: set[int] = set()
    things = rules.bits[Kind.THING] | rules.bits[Kind.ACT]
    for bit, first, last, _ in rules.matcher.wild(words.words):
        (vague if bit in things else covered).update(range(first, last + 1))
    meant = {
        place: found
        for place, found in meant.items()
        if place not in covered and (place not in vague or is_act(found, rules))
    }
    return rewritten(words, meant) if meant else words


def is_act(meant: str, rules: Rules) -> bool:
    """Tell whether a word stands for an act, alone or in a sentence without spaces."""
    if " " in meant and not run_together.is_speech(meant):
        return False
    acts, known = rules.bits[Kind.ACT], rules.matcher.table
    return any(entry.bit in acts for word in meant.split(" ") for entry in known.get(word, ()))


def strange_words(words: Words, rules: Rules, *, finnish: bool) -> dict[int, str | None]:
    """Return the places of unknown words that may stand for a known one, each with its written form, if it has one."""
    known = rules.matcher.table
    found: dict[int, str | None] = {}
    read: dict[str, str | None] = {}
    for place, word in [(place, word) for place, word in enumerate(words.words) if word not in known]:
        if len(word) < 2 or word.isdigit():  # noqa: PLR2004 - one letter is no word
            continue
        if finnish and word not in read:
            read[word] = next((form for form in book_forms(word) if form in known), None)
        written = read.get(word)
        if written or len(word) >= SHORTEST_DOUBTFUL or not word.isalpha() or RUN.search(word):
            found[place] = written
    return found


def meaning(word: str, rules: Rules) -> str | None:
    """Return what one word without meaning stands for."""
    found = rules.repairer.repaired(word)
    if found or (word.isalpha() and not RUN.search(word)):
        return found
    for form in repairs.spellings(word):
        if form != word and (form in rules.matcher.table or rules.matcher.means(form)):
            return form
    return None


def rewritten(words: Words, meant: dict[int, str]) -> Words:
    """Return the words with some replaced, each part standing where the whole stood."""
    fresh = Words(words.view)
    for place, word in enumerate(words.words):
        for number, part in enumerate(meant.get(place, word).split(" ")):
            fresh.words.append(part)
            fresh.spans.append(words.spans[place])
            fresh.breaks.append(words.breaks[place] if number == 0 else 0)
    return fresh


def as_written(words: Words, rules: Rules) -> Words:
    """Return Swedish words in one spelling and order, those that carry no meaning left out."""
    fresh = left(words, spoken_sv.plain(words.words, known=rules.matcher.table))
    for place in spoken_sv.turns(fresh.words, breaks=fresh.breaks):
        fresh.words[place : place + 2] = fresh.words[place + 1], fresh.words[place]
        # Both stand for both: a finding that begins or ends here must not run backwards.
        fresh.spans[place : place + 2] = [(fresh.spans[place][0], fresh.spans[place + 1][1])] * 2
    return fresh


def left(words: Words, meant: list[str]) -> Words:
    """Return the words with what each means; those that mean nothing ("") are left out."""
    fresh = Words(words.view)
    gap = 0
    for place, word in enumerate(meant):
        gap = max(gap, words.breaks[place])
        if word:
            fresh.words.append(word)
            fresh.spans.append(words.spans[place])
            fresh.breaks.append(gap)
            gap = 0
    return fresh


def found(reading: Reading) -> Iterator[Finding]:
    """Yield each frame's strongest finding."""
    for frame in reading.frames:
        best = strongest(frame, reading)
        if best is not None:
            yield best


def strongest(frame: Frame, reading: Reading) -> Finding | None:
    """Return the frame's highest finding; the first that nothing lowers is enough."""
    best: Finding | None = None
    for finding in _tries(frame, reading):
        if finding.level is frame.level:
            return finding
        if best is None or finding.level.rank > best.level.rank:
            best = finding
    return best


def _tries(frame: Frame, reading: Reading) -> Iterator[Finding]:
    for unit in reading.units_of(frame):
        if (unit.said | unit.denied) & frame.without:
            continue
        places, denied = fitting(frame, unit)
        if places and not (frame.without_around and reading.around(places) & frame.without_around):
            yield lowered(frame, places, reading, denied=denied)


def fitting(frame: Frame, unit: Unit) -> tuple[tuple[tuple[int, int], ...], bool]:
    """Return where the frame's elements stand in a unit, and whether it fits only when negation is left aside."""
    for element in frame.elements:
        if not unit.holds(element, "~"):
            return (), False
    if all(unit.holds(element, element.mode) for element in frame.elements):
        places = placed(frame, unit, strict=True)
        if places:
            return places, False
    if frame.denies:
        return (), False
    if any(element.mode == "-" and not unit.holds(element, "-") for element in frame.elements):
        return (), False
    return placed(frame, unit, strict=False), True


def placed(frame: Frame, unit: Unit, *, strict: bool) -> tuple[tuple[int, int], ...]:
    """Return the words of each element, all within `near` words of the first element's; empty where they are not."""
    options = [unit.places(element, strict=strict) for element in frame.elements]
    for anchor in options[0]:
        chosen = [anchor]
        for places in options[1:]:
            nearest, least = None, frame.near + 1
            for place in places:
                # As `gap` tells, without a call for each of a wall of places.
                far = max(place[0] - anchor[1], anchor[0] - place[1], 0)
                if far < least and apart(place, chosen, overlaps=frame.overlaps):
                    nearest, least = place, far
            if nearest is None:
                break
            chosen.append(nearest)
        else:
            return tuple(chosen)
    return ()


def apart(place: tuple[int, int], chosen: list[tuple[int, int]], *, overlaps: bool) -> bool:
    """Tell whether a place is none of those chosen; it may share words with them only where `overlaps` says so."""
    return place not in chosen if overlaps else all(gap(place, other) for other in chosen)


def gap(left: tuple[int, int], right: tuple[int, int]) -> int:
    """Return how many words two places are apart; 0 where they overlap."""
    return max(left[0] - right[1], right[0] - left[1], 0)


def lowered(frame: Frame, places: tuple[tuple[int, int], ...], reading: Reading, *, denied: bool) -> Finding:
    """Return the finding at the level that negation, laughter, contexts and the past leave it."""
    level, blocker = frame.level, None
    if denied:
        level, blocker = level.lowered(), "negation"
    context = reading.context(frame, places)
    if context:
        return Finding(frame, Level.NONE, places, context)
    if frame.lapses and reading.past_of_others(places):
        return Finding(frame, Level.NONE, places, "past of somebody else")
    if not frame.lapses and reading.long_ago(places):
        told = Level.NONE if reading.near(Kind.RESOLVED, places, after=1) else Level.CONCERN
        return Finding(frame, min(level, told, key=lambda each: each.rank), places, "past of somebody else")
    if level.rank > Level.CONCERN.rank:
        why = lowered_by(frame, places, reading)
        level, blocker = (Level.CONCERN, why) if why else (level, blocker)
    return Finding(frame, level, places, blocker)


def lowered_by(frame: Frame, places: tuple[tuple[int, int], ...], reading: Reading) -> str | None:
    """Return what lowers a finding to a concern: laughter, the past, or that it is asked of "somebody"."""
    if frame.laughs and reading.laughed(places):
        return "laughter"
    if frame.lapses and reading.past(places):
        return "past"
    return "question" if frame.level is Level.HIGH and reading.asked(places) else None
