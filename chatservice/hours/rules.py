"""The rules of an expression as text: where one ends, and what a school holiday in it stands for.

The evaluating library knows no school holidays: it takes `SH` for a day that never comes, so that
`SH off` would leave the service open in every break. Here each `SH` becomes the dates of a calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chatservice.hours.errors import NotHours

LONGEST = 1000
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

_DAY = "|".join(WEEKDAYS)
_ITEM = rf"(?:(?:{_DAY})(?:\s*-\s*(?:{_DAY}))?|PH|SH)"
_LIST = re.compile(rf"({_ITEM}(?:\s*,\s*{_ITEM})*)(?=\s|\Z)\s*(.*)", re.DOTALL)
_PIECE = re.compile(r'"[^"]*"|\|\||;|[^";|]+|.', re.DOTALL)
_SCHOOL = re.compile(r"\bSH\b")
_PUBLIC = re.compile(r"\bPH\b")


@dataclass(frozen=True, slots=True)
class Break:
    """Days without school, the last one included; `label` is the word a visitor reads, in their language."""

    first: date
    last: date
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule and what parts it from the one before it: nothing, `;` or `||`."""

    separator: str
    text: str


def split(expression: str) -> list[Rule]:
    """Part an expression into its rules; a separator inside a comment parts nothing."""
    found, separator, text = [], "", ""
    for piece in _PIECE.findall(expression):
        if piece in {";", "||"}:
            found.append(Rule(separator, text.strip()))
            separator, text = piece, ""
        else:
            text += piece
    found.append(Rule(separator, text.strip()))
    return [rule for rule in found if rule.text]


def join(rules: Sequence[Rule]) -> str:
    """Write rules as one expression; no rule at all means never open."""
    if not rules:
        return "off"
    first, *others = rules
    return first.text + "".join(f"{';' if rule.separator != '||' else ' ||'} {rule.text}" for rule in others)


def plain(text: str) -> str:
    """Return the text without its comments."""
    return re.sub(r'"[^"]*"', "", text)


def names_school_holidays(expression: str) -> bool:
    """Whether the expression speaks of school holidays."""
    return _SCHOOL.search(plain(expression)) is not None


def names_public_holidays(expression: str) -> bool:
    """Whether the expression speaks of public holidays."""
    return _PUBLIC.search(plain(expression)) is not None


def days_of(rule: str) -> tuple[list[str], str]:
    """Part a rule into the items of its leading day list and the rest; no items where it starts otherwise."""
    found = _LIST.match(rule)
    if found is None:
        return [], rule
    return [re.sub(r"\s", "", item) for item in found[1].split(",")], found[2]


def expand(expression: str, *, breaks: Sequence[Break]) -> str:
    """Put dated rules in the place of school holidays.

    Raises NotHours("school_holiday_form") where `SH` does not stand in the day list a rule starts with.
    """
    if not names_school_holidays(expression):
        return expression
    return join([new for rule in split(expression) for new in _expanded(rule, breaks)])


def _expanded(rule: Rule, breaks: Sequence[Break]) -> Iterator[Rule]:
    if not names_school_holidays(rule.text):
        yield rule
        return
    items, rest = days_of(rule.text)
    others = [item for item in items if item != "SH"]
    wrong = len(others) == len(items) or names_school_holidays(rest) or rest.startswith(("-", "+"))
    if wrong or rule.separator == "||" or (others and days_of(rest)[0]):
        raise NotHours("school_holiday_form", rule=rule.text)
    if others:
        yield Rule(rule.separator, f"{','.join(others)} {rest}".strip())
    for each in breaks:
        yield Rule(";", f"{_dates(each)} {_labelled(rest, each.label)}".strip())


def _labelled(rest: str, label: str) -> str:
    """A closed break tells its name unless the rule has a comment of its own."""
    bare = label.replace('"', "").strip()
    return f'{rest} "{bare}"' if bare and rest in {"off", "closed"} else rest


def _dates(each: Break) -> str:
    first, last = (f"{day.year} {MONTHS[day.month - 1]} {day.day:02}" for day in (each.first, each.last))
    return first if first == last else f"{first}-{last}"
