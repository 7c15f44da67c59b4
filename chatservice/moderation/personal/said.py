"""Identity codes and accounts as people say them: number words, letters by their names, signs in words, talk between.

What is said becomes a row of plain signs, each with its place in the text; the row is then read as a code is.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product

from chatservice.moderation.personal import codes, data, numbers
from chatservice.moderation.personal.codes import MOST, Hit
from chatservice.moderation.personal.numbers import Item
from chatservice.moderation.personal.plain import Plain

TABLE = data.table("numbers")
LETTERS = {word: sign for sign, entry in TABLE["letters"].items() for word in entry.split()}
LETTERS |= {sign: sign for sign in "abcdefghijklmnopqrstuvwxy"}
SIGNS = {word: sign for sign, entry in TABLE["signs"].items() for word in entry.split()}
FILLERS = frozenset((*TABLE["between"].split(), *TABLE["said"].split()))
DAYS = {word: value for value, entry in TABLE["days"].items() for word in entry.split()}
# "may" is a month only behind a day: alone it is a verb.
MONTHS = DAYS | {"may": "05"}
# Days and months in words, and years as Finnish and Swedish say them in one word.
DAY = re.compile(rf"(?<![^\W_])(?:{data.alternation(tuple(DAYS))})(?![^\W_])")
YEAR = re.compile(
    r"(?<![^\W_])(?:(?P<new>kaks?i?tuhatta|tvåtusen|tjugohundra)|(?P<old>yh?deksäntoistasataa|tuhatyh?d?eksänsataa|nittonhundra))"
    r"(?P<rest>(?:\s(?=kym|kakst|kolm|nelj|viist|kuust|sei[ts]|kahd|kaks|yhd|yks|viis|kuus|neli|nol|tio|elva|tolv|tre|fjor|fem|sex))?[^\W\d_]*)(?![^\W_])"
)
DATE = re.compile(r"(?<![\d.])(\d{1,2})\s?[./]\s?(\d{1,2})\s?[./]\s?((?:19|20)?\d\d)(?!\d)")
WRITTEN = re.compile(rf"(?<![\d.])(\d{{1,2}})\.?\s(?P<month>{data.alternation(data.words('numbers', 'months'))})")
WORD = re.compile(r"(?:dubbel|tupla|kaksois|double)[- ](?:ve|vee|u)(?![^\W_])|[^\W\d_]+|[-+\u2010-\u2015]")
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015"
CODE = re.compile(
    r"(\d\d)-?(\d\d)-?((?:19|20)(?=\d\d)|)(\d\d)(-*\+?[a-fu-y]?-*)(\d)-?(\d)-?(\d)-?(?:([0-9])(?!\d)|([a-y]))"
)
# A day of birth with a sign behind it, after which people correct themselves.
BEGUN = re.compile(r"(?:0[1-9]|[12]\d|3[01])-?(?:0[1-9]|1[0-2])-?(?:\d\d){1,2}-*[-+a-fu-y]\d")
ACCOUNT = re.compile(
    r"(?<![^\W_])(?:f|ä[fh]+ä?|eff|ef)[\s,.\-]{0,2}(?:i|ii|ee|iitä)(?:\s(?:ja|sit|sitten|och|sen|and|then))?[\s,.:\-]{1,3}\Z"
)
DIGITS, LONGEST_GAP, LONGEST_TAIL, TAIL_WORDS, IBAN, APART = 9, 48, 24, 3, 16, 8
# Said with single numbers for day, month and year, a code has fewer figures than it is written with.
FEWEST, LEAST = 3, 7
TEN, ONE = re.compile("[2-9]0"), re.compile("[1-9]")
# Whoever says more numbers in a message tells no code.
MOST_PARTS = 24


class Row:
    """Signs one after another with where each stands; `worded` holds the places of signs that were said as words."""

    def __init__(self) -> None:
        """Begin empty."""
        self.signs: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.worded: set[int] = set()

    def add(self, signs: str, start: int, end: int, *, worded: bool = False) -> None:
        """Append signs that all stand at one place."""
        if worded:
            self.worded.add(len(self.signs))
        self.signs += signs
        self.places += [(start, end)] * len(signs)

    def figures(self, item: Item) -> None:
        """Append figures, each at its own place."""
        self.signs += item.digits
        self.places += [(place, place + 1) for place in range(item.start, item.end)]


def find(plain: Plain, items: Sequence[Item]) -> Iterator[Hit]:
    """Yield codes that are said, given the parts of numbers of the text."""
    digits = sum(len(item.digits) for item in items)
    if digits < FEWEST:
        return
    cued = codes.cued(plain.low)
    if digits < LEAST and not cued and not codes.told_of_birth(plain.low):
        return
    parts = _dated(plain.low, [item for item in items if item.digits])
    found = list(_found(plain, parts, cued=cued))
    if not found and len(parts) <= MOST_PARTS and any(plain.low[part.start].isalpha() for part in parts):
        joined = _tens(plain.low, parts)
        tried = (list(_found(plain, variant, cued=cued)) for variant in (joined, *_days(joined)))
        found = next((hits for hits in tried if hits), found)
    yield from found


def _found(plain: Plain, parts: list[Item], *, cued: bool) -> Iterator[Hit]:
    for row in _rows(plain.low, parts):
        text = "".join(row.signs)
        if len(text) < DIGITS:
            continue
        found = [match for match in CODE.finditer(text) if _is_code(match, row, cued=cued)]
        for match in found:
            yield from _parts(match, row)
        if cued and not found and BEGUN.match(text):
            yield row.places[0][0], row.places[-1][1], "hetu"
        first = row.places[0][0]
        if sum(sign.isdigit() for sign in text) >= IBAN and (
            before := ACCOUNT.search(plain.low, max(0, first - 16), first)
        ):
            yield before.start(), row.places[-1][1], "iban"


def _is_code(match: re.Match[str], row: Row, *, cued: bool) -> bool:
    """Tell whether signs are an identity code: by the cue, by a sign of the century in words, or by the check."""
    day, sign = match[1] + match[2] + match[4], match[5]
    sure = bool(sign) and (cued or any(place in row.worded for place in range(*match.span(5))))
    check = match[9] or match[10]
    if not sign and match[9] and not cued:
        return False
    return codes.is_identity_code(day, match[6] + match[7] + match[8], check, strict=not sure and not (cued and sign))


def _parts(match: re.Match[str], row: Row) -> Iterator[Hit]:
    """Yield the code, as two where words stand between the day of birth and the end."""
    begin, end = match.span()
    places = row.places[begin:end]
    cut = match.start(5) - begin
    if places[cut][0] - places[cut - 1][1] > APART:
        yield places[0][0], places[cut - 1][1], "hetu"
        yield places[cut][0], places[-1][1], "hetu"
    else:
        yield places[0][0], places[-1][1], "hetu"


def _dated(low: str, items: Sequence[Item]) -> list[Item]:
    """Return the items with days of birth as six or eight figures, and sums in one word as their value."""
    days = [
        Item(*match.span(), f"{match[1]:0>2}{match[2]:0>2}{match[3]}") for match in islice(DATE.finditer(low), MOST)
    ]
    days += [
        Item(*match.span(), f"{match[1]:0>2}{MONTHS[match['month']]}") for match in islice(WRITTEN.finditer(low), MOST)
    ]
    days += [Item(*match.span(), DAYS[match[0]]) for match in islice(DAY.finditer(low), MOST)]
    days += islice(_years(low), MOST)
    covered = bytearray(len(low))
    kept: list[Item] = []
    for item in (*days, *items):
        if 1 not in covered[item.start : item.end]:
            covered[item.start : item.end] = b"\1" * (item.end - item.start)
            kept.append(item)
    return [_summed(low, item) for item in sorted(kept)]


def _tens(low: str, parts: list[Item]) -> list[Item]:
    """Return parts with tens and ones of two words as one number ("kakskyt kaks", "twenty two")."""
    joined: list[Item] = []
    for part in parts:
        before = joined[-1] if joined else None
        ten = before and TEN.fullmatch(before.digits) and ONE.fullmatch(part.digits)
        if (
            before
            and ten
            and low[before.end : part.start] in {" ", "-"}
            and low[before.start : part.end].replace("-", " ").replace(" ", "").isalpha()
        ):
            joined[-1] = Item(before.start, part.end, before.digits[0] + part.digits)
        else:
            joined.append(part)
    return joined


def _days(parts: list[Item]) -> Iterator[list[Item]]:
    """Yield the parts with each way to read the first as a day, a month and a year.

    "viistoista kahdeksan nolla kolme" is the 15th of August 2003, "kaks kaheksan yheksän" the 2nd of August 2009.
    """
    for lengths in product((1, 2), repeat=3):
        taken = [parts[sum(lengths[:place]) : sum(lengths[: place + 1])] for place in range(3)]
        written = ["".join(part.digits for part in some) for some in taken]
        if all(some and len(digits) <= 2 for some, digits in zip(taken, written, strict=True)):  # noqa: PLR2004 - two figures each
            days = [
                Item(some[0].start, some[-1].end, f"{digits:0>2}") for some, digits in zip(taken, written, strict=True)
            ]
            yield days + parts[sum(lengths) :]


def _years(low: str) -> Iterator[Item]:
    for match in YEAR.finditer(low):
        rest = numbers.value(match["rest"].lstrip()) if match["rest"] else 0
        if rest is not None and rest < 100:  # noqa: PLR2004 - a century
            yield Item(*match.span(), f"{20 if match['new'] else 19}{rest:02}")


def _summed(low: str, item: Item) -> Item:
    """Return a part with hundreds ("kakssataakolkytyks") as its value."""
    if len(item.digits) <= FEWEST or not low[item.start : item.end].isalpha():
        return item
    value = numbers.value(low[item.start : item.end])
    return item._replace(digits=str(value)) if value is not None else item


def _rows(low: str, items: list[Item]) -> Iterator[Row]:
    """Yield the rows of signs: numbers with nothing but signs, letters and small talk between."""
    row = Row()
    for before, item in pairwise((None, *items)):
        if item is None:
            continue
        if before and not _bridged(low, row, start=before.end, end=item.start):
            _tail(low, before.end, row)
            yield row
            row = Row()
        if low[item.start : item.end] == item.digits:
            row.figures(item)
        else:
            row.add(item.digits, item.start, item.end)
    if items:
        _tail(low, items[-1].end, row)
        yield row


def _bridged(low: str, row: Row, *, start: int, end: int) -> bool:
    """Add the signs between two numbers to a row; False where anything else stands there."""
    if end - start > LONGEST_GAP:
        return False
    found: list[tuple[str, re.Match[str]]] = []
    for match in WORD.finditer(low, start, end):
        word = match[0]
        sign = SIGNS.get(word) or ("-" if word in DASHES else LETTERS.get(word))
        if sign is None and word not in FILLERS:
            return False
        if sign and found and sign.isalpha():
            found.pop()  # "är A": only the last one is the sign of the century
        if sign:
            found.append((sign, match))
    for sign, match in found:
        row.add(sign, *match.span(), worded=match[0] not in DASHES)
    return True


def _tail(low: str, end: int, row: Row) -> None:
    """Add the letter behind the last number to a row, over a few small words."""
    for match in list(WORD.finditer(low, end, end + LONGEST_TAIL))[:TAIL_WORDS]:
        word = match[0]
        whole = match.end() < end + LONGEST_TAIL or not low[match.end() : match.end() + 1].isalpha()
        if whole and word in LETTERS:
            row.add(LETTERS[word], *match.span(), worded=True)
            return
        if word not in FILLERS:
            return
