"""Runs of digits, whatever they are written with: figures, lookalike letters, number words, and what parts them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chatservice.moderation.personal import codes, data, frames
from chatservice.moderation.personal.codes import AS_DIGITS, Hit
from chatservice.moderation.personal.plain import Plain

MANY = 7
# Whoever writes more numbers than these in a row tells no sum, day or score.
MOST_PARTS = 200
CARD = 16
FEW = 5
# Two parts of one number have no more words between them.
CLOSE = 3
# An identity code said in words: the day of birth, a letter, a number and a letter.
BIRTH, BORN = 6, 9
LETTER = re.compile(
    r"[\s,.\-]{1,3}(?:[a-fu-y]|aa|bee|cee|see|dee|ee|äf|äffä|yy|kaksoisvee|uu|vee|äks|äksä|viiva|streck|dash|minus)[\s,.\-]{1,3}"
)
# "begins with 45 and ends with ...", and a letter put between to hide a number.
PARTS = re.compile(r"\b(?:alka\w{1,3}|alkuun|eteen|loppu\w{0,3}|päätty\w{1,2}|loput|börjar|slutar|starts|ends)\b")
PARTING = re.compile(r"\s?[a-zåäö]{1,3}\s?")
LAST_LETTER = re.compile(
    r"[\s,.\-]{0,3}(?:[a-y]|aa|bee|cee|see|dee|ee|äffä|hoo|jii|koo|ällä|ämmä|ännä|pee|är|ärrä|äss|ässä|tee|uu|vee|äks|äksä|yy)(?![^\W_])"
)
RUN = re.compile(r"(?:[0-9oil|\u043e]|(?<=\d)[sbz](?=\d))++")
LONE_ZERO = re.compile(r"(?<!\w)o[ .\-]\d")
FIGURE = re.compile(r"\d")
GAP = re.compile(r"(?:[^\w+=<>%€$£#\n]|_){0,5}\n?[^\w+=<>%€$£#\n]{0,3}")
LONGEST_GAP = 24
PLAIN_GAPS = frozenset(("", " ", "-", ".", "  ", ", "))
LETTERS = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
BEFORE = re.compile(r"(?:plus\s|\(?\+?\(?)\Z")
CUE = re.compile(
    r"(?:\bnumero\w{0,6}|\bnro|\bpuh\w{0,12}|\bkänny\w{0,4}|\bsoit\w{1,5}|\bmobiili\w*|\btel\b|\btelefon\w*|\bnummer\w{0,4}|\bring\b|\bmobil\w*|\bnumber|"
    r"\bphone|\bcall\b|\btext me\b|\btekst\w{1,6}|\bviber|\bwhatsapp\w*)[^\d\n]{0,24}\Z"
)


RING = re.compile(r"\b(?:ring|ringa|soita|soittakaa|call|text|tekstaa)\s\w{0,6}\s?:?\s?\Z")


class Item(NamedTuple):
    """A part of a number: its place and the digits it stands for."""

    start: int
    end: int
    digits: str


@dataclass(frozen=True, slots=True)
class Words:
    """The number words of all three languages, made ready once."""

    digits: dict[str, str]
    pattern: re.Pattern[str]
    hint: re.Pattern[str]
    mixed: re.Pattern[str]
    part: re.Pattern[str]
    times: dict[str, int]
    hundreds: frozenset[str]
    between: frozenset[str]
    starts: frozenset[str]


def _words() -> Words:
    table = data.table("numbers")
    digits = {word: value for value, entry in table["words"].items() for word in entry.split()}
    times = dict.fromkeys(table["double"].split(), 2) | dict.fromkeys(table["triple"].split(), 3)
    hundreds = frozenset(table["hundreds"].split())
    every = data.alternation((*digits, *times, *hundreds))
    hints = tuple(word for word in (*digits, *times) if len(word) > 2)  # noqa: PLR2004 - shorter ones are ordinary words
    hint = data.alternation(hints)
    return Words(
        digits,
        re.compile(f"(?:{every})"),
        re.compile(rf"(?<![^\W\d_])(?:{hint})|\d(?:{hint})(?![^\W\d_])"),
        re.compile(rf"(?<![^\W_])(?=[a-zåäö]{{0,20}}\d)(?:\d|o|{hint})++(?![^\W_])"),
        re.compile(rf"{hint}|\d|o"),
        times,
        hundreds,
        frozenset(table["between"].split()),
        data.starts(*hints),
    )


WORDS = _words()


def hinted(plain: Plain) -> bool:
    """Tell whether a text holds number words."""
    return not WORDS.starts.isdisjoint(plain.starts) and bool(WORDS.hint.search(plain.low))


def find(plain: Plain, taken: list[Hit], items: Sequence[Item]) -> Iterator[Hit]:
    """Yield runs of digits that no frame explains: cards, and everything else as phone numbers."""
    if not items:
        return
    covered = bytearray(len(plain.low))
    for start, end, _ in taken:
        covered[start:end] = b"\1" * (end - start)
    free = [item for item in items if 1 not in covered[item.start : item.end]]
    places: frames.Places | None = None
    for group in _groups(plain.low, free):
        digits = "".join(item.digits for item in group)
        if len(digits) < FEW or (
            len(digits) < MANY and not CUE.search(plain.low[max(0, group[0].start - 40) : group[0].start])
        ):
            continue
        if places is None and len(group) <= MOST_PARTS:
            places = frames.places(plain.low) if plain.figures else []
        own = (
            digits[0] == "0"
            and len(digits) >= MANY
            and RING.search(plain.low, max(0, group[0].start - 20), group[0].start)
        )
        sure = bool(own) or codes.is_card(digits) or _is_code(plain.low, group, digits)
        if not sure and frames.explained(plain.low, group, places if places and len(group) <= MOST_PARTS else []):
            continue
        yield _hit(plain.low, group, digits)


def _is_code(low: str, group: list[Item], digits: str) -> bool:
    """Tell whether a group is an identity code said in parts: a day of birth, a number, and a letter behind."""
    if len(digits) != BORN or not LAST_LETTER.match(low, group[-1].end):
        return False
    return codes.is_identity_code(digits[:BIRTH], digits[BIRTH:], "", strict=False)


def _hit(low: str, group: list[Item], digits: str) -> Hit:
    start, end = group[0].start, group[-1].end
    before = BEFORE.search(low, max(0, start - 5), start)
    start = before.start() if before else start
    if _is_code(low, group, digits) and (letter := LAST_LETTER.match(low, end)):
        return start, letter.end(), "hetu"
    if low[end : end + 1] == ")":
        end += 1
    kind = "card" if codes.is_card(digits) or (len(digits) == CARD and digits[0] in "345") else "phone"
    return start, codes.with_ending(low, end), kind


def items_of(plain: Plain, *, spoken: bool) -> list[Item]:
    """Return the parts of numbers in a text, in order; `spoken` tells that the text has number words."""
    low = plain.low
    figures = list(_figures(low)) if plain.figures else []
    if not spoken:
        return figures
    mixed = list(_mixed(low)) if plain.figures else []
    covered = {place for item in mixed for place in range(item.start, item.end)}
    apart = [item for item in (*figures, *_spoken(low)) if item.start not in covered]
    return sorted((*mixed, *apart), key=lambda item: item.start)


def _figures(low: str) -> Iterator[Item]:
    """Yield chunks that hold a figure; letters that look like digits count where no other letter touches them."""
    for match in RUN.finditer(low):
        start, end = match.span()
        chunk = match[0]
        if chunk.isdigit():
            yield Item(start, end, chunk)
            continue
        if not FIGURE.search(chunk) and not (chunk[0] == "o" and LONE_ZERO.match(low, start)):
            continue
        if len(chunk) > 1:
            if (start and low[start - 1].isalpha()) or not chunk[:3].strip("oil|\u043e"):
                start += len(chunk) - len(chunk.lstrip("oil|\u043e"))
            if low[end : end + 1].isalpha() or not chunk[-3:].strip("oil|\u043e"):
                end -= len(chunk) - len(chunk.rstrip("oil|\u043e"))
        yield Item(start, end, low[start:end].translate(AS_DIGITS))


def _mixed(low: str) -> Iterator[Item]:
    """Yield tokens of figures and number words together ("o4one", "six7")."""
    for match in WORDS.mixed.finditer(low):
        parts = WORDS.part.findall(match[0])
        if any(len(part) > 1 for part in parts):
            digits = "".join(WORDS.digits.get(part) or part.translate(AS_DIGITS) for part in parts)
            yield Item(match.start(), match.end(), digits)


def _spoken(low: str) -> Iterator[Item]:
    """Yield tokens made of nothing but number words ("nollaneljäkymment", "kakskytviis")."""
    times = 1
    for match in WORD.finditer(low):
        found = _parts(low, match.start(), match.end())
        if not found:
            times = 1
            continue
        digits = ""
        for word in found:
            if word in WORDS.times:
                times = WORDS.times[word]
            elif word in WORDS.hundreds:
                digits += "00"
            else:
                value = WORDS.digits[word]
                if (
                    len(value) == 1
                    and len(digits) > 1
                    and digits[-1] == "0"
                    and digits[-2] != "0"
                    and found[0] != word
                    and _tens(found, word)
                ):
                    digits = digits[:-1] + value
                else:
                    digits += value * times
                times = 1
        yield Item(match.start(), match.end(), digits)


def _tens(found: list[str], word: str) -> bool:
    """Tell whether a word stands behind a ten in one token, so that both make one two-digit number."""
    place = found.index(word)
    return place > 0 and len(WORDS.digits.get(found[place - 1], "")) > 1


def _parts(low: str, start: int, end: int) -> list[str]:
    """Return the number words a token is made of; nothing where it holds anything else."""
    found: list[str] = []
    while start < end:
        match = WORDS.pattern.match(low, start, end)
        if not match:
            return []
        found.append(match[0])
        start = match.end()
    return found


def _groups(low: str, items: list[Item]) -> Iterator[list[Item]]:
    """Yield items that make one number: nothing but signs and small words stand between them."""
    group: list[Item] = []
    for item in items:
        if group and not _joined(low, group, item.start):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _joined(low: str, group: list[Item], end: int) -> bool:
    """Tell whether what stands before `end` goes on with the group; words join only what begins as phone numbers do."""
    start = group[-1].end
    if end - start > LONGEST_GAP:
        return False
    gap = low[start:end]
    if gap in PLAIN_GAPS:
        return True
    born = len(group) <= BIRTH and sum(len(item.digits) for item in group) == BIRTH
    if GAP.fullmatch(gap) or (born and LETTER.fullmatch(gap)):
        return True
    plain = not re.search(r"[\d_+=€$%]", gap)
    if not group[0].digits.startswith(("0", "358")):
        return plain and bool(PARTS.search(gap))
    small = LETTERS.findall(gap)
    said = 0 < len(small) <= CLOSE and all(word in WORDS.between for word in small)
    return bool(PARTING.fullmatch(gap)) or (plain and (said or bool(PARTS.search(gap))))


def is_word(word: str) -> bool:
    """Tell whether a lower-case word is made of nothing but number words."""
    return bool(_parts(word, 0, len(word)))


def value(word: str) -> int | None:
    """Return what a token of number words counts ("kakssataakolkytyks": 231), None where it is no sum."""
    total = 0
    for part in _parts(word, 0, len(word)):
        if part in WORDS.hundreds:
            total = (total or 1) * 100
        elif part in WORDS.times:
            return None
        else:
            total += int(WORDS.digits[part])
    return total or None
