"""What is counted, as data: one set of dimensions is one counter table, and a table not foreseen cannot be made.

A school year's catalogue is fixed by its first counted contact (`Book.catalogue`); a change here holds from the next
school year on. Below the county a set has never two dimensions besides time (statistics method, docs/statistics.md).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Final

from chatservice.statistics.classes import UNKNOWN
from chatservice.statistics.codes import band_class, class_of, group_of


@dataclass(frozen=True, slots=True)
class Set:
    """One counter table: its measure and its dimensions, each as `name@level`."""

    name: str
    measure: str
    dims: tuple[str, ...]


CONTACTS, THREADS, UNMET, TESTS, LIBRARY = "contacts", "threads", "unmet", "tests", "library"
SIDES = "sides"  # mentions, not contacts: nothing of them adds up with contacts
TOWN, TERM, MONTH = "area@municipality", "period@term", "period@month"
FIRST: Final = (
    Set("school_threads", THREADS, ("area@school", TERM)),
    Set("school_topics", THREADS, ("area@school", "topic@group")),
    Set("municipality_answers", CONTACTS, (TOWN, MONTH, "answered@leaf")),
    Set("municipality_topics", CONTACTS, (TOWN, TERM, "topic@leaf")),
    Set("municipality_ages", CONTACTS, (TOWN, TERM, "age@leaf")),
    Set("municipality_channels", CONTACTS, (TOWN, TERM, "channel@leaf")),
    Set("municipality_waits", CONTACTS, (TOWN, TERM, "wait@leaf")),
    Set("municipality_lengths", CONTACTS, (TOWN, TERM, "length@leaf")),
    Set("municipality_outcomes", CONTACTS, (TOWN, TERM, "outcome@leaf")),
    Set("municipality_feedback", CONTACTS, (TOWN, TERM, "feedback@leaf")),
    Set("county_topic_ages", CONTACTS, ("age@leaf", "topic@group")),
    Set("county_topic_outcomes", CONTACTS, ("outcome@class", "topic@group")),
    Set("county_topic_months", CONTACTS, (MONTH, "topic@group")),
    Set("county_hours", CONTACTS, (TERM, "answered@class", "hour@leaf", "weekday@leaf")),
    Set("county_professions", CONTACTS, (TERM, "outcome@class", "profession@leaf")),
    Set("county_waits", CONTACTS, (TERM, "answered@leaf", "wait@leaf")),
    Set("door_months", UNMET, (TOWN, MONTH, "kind@leaf")),
    Set("door_hours", UNMET, (TERM, "hour@leaf", "weekday@leaf")),
    Set("test_bands", TESTS, (TOWN, TERM, "band@leaf")),
    Set("library_themes", LIBRARY, (TERM, "theme@leaf")),
)
SECOND: Final = (
    *FIRST,
    Set("county_sides", SIDES, (TERM, "side@leaf")),
    Set("county_roles", CONTACTS, (TERM, "role@leaf")),
    Set("county_stages", CONTACTS, (TERM, "stage@leaf")),
    Set("county_risks", CONTACTS, (TERM, "risk@leaf")),
)
# "Safety first" of a worry test is counted for the area, never for a municipality. (Years counted with an older version
# do not publish it of a municipality either: plans.)
THIRD: Final = (
    *(each for each in SECOND if each.name != "test_bands"),
    Set("municipality_bands", TESTS, (TOWN, TERM, "band@class")),
    Set("county_bands", TESTS, (TERM, "band@leaf")),
)
VERSIONS: Final = {"1": FIRST, "2": SECOND, "3": THIRD}
# From which school year on a version holds; a year begun with an older one is counted and reported with that.
SINCE: Final = {"2000-2001": "1", "2025-2026": "2", "2027-2028": "3"}


def version_of(year: str) -> str:
    """Return the catalogue of a school year by its name: "2026-2027/1"."""
    return f"{year}/{SINCE[max(since for since in SINCE if since <= year)]}"


def sets_of(year: str) -> tuple[Set, ...]:
    """Return the sets that a school year is counted in."""
    return VERSIONS[version_of(year).partition("/")[2]]


def digest(sets: tuple[Set, ...]) -> str:
    """Return what tells one catalogue from another."""
    return hashlib.sha256(json.dumps([asdict(each) for each in sets], sort_keys=True).encode()).hexdigest()


def written(sets: tuple[Set, ...]) -> str:
    """Return a catalogue as it is kept in the year's book."""
    return json.dumps([[each.name, each.measure, list(each.dims)] for each in sets])


def read(text: str) -> tuple[Set, ...]:
    """Return a kept catalogue."""
    return tuple(Set(name, measure, tuple(dims)) for name, measure, dims in json.loads(text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """One contact in the catalogue's classes. It is never stored: only the counters that it raises are."""

    month: str
    term: str
    municipality: str = UNKNOWN
    school: str = ""
    channel: str = "youth"
    age: str = "AUNK"
    topic: str = UNKNOWN
    profession: str = "none"
    outcome: str = UNKNOWN
    wait: str = UNKNOWN
    length: str = UNKNOWN
    feedback: str = "none"
    weekday: str = UNKNOWN
    hour: str = UNKNOWN
    answered: str = "yes"
    thread: bool = False
    role: str = "R_UNK"
    stage: str = "S_UNK"
    risk: str = UNKNOWN
    sides: tuple[str, ...] = ()

    def raises(self, each: Set) -> list[str]:
        """Return the cells of a set that this contact raises: one, none, or one for each side topic."""
        if each.measure == SIDES:
            return [cell({"period": self.term, "side": side}) for side in sorted(set(self.sides))]
        if each.measure not in {CONTACTS, THREADS} or (each.measure == THREADS and not self.thread):
            return []
        return [cell({dim.partition("@")[0]: self._at(dim) for dim in each.dims})]

    def _at(self, dim: str) -> str:
        name, _, level = dim.partition("@")
        if name == "area":
            return self.municipality if level == "municipality" else self.school or nowhere(self.municipality)
        if name == "period":
            return self.month if level == "month" else self.term
        value: str = getattr(self, name)
        return REDUCED.get(dim, str)(value)


def nowhere(municipality: str) -> str:
    """Return the node of a municipality's contacts whose school is not known."""
    return municipality if municipality == UNKNOWN else f"{UNKNOWN}:{municipality}"


def tests_at(each: Set, *, municipality: str, term: str, band: str) -> str:
    """Return the cell of a set of worry tests that one raises."""
    whole = {"area": municipality, "period": term, "band": band_class(band) if "band@class" in each.dims else band}
    return cell({name: whole[name] for name in (dim.partition("@")[0] for dim in each.dims)})


def _answered_class(code: str) -> str:
    return code if code == "yes" else "no"


REDUCED: Final = {"topic@group": group_of, "outcome@class": class_of, "answered@class": _answered_class}


def cell(at: dict[str, str]) -> str:
    """Return a counter's coordinates as text: "age=A13_15|period=autumn"."""
    return "|".join(f"{dimension}={code}" for dimension, code in sorted(at.items()))


def uncell(text: str) -> dict[str, str]:
    """Return a counter's coordinates."""
    pairs = (part.partition("=") for part in text.split("|"))
    return {dimension: code for dimension, _, code in pairs}
