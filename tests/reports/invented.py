"""Invented snapshots: a county of six municipalities, and a town of 10,000 with 20 talks and 130 worry tests a year.

Nothing here happened. The figures are made like the service makes them: counted, and each cell given one text, a mark
under the threshold or a number rounded up or down to five by a hash of the cell.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any, Final

from chatservice.content.taxonomy import topics
from chatservice.reports.snapshot import digest

Contact = dict[str, str]
MUNICIPALITIES: Final = {
    "kivilahti": ("Kivilahti", "Stenviken", 4200, 0.40),
    "harjunpaa": ("Harjunpää", "Åsända", 2100, 0.22),
    "metsakoski": ("Metsäkoski", "Skogsforsen", 1500, 0.16),
    "suvanto": ("Suvanto", "Selet", 900, 0.11),
    "niittyranta": ("Niittyranta", "Ängsstrand", 520, 0.07),
    "tuulisaari": ("Tuulisaari", "Vindö", 130, 0.01),
}
SCHOOLS: Final = ("Rantakoulu", "Keskuskoulu", "Lukio")
MONTHS: Final = ("08", "09", "10", "11", "12", "01", "02", "03", "04", "05", "06", "07")
MONTH_WEIGHTS: Final = (5, 12, 11, 13, 8, 10, 9, 11, 12, 8, 1, 0.2)
AGES: Final = {"A07_09": 4, "A10_12": 15, "A13_15": 38, "A16_17": 22, "A18_20": 9, "A21_25": 4, "AUNK": 8}
WAITS: Final = {"W_U2": 46, "W_2_4": 24, "W_5_14": 18, "W_15_29": 8, "W_30": 4}
LENGTHS: Final = {"L_U5": 9, "L_5_14": 22, "L_15_29": 44, "L_30_59": 22, "L_60": 3}
OUTCOMES: Final = {"support": 58, "school": 20, "services": 9, "follow_up": 6, "safety": 2, "unfinished": 9}
FEEDBACK: Final = {"better": 30, "same": 12, "worse": 3, "none": 55}
ANSWERED: Final = {"yes": 76, "left_queue": 14, "turned_away": 10}
ROLES: Final = {"R_SELF": 84, "R_FRIEND": 9, "R_GUARD": 5, "R_UNK": 2}
STAGES: Final = {"S_1_6": 20, "S_7_9": 42, "S_LUK": 18, "S_AMM": 12, "S_UNK": 8}
RISKS: Final = {"R01": 88, "R23": 12}
BANDS: Final = {"B1": 46, "B2": 34, "B3": 14, "BS": 6}
THEMES: Final = {"mental_wellbeing": 34, "friends": 22, "school": 16, "family": 12, "sexuality": 9, "digital": 4}
# Each table: id, measure, dimensions with their levels ("" is the total and always there).
TABLES: Final = (
    ("municipality_answers", "contacts", ("area", "period", "answered")),
    ("municipality_topics", "contacts", ("area", "period", "topic")),
    ("municipality_ages", "contacts", ("area", "period", "age")),
    ("municipality_channels", "contacts", ("area", "period", "channel")),
    ("municipality_waits", "contacts", ("area", "period", "wait")),
    ("municipality_lengths", "contacts", ("area", "period", "length")),
    ("municipality_outcomes", "contacts", ("area", "period", "outcome")),
    ("municipality_feedback", "contacts", ("area", "period", "feedback")),
    ("county_topic_ages", "contacts", ("age", "topic")),
    ("county_topic_outcomes", "contacts", ("outcome", "topic")),
    ("county_hours", "contacts", ("period", "hour", "weekday")),
    ("county_hours_answered", "contacts", ("period", "answered", "hour")),
    ("county_professions", "contacts", ("period", "outcome", "profession")),
    ("county_roles", "contacts", ("period", "role")),
    ("county_stages", "contacts", ("period", "stage")),
    ("county_risks", "contacts", ("period", "risk")),
    ("county_sides", "sides", ("period", "side")),
    ("school_threads", "threads", ("area", "period")),
    ("school_topics", "threads", ("area", "topic")),
    ("door_months", "unmet", ("area", "period", "kind")),
    ("door_hours", "unmet", ("period", "hour", "weekday")),
    ("test_bands", "tests", ("area", "period", "band")),
    ("library_themes", "library", ("period", "theme")),
)
YEARLY: Final = frozenset({"county_topic_ages", "county_topic_outcomes", "school_topics"})
HOURS: Final = {"12-14": 10, "14-16": 30, "16-18": 44, "18-20": 16}
SENSITIVE: Final = ("Y.VIOL", "Y.SEX", "Y.SUBS", "Y.BELONG")
LAST_DAYS: Final = {"october": "09-30", "autumn": "12-31", "school_autumn": "12-31", "march": "12-31"}


def chosen(weights: Mapping[str, float], seeded: random.Random) -> str:
    """Return a code by its weight."""
    return seeded.choices(list(weights), list(weights.values()))[0]


@cache
def topic_weights(channel: str) -> dict[str, float]:
    """Return the L2 topics of a channel, the first ones of each group more often."""
    every = topics(channel=channel, language="fi")
    groups = [topic.code for topic in every if not topic.within and not topic.code.startswith("N.")]
    children = {group: [topic.code for topic in every if topic.within == group] for group in groups}
    return {
        code: 20 / (1 + groups.index(group)) / (1 + place)
        for group in groups
        for place, code in enumerate(children[group])
    }


def contact(seeded: random.Random, *, places: Mapping[str, float], schools: bool) -> Contact:
    """Return one invented contact."""
    area, channel = chosen(places, seeded), chosen({"youth": 88, "parent": 12}, seeded)
    answered = chosen(ANSWERED, seeded)
    month = seeded.choices(MONTHS, MONTH_WEIGHTS)[0]
    found = {
        "area": area,
        "month": month,
        "period": "autumn" if month >= "08" else "spring",
        "channel": channel,
        "answered": answered,
        "age": chosen(AGES, seeded) if channel == "youth" else "A26_PL",
        "topic": chosen(topic_weights(channel), seeded) if answered == "yes" else "unknown",
        "wait": chosen(WAITS, seeded),
        "length": chosen(LENGTHS, seeded) if answered == "yes" else "unknown",
        "outcome": chosen(OUTCOMES, seeded) if answered == "yes" else "unanswered",
        "feedback": chosen(FEEDBACK, seeded) if answered == "yes" else "none",
        "profession": chosen({"curator": 50, "psychologist": 18, "nurse": 32}, seeded) if answered == "yes" else "none",
        "weekday": str(seeded.choices(range(1, 6), (24, 22, 21, 24, 9))[0]),
        "hour": chosen(HOURS, seeded),
    }
    if schools:
        found["school"] = f"{area}-{seeded.choices((1, 2, 3), (5, 3, 2))[0]}"
    return found


def wrapped_up(rows: Iterable[Contact], seeded: random.Random) -> list[Contact]:
    """Return the contacts with what a wrap-up tells besides of those who were answered."""
    nothing = {"role": "R_UNK", "stage": "S_UNK", "risk": "unknown"}
    return [
        row
        | (
            {"role": chosen(ROLES, seeded), "stage": chosen(STAGES, seeded), "risk": chosen(RISKS, seeded)}
            if row["answered"] == "yes"
            else nothing
        )
        for row in rows
    ]


def mentions(rows: Iterable[Contact], seeded: random.Random) -> list[Contact]:
    """Return a row for each side topic of these contacts."""
    return [
        row | {"side": side}
        for row in rows
        if row["answered"] == "yes"
        for side in dict.fromkeys(chosen(topic_weights(row["channel"]), seeded) for _ in range(seeded.randint(0, 2)))
    ]


def attempts(seeded: random.Random, count: int, places: Mapping[str, float], name: str, weights: Any) -> list[Contact]:
    """Return invented door attempts, worry tests or library views: a place, a month and one code."""

    def attempt() -> Contact:
        month = seeded.choices(MONTHS, MONTH_WEIGHTS)[0]
        when = {"weekday": str(seeded.randint(1, 5)), "hour": chosen(HOURS, seeded)}
        area = chosen(places, seeded)
        term = "autumn" if month >= "08" else "spring"
        return {"area": area, "month": month, "period": term, **when, name: chosen(weights, seeded)}

    return [attempt() for _ in range(count)]


def ups(table: str, dimension: str, row: Contact, year: str) -> Iterator[str]:
    """Yield the codes that a row counts in along a dimension; "" is the total."""
    yield ""
    if dimension == "period":
        yield from () if table in YEARLY else (row["period"], *((month_of(row, year),) if table in MONTHLY else ()))
    elif dimension == "topic":
        group = ".".join(row["topic"].split(".")[:2])
        yield from dict.fromkeys((group, row["topic"]) if table == "municipality_topics" else (group,))
    elif dimension == "answered" and row["answered"] != "yes":
        yield from ("no", row["answered"])
    else:
        yield row[dimension]
        yield from (row[place] for place in ("school",) if dimension == "area" and table in SCHOOLED and place in row)


def month_of(row: Contact, year: str) -> str:
    """Return a row's month with its year."""
    first, second = year.split("-")
    return f"{first if row['month'] >= '08' else second}-{row['month']}"


SCHOOLED: Final = frozenset({"school_threads", "school_topics"})
MONTHLY: Final = frozenset({"municipality_answers", "door_months"})


def counted(
    table: str, dims: Iterable[str], rows: Iterable[Contact], year: str
) -> Counter[tuple[tuple[str, str], ...]]:
    """Return the true counts of a table's cells."""
    found: Counter[tuple[tuple[str, str], ...]] = Counter()
    names = sorted(dims)
    used = {*names, "month", "school"} if {"area", "period"} & set(names) else set(names)
    alike = Counter(tuple((name, row[name]) for name in sorted(used & row.keys())) for row in rows)
    for row, times in alike.items():
        for codes in product(*(tuple(ups(table, name, dict(row), year)) for name in names)):
            found[tuple((name, code) for name, code in zip(names, codes, strict=True) if code)] += times
    return found


def every_cell(counts: Iterable[tuple[tuple[str, str], ...]], dims: Iterable[str]) -> list[tuple[tuple[str, str], ...]]:
    """Return all combinations of the codes that occur: a cell without contacts is published like any small one."""
    names = sorted(dims)
    codes = [sorted({dict(at).get(name, "") for at in counts}) for name in names]
    crossed = product(*codes)
    return [tuple((name, code) for name, code in zip(names, each, strict=True) if code) for each in crossed]


def text(count: int, name: str) -> str:
    """Return the text of a cell: one for ever, by its name."""
    least = 10 if "outcome=safety" in name or any(code in name for code in SENSITIVE) else 5
    if count < least:
        return f"alle {least}"
    drawn = hashlib.sha256(name.encode()).digest()[0] / 256
    return str(count // 5 * 5 + (5 if drawn < count % 5 / 5 else 0))


def tables(all_counts: Mapping[str, Counter[Any]], year: str, wanted: frozenset[str]) -> list[dict[str, Any]]:
    """Return the stored tables of the wanted periods."""
    found = []
    for name, measure, dims in TABLES:
        if name not in all_counts or (name in YEARLY and "" not in wanted):
            continue
        own = tuple(dim for dim in dims if any(dim in dict(at) for at in all_counts[name]))
        counts = {
            at: count
            for at, count in all_counts[name].items()
            if name in YEARLY or dict(at).get("period", "") in wanted
        }
        cells = [
            {"at": dict(at), "text": text(counts.get(at, 0), f"{measure}|{year}|{at}")}
            for at in every_cell(counts, own)
            if measure != "sides" or "side" in dict(at)
        ]
        found.append({"id": name, "measure": measure, "dims": list(own), "cells": cells})
    return found


def all_counts(rows: Mapping[str, list[Contact]], year: str, *, single: bool) -> dict[str, Counter[Any]]:
    """Return the true counts of every table; `single`: an only municipality takes the area's place."""
    found = {}
    for name, measure, dims in TABLES:
        if not (single and name.startswith(("county", "school"))):
            own = [dim for dim in dims if not (single and dim == "area")]
            found[name] = counted(name, own, rows.get(measure, []), year)
    return found


def periods(plan: str, year: str) -> frozenset[str]:
    """Return the periods that a plan's report shows."""
    first, second = year.split("-")
    autumn = {f"{first}-{month}" for month in MONTHS[:5]}
    spring = {f"{second}-{month}" for month in MONTHS[5:]}
    if plan == "october":
        return frozenset({f"{first}-08", f"{first}-09"})
    return frozenset(autumn | {"autumn"} | (set() if plan in LAST_DAYS else spring | {"spring", ""}))


def sealed(*, area: str, year: str, plan: str, nodes: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a whole snapshot with its hash."""
    first, second = year.split("-")
    data: dict[str, Any] = {
        "schema": 1,
        "area": area,
        "school_year": year,
        "plan": plan,
        "language_neutral": True,
        "period": {
            "first": f"{first}-08-01",
            "last": f"{first if plan in LAST_DAYS else second}-{LAST_DAYS.get(plan, '07-31')}",
        },
        "catalogue": f"{year}/1",
        "parameters": {"k": 5, "k_sensitive": 10, "p": 3, "base": 5},
        "nodes": {"area": nodes},
        "tables": found,
        "opening_hours": ["Mo-Th 16:00-18:00; PH off"],
        "notes": {"fi": "", "sv": "", "en": ""},
        "gate": {"withdrawn": 1, "certificate": "0" * 64},
        "corrects": None,
        "frozen": f"{first}-12-18" if plan == "autumn" else f"{second}-08-06",
        "signed": ["coordinator", "statistician"],
    }
    return {**data, "hash": digest(data)}


@cache
def county(plan: str = "year", *, year: str = "2026-2027", contacts: int = 2600) -> dict[str, Any]:
    """Return the county's snapshot. The same arguments give the same snapshot; nobody changes it."""
    nodes: dict[str, Any] = {"Total": {"fi": "Aavamaan hyvinvointialue", "sv": "Slättlands välfärdsområde"}}
    for code, (fi, sv, pupils, _) in MUNICIPALITIES.items():
        nodes[code] = {"fi": fi, "sv": sv, "parent": "Total", "pupils": pupils}
        for number, school in enumerate(SCHOOLS, start=1):
            name = f"{fi}, {school.lower()}"
            nodes[f"{code}-{number}"] = {"fi": name, "sv": name, "parent": code, "pupils": pupils // 3}
    nodes["unknown"] = {"fi": "", "sv": "", "parent": "Total", "pupils": None}
    found = tables(_county_counts(year, contacts), year, periods(plan, year))
    return withdrawn(sealed(area="aavamaa", year=year, plan=plan, nodes=nodes, found=found))


@cache
def _county_counts(year: str, contacts: int) -> dict[str, Counter[Any]]:
    seeded = random.Random(f"county {year} {contacts}")
    places = {code: weight for code, (_, _, _, weight) in MUNICIPALITIES.items()} | {"unknown": 0.03}
    found = [contact(seeded, places=places, schools=True) for _ in range(contacts)]
    more = random.Random(f"more {year} {contacts}")
    rows = {
        "contacts": wrapped_up(found, more),
        "sides": mentions(found, more),
        "threads": [each for each in found if seeded.random() < 0.7 and each["area"] != "unknown"],
        "unmet": attempts(seeded, contacts // 2, places, "kind", {"door_closed": 70, "door_full": 30}),
        "tests": attempts(seeded, contacts * 2, places, "band", BANDS),
        "library": attempts(seeded, contacts, places, "theme", THEMES),
    }
    return all_counts(rows, year, single=False)


def withdrawn(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return the snapshot with one cell withdrawn in every table that shows it, as the gate does."""
    at = {"area": "niittyranta", "period": "autumn", "topic": "Y.PEER"}
    for table in snapshot["tables"]:
        for cell in table["cells"]:
            if table["measure"] == "contacts" and cell["at"] in (at, {"outcome": "services", "topic": "Y.HOME"}):
                cell["text"] = ".."
    return {**snapshot, "hash": digest(snapshot)}


@cache
def town(plan: str = "year", *, year: str = "2026-2027", talks: int = 20, tests: int = 130) -> dict[str, Any]:
    """Return the snapshot of a town of 10,000, an area of its own: nearly every cell is small."""
    seeded = random.Random(f"town {year} {talks}")
    places = {"town": 1.0}
    rows = {
        "contacts": [contact(seeded, places=places, schools=False) for _ in range(talks)],
        "unmet": attempts(seeded, talks // 2 + 2, places, "kind", {"door_closed": 90, "door_full": 10}),
        "tests": attempts(seeded, tests, places, "band", BANDS),
        "library": attempts(seeded, tests // 2, places, "theme", THEMES),
    }
    nodes = {
        "Total": {"fi": "Pikkula", "sv": "Lillby"},
        "town": {"fi": "Pikkula", "sv": "Lillby", "parent": "Total", "pupils": 1180},
    }
    found = tables(all_counts(rows, year, single=True), year, periods(plan, year))
    return sealed(area="pikkula", year=year, plan=plan, nodes=nodes, found=found)
