"""Figures in people's own words: refused, for no rounding protects what is typed ("2 oppilasta Kylän koulusta").

In digits and in words, in Finnish, Swedish and English whatever the text's language: people mix them. Years, dates,
times of day and helplines may stand. "One" is an article too: it is a figure before a person or a talk only. Pure.
"""

from __future__ import annotations

import re
from typing import Final

# Years, days, hours and helplines are not figures.
NO_FIGURE: Final = re.compile(
    r"\b20\d\d(?:–20\d\d)?\b|\b\d{1,2}\.\d{1,2}\.|\bkl(?:o|\.)? \d{1,2}(?:[.:]\d{2})?\b|\b\d{1,2}[.:–]\d{2}\b"
    r"|\b116 1(?:11|17)\b|\b112\b"
)
# Where opening hours are told: from when to when, on which days, in which weeks.
OF_HOURS: Final = re.compile(
    r"\b(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?\s?[-–—]\s?(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?\b"
    r"|\b20\d\d\b|\b\d{1,2}\.\d{1,2}\.|\b\d{1,2}[.:][0-5]\d\b|\b(?:week|viikko|viikot|vk|vecka|v)\.? \d{1,2}\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}\b",
    re.IGNORECASE,
)
BACK: Final = r"(?:n|ssa|sta|lla|lta|lle|ksi|tta)"
FRONT: Final = r"(?:n|ssä|stä|llä|ltä|lle|ksi|ttä)"
FINNISH: Final = (
    rf"kaksi|kaht(?:a|een|ena)|kahde{BACK}",
    rf"kolme(?:a|en|na|{BACK})?",
    rf"neljä(?:ä|än|nä|{FRONT})?",
    rf"viisi|viit(?:tä|een|enä)|viide{FRONT}",
    rf"kuusi|kuut(?:ta|een|ena)|kuude{BACK}",
    rf"seitsemä(?:ä|än|nä|{FRONT})",
    rf"(?:kah|yh)deksa(?:a|an|na|{BACK})|yhdeksä(?:ä|än|nä|{FRONT})",
    rf"kymmen(?:tä|een|enä|e{FRONT})",
    rf"sata(?:a|an|na)?|sada{BACK}",
    rf"tuhat(?:ta)?|tuhante(?:en|na)|tuhanne{BACK}",
)
SWEDISH: Final = (
    *("två", "tre", "fyra", "fem", "sju", "åtta", "nio", "tio", "elva", "tolv", "(?:tret|fjor|fem|sex|sjut|ar|nit)ton"),
    *("tjugo", "(?:tret|fyr|fem|sex|sjut|åt|nit)tio", "hundra", "tusen"),
)
ENGLISH: Final = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *(
        "(?:thir|four|fif|six|seven|eigh|nine)teen",
        "(?:twen|thir|for|fif|six|seven|eigh|nine)ty",
        "hundred",
        "thousand",
    ),
)
NUMBER: Final = re.compile(
    rf"\b(?:(?:{'|'.join(FINNISH)})+(?:toista)?|yksitoista|(?:{'|'.join(SWEDISH)})+|(?:{'|'.join(ENGLISH)}))\b",
    re.IGNORECASE,
)
# Words that are a figure before a person or a talk only: "yksi oppilas", "en elev", "one pupil"; "sex" is a topic too.
ONE: Final = (
    *("yksi", "yhtä", "yhden", "yhde(?:ssä|stä|llä|ltä|lle|ksi|ttä)", "yhteen", "ainoa", "ainoan", "pari", "parin"),
    *("en", "ett", "enda", "sex", "ett par", "one", "a single", "only", "a couple of"),
)
PERSON: Final = (
    *("oppila", "opiskelij", "laps", "lapse", "last[ae]", "nuor", "tyttö", "tytö", "poik", "poja", "huoltaj", "vanhem"),
    *("äiti", "äidi", "isä", "opettaj", "henkilö", "ihmi", "perhe", "kävij", "yhteydenot", "keskustelu", "tapau"),
    *(
        "elev",
        "barn",
        "ung",
        "flick",
        "pojk",
        "student",
        "studerande",
        "föräld",
        "vårdnadshav",
        "mamm",
        "papp",
        "lärar",
    ),
    *("person", "familj", "samtal", "kontakt", "fall"),
    *("pupil", "child", "kid", "girl", "boy", "teen", "parent", "guardian", "mother", "father", "teacher", "famil"),
    *("talk", "contact", "case"),
)
ONE_OF_THEM: Final = re.compile(rf"\b(?:{'|'.join(ONE)})\s+(?:[\w-]+\s+)?(?:{'|'.join(PERSON)})\w*", re.IGNORECASE)


def typed(text: str, *, hours: bool = False) -> str:
    """Return the first figure that somebody typed into a text, empty where there is none; `hours`: of opening hours."""
    rest = (OF_HOURS if hours else NO_FIGURE).sub(" ", text)
    for word in rest.split():
        if any(letter.isnumeric() for letter in word):
            return word
    found = NUMBER.search(text) or ONE_OF_THEM.search(text)
    return found[0] if found else ""
