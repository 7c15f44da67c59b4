"""What is said to hold between the catalogue's sets holds in counters, and what a file breaks is not trusted."""

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from chatservice.content.codes import Dimension
from chatservice.content.codes import codes as given
from chatservice.content.taxonomy import topics as topics_of
from chatservice.statistics import closings, facts, identities
from chatservice.statistics.catalogue import Contact, sets_of
from chatservice.statistics.classes import LENGTHS, UNKNOWN, WAITS
from chatservice.statistics.codes import LEFT_QUEUE, TOTAL, TURNED_AWAY
from tests.statistics import years
from tests.statistics.office import YEAR

SETS = sets_of(YEAR)
Counts = dict[str, dict[str, int]]
NAMES = [each.name for each in identities.every()]


def kept(counts: Counts, parents: Mapping[str, str], *, names: Iterable[str] | None = None) -> list[str]:
    found = identities.kept(counts, year=YEAR, sets=SETS, parents=parents, names=names)
    return [each.name for each in found]


def counted(rows: Iterable[Mapping[str, str]]) -> tuple[Counts, dict[str, str]]:
    """What a file of these rows raises, and its places."""
    told = facts.Told()
    facts.contacts(told, years.written(dict(row) for row in rows))
    counts: Counts = {}
    for (_, name, at), n in told.counts.items():
        counts.setdefault(name, {})[at] = n
    parents = {code: up for (_, code), up in told.places.items()} | {UNKNOWN: TOTAL}
    return counts, parents


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """A seeded year, row by row."""
    text = years.contacts(250, towns={**years.TOWNS, "": 8})
    return list(csv.DictReader(io.StringIO(text)))


def test_every_identity_holds_in_a_seeded_year(rows: list[dict[str, str]]) -> None:
    counts, parents = counted(rows)
    assert kept(counts, parents) == NAMES


def test_each_of_them_is_about_somebody(rows: list[dict[str, str]]) -> None:
    counts, parents = counted(rows)
    for each in identities.every():
        if each.outer is not None:
            tables = [identities.Counted(one, counts.get(one.name, {})) for one in SETS]
            trees = identities.trees_of(tables, year=YEAR, parents=parents)
            assert any(sum(one.grid(each.inner, {}, trees).values()) for one in tables if one.has(each.inner, trees))


MISSED: Callable[[dict[str, str]], bool] = lambda row: row["answered"] == "no"  # noqa: E731 - a name for a rule
TOLD: Callable[[dict[str, str]], bool] = lambda row: bool(row["topic"]) and row["channel"] == "youth"  # noqa: E731
PARENT: Callable[[dict[str, str]], bool] = lambda row: bool(row["topic"]) and row["channel"] == "parent"  # noqa: E731
# One contact that no service could have counted: whose, and what is said of it.
BROKEN: dict[str, tuple[Callable[[dict[str, str]], bool], dict[str, str]]] = {
    "unanswered is an outcome": (TOLD, {"outcome": "O_QUIT"}),
    "left the queue is an outcome": (TOLD, {"outcome": "O_QUIT"}),
    "turned away is an outcome": (TOLD, {"outcome": "O_UNANS"}),
    "unanswered has no length": (MISSED, {"length": "L_U5"}),
    "unanswered has no feedback": (MISSED, {"feedback": "none"}),
    "unanswered has no professional": (MISSED, {"profession": "nurse"}),
    "without a topic no judgement": (TOLD, {"risk": ""}),
    "without a topic no outcome": (lambda row: not row["topic"] and not MISSED(row), {"outcome": "O_HEARD"}),
    "a wait is known": (TOLD, {"wait": ""}),
    "a weekday is known": (TOLD, {"weekday": "unknown"}),
    "an hour is known": (TOLD, {"hour_band": ""}),
    "a reason is known": (MISSED, {"outcome": ""}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_one_loaded_contact_breaks_is_not_trusted(rows: list[dict[str, str]], name: str) -> None:
    whose, said = BROKEN[name]
    broken = next(number for number, row in enumerate(rows) if whose(row))
    counts, parents = counted([*rows[:broken], rows[broken] | said, *rows[broken + 1 :]])
    assert kept(counts, parents, names=[name]) == []


# What more of another kind hides where it is one contact only: it then helps nobody, for the sums hold all the same.
OFTEN: dict[str, tuple[Callable[[dict[str, str]], bool], dict[str, str]]] = {
    "unanswered has no topic": (MISSED, {"topic": "Y.MIND.ANX", "topic_group": "Y.MIND"}),
    "without a topic no role": (lambda _: True, {"role": "R_SELF"}),
    "without a topic no stage": (lambda _: True, {"stage": "S_7_9"}),
    "a thread was answered": (lambda _: True, {"thread": "1"}),
    "topics of the youth channel": (TOLD, {"channel": "parent"}),
    "side topics of the youth channel": (TOLD, {"channel": "parent", "side_topics": "Y.MIND.ANX Y.SCH.ABS"}),
    "a side topic of the youth channel": (TOLD, {"channel": "parent", "side_topics": "Y.MIND.ANX"}),
    "topics of the parent channel": (PARENT, {"channel": "youth"}),
    "side topics of the parent channel": (lambda _: True, {"side_topics": "P.COPE.MOOD P.COPE.ALONE"}),
    "a side topic of the parent channel": (lambda _: True, {"side_topics": "P.COPE.MOOD"}),
    "a side topic has a main one": (lambda _: True, {"side_topics": "Y.MIND.ANX"}),
    "side topics have a main one": (lambda _: True, {"side_topics": "Y.MIND.ANX Y.SCH.ABS"}),
}


@pytest.mark.parametrize("name", OFTEN)
def test_what_many_loaded_contacts_break_is_not_trusted(rows: list[dict[str, str]], name: str) -> None:
    whose, said = OFTEN[name]
    assert kept(*counted(row | said if whose(row) else row for row in rows), names=[name]) == []


def test_the_lists_above_leave_none_out() -> None:
    assert set(BROKEN) | set(OFTEN) == set(NAMES)


def talks(seeded: random.Random, many: int) -> Iterable[Contact]:
    """Contacts as the service itself makes them: missed ones, ones nobody wrapped up, ones with every code there is."""
    for _ in range(many):
        channel = seeded.choice(("youth", "parent"))
        found: dict[str, Any] = {
            "day": date(2025, seeded.randint(8, 12), 3)
            if seeded.random() < 0.5
            else date(2026, seeded.randint(1, 7), 3),
            "municipality": seeded.choice(("091", "092", UNKNOWN)),
            "school": "",
            "channel": channel,
            "age": "AUNK" if channel == "parent" else "A13_15",
            "wait": seeded.choice(WAITS)[1],
            "weekday": str(seeded.randint(1, 7)),
            "hour": "12-14",
        }
        kind = seeded.choice(("missed", "unwritten", "written", "written"))
        if kind == "missed":
            yield closings.missed_contact(found, seeded.choice((LEFT_QUEUE, TURNED_AWAY)))
            continue
        found |= {"length": seeded.choice(LENGTHS)[1], "profession": "nurse", "thread": seeded.random() < 0.5}
        yield closings._contact(found, _said(seeded, channel) if kind == "written" else closings.Said(age=found["age"]))


def _said(seeded: random.Random, channel: str) -> closings.Said:
    """A wrap-up as `wrapup.codes.check` lets through: topics of the channel, each once, and any other code."""
    main, *sides = seeded.sample([each.code for each in topics_of(channel=channel, language="fi")], k=3)
    age, role, stage, outcome = (
        seeded.choice([each.code for each in given(dimension, language="fi")])
        for dimension in (Dimension.AGE, Dimension.ROLE, Dimension.STAGE, Dimension.OUTCOME)
    )
    return closings.Said(
        topic=main,
        outcome=seeded.choice((outcome, "")),
        age=age,
        role=role,
        stage=stage,
        risk=f"R{seeded.randint(0, 3)}",
        sides=tuple(sides[: seeded.randint(0, 2)]),
    )


def test_what_the_service_counts_keeps_them_all_by_construction() -> None:
    counts: dict[str, Counter[str]] = {each.name: Counter() for each in SETS}
    parents = {"091": TOTAL, "092": TOTAL, UNKNOWN: TOTAL, "unknown:091": "091", "unknown:092": "092"}
    for contact in talks(random.Random(5), 1500):
        for each in SETS:
            counts[each.name].update(contact.raises(each))
    assert kept({name: dict(cells) for name, cells in counts.items()}, parents) == NAMES


def test_every_code_for_what_is_not_known_is_named_or_says_nothing_of_others() -> None:
    """A new dimension must say what its "unknown" means to those who were not answered."""
    untold = {UNKNOWN, "none", "R_UNK", "S_UNK", "AUNK"}
    named = {
        (part.dimension, code)
        for each in identities.every()
        for part in (each.inner, each.outer)
        if part is not None
        for code in part.codes
    }
    dims = {dim.partition("@")[0] for each in SETS if each.measure == "contacts" for dim in each.dims}
    there = {
        (dim, code) for dim in dims - {"area", "period"} for code in identities.tree(dim, year=YEAR) if code in untold
    }
    # A visitor may keep the age, and so may a wrap-up; nobody need leave feedback.
    assert there - named == {("age", "AUNK"), ("feedback", "none")}
