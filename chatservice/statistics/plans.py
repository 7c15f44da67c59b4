"""Which tables each report of the annual clock holds. A cell is the same in every report that shows it.

A dimension that a table does not name is a total. School tables are in the yearly report only where the area asks for
them; nobody can ask for a table that is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from chatservice.statistics import classes
from chatservice.statistics.catalogue import CONTACTS, LIBRARY, SIDES, TESTS, THREADS, UNMET
from chatservice.statistics.classes import AUTUMN, SPRING
from chatservice.statistics.codes import TOTAL
from chatservice.statistics.errors import WrongReport

COUNTY, TOWNS, SCHOOLS = "county", "towns", "schools"
TERMS, MONTHS = "terms", "months"
GROUPS, EVERY, CODES, LEAVES = "groups", "every", "codes", "leaves"


@dataclass(frozen=True, slots=True)
class Spec:
    """One table: the set it is made of, and how far each of its dimensions is shown."""

    id: str
    measure: str
    source: str
    show: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """One report: the months or terms of its period, and its tables."""

    name: str
    specs: tuple[Spec, ...]
    terms: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    school_specs: tuple[Spec, ...] = ()
    last: bool = False

    def first_day(self, year: str) -> date:
        """Return the first day of the reported period."""
        return classes.begins(year)

    def last_day(self, year: str) -> date:
        """Return the last day of the reported period."""
        return max(classes.last_day(period, year=year) for period in (*self.terms, *self.months_of(year)))

    def months_of(self, year: str) -> tuple[str, ...]:
        """Return the months that the report tells apart."""
        return tuple(month for month in classes.months(year) if int(month[5:]) in self.months)


def _town(source: str, dimension: str, shown: str = CODES) -> Spec:
    return Spec(source, CONTACTS, source, {"area": TOWNS, "period": TERMS, dimension: shown})


def _school() -> tuple[Spec, ...]:
    return (Spec("school_threads", THREADS, "school_threads", {"area": SCHOOLS, "period": TERMS}),)


TOWN_MONTHS: Final = Spec("municipality_months", CONTACTS, "municipality_answers", {"area": TOWNS, "period": MONTHS})
ANSWERS: Final = Spec("county_answers", CONTACTS, "municipality_answers", {"answered": EVERY, "period": MONTHS})
DOOR_MONTHS: Final = Spec("door_months", UNMET, "door_months", {"kind": CODES, "period": MONTHS})
TOWN_DOORS: Final = Spec("municipality_doors", UNMET, "door_months", {"area": TOWNS, "kind": CODES, "period": TERMS})
TOTALS: Final = Spec("municipality_totals", CONTACTS, "municipality_answers", {"area": TOWNS, "period": TERMS})
# Of a municipality "safety first" is told together with "talk to somebody soon", whatever its year was counted in.
TOWN_BANDS: Final = {"area": TOWNS, "band": CODES, "period": TERMS}
COUNTY_BANDS: Final = {"band": EVERY, "period": TERMS}
TEST_BANDS: Final = (
    *(Spec("test_bands", TESTS, source, TOWN_BANDS) for source in ("test_bands", "municipality_bands")),
    *(Spec("county_bands", TESTS, source, COUNTY_BANDS) for source in ("test_bands", "county_bands")),
)
THEMES: Final = Spec("library_themes", LIBRARY, "library_themes", {"period": TERMS, "theme": CODES})
TERM_TABLES: Final = (
    _town("municipality_answers", "answered", GROUPS),
    _town("municipality_topics", "topic", GROUPS),
    Spec("county_topics", CONTACTS, "municipality_topics", {"period": TERMS, "topic": EVERY}),
    _town("municipality_ages", "age"),
    _town("municipality_channels", "channel"),
    _town("municipality_waits", "wait"),
    Spec("county_waits", CONTACTS, "county_waits", {"answered": EVERY, "period": TERMS, "wait": CODES}),
    Spec("county_lengths", CONTACTS, "municipality_lengths", {"length": CODES, "period": TERMS}),
    _town("municipality_outcomes", "outcome", GROUPS),
    Spec("county_outcomes", CONTACTS, "municipality_outcomes", {"outcome": EVERY, "period": TERMS}),
    Spec("county_feedback", CONTACTS, "municipality_feedback", {"feedback": CODES, "period": TERMS}),
    # A contact has up to two side topics, so there is no total that anybody could take for contacts.
    Spec("county_sides", SIDES, "county_sides", {"period": TERMS, "side": LEAVES}),
    Spec("county_roles", CONTACTS, "county_roles", {"period": TERMS, "role": CODES}),
    Spec("county_stages", CONTACTS, "county_stages", {"period": TERMS, "stage": CODES}),
    Spec("county_risks", CONTACTS, "county_risks", {"period": TERMS, "risk": GROUPS}),
    TOWN_MONTHS,
    ANSWERS,
    DOOR_MONTHS,
    TOWN_DOORS,
    *TEST_BANDS,
    THEMES,
)
ROSTER_TABLES: Final = (
    Spec(
        "county_professions", CONTACTS, "county_professions", {"outcome": CODES, "period": TERMS, "profession": CODES}
    ),
    Spec("county_hours", CONTACTS, "county_hours", {"hour": CODES, "period": TERMS, "weekday": CODES}),
    Spec("county_hours_answered", CONTACTS, "county_hours", {"answered": CODES, "hour": CODES, "period": TERMS}),
    Spec("door_hours", UNMET, "door_hours", {"hour": CODES, "period": TERMS, "weekday": CODES}),
)
YEAR_TABLES: Final = (
    Spec("county_topic_ages", CONTACTS, "county_topic_ages", {"age": CODES, "topic": CODES}),
    Spec("county_topic_outcomes", CONTACTS, "county_topic_outcomes", {"outcome": CODES, "topic": CODES}),
    Spec("county_topic_months", CONTACTS, "county_topic_months", {"period": MONTHS, "topic": CODES}),
)
SCHOOL_YEAR: Final = (
    *_school(),
    Spec("school_topics", THREADS, "school_topics", {"area": SCHOOLS, "topic": CODES}),
)
# Of the whole year only: by term the same talks would be nothing but small figures.
TOWN_TOPICS: Final = Spec("town_topics", CONTACTS, "municipality_topics", {"area": TOWNS, "topic": GROUPS})
SMALL: Final = (
    TOTALS,
    Spec("county_answers", CONTACTS, "municipality_answers", {"answered": EVERY, "period": TERMS}),
    Spec("county_channels", CONTACTS, "municipality_channels", {"channel": CODES, "period": TERMS}),
    TOWN_TOPICS,
    Spec("county_doors", UNMET, "door_months", {"kind": CODES, "period": TERMS}),
    *TEST_BANDS,
    THEMES,
)
SMALL_TOWN: Final = "small_town"
SCHOOL_AUTUMN: Final = "school_autumn"
AUTUMN_MONTHS: Final = (8, 9, 10, 11, 12)
ALL_MONTHS: Final = tuple(range(1, 13))
BOTH: Final = (AUTUMN, SPRING, TOTAL)
PLANS: Final = {
    plan.name: plan
    for plan in (
        Plan("october", (TOWN_MONTHS, ANSWERS, DOOR_MONTHS), months=(8, 9)),
        Plan("autumn", TERM_TABLES, terms=(AUTUMN,), months=AUTUMN_MONTHS),
        Plan(SCHOOL_AUTUMN, _school(), terms=(AUTUMN,)),
        Plan("march", (TOTALS, *ROSTER_TABLES), terms=(AUTUMN,)),
        Plan(SMALL_TOWN, SMALL, terms=BOTH),
        Plan(
            "year",
            (*TERM_TABLES, *ROSTER_TABLES, *YEAR_TABLES),
            terms=BOTH,
            months=ALL_MONTHS,
            school_specs=SCHOOL_YEAR,
            last=True,
        ),
    )
}


def plan_of(name: str) -> Plan:
    """Return a plan of the annual clock; raises WrongReport."""
    if name not in PLANS:
        raise WrongReport(f"expected one of {', '.join(PLANS)}")
    return PLANS[name]
