"""Codes with a check of their own: Finnish identity codes, bank accounts, payment cards."""

import re
from collections.abc import Iterator
from itertools import islice

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

from chatservice.moderation.personal import data
from chatservice.moderation.personal.plain import Plain

Hit = tuple[int, int, str]

# No person gives more of a kind in one message; a flood of half-written ones must not cost time.
MOST = 200
# Letters that are written for digits.
AS_DIGITS = str.maketrans("oil|\u043esbz", "01110582")
DIGIT = "[0-9oil\u043e]"
# The day of birth, the sign of the century (new ones too), the running number and the check sign;
# people put spaces and dots between.
PART = r"[ .\-/_]?"
DAY = (
    rf"{DIGIT} ?{DIGIT}{PART}{DIGIT} ?{DIGIT}{PART}(?:(?:19|20)(?=\d\d))?{DIGIT} ?{DIGIT}"
    r"|(?:[12]?\d|3[01])\.(?:\d|1[0-2])\.(?:19|20)?\d\d"
)
SIGN = r"[\-\u2010-\u2015] ?[a-fu-y]|[+\-\u2010-\u2015a-fu-y]|viiva|väliviiva|streck|dash|minus"
END = rf"({DIGIT}[ .]?{DIGIT}[ .]?{DIGIT})[ .\-]?"
# What people say before the check sign: "... ja kirjain P".
SAID = r"(?:(?:ja|sit|sitten|och|sen|and|then|loppuun|lopuks|lopuksi|kirjain|kirjaimena|bokstaven|letter)\s){0,3}"
HETU = re.compile(
    rf"(?<![^\W_])({DAY})([ ._/,:*]{{0,3}})({SIGN})[ .\-\u2010-\u2015_/,:*]{{0,3}}{END}{SAID}([0-9a-y])(?![^\W_])"
)
# Without the sign of the century ten figures are rather a phone number: here the check sign must be a letter.
HETU_BARE = re.compile(rf"(?<![^\W_])({DAY})([ ._/,:*]{{0,3}})()[ ._/,:*]{{0,3}}{END}{SAID}([a-fhj-npr-y])(?![^\W_])")
CHECK = "0123456789abcdefhjklmnprstuvwxy"
HETU_CUE = re.compile(
    r"hetu|henkilötun|henkilönum|sotu|henkkari|"
    r"tunnuksen|tunnuslu|syntymäaika|"
    r"sosiaaliturva|henkilökor|syntymätun|(?<!y-)tunnus\b|loppuosa|personbeteck|personnum|identity|social sec|id code|"
    r"id number|pic\b"
)
# Each of its words holds one of these.
HETU_HINTS = (
    *("hetu", "henk", "sotu", "tunnu", "syntymä", "sosiaali", "loppuosa", "person", "identity", "social", "id ", "pic"),
)
HETU_END = re.compile(
    r"(?=[-+a-fu-y]? ?\d)(?<![^\W_])(?:(?:[-+a-fu-y] ?)?\d{3} ?[a-y](?![^\W_])|[-+a-fu-y]\d{4}(?!\w))"
)
# The end of a code told apart from the day of birth: only behind a word that says so, and where a birth is told.
BORN = re.compile(r"\bsynt|\bsyynt|\bsynny|född|\bborn\b|birth|hetu|sotu\b|personn|personbet")
BIRTH_HINTS = ("synt", "syynt", "synny", "född", "born", "birth", "hetu", "sotu", "person")
END_APART = re.compile(
    r"(?:loppu\w{0,7}|loput|päätty\w{1,2}|viivan? (?:jälkeen|perään)|tunnusosa|"
    r"slut\w{0,8}|sista fyra|strecket|resten|återstoden|avslutas|ends?|ending|last (?:four|bit|part|digits)|the rest)"
    r"(?:\s(?:on|oli|se|sit|sitten|is|are|with|in|är|e|på|med|ois|numerot|numero|kans)){0,3}"
    r"[\s:=,.\"'\-]{1,4}((?:[-+a-fu-y] ?)?\d{3} ?[0-9a-y])(?![^\W_])"
)
# A day of birth written out, with the end of the code said elsewhere in the message.
HETU_DAY = re.compile(r"(?<![\w.])\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)?\d\d(?!\d)")
HETU_START = re.compile(r"(?<![^\W_])\d{6} ?[-+a-fu-y](?![^\W_])|(?<![^\W_])\d{6}(?![\w-])")

ACCOUNT_SIGNS = re.compile(r"[0-9a-z](?:[ \-.]{0,2}[0-9a-z]){9,60}")
LENGTHS: dict[str, int] = data.table("accounts")["lengths"]
# A country without a space behind it: "se 20 ..." and "no 12 ..." are words and numbers.
ACCOUNT = re.compile(
    rf"(?<![^\W_])(?:f ?i[ \-]?(?:[0-9oil][ \-]?){{2}}|(?:{'|'.join(LENGTHS)})\d\d[ \-]?)(?=[ \-.]?[0-9a-z])"
)
OLD_ACCOUNT = re.compile(r"(?<![\w-])[1-8]\d{5}-\d{2,8}(?![\w-])")
ENDING = re.compile(r"[:'’][a-zåäö]{1,7}(?![^\W_])")
CARD_LENGTHS = range(13, 20)


def find(plain: Plain) -> Iterator[Hit]:
    """Yield identity codes and accounts; cards are found among the runs of digits."""
    if plain.figures:
        yield from _identity_codes(plain.low)
        yield from _accounts(plain.low)


def with_ending(low: str, end: int) -> int:
    """Return the end of a code together with its case ending behind a colon ("...917Y:n")."""
    match = ENDING.match(low, end)
    return match.end() if match else end


def _identity_codes(low: str) -> Iterator[Hit]:
    for match in (*HETU.finditer(low), *HETU_BARE.finditer(low)):
        together = match[3].isalpha() or " " not in match[2] + match[4]
        if is_identity_code(match[1], match[4], match[5], strict=not together):
            yield match.start(), with_ending(low, match.end()), "hetu"
    if told_of_birth(low) and (apart := END_APART.search(low)):
        yield apart.start(1), with_ending(low, apart.end(1)), "hetu"
        for match in (*HETU_DAY.finditer(low), *HETU_START.finditer(low)):
            yield match.start(), match.end(), "hetu"
    if cued(low):
        ended = bool(HETU_END.search(low))
        for pattern in (HETU_END, HETU_START, *((HETU_DAY,) if ended else ())):
            for match in pattern.finditer(low):
                yield match.start(), with_ending(low, match.end()), "hetu"


def cued(low: str) -> bool:
    """Tell whether a text says that an identity code is told."""
    return any(hint in low for hint in HETU_HINTS) and HETU_CUE.search(low) is not None


def told_of_birth(low: str) -> bool:
    """Tell whether a text tells of a birth or of an identity code."""
    return any(hint in low for hint in BIRTH_HINTS) and BORN.search(low) is not None


def is_identity_code(day: str, running: str, check: str, *, strict: bool) -> bool:
    """Tell whether the parts make an identity code; a mistyped check sign passes unless `strict`.

    Running numbers 900-999 are temporary codes: as personal as the others.
    """
    parts = day.split(".")
    if len(parts) == len(("day", "month", "year")):
        day = "".join(part.strip()[-2:].zfill(2) for part in parts)
    born = re.sub(r"\D", "", day.translate(AS_DIGITS))
    born = born[:4] + born[-2:]
    number = re.sub(r"\D", "", running.translate(AS_DIGITS))
    if not (1 <= int(born[:2]) <= 31 and 1 <= int(born[2:4]) <= 12):  # noqa: PLR2004 - days and months
        return False
    return not strict or CHECK[int(born + number) % 31] == check


def _accounts(low: str) -> Iterator[Hit]:
    end = 0
    for match in islice(ACCOUNT.finditer(low), MOST):
        if match.start() < end:
            continue
        signs = ACCOUNT_SIGNS.match(low, match.start())
        country = match[0].replace(" ", "")[:2]
        if signs and country in LENGTHS and (found := _account_end(signs, country)):
            end = with_ending(low, found)
            yield match.start(), end, "iban"
    for match in OLD_ACCOUNT.finditer(low):
        if re.search(r"tili|konto|account|pankki|bank", low[max(0, match.start() - 40) : match.start()]):
            yield match.start(), with_ending(low, match.end()), "iban"


def _account_end(signs: re.Match[str], country: str) -> int:
    """Return where an account of the country's length ends, 0 where the signs are none (a typing error passes)."""
    places = [signs.start() + index for index, sign in enumerate(signs[0]) if sign.isalnum()]
    length = LENGTHS[country]
    if len(places) < length:
        return places[-1] + 1 if len(places) >= length - 2 and _digits(signs[0]) >= length - 4 else 0
    text = "".join(signs.string[place] for place in places[:length])
    body = text[2:].translate(AS_DIGITS) if country == "fi" else text[2:]
    number = country + body
    return places[length - 1] + 1 if _valid(number) or _digits(number) >= length - 3 else 0


def _valid(number: str) -> bool:
    try:
        return bool(mod_97_10.is_valid(number[4:].upper() + number[:4].upper()))
    except (ValidationError, ValueError):
        return False


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def is_card(digits: str) -> bool:
    """Tell whether digits are a payment card's: the length, the first digit and Luhn's check."""
    return len(digits) in CARD_LENGTHS and digits[0] in "23456" and bool(luhn.is_valid(digits))
