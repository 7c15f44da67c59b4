"""Codes, marks, periods and places in words: from the taxonomy, the snapshot's nodes and this room's own texts."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any, Final

from chatservice.content.taxonomy import FILE, topics
from chatservice.reports.figures import number
from chatservice.reports.snapshot import Snapshot
from chatservice.reports.words import has, keys, known, say

# Which of the taxonomy's lists names the codes of a dimension.
LISTS: Final = {
    "age": "AGE",
    "channel": "CHANNEL",
    "profession": "PROF",
    "outcome": "OUTCOME",
    "wait": "WAIT",
    "length": "LENGTH",
    "band": "WORRYBAND",
    "side": "topic",
    "role": "ROLE",
    "stage": "STAGE",
    "risk": "RISK",
}
# A node that stands for several schools of a municipality, or for none that is known.
GATHERED: Final = {"muut koulut": "area.others", "others": "area.others", "unknown": "area.nowhere"}
REST: Final = ".UNSPEC"
NO_BREAK: Final = "\u00a0"


def dimension(name: str, language: str) -> str:
    """Return the heading of a dimension."""
    return say(f"dimension.{name}", language) if has(f"dimension.{name}") else name


def code(name: str, value: str, *, snapshot: Snapshot, language: str) -> str:
    """Return a code of a dimension in words; empty is the total, and an unknown code stands for itself."""
    if value in {"", "Total"}:
        return total(name, snapshot, language)
    if name == "area":
        return place(value, snapshot, language)
    return period(value, language) if name == "period" else word(name, value, language)


def word(name: str, value: str, language: str) -> str:
    """Return a code of a dimension of classes in words; an unknown code stands for itself."""
    if has(f"{name}.{value}"):
        return say(f"{name}.{value}", language)
    if name in {"topic", "side"} and value.endswith(REST):
        return say("topic.rest", language, group=word(name, value.removesuffix(REST), language))
    if value == "unknown":
        return say("code.unknown", language)
    return _named(known(language)).get((LISTS.get(name, name), value), value)


def total(name: str, snapshot: Snapshot, language: str) -> str:
    """Return what a dimension's total is called."""
    if name == "area":
        return area(snapshot, language)
    if name == "period":
        return say("period.year", language, year=years(snapshot.school_year))
    return say("table.total", language)


def area(snapshot: Snapshot, language: str) -> str:
    """Return the name of the area itself."""
    return _name(snapshot.places.get("Total", {}), language) or str(snapshot.data["area"]).capitalize()


def place(value: str, snapshot: Snapshot, language: str) -> str:
    """Return the name of a municipality or school; "muut koulut:<code>" is the others of a municipality."""
    if value == "unknown":
        return say("area.unknown", language)
    part, _, municipality = value.partition(":")
    if municipality and part in GATHERED:
        return say(GATHERED[part], language, municipality=place(municipality, snapshot, language))
    return _name(snapshot.places.get(value, {}), language) or value


def period(value: str, language: str) -> str:
    """Return a term or month ("2026-08") in words."""
    if has(f"period.{value}"):
        return say(f"period.{value}", language)
    year, _, month = value.partition("-")
    return f"{say(f'month.{month}', language)} {year}" if has(f"month.{month}") else value


def month(value: str, language: str) -> str:
    """Return a month's short name, for an axis."""
    return say(f"month_short.{value.partition('-')[2]}", language)


def years(school_year: str) -> str:
    """Return "2026-2027" with the dash that belongs between years."""
    return school_year.replace("-", "–")


def mark(text: str | None, language: str) -> str:
    """Return a published text as a reader sees it; None is a cell that the report does not have."""
    if text is None:
        return "–"
    found = number(text)
    return grouped(found, language) if found is not None else say(f"mark.{text.replace(' ', '_')}", language)


def grouped(value: int, language: str) -> str:
    """Return a whole number with its thousands set apart as the language does it."""
    return f"{value:,}".replace(",", "," if language == "en" else NO_BREAK)


def percent(value: int | None, language: str) -> str:
    """Return a share, or a dash where none may be told."""
    return "–" if value is None else f"{value}{'' if language == 'en' else NO_BREAK}%"


def day(iso: str, language: str) -> str:
    """Return an ISO date as the language writes it."""
    found = date.fromisoformat(iso)
    if language == "en":
        return f"{found.day} {say(f'month.{found.month:02}', 'en')} {found.year}"
    return f"{found.day}.{found.month}.{found.year}"


def order(name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return codes in the order of the taxonomy, unknown ones after them."""
    places = _places(LISTS.get(name, name), name)
    return tuple(sorted(codes, key=lambda each: (places.get(each, len(places)), each)))


def _name(node: Any, language: str) -> str:
    return str(node.get(known(language)) or node.get("fi") or "")


@cache
def _named(language: str) -> dict[tuple[str, str], str]:
    found = {("topic", each.code): each.name for each in _topics(language)}
    for group in json.loads(FILE.read_text(encoding="utf-8"))["dimensions"]:
        found |= {(group["code"], value["code"]): value[language] for value in group["values"]}
    return found


@cache
def _places(name: str, own: str) -> dict[str, int]:
    listed = [code for group, code in _named("fi") if group == name]
    words = [key.partition(".")[2] for key in keys() if key.startswith(f"{own}.")]
    return {code: number for number, code in enumerate(dict.fromkeys([*listed, *words]))}


def _topics(language: str) -> tuple[Any, ...]:
    return (*topics(channel="youth", language=language), *topics(channel="parent", language=language))
