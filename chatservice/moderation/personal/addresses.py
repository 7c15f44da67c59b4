"""Street addresses with a number, in any case form ("Mannerheimintiellä 12 B 4", "Storgatan 5", "12 Rose Lane")."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from chatservice.moderation.personal import data, numbers
from chatservice.moderation.personal.codes import MOST, Hit
from chatservice.moderation.personal.plain import Plain


def _spoken_too(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return case forms with their spoken ones, whose last vowel drops ("kadulla", "kadull", "kadul")."""
    short = {form[:-cut] for form in forms for cut in (1, 2) if form.endswith(("lla", "llä", "ssa", "ssä"))}
    short |= {form[:-1] for form in forms if form.endswith(("lta", "ltä", "sta", "stä"))}
    return (*forms, *short)


ANY = _spoken_too(data.words("streets", "any"))
CAPITAL = _spoken_too(data.words("streets", "capital"))
SINGLE = frozenset((*ANY, *CAPITAL, *data.words("streets", "english")))
# After these a house's number is no count of anything.
FLAT_BEHIND = re.compile(
    r"(?<![\s]0)\s?[a-k]\s?\d{1,3}(?![\w.,]\d)|[,.]?\s(?:as|lgh|rappu|porras|apt)\.?\s?[a-z]?\s?\d|,?\s\d{5}\s[a-zåäö]"
)
NO_STREET = data.words("streets", "counted")
ROADS = tuple(data.words("streets", "roads"))
UNITS = data.alternation(data.words("streets", "units"))
TOWNS = data.alternation(
    tuple(town[:-1] + "*" if town[-1] in "aiouyäö" else town + "*" for town in data.words("streets", "towns"))
)
# A house number: a word before it, perhaps "numero" between.
HOUSE = re.compile(
    r"(?<=[^\W\d_])[:,.]?\s{1,3}(?:(?:varrella|varrel|siinä|siin|päässä|kohdassa|talon|i hus|i)\s)?"
    r"(?:(?:numero|nro|nr|no|nummer|number|num|talo|hus)[a-zåäö]{0,6}\.?\s?)?(?P<number>\d{1,4})(?!\d)"
)
REST = re.compile(
    r"(?:\s?[-–/]\s?\d{1,3}(?!\d))?(?:\s?[a-z](?![a-zåäö]))?(?:\s?[-–/]?\s?\d{1,3}(?!\d))?"
    r"(?:[,.]?\s{0,2}(?:as|asunto|lgh|apt|apartment|flat|bst|bostad|porras|rappu|rapu|portaik|trappa|trapphus|dörr|ovi|huoneisto|unit)[a-zåäö]{0,4}\.?\s?(?:[a-z](?![a-zåäö])\s?)?(?:nro\s)?\d{0,4})?"
    r"(?:,?\s?[a-k][- ]?(?:rappu|rapu|porra|porta|trapp|uppgång)[a-zåäö]{0,6})?"
    r"(?:,?\s\d{1,2}\.?\s?(?:krs|kerros|kerroksessa|kerroksesta|vån|våningen|floor))?"
    r"(?:[:'’]?(?:ssa|ssä|sta|stä|lla|llä|lle|lta|ltä|een|seen|hin|aan|n|s|ss|st|ll))?(?![a-zåäö0-9])"
)
# "numero 7 Kuusikujalla", "nummer 5 på Storgatan".
REVERSED = re.compile(
    r"(?<![^\W_])(?P<place>(?:numero(?:ssa)?|nro|nummer|number|talo(?:ssa)?|hus)\s\d{1,3}\s?(?:[a-z]\s)?"
    r"(?:på\s|on\s|in\s)?(?P<street>[^\W\d_]+))"
)
# "I live at 12 Mannerheimintie": the street of one language in the order of another.
AT = re.compile(
    r"(?<![^\W_])(?:at|live|lives|living|address(?: is|:)?|(?:house|place) is)\s"
    r"(?P<place>\d{1,3}[a-z]?\s(?P<street>[^\W\d_]+))(?![^\W_])"
)
FLAT = re.compile(r"\s(?:aa|bee|cee|see|dee|ee|äffä|gee|[a-h])(?:\s([^\W\d_]+))?(?![^\W_])")
SAID_BEHIND = re.compile(r"\s(?:(?:as|asunto|rappu|ovi|lgh|bostad|flat|apartment)\s)?([^\W\d_]{2,20})(?![^\W_])")
FLATS = 3
POSTAL = re.compile(
    rf"[,.]?\s{{1,2}}(?:fi[- ]?)?\d{{3}} ?\d{{2}}(?!\d)(?:,?\s(?:{TOWNS})|\s(?-i:[A-ZÅÄÖ])[a-zåäö]+)?",
    re.IGNORECASE,
)
TOWN = re.compile(rf"(?:,\s?|\s)(?:{TOWNS})(?![^\W_])")
UNIT_BEHIND = re.compile(rf"\s?(?:{UNITS})(?![^\W_])|[.:]\d|\s?[-–]\s?\d+\s?(?:km|min|m)\b|[.,]\d")
WORD_BEFORE = re.compile(r"[^\W\d_][\w\-'’]*\Z")
CUE = re.compile(
    r"(?<![^\W_])(?:osoit\w*|adress\w*|address|asu\w{0,5}|asut\w*|bor|bodde|live|lives|living|muut\w+|kotoo?s\w*|kotiosoite\w*|tule\w*|kom|come|flytta\w*|hemma)(?![^\W_])"
)
NAMED = re.compile(
    r"(?<![^\W_])(?:osoit(?:e|teeni|teensa|teemme|teessa|teesta|tteeni|teeks)\w{0,4}|kotiosoit\w*|adress(?:en)?|address)\s?(?:on|oli|är|is|:|=|mulla|mul)?\s{0,2}:?\s?(?:on\s)?"
    r"(?P<street>(?:[^\W\d_][\w\-'’.]{1,30}\s){1,4})(?P<number>\d{1,4})(?!\d)"
)
ENGLISH = re.compile(rf"(?<![^\W_])(?:{data.alternation(data.words('streets', 'english'))})(?![^\W_])")
ENGLISH_STARTS = data.starts(*data.words("streets", "english"))
ENGLISH_BEFORE = re.compile(
    r"(?<![^\W_])(?:(?:flat|apartment|apt|unit|no|number)\.?\s\d{0,4}[a-z]?,?\s)?\d{1,4}[a-z]?,?\s(?P<name>(?:[^\W\d_][\w'’.\-]*\s){1,3})\Z"
)
SPOKEN_BEFORE = re.compile(r"(?<!\w)([a-zA-Z\-]{3,20}),?\s(?:[A-Z][\w'’\-]*\s){1,2}\Z")
ENGLISH_REST = re.compile(r",?\s?(?:flat|apartment|apt|unit)\.?\s?\d{0,4}[a-z]?(?![a-z])")
POSTCODE = re.compile(r"(?:,\s?|\s)(?:[a-z]+\s)?[a-z]{1,2}\d[a-z0-9]?\s?\d[a-z]{2}(?![a-z0-9])")
ALWAYS, NO_NAME, PREFIXES = (frozenset(data.words("streets", key)) for key in ("always", "no_name", "prefixes"))
# A town or a street's stem is no shorter.
STEM = 5


# House numbers in their cases: "Koivukadulla viidessä", "muutettiin Koivukuja kuuteen".
INFLECTED = re.compile(
    r"(?:yhde|kahde|kolme|neljä|viide|kuude|seitsemä|seittemä|kahdeksa|kaheksa|yhdeksä|yheksä|kymmene)"
    r"(?:ssä|ssa|stä|sta|s|st|n|ltä|lta|llä|lla)(?:toista)?|"
    r"(?:yhteen|kahteen|kolmeen|neljään|viiteen|kuuteen|seitsemään|seittemään|kahdeksaan|kaheksaan|yhdeksään|yheksään|"
    r"kymmeneen|ykköseen|kakkoseen|kolmoseen|neloseen|vitoseen|kutoseen|seiskaan|kasiin|ysiin)(?:toista)?"
)


BOX = re.compile(rf"(?<![^\W_])(?:pl|pb|postilokero|postbox)\s\d{{1,4}},?\s{{1,2}}\d{{5}}(?:\s(?:{TOWNS}))?(?![^\W_])")


def find(plain: Plain, *, spoken: bool) -> Iterator[Hit]:
    """Yield addresses that hold a house number; `spoken` tells that the text has number words."""
    if plain.figures:
        yield from _figured(plain)
        for match in islice(BOX.finditer(plain.low), MOST):
            yield *match.span(), "address"
    if spoken:
        yield from _spoken(plain)


def _figured(plain: Plain) -> Iterator[Hit]:
    low = plain.low
    for match in islice(HOUSE.finditer(low), MOST):
        start = _street(plain, match.start(), flat=bool(FLAT_BEHIND.match(low, match.end())))
        if start >= 0 and not UNIT_BEHIND.match(low, match.end()):
            yield start, _end(plain, match.end()), "address"
    yield from _turned(plain)
    for match in islice(NAMED.finditer(low), MOST):
        if not UNIT_BEHIND.match(low, match.end()):
            yield match.start("street"), _end(plain, match.end()), "address"
    for match in _english_streets(plain):
        yield from _english(plain, match)


def _turned(plain: Plain) -> Iterator[Hit]:
    """Yield streets with their number before them."""
    for pattern in (REVERSED, AT):
        for match in islice(pattern.finditer(plain.low), MOST):
            street = match["street"]
            if street.endswith(ANY) and len(street) > STEM and not street.startswith(ROADS):
                yield match.start("place"), _end(plain, match.end()), "address"


def _street(plain: Plain, end: int, *, flat: bool) -> int:
    """Return where the street's name that ends here begins, -1 where the word is no street."""
    before = WORD_BEFORE.search(plain.low, max(0, end - 40), end)
    if not before:
        return -1
    word, start = before[0], before.start()
    if word.startswith(ROADS):
        return -1
    capital = plain.text[start].isupper()
    if word in SINGLE and not (capital and word.startswith(("bulevard", "esplanad"))):
        return _in_words(plain, start)
    if word.endswith(ANY) and len(word) > STEM:
        return _widened(plain, start)
    named = (flat and len(word) >= STEM and not word.startswith(NO_STREET)) or word.startswith(("bulevard", "esplanad"))
    placed = word.endswith(CAPITAL) and len(word) > STEM + 1
    if named or (placed and (capital or CUE.search(plain.low, max(0, start - 30), start))):
        return _widened(plain, start)
    return _lived_in(plain, start) if capital else -1


def _in_words(plain: Plain, start: int) -> int:
    """Return the beginning of a street written apart ("Kustaa Vaasan tie"), -1 for "tie 4" and "linja 4"."""
    begin = start
    for _ in range(3):
        before = WORD_BEFORE.search(plain.low, max(0, begin - 31), max(0, begin - 1))
        if not before or plain.low[begin - 1] != " ":
            break
        named = plain.text[before.start()].isupper() and not _opens(before.start(), before[0])
        if not named and before[0] not in PREFIXES:
            break
        begin = before.start()
    if begin < start:
        return begin
    before = WORD_BEFORE.search(plain.low, max(0, start - 31), max(0, start - 1))
    lived = (
        before
        and before[0].endswith(("n", "s"))
        and len(before[0]) >= STEM
        and CUE.search(plain.low, max(0, before.start() - 25), before.start())
    )
    return before.start() if before and lived else -1


def _opens(start: int, word: str) -> bool:
    return start == 0 and bool(CUE.fullmatch(word))


def _widened(plain: Plain, start: int) -> int:
    before = WORD_BEFORE.search(plain.low, max(0, start - 31), max(0, start - 1))
    if not before or plain.low[start - 1] != " ":
        return start
    genitive = before[0].endswith("n") and before.start() > 0 and plain.text[before.start()].isupper()
    return before.start() if before[0] in PREFIXES or genitive else start


def _lived_in(plain: Plain, start: int) -> int:
    """Return the start where somebody says that they live there ("asun Bulevardi 12"), else -1."""
    cue = re.compile(
        r"(?:asun|asuu|asutaan|asumme|bor på|bor vid|live at|live on|lives at|osoitteessa|adress)\s\Z"
    ).search(plain.low, max(0, start - 20), start)
    word = re.compile(r"[\w\-]+").match(plain.low, start)
    return start if cue and word and len(word[0]) >= STEM and not re.match(TOWNS, word[0]) else -1


def _end(plain: Plain, end: int) -> int:
    """Return the end with stair, flat, postal code and town."""
    rest = REST.match(plain.low, end)
    end = rest.end() if rest else end
    postal = POSTAL.match(plain.text, end)
    end = postal.end() if postal else end
    town = TOWN.match(plain.low, end)
    return town.end() if town else end


def _english(plain: Plain, match: re.Match[str]) -> Iterator[Hit]:
    begin = max(0, match.start() - 60)
    before = ENGLISH_BEFORE.search(plain.low[begin : match.start()])
    if not before:
        return
    named = before["name"].split()
    place = begin + before.start("name")
    if NO_NAME.intersection(named) or (
        match[0] not in ALWAYS and not plain.text[place].isupper() and not CUE.search(plain.low[begin:place])
    ):
        return
    end = match.end()
    for tail in (ENGLISH_REST, POSTAL, TOWN, POSTCODE):
        more = tail.match(plain.low, end)
        end = more.end() if more else end
    yield begin + before.start(), end, "address"


def _spoken(plain: Plain) -> Iterator[Hit]:
    """Yield streets whose number is said in words ("Mannerheimintie kakstoista")."""
    yield from _spoken_english(plain)
    tokens = list(numbers.LETTERS.finditer(plain.low))
    for street, number in pairwise(tokens):
        word = street[0]
        if (
            word.endswith(ANY)
            and len(word) > STEM
            and word not in SINGLE
            and not word.startswith(ROADS)
            and plain.low[street.end() : number.start()] == " "
        ):
            value = re.sub(r"(?:ssa|ssä|lla|llä|een)\Z", "", number[0])
            if (
                INFLECTED.fullmatch(number[0]) or numbers.is_word(value) or numbers.is_word(number[0])
            ) and not UNIT_BEHIND.match(plain.low, number.end()):
                spelled = FLAT.match(plain.low, number.end())
                end = number.end()
                if spelled:
                    end = spelled.end() if not spelled[1] or numbers.is_word(spelled[1]) else spelled.start(1) - 1
                yield _widened(plain, street.start()), _flat_said(plain, _end(plain, end)), "address"


def _flat_said(plain: Plain, end: int) -> int:
    """Return the end with a stair or a flat that is said in words behind the house ("yks kolme as viis")."""
    for _ in range(FLATS):
        more = SAID_BEHIND.match(plain.low, end)
        if not more or not numbers.is_word(more[1]):
            break
        end = more.end()
    return end


def _english_streets(plain: Plain) -> Iterator[re.Match[str]]:
    """Return what English streets end with ("Road")."""
    return iter(()) if ENGLISH_STARTS.isdisjoint(plain.starts) else islice(ENGLISH.finditer(plain.low), MOST)


def _spoken_english(plain: Plain) -> Iterator[Hit]:
    """Yield English streets with their number in words before them ("fifteen Quarrybank Road")."""
    for match in _english_streets(plain):
        begin = max(0, match.start() - 60)
        before = SPOKEN_BEFORE.search(plain.text[begin : match.start()])
        if match[0] in ALWAYS and before and numbers.is_word(before[1].lower().replace("-", "")):
            yield begin + before.start(), match.end(), "address"
