"""Seeded school years of a county or a town as a CSV of classified contacts. Nothing in them happened."""

import csv
import io
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from chatservice.statistics import classes
from chatservice.statistics.catalogue import cell
from chatservice.statistics.codes import BANDS, DOORS, PROFESSIONS, class_of, tree
from chatservice.statistics.facts import COLUMNS, MORE_COLUMNS
from chatservice.statistics.nightly import Place

TOWNS = {"091": 40, "092": 24, "186": 16, "245": 10, "543": 7, "858": 3}
PARENTS = ("P.UPBR.BOUND", "P.UPBR", "P.COPE.TIRED", "P.WORRY", "P.BEHAV")
MONTHS = (8, 12, 11, 13, 8, 10, 9, 11, 12, 8, 4, 1)


def topics() -> list[str]:
    """The counted topics of young people."""
    parents = tree("topic", year="2026-2027")
    return [code for code, up in parents.items() if code.startswith("Y.") and up != "Total" and "UNSPEC" not in code]


def outcomes() -> list[str]:
    parents = tree("outcome", year="2026-2027")
    return [code for code, up in parents.items() if up != "Total" and class_of(code) != "unanswered"]


def contacts(count: int, *, seed: int = 7, year: str = "2025-2026", towns: dict[str, int] | None = None) -> str:
    """Return the CSV of so many contacts."""
    seeded = random.Random(seed)
    towns = towns or TOWNS
    more = random.Random(f"{seed} more")
    rows = [_row(seeded, number, year, towns) | _more(more) for number in range(count)]
    return written(_as_counted(row, number) for number, row in enumerate(_threads(rows)))


def _threads(rows: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    """A thread is the first answered contact of its code in a term."""
    seen: set[tuple[object, object]] = set()
    for row in rows:
        key = row["term"], row["thread"]
        first = row["answered"] == "yes" and key not in seen
        seen |= {key} if first else set()
        yield row | {"thread": int(first)}


def worry_tests(count: int, *, towns: Mapping[str, int], seed: int = 7, year: str = "2025-2026") -> str:
    """Return the CSV of so many worry tests."""
    seeded = random.Random(seed)
    found = Counter(
        (town(seeded, towns), seeded.choice(classes.TERMS), seeded.choices(BANDS, (50, 30, 15, 5))[0])
        for _ in range(count)
    )
    lines = (f"{year},{term},{place},{band},{n}" for (place, term, band), n in sorted(found.items()))
    return "\n".join(("school_year,term,area_municipality,band,count", *lines, ""))


def doors(count: int, *, towns: Mapping[str, int], seed: int = 7, year: str = "2025-2026") -> Counter[Place]:
    """Return the counters of so many who came to a closed or a full door."""
    seeded = random.Random(seed)
    found: Counter[Place] = Counter()
    for _ in range(count):
        month = seeded.choices(classes.months(year), MONTHS)[0]
        at = {"area": town(seeded, towns) or classes.UNKNOWN, "period": month, "kind": seeded.choice(DOORS)}
        found[year, "door_months", cell(at)] += 1
        when = {"hour": seeded.choice(("12-14", "16-18", "20-22")), "weekday": str(seeded.randint(1, 7))}
        found[year, "door_hours", cell({"period": classes.term_of_month(month), **when})] += 1
    return found


def town(seeded: random.Random, towns: Mapping[str, int]) -> str:
    """Return one of the municipalities, by its weight."""
    return seeded.choices(list(towns), list(towns.values()))[0]


def written(rows: Iterable[dict[str, object]]) -> str:
    """Return rows as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, (*COLUMNS, *MORE_COLUMNS), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(seeded: random.Random, number: int, year: str, towns: dict[str, int]) -> dict[str, object]:
    place = town(seeded, towns)
    month = seeded.choices(classes.months(year), MONTHS)[0]
    every = topics()
    topic = seeded.choices(every, [30 / (1 + place) for place in range(len(every))])[0]
    answered = seeded.random() < 0.8
    row: dict[str, object] = {
        "school_year": year,
        "term": classes.term_of_month(month),
        "month": month,
        "area_school": f"{place}-{seeded.choices((1, 2, 3, 4), (6, 4, 2, 1))[0]}" if place else "",
        "area_municipality": place,
        "channel": seeded.choices(("youth", "parent"), (9, 1))[0],
        "age": seeded.choices(("A07_09", "A10_12", "A13_15", "A16_17", "A18_20"), (1, 4, 9, 6, 2))[0],
        "weekday": seeded.choices(range(1, 6), (5, 4, 4, 5, 2))[0],
        "hour_band": seeded.choices(("12-14", "14-16", "16-18", "18-20"), (2, 6, 9, 3))[0],
        "answered": "yes" if answered else "no",
        "thread": f"t{seeded.randrange(max(1, count_of(number)))}",
    }
    if not answered:
        return row | {"wait": "W_15_29", "outcome": seeded.choice(("O_QUIT", "O_UNANS"))}
    return row | {
        "topic_group": ".".join(topic.split(".")[:2]),
        "topic": topic,
        "profession": seeded.choices(PROFESSIONS, (5, 2, 3))[0],
        "outcome": seeded.choices(outcomes(), [8 / (1 + place) for place in range(len(outcomes()))])[0],
        "wait": seeded.choices(("W_U2", "W_2_4", "W_5_14"), (6, 3, 1))[0],
        "length": seeded.choices(("L_5_14", "L_15_29", "L_30_59"), (2, 5, 3))[0],
        "feedback": seeded.choices(("better", "same", "worse", "none"), (30, 12, 3, 55))[0],
    }


def _more(seeded: random.Random) -> dict[str, object]:
    """What a wrap-up tells besides."""
    every = topics()
    sides = seeded.choices(every, [30 / (1 + place) for place in range(len(every))], k=seeded.choice((0, 0, 1, 2)))
    return {
        "side_topics": " ".join(sorted(set(sides))),
        "role": seeded.choices(("R_SELF", "R_FRIEND", "R_GUARD", "R_UNK"), (80, 8, 6, 6))[0],
        "stage": seeded.choices(("S_1_6", "S_7_9", "S_LUK", "S_AMM", "S_UNK"), (20, 45, 15, 10, 10))[0],
        "risk": seeded.choices(("R0", "R1", "R2", "R3", "unknown"), (60, 20, 6, 1, 13))[0],
    }


def _as_counted(row: dict[str, object], number: int) -> dict[str, object]:
    """What nobody answered has no codes, and neither has a talk whose wrap-up nobody wrote: one in fifteen."""
    codes = ("role", "stage", "risk", "side_topics")
    if row["answered"] == "no":
        return row | dict.fromkeys(codes, "")
    if number % 15 == 0:
        return row | dict.fromkeys((*codes, "topic", "topic_group", "outcome"), "")
    parent = row["channel"] == "parent"
    return row | {"risk": row["risk"] if row["risk"] != "unknown" else "R0"} | (_of_parents(row) if parent else {})


def _of_parents(row: dict[str, object]) -> dict[str, object]:
    """Parents have topics of their own."""
    place = sum(map(ord, str(row["topic"]) + str(row["month"]))) % len(PARENTS)
    told = {"topic_group": ".".join(PARENTS[place].split(".")[:2]), "topic": PARENTS[place]}
    return told | {"side_topics": "P.COPE.MOOD" if row["side_topics"] else ""}


def count_of(number: int) -> int:
    """About two contacts of three are the first of their thread."""
    return number * 3 // 2 + 1
