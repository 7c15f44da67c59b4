"""Invented school years of a county of six municipalities, as a file of contacts. Nothing in them happened."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from chatservice.statistics import classes
from chatservice.statistics.catalogue import cell, uncell
from chatservice.statistics.codes import BANDS, DOORS, PROFESSIONS, class_of, tree
from chatservice.statistics.facts import COLUMNS, MORE_COLUMNS, TEST_COLUMNS
from chatservice.statistics.nightly import Place

# Code: Finnish and Swedish name, pupils, share of the contacts. 999 is the demonstration's own municipality.
TOWNS: Final[Mapping[str, tuple[str, str, int, int]]] = {
    "999": ("Demokunta", "Demokommunen", 3900, 40),
    "991": ("Harjunpää", "Åsända", 2300, 22),
    "992": ("Metsäkoski", "Skogsforsen", 1600, 16),
    "993": ("Suvanto", "Selet", 1000, 11),
    "994": ("Niittyranta", "Ängsstrand", 640, 8),
    "995": ("Tuulisaari", "Vindö", 180, 3),
}
STAFF: Final = {"curator": 5, "psychologist": 3, "nurse": 4}
HOURS: Final = "Mo-Th 14:00-20:00"
MONTHS: Final = (6, 12, 11, 13, 8, 10, 9, 11, 12, 8, 2, 1)
TOPICS: Final = {
    "Y.MIND.ANX": 14,
    "Y.MIND.LOW": 12,
    "Y.MIND.STRESS": 9,
    "Y.MIND.SELFEST": 5,
    "Y.MIND.SLEEP": 4,
    "Y.MIND.SELFHARM": 3,
    "Y.PEER.LONE": 12,
    "Y.PEER.CONFL": 7,
    "Y.PEER.GROUP": 4,
    "Y.BULLY.SCH": 7,
    "Y.BULLY.ONL": 3,
    "Y.HOME.PARENT": 7,
    "Y.HOME.SEP": 4,
    "Y.HOME.PSUB": 2,
    "Y.SCH.ABS": 5,
    "Y.SCH.EXAM": 4,
    "Y.SCH.LEARN": 4,
    "Y.SEX.BREAK": 4,
    "Y.SEX.DATE": 3,
    "Y.SUBS.NIC": 2,
    "Y.BODY.SYMP": 3,
    "Y.VIOL.PHYS": 2,
    "Y.NET.HARM": 2,
    "Y.LIFE.FUT": 2,
    "Y.CHAT.DAY": 6,
    "Y.SRV.CUR": 2,
    "N.JOKE": 2,
    "N.TEST": 1,
}
PARENT_TOPICS: Final = {
    "P.UPBR.BOUND": 8,
    "P.UPBR.SCREEN": 6,
    "P.BEHAV.DEFY": 5,
    "P.COPE.TIRED": 5,
    "P.WORRY.MIND": 6,
    "P.WORRY.LONE": 4,
    "P.COUPLE.SEP": 3,
    "P.SCH.ABS": 4,
    "P.SRV.WHERE": 3,
}
AGES: Final = {"A07_09": 4, "A10_12": 16, "A13_15": 40, "A16_17": 24, "A18_20": 10, "A21_25": 3, "AUNK": 3}
# Of parents the child's age, as far as the professional heard it.
CHILDREN: Final = {"A07_09": 18, "A10_12": 24, "A13_15": 26, "A16_17": 10, "AUNK": 22}
WAITS: Final = {"W_U2": 46, "W_2_4": 25, "W_5_14": 18, "W_15_29": 8, "W_30": 3}
LENGTHS: Final = {"L_U5": 8, "L_5_14": 22, "L_15_29": 45, "L_30_59": 22, "L_60": 3}
STAGES: Final = {"A07_09": "S_1_6", "A10_12": "S_1_6", "A13_15": "S_7_9", "A16_17": "S_LUK", "A18_20": "S_AMM"}
FEEDBACK: Final = {"better": 30, "same": 11, "worse": 3, "none": 56}
TIMES: Final = {"14-16": 30, "16-18": 42, "18-20": 28}


def contacts(count: int, *, year: str, before: date) -> str:
    """Return the file of so many contacts of a school year, those of months that begin before a day."""
    seeded = random.Random(f"kuulolla {year}")  # noqa: S311 - the same figures in every demonstration
    inside = [month for month in classes.months(year) if month < classes.month_of(before)]
    weights = MONTHS[: len(inside)]
    part = count * sum(weights) // sum(MONTHS)
    more = random.Random(f"kuulolla more {year}")  # noqa: S311 - as above
    rows = (_contact(seeded, seeded.choices(inside, weights)[0], year) for _ in range(part))
    return _written((*COLUMNS, *MORE_COLUMNS), (row | _more(more, row) for row in rows))


def tests(count: int, *, year: str) -> str:
    """Return the file of so many worry tests of a school year."""
    seeded = random.Random(f"kuulolla tests {year}")  # noqa: S311 - as above
    found = Tally(
        (_one_town(seeded), seeded.choice(classes.TERMS), seeded.choices(BANDS, (46, 34, 14, 6))[0])
        for _ in range(count)
    )
    rows = (
        {"school_year": year, "term": term, "area_municipality": town, "band": band, "count": number}
        for (town, term, band), number in sorted(found.items())
    )
    return _written(TEST_COLUMNS, rows)


def doors_until(before: date, *, year: str) -> Tally[Place]:
    """Return the counters of doors by month of a school year that goes on, those of months that are over."""
    now = classes.month_of(before)
    every = besides(year=year)
    return Tally({at: n for at, n in every.items() if at[1] == "door_months" and uncell(at[2])["period"] < now})


def besides(*, year: str) -> Tally[Place]:
    """Return the counters of doors and of library views of a school year."""
    seeded = random.Random(f"kuulolla doors {year}")  # noqa: S311 - as above
    found: Tally[Place] = Tally()
    for _ in range(420):
        month = seeded.choices(classes.months(year), MONTHS)[0]
        at = {"area": _one_town(seeded), "period": month, "kind": seeded.choices(DOORS, (3, 1))[0]}
        found[year, "door_months", cell(at)] += 1
        when = {"hour": _chosen(seeded, TIMES), "weekday": str(seeded.randint(1, 7))}
        found[year, "door_hours", cell({"period": classes.term_of_month(month), **when})] += 1
    themes = [code for code in tree("theme", year=year) if code != classes.UNKNOWN]
    for _ in range(1800):
        theme = seeded.choices(themes, range(len(themes), 0, -1))[0]
        found[year, "library_themes", cell({"period": seeded.choice(classes.TERMS), "theme": theme})] += 1
    return found


def _contact(seeded: random.Random, month: str, year: str) -> dict[str, Any]:
    parent = seeded.random() < 0.12  # noqa: PLR2004 - parents' share
    row = {
        "school_year": year,
        "term": classes.term_of_month(month),
        "month": month,
        "area_school": "",
        "area_municipality": _one_town(seeded),
        "channel": "parent" if parent else "youth",
        "age": _chosen(seeded, CHILDREN if parent else AGES),
        "weekday": seeded.choices(range(1, 5), (26, 24, 22, 28))[0],
        "hour_band": _chosen(seeded, TIMES),
        "thread": int(seeded.random() < 0.7),  # noqa: PLR2004 - the others come back
    }
    if seeded.random() < 0.2:  # noqa: PLR2004 - nobody answered these in time
        left = seeded.choices(("O_QUIT", "O_UNANS"), (3, 1))[0]
        unasked = {"age": "AUNK"} if parent else {}
        return row | unasked | {"answered": "no", "outcome": left, "wait": _chosen(seeded, WAITS)}
    topic = _chosen(seeded, PARENT_TOPICS if parent else TOPICS)
    return row | {
        "answered": "yes",
        "topic": topic,
        "topic_group": ".".join(topic.split(".")[:2]),
        "profession": seeded.choices(PROFESSIONS, (50, 18, 32))[0],
        "outcome": _chosen(seeded, _outcomes()),
        "wait": _chosen(seeded, WAITS),
        "length": _chosen(seeded, LENGTHS),
        "feedback": _chosen(seeded, FEEDBACK),
    }


def _more(seeded: random.Random, row: Mapping[str, Any]) -> dict[str, str]:
    """What a wrap-up tells besides; nobody wrapped up what nobody answered."""
    if row["answered"] == "no":
        return {}
    parent = row["channel"] == "parent"
    sides = {_chosen(seeded, PARENT_TOPICS if parent else TOPICS) for _ in range(seeded.choice((0, 0, 1, 2)))}
    return {
        "side_topics": " ".join(sorted(sides - {str(row["topic"])})),
        "role": "R_GUARD" if parent else _chosen(seeded, {"R_SELF": 88, "R_FRIEND": 8, "R_UNK": 4}),
        "stage": STAGES.get(str(row["age"]), "S_UNK"),
        "risk": _chosen(seeded, {"R0": 66, "R1": 24, "R2": 8, "R3": 2}),
    }


def _outcomes() -> dict[str, int]:
    parents = tree("outcome", year="2026-2027")
    told = [code for code, up in parents.items() if up != "Total" and class_of(code) != "unanswered"]
    return {code: max(1, 30 // (1 + place)) for place, code in enumerate(told)}


def _one_town(seeded: random.Random) -> str:
    return seeded.choices(list(TOWNS), [share for *_, share in TOWNS.values()])[0]


def _chosen(seeded: random.Random, weights: Mapping[str, int]) -> str:
    return seeded.choices(list(weights), list(weights.values()))[0]


def _written(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
