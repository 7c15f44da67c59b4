"""What the schools' staff know of their own schools reaches the gate: every count by school, and nobody else's."""

import pytest

from chatservice.disclosure.cells import Key
from chatservice.places.models import Area
from chatservice.statistics import pooling
from chatservice.statistics.catalogue import sets_of
from tests.statistics import office
from tests.statistics.office import YEAR

PARENTS = {
    "town": "Total",
    "big": "town",
    "muut koulut:town": "town",
    "unknown:town": "town",
    "small": "muut koulut:town",
    "tiny": "muut koulut:town",
}
COUNTS = {
    "school_threads": {
        "area=big|period=autumn": 30,
        "area=big|period=spring": 12,
        "area=small|period=autumn": 3,
        "area=tiny|period=autumn": 2,
        "area=unknown:town|period=autumn": 9,
    },
    "school_topics": {"area=big|topic=Y.MIND": 42, "area=small|topic=Y.PEER": 5},
    "municipality_ages": {"age=A13_15|area=town|period=autumn": 70},
}


def thread(**at: str) -> Key:
    """A cell of threads as the gate names it."""
    return "contacts", tuple(sorted({**at, "thread": "1"}.items()))


def test_each_school_knows_its_threads_by_term_and_by_topic_group() -> None:
    found = pooling.members(COUNTS, year=YEAR, sets=sets_of(YEAR), parents=PARENTS)
    big = found["big"]
    assert (big[thread(area="big")], big[thread(area="big", period="spring")]) == (42, 12)
    assert (big[thread(area="big", topic="Y.MIND")], big[thread(area="big", topic="Y.PEER")]) == (42, 0)
    assert all(("area", "big") in at and measure == "contacts" for measure, at in big)


def test_small_schools_are_known_together_and_what_has_no_school_to_nobody() -> None:
    found = pooling.members(COUNTS, year=YEAR, sets=sets_of(YEAR), parents=PARENTS)
    others = "muut koulut:town"
    assert found[others][thread(area=others, period="autumn")] == 5
    assert set(found) == {"big", others}


def test_a_year_that_counts_no_schools_has_nobody_who_could_pool() -> None:
    sets = [each for each in sets_of(YEAR) if "area@school" not in each.dims]
    found = pooling.members(COUNTS, year=YEAR, sets=sets, parents=PARENTS)
    assert not any(found.values())


def test_a_check_hands_the_schools_counts_to_the_gate(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    office.counted(area, count=60)
    gate = office.Gate()
    office.use(gate, monkeypatch)
    office.checked(office.sari(area), plan="school_autumn")
    assert gate.members["muut koulut:091"][thread(area="muut koulut:091")] > 0
