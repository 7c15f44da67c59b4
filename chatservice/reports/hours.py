"""Opening hours as a snapshot stores them, in a reader's language: the OSM form is read as far as days and times go."""

from __future__ import annotations

import re
from typing import Any, Final

from chatservice.reports.words import say

WORD: Final = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|off)\b")
TIME: Final = re.compile(r"\b(\d{2}):(\d{2})\b")


def in_words(stored: Any, language: str) -> str:
    """Return one line; a text of people's own stays as it is. Nothing stored gives an empty line."""
    if isinstance(stored, str):
        stored = stored.splitlines()
    lines = [_line(each, language) for each in stored or ()]
    return "; ".join(line for line in lines if line)


def _line(each: Any, language: str) -> str:
    text = each.get(language) or each.get("fi") or "" if isinstance(each, dict) else each
    if not WORD.search(text):
        return str(text).strip()
    days = WORD.sub(lambda found: say(f"day_short.{found[1]}", language), text)
    return TIME.sub(lambda found: _time(found[1], found[2], language), days).replace("-", "–").strip()


def _time(hour: str, minute: str, language: str) -> str:
    if minute == "00" and language != "en":
        return str(int(hour))
    return f"{int(hour)}.{minute}" if language != "en" else f"{hour}:{minute}"


DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
RULE: Final = re.compile(
    r"^(?P<days>(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)\s+"
    r"(?P<times>\d{2}:\d{2}-\d{2}:\d{2}(?:,\d{2}:\d{2}-\d{2}:\d{2})*)$"
)
CLOSED: Final = re.compile(r"^(?:PH|SH|[A-Z][a-z]{2} \d{2}.*) off\b.*$")


def open_minutes(stored: Any) -> dict[str, int] | None:
    """Return in how many minutes of an ordinary week each two-hour band ("14-16") was open; None where it is not told.

    Only plain rules of days and times are read ("Mo-Th 14:00-20:00; PH off"): of people's own words, or of rules that
    this does not know, nothing is told rather than something wrong. Holidays are not subtracted.
    """
    found: dict[str, int] = {}
    rules = [part.strip() for line in _texts(stored) for part in line.split(";") if part.strip()]
    for rule in rules:
        told = RULE.match(rule)
        if told:
            days = _days(told["days"])
            for start, end in (_span(each) for each in told["times"].split(",")):
                _add(found, days=days, start=start, end=end)
        elif not CLOSED.match(rule):
            return None
    return found or None


def _texts(stored: Any) -> list[str]:
    lines = stored.splitlines() if isinstance(stored, str) else stored or ()
    return [str(line) for line in lines]


def _days(text: str) -> int:
    """Return how many days of the week a rule names; a span may go over the week's end."""
    named = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        start = DAYS.index(first)
        named |= {(start + step) % 7 for step in range((DAYS.index(last or first) - start) % 7 + 1)}
    return len(named)


def _span(text: str) -> tuple[int, int]:
    start, end = (60 * int(each[:2]) + int(each[3:]) for each in text.split("-"))
    return start, end if end > start else end + 24 * 60


def _add(found: dict[str, int], *, days: int, start: int, end: int) -> None:
    for begin in range(0, 48, 2):
        inside = min(end, 60 * (begin + 2)) - max(start, 60 * begin)
        if inside > 0:
            band = f"{begin % 24:02}-{begin % 24 + 2:02}"
            found[band] = found.get(band, 0) + days * inside
