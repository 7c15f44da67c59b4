"""The common list of contacts: a file that everybody may read, and a loader that refuses what could mislead a child."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from chatservice.content.errors import BrokenContacts
from chatservice.content.models import AUDIENCES, KINDS, TARGET
from chatservice.hours.problems import problems
from chatservice.places.models import LANGUAGES, SLUG

FILE = Path(__file__).parent / "data" / "contacts.toml"
LONGEST_RECHECK = 90
FIELDS = {
    *("key", "kind", "target", "name", "note", "languages", "audience"),
    *("hours", "status", "source", "checked_on", "recheck_days"),
}
STATUSES = ("sure", "check")
_AT_LINE = re.compile(r"at line ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as the list or an area gives it; no hours means that they are not known."""

    key: str
    kind: str
    target: str
    name: Mapping[str, str]
    note: Mapping[str, str]
    languages: tuple[str, ...]
    audience: tuple[str, ...]
    hours: str
    sure: bool
    source: str
    checked_on: date
    recheck_days: int

    def hours_fresh(self, *, today: date) -> bool:
        """Whether the hours were checked lately enough to be shown."""
        return self.recheck_days == 0 or (today - self.checked_on).days <= self.recheck_days


@lru_cache(maxsize=1)
def common() -> tuple[Contact, ...]:
    """Return the list that the service comes with."""
    return load(FILE.read_text(encoding="utf-8"))


def load(text: str) -> tuple[Contact, ...]:
    """Read a list of contacts. Raises BrokenContacts with the line of what is wrong."""
    try:
        rows = tomllib.loads(text).get("contact", [])
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        raise BrokenContacts(line=int(found[1]) if found else text.count("\n"), expected="TOML") from None
    starts = [number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == "[[contact]]"]
    if not isinstance(rows, list) or len(rows) != len(starts) or not rows:
        raise BrokenContacts(line=1, expected="one [[contact]] on a line of its own for each contact")
    contacts = tuple(_contact(row, line=line) for row, line in zip(rows, starts, strict=True))
    for place, contact in enumerate(contacts):
        if contact.key in {other.key for other in contacts[:place]}:
            raise BrokenContacts(line=starts[place], expected=f"a key that no other contact has, not {contact.key}")
    return contacts


def _contact(row: Mapping[str, Any], *, line: int) -> Contact:
    for wrong, expected in _faults(row):
        if wrong:
            raise BrokenContacts(line=line, expected=expected)
    return Contact(
        key=row["key"],
        kind=row["kind"],
        target=row["target"],
        name=row["name"],
        note=row.get("note", dict.fromkeys(LANGUAGES, "")),
        languages=tuple(row.get("languages", LANGUAGES)),
        audience=tuple(row.get("audience", AUDIENCES[1:])),
        hours=row.get("hours", ""),
        sure=row["status"] == "sure",
        source=row["source"],
        checked_on=row["checked_on"],
        recheck_days=row["recheck_days"],
    )


def _faults(row: Mapping[str, Any]) -> list[tuple[bool, str]]:
    """What may be wrong with a contact, and what is expected instead."""
    days, hours = row.get("recheck_days"), row.get("hours", "off")
    return [
        (bool(row.keys() - FIELDS), f"no other fields than {', '.join(sorted(FIELDS))}"),
        (not _matches(SLUG, row.get("key")), "a key of small letters, digits and hyphens"),
        (row.get("kind") not in KINDS, f"a kind of {', '.join(KINDS)}"),
        (not _matches(TARGET, row.get("target")), "a target that is a telephone number or an https address"),
        (_is_web(row.get("target")) != (row.get("kind") == "web"), "an address of kind web, a number of kind phone"),
        (not _in_all_languages(row.get("name")), "a name in fi, sv and en"),
        ("note" in row and not _in_all_languages(row["note"]), "a note in fi, sv and en"),
        (not _some_of(row.get("languages", LANGUAGES), LANGUAGES), "languages of fi, sv, en"),
        (not _some_of(row.get("audience", AUDIENCES[1:]), AUDIENCES[1:]), "an audience of youth, parent"),
        (row.get("status") not in STATUSES, "a status of sure, check"),
        (not row.get("source") or not isinstance(row.get("source"), str), "a source"),
        (type(row.get("checked_on")) is not date, "checked_on as a date, 2026-11-21"),
        (type(days) is not int or not 0 <= days <= LONGEST_RECHECK, f"recheck_days of 0 to {LONGEST_RECHECK}"),
        (not isinstance(hours, str) or any(each.blocks for each in problems(hours)), "hours in the OSM syntax"),
        (days == 0 and hours != "24/7", "recheck_days 0 only where hours are 24/7"),
    ]


def _matches(pattern: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_web(value: object) -> bool:
    return isinstance(value, str) and value.startswith("https://")


def _in_all_languages(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(LANGUAGES)
        and all(isinstance(v, str) and v for v in value.values())
    )


def _some_of(value: object, allowed: Sequence[str]) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(each in allowed for each in value)
