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
