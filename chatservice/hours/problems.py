"""What is wrong with an expression, or looks as if its writer meant something else, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from chatservice.hours.errors import NotHours
from chatservice.hours.evaluate import parsed
from chatservice.hours.grid import Span, additions, spans_of, weekdays_of
from chatservice.hours.problem_words import TEXTS
from chatservice.hours.rules import (
    LONGEST,
    WEEKDAYS,
    Break,
    Rule,
    days_of,
    expand,
    names_school_holidays,
    plain,
    split,
)

_SUN = re.compile(r"\b(sunrise|sunset|dawn|dusk)\b")
_STEP = re.compile(r"\bweek\s*[0-9]{1,2}\s*-\s*[0-9]{1,2}\s*/\s*[0-9]+")
_UNKNOWN = re.compile(r"\bunknown\b")
_OPEN_END = re.compile(r"[0-9]{2}:[0-9]{2}\s*\+")
_NO_BREAK = Break(date(2000, 1, 1), date(2000, 1, 1))


@dataclass(frozen=True, slots=True)
class Problem:
    """`blocks` refuses the expression; otherwise it is a warning beside the field."""

    code: str
    blocks: bool = True
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, *, language: str) -> str:
        """Return what is wrong, in a language."""
        return TEXTS[self.code][language][0].format(**self.params)

    def fix(self, *, language: str) -> str:
        """Return what to write instead; empty where nobody can say."""
        return TEXTS[self.code][language][1].format(**self.params)


def problems(expression: str, *, breaks: Sequence[Break] | None = None) -> list[Problem]:
    """Return the blocking problem, or all warnings.

    With `breaks` (the calendar's, perhaps none) it also warns of school holidays that no calendar names.
    """
    try:
        _check(expression)
    except NotHours as error:
        return [Problem(error.code, params=error.params)]
    return [*_blocking(expression)] or [*_warnings(expression, breaks)]


def _check(expression: str) -> None:
    if len(expression) > LONGEST:
        raise NotHours("too_long")
    if expression.count('"') % 2:
        raise NotHours("unparsable", place=expression[expression.rindex('"') :][:30])
    expanded = expand(expression, breaks=[_NO_BREAK])
    parsed(expression)
    parsed(expanded)


def _blocking(expression: str) -> Iterator[Problem]:
    if _SUN.search(plain(expression)):
        yield Problem("sun")
    for rule in split(expression):
        items, rest = days_of(rule.text)
        if "PH" in items and days_of(rest)[0]:
            yield Problem("holiday_with_weekday", params={"rule": rule.text})


def _warnings(expression: str, breaks: Sequence[Break] | None) -> Iterator[Problem]:
    bare = plain(expression)
    if _STEP.search(bare):
        yield Problem("week_parity", blocks=False)
    if _UNKNOWN.search(bare):
        yield Problem("unknown", blocks=False)
    if _OPEN_END.search(bare):
        yield Problem("open_end", blocks=False)
    if names_school_holidays(expression) and breaks is not None and not breaks:
        yield Problem("no_calendar", blocks=False)
    yield from _overridden(split(expression))


def _overridden(rules: Sequence[Rule]) -> Iterator[Problem]:
    """`Mo-Fr 10-16; Tu 16-18` leaves Tuesday only 16-18: a comma adds, a semicolon replaces."""
    seen: set[int] = set()
    for number, rule in enumerate(rules):
        parts = [_part(part) for part in additions(plain(rule.text))]
        days = {day for part, spans in parts if spans for day in part}
        if rule.separator == ";" and seen & days:
            named = ",".join(WEEKDAYS[day] for day in sorted(seen & days))
            yield Problem("replaces", blocks=False, params={"days": named, "fix": _added(rules, number)})
        seen |= {day for part, _ in parts for day in part}


def _part(text: str) -> tuple[set[int], list[Span]]:
    items, rest = days_of(text)
    return weekdays_of(items), spans_of(rest.strip())


def _added(rules: Sequence[Rule], number: int) -> str:
    """The same rules with a comma in the place of one semicolon."""
    text = rules[0].text
    for place, rule in enumerate(rules[1:], start=1):
        text += f"{', ' if place == number else f'{rule.separator} '}{rule.text}"
    return text
