"""Hours past midnight. A night belongs to the day it began on.

The library keeps a night's small hours when a later rule closes its evening (`Tu 20:00-02:00; PH off` opens at midnight
after a Tuesday that is a holiday), and drops them when the next day has a rule of its own. So it is asked for the part
before midnight only; the rest travels in the rule's comment, as minutes, and is added to evenings that came about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from chatservice.hours.spans import Span

_SPAN = r"[0-9]{2}:[0-9]{2}\s*-\s*[0-9]{2}:[0-9]{2}(?![0-9:]|\s*[+/])"
_TIMES = re.compile(
    rf'"[^"]*"|(?P<spans>{_SPAN}(?:\s*,\s*{_SPAN})*)(?P<state>(?:\s+(?:open|off|closed|unknown)\b)?)(?P<comment>\s*"[^"]*")?'
)
_NIGHT = re.compile(r"@([0-9]+)\|")
DAY_MINUTES = 1440


def evenings(expression: str) -> str:
    """End each night at midnight, and write into its rule's comment how many minutes it goes on."""
    return _TIMES.sub(_evening, expression)


def comment_of(comment: str) -> str:
    """Return a comment without what `evenings` wrote into it."""
    return _NIGHT.sub("", comment, count=1)


def with_nights(day: datetime, spans: list[Span]) -> list[Span]:
    """Return a day's spans with their comments bare and the night, if its evening came about, to its end."""
    minutes = max((int(found[1]) for each in spans if (found := _NIGHT.match(each.reason))), default=0)
    midnight = day + timedelta(days=1)
    bare = [replace(each, reason=comment_of(each.reason)) for each in spans]
    late = timedelta(minutes=minutes)
    return [replace(each, closes=midnight + late) if each.closes == midnight else each for each in bare]


def _evening(found: re.Match[str]) -> str:
    if found["spans"] is None:
        return found[0]
    ends = [_end(each.strip()) for each in found["spans"].split(",")]
    late = max(minutes for _, minutes in ends)
    if not late:
        return found[0]
    spans = ",".join(text for text, _ in ends)
    if found["state"].strip() in {"off", "closed"}:
        return f"{spans}{found['state']}{found['comment'] or ''}"
    return f'{spans}{found["state"]} "@{late}|{(found["comment"] or "").strip().strip(chr(34))}"'


def _end(span: str) -> tuple[str, int]:
    """Return a span cut at midnight, and how many minutes of it were cut off."""
    opens, closes = (part.strip() for part in span.split("-"))
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in (opens, closes))
    late = end if end <= start else end - DAY_MINUTES
    return (f"{opens}-24:00", late) if late > 0 or end <= start else (span, 0)
