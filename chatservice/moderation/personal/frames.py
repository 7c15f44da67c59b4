"""What explains digits that are nobody's number: days, times, years, scores, prices, sums, codes, services."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from chatservice.moderation.personal import data

Part = tuple[int, int, str]
Places = list[tuple[int, int]]

UNIT = rf"(?:{data.alternation(data.words('frames', 'units'))})"
NUMBER = r"[1-9]\d{0,2}(?:[ .,]\d{3})+(?!\d)|[1-9]\d*"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MON = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:(?:18|19|20)\d\d)"
CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
EDGE = r"(?<![\d])(?<!\d[.,:\-–/])"
STOP = r"(?![\d])(?![.,:\-–/]\d)"
CODE_CUE = data.alternation(data.words("frames", "codes"))
# Each alternative is one frame; none begins inside another number.
FRAME = re.compile(
    rf"{EDGE}(?=\d)(?:{DAY}\.(?:{MON}\.?)?\s?[-–]\s?{DAY}\.{MON}\.(?:{YEAR}|\d\d)?{STOP}"
    rf"|{DAY}\.\s?{MON}\.\s?(?:{YEAR}|\d\d)?(?:\s?[-–]\s?{DAY}\.{MON}\.(?:{YEAR}|\d\d)?)?{STOP}"
    rf"|{DAY}[/\-]{MON}[/\-](?:{YEAR}|\d\d){STOP}"
    rf"|{MON}/{DAY}/(?:{YEAR}|\d\d){STOP}"
    rf"|{YEAR}-{MON}-{DAY}{STOP}"
    rf"|{CLOCK}(?:[.:][0-5]\d)?(?:\s?[-–]\s?{CLOCK})?{STOP}"
    rf"|(?:[1-9]|1\d|2[0-4])\s?[-–]\s?(?:[1-9]|1\d|2[0-4]){STOP}"
    rf"|{YEAR}(?:\s?[-–/]\s?(?:{YEAR}|\d\d))?(?::?\w{{1,4}})?{STOP}"
    rf"|(?:0|[1-9]\d{{0,2}})\s?[-–]\s?(?:0|[1-9]\d{{0,2}}){STOP}"
    rf"|(?<!\+)(?:{NUMBER})(?:[.,]\d+)?\s?{UNIT}"
    rf"|[1-9]\d{{0,2}}(?:[ .,]\d{{3}})*[ .,]000{STOP}"
    rf"|[1-9]\d*0000{STOP}"
    rf"|3[.,]14[\d ]*"
    rf"|[1-9]\d{{0,3}}[.,]\d{{1,2}}{STOP}"
    rf"|\d{{1,3}}[.,]\d{{4,}}(?:\s?[a-zµ]{{1,3}}(?![^\W_]))?{STOP}"
    rf"|[1-9]\d{{0,2}}(?:\.\d{{1,3}}){{3}}{STOP}"
    rf"|[1-9]\d?(?:, ?[1-9]\d?){{3,}}{STOP}"
    rf"|[1-9][\d ]{{0,12}}(?:[.,]\d{{1,4}})?(?=\s?[*x×÷=^:]\s?\d)"
    rf"|[1-9]\d{{0,12}}(?=\s?[+\-–/]\s\d))"
    rf"|[€$£]\s?(?:{NUMBER})(?:[.,]\d+)?"
    rf"|(?:[*x×÷=^]|\d\s[+\-–/])\s?(?:[1-9][\d ]*\d|\d)(?:[.,]\d{{1,4}})?"
    rf"|(?<![^\W_])(?:97[89][ \-]?)(?:\d[ \-]?){{9}}\d{STOP}"
    rf"|(?<![^\W_])(?:{CODE_CUE})(?:\s?(?:on|oli|är|var|is|was|ovat|numero|nummer|number|nro|no|pin|koodi|code|kod))?"
    r"[^\w\n]{0,4}\d[\d .,\-–]*"
)
FRAME_HINT = re.compile(r"\d")
PHONE = re.compile(r"0[2-9]\d{6,}|(?:00)?358\d|0(?:4|5)\d|(?:00)?46[17]\d|07[0-9]")
OWN = re.compile(r"(?:0|00358|358)(?:4\d|50)\d{6,8}")
RISING = "012345678910111213141516171819202122232425"
LEFT_OVER = 4
# Two figures that take turns are a joke or a game.
PAIR = 2
EAN_LENGTH = 13


def _services() -> tuple[tuple[str, ...], frozenset[str]]:
    table = data.table("services")
    return tuple(table["starts"].split()), frozenset(table["numbers"].split())


STARTS, SERVICES = _services()


def places(low: str) -> Places:
    """Return where the frames stand in a text."""
    return [match.span() for match in FRAME.finditer(low)]


def explained(low: str, parts: Sequence[Part], framed: Places) -> bool:
    """Tell whether a group of digits is anything but somebody's number."""
    digits = "".join(part[2] for part in parts)
    if is_service(digits) or all(is_service(part[2]) for part in parts):
        return True
    if OWN.fullmatch(digits):
        return False
    free = [part for part in parts if not _framed(part, framed)]
    if not free:
        return True
    if PHONE.match(digits) and low[parts[0][0]] in "0o43n+":
        return False
    left = sum(len(part[2]) for part in free)
    return (len(free) < len(parts) and left <= LEFT_OVER) or _counting(parts) or _thing(digits)


def _framed(part: Part, framed: Places) -> bool:
    """Tell whether a part lies inside a frame; frames stand in order and apart."""
    place = bisect_right(framed, (part[0], part[1])) - 1
    candidates = framed[max(0, place) : place + 2]
    return any(start <= part[0] and part[1] <= end for start, end in candidates)


def is_service(digits: str) -> bool:
    """Tell whether digits are a public service's number: 112, 116 111, 0800 ..., the helplines on the list."""
    national = "0" + digits.removeprefix("00").removeprefix("358") if digits.startswith(("358", "00358")) else digits
    if national.startswith("116"):
        return len(national) == len("116111")
    return national in SERVICES or (len(national) >= 6 and national.startswith(STARTS) and not OWN.match(national))  # noqa: PLR2004 - 116 111 is the shortest


def _counting(parts: Sequence[Part]) -> bool:
    """Tell whether the parts count up or down, repeat one figure, or run along the keyboard."""
    digits = "".join(part[2] for part in parts)
    if (digits[0] != "0" or parts[0][2] == "00") and all(part[2].endswith("00") for part in parts):
        return True
    if (
        (len(set(digits)) <= PAIR and digits[0] != "0")
        or digits in RISING
        or digits[::-1] in RISING
        or digits in "12345678901234567890"
    ):
        return True
    if any(len(part[2]) > LEFT_OVER for part in parts):
        return False
    # A word that only doubles the next ("double five") has no figures of its own.
    values = [int(part[2]) for part in parts if part[2]]
    steps = {after - before for before, after in pairwise(values)}
    return len(values) > PAIR and len(steps) == 1 and values[0] > 0


def _thing(digits: str) -> bool:
    """Tell whether digits are a book's or an article's: EAN of thirteen with its check digit."""
    if len(digits) != EAN_LENGTH or not digits.startswith(("97", "64", "73", "40", "50", "87", "57", "59", "80")):
        return False
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return total % 10 == 0
