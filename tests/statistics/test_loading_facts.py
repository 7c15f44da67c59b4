"""A file of contacts raises the counters, whole or not at all; what is wrong is told by line and column."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from chatservice.places.models import Area
from chatservice.statistics import books, drafting, facts, loading
from chatservice.statistics.catalogue import FIRST, digest, uncell, written
from chatservice.statistics.codes import tree
from chatservice.statistics.errors import BadFacts, CatalogueChanged, PeriodClosed
from chatservice.statistics.models import Book, Counter, Node
from tests.statistics import years

GOOD = {
    "school_year": "2025-2026",
    "term": "autumn",
    "month": "2025-10",
    "area_school": "Kuusela-1",
    "area_municipality": "Kuusela",
    "channel": "youth",
    "age": "A13_15",
    "topic_group": "Y.MIND",
    "topic": "Y.MIND.LOW",
    "profession": "curator",
    "outcome": "O_HEARD",
    "wait": "W_U2",
    "length": "L_5_14",
    "feedback": "better",
    "weekday": "2",
    "hour_band": "14-16",
    "answered": "yes",
    "thread": "1",
}


def total(area: Area, name: str = "municipality_answers") -> int:
    return sum(row.n for row in Counter.objects.filter(area=area, name=name))


def test_each_row_raises_each_set_once_and_makes_the_years_places(area: Area) -> None:
    rows = [GOOD, GOOD | {"thread": "0"}, GOOD | {"area_municipality": "", "area_school": "", "thread": "0"}]
    loaded = loading.load(area=area.pk, facts=years.written(rows))
    assert (loaded.rows, loaded.years) == (3, ["2025-2026"])
    assert total(area) == total(area, "county_hours") == 3
    assert total(area, "school_threads") == 1
    assert {(row.code, row.parent) for row in Node.objects.filter(area=area)} == {
        ("Kuusela", "Total"),
        ("Kuusela-1", "Kuusela"),
    }


def test_a_file_may_tell_side_topics_role_stage_and_risk(area: Area) -> None:
    more = {"side_topics": "Y.PEER.LONE Y.MIND.ANX.SOC", "role": "R_FRIEND", "stage": "S_LUK", "risk": "R2"}
    loading.load(area=area.pk, facts=years.written([GOOD | more, GOOD]))
    sides = {uncell(row.cell)["side"]: row.n for row in Counter.objects.filter(area=area, name="county_sides")}
    assert sides == {"Y.PEER.LONE": 1, "Y.MIND.ANX": 1}
    for name, code in (("county_roles", "R_UNK"), ("county_stages", "S_UNK"), ("county_risks", "unknown")):
        cells = [uncell(row.cell) for row in Counter.objects.filter(area=area, name=name)]
        assert len(cells) == 2
        assert code in {code for cell in cells for code in cell.values()}, "what a line does not tell is not known"


def test_a_year_begun_with_the_older_catalogue_goes_on_with_it(area: Area) -> None:
    older = {"version": "2025-2026/1", "digest": digest(FIRST), "catalogue": written(FIRST)}
    Book.objects.create(area=area, school_year="2025-2026", **older)
    loading.load(area=area.pk, facts=years.contacts(40))
    assert total(area) == 40
    assert not Counter.objects.filter(area=area, name__in=("county_sides", "county_roles")).exists()
    made = drafting.make(area=area.pk, year="2025-2026", plan="autumn")
    assert made.version == "2025-2026/1"
    assert "county_sides" not in {table.name for table in made.tables}


def test_side_topics_stand_without_a_total(area: Area) -> None:
    loading.load(area=area.pk, facts=years.contacts(40))
    made = drafting.make(area=area.pk, year="2025-2026", plan="autumn")
    [table] = [each for each in made.tables if each.name == "county_sides"]
    assert table.measure == "sides"
    assert all("side" in dict(cell.at) for cell in table.cells)
    parents = tree("side", year="2025-2026")
    assert not {dict(cell.at)["side"] for cell in table.cells} & set(parents.values())


def test_threads_by_opaque_ids_count_once_in_a_term(area: Area) -> None:
    spring = {"term": "spring", "month": "2026-02"}
    rows = [GOOD | {"thread": "a"}, GOOD | {"thread": "a"}, GOOD | {"thread": "b"}, GOOD | spring | {"thread": "a"}]
    loading.load(area=area.pk, facts=years.written(rows))
    assert total(area, "school_threads") == 3


def test_what_other_systems_call_it_is_understood(area: Area) -> None:
    other = {"term": "syksy", "month": "10", "profession": "CUR", "channel": "YOUTH", "hour_band": "14–16"}
    left = {"answered": "0", "outcome": "O_UNANS", "topic": "", "topic_group": "", "profession": "", "feedback": ""}
    loading.load(area=area.pk, facts=years.written([GOOD | other, GOOD | left]))
    cells = [uncell(row.cell) for row in Counter.objects.filter(area=area, name="municipality_answers")]
    assert {each["answered"] for each in cells} == {"yes", "turned_away"}
    assert {each["period"] for each in cells} == {"2025-10"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("school_year", "2025"),
        ("term", "summer"),
        ("month", "2026-02"),
        ("month", "13"),
        ("area_municipality", ""),
        ("area_municipality", "a|b"),
        ("area_school", "Kuusela"),
        ("channel", "phone"),
        ("age", "13"),
        ("topic", "Y.NOTHING"),
        ("topic_group", "Y.HOME"),
        ("profession", "priest"),
        ("outcome", "good"),
        ("wait", "5 min"),
        ("length", "long"),
        ("feedback", "fine"),
        ("weekday", "8"),
        ("hour_band", "13-15"),
        ("answered", "maybe"),
        ("side_topics", "Y.PEER.LONE,Y.MIND"),
        ("role", "R_DOG"),
        ("stage", "7"),
        ("risk", "R4"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line_and_nothing_is_loaded(area: Area, column: str, value: str) -> None:
    with pytest.raises(BadFacts, match="line 3") as refused:
        loading.load(area=area.pk, facts=years.written([GOOD, GOOD | {column: value}]))
    assert column == refused.value.column or column.startswith("area")
    assert total(area) == 0
    assert not Node.objects.filter(area=area).exists()


def test_a_file_without_its_columns_or_with_a_short_line_is_refused(area: Area) -> None:
    for text in ("school_year;term\n2025-2026;autumn\n", years.written([GOOD]) + "2025-2026,autumn\n"):
        with pytest.raises(BadFacts):
            loading.load(area=area.pk, facts=text)


def test_contacts_of_a_closed_period_are_refused(area: Area) -> None:
    loading.load(area=area.pk, facts=years.written([GOOD]))
    Book.objects.filter(area=area).update(closed_until="2025-10-31")
    with pytest.raises(BadFacts, match="2025-10-31"):
        loading.load(area=area.pk, facts=years.written([GOOD | {"month": "2025-11"}, GOOD]))
    assert total(area) == 1


def test_a_report_frozen_while_a_file_is_read_refuses_it(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    loading.load(area=area.pk, facts=years.written([GOOD]))
    read = facts.contacts

    def slowly(told: facts.Told, text: str) -> None:
        assert not connection.in_atomic_block, "reading takes longer than the database waits in a transaction"
        read(told, text)
        Book.objects.filter(area=area).update(closed_until="2025-10-31")

    monkeypatch.setattr(facts, "contacts", slowly)
    with pytest.raises(PeriodClosed, match="load it again"):
        loading.load(area=area.pk, facts=years.written([GOOD]))
    assert total(area) == 1


def test_a_year_begun_with_another_catalogue_is_refused(area: Area) -> None:
    Book.objects.create(area=area, school_year="2025-2026", version="2025-2026/0", digest="other", catalogue="[]")
    with pytest.raises(CatalogueChanged, match="2025-2026/0"):
        loading.load(area=area.pk, facts=years.written([GOOD]))


def test_worry_tests_are_loaded_beside(area: Area) -> None:
    tests = "school_year,term,area_municipality,band,count\n2025-2026,spring,Kuusela,B2,31\n2025-2026,spring,,B2,2\n"
    loading.load(area=area.pk, tests=tests)
    assert total(area, "test_bands") == 33
    with pytest.raises(BadFacts, match="line 2, column band"):
        loading.load(area=area.pk, tests=tests.replace("B2,31", "B9,31"))


@pytest.mark.parametrize("year", ["2025-2026", "2027-2028"])
def test_safety_first_is_drafted_for_the_whole_area_only(area: Area, year: str) -> None:
    """Also of a year whose counters still have it by municipality."""
    head = "school_year,term,area_municipality,band,count\n"
    rows = f"{year},autumn,091,B3,40\n{year},autumn,091,BS,30\n{year},autumn,092,BS,20\n"
    loading.load(area=area.pk, tests=head + rows)
    made = drafting.make(area=area.pk, year=year, plan="autumn")
    texts = {(table.name, cell.at): cell.text for table in made.tables for cell in table.cells}
    term = ("period", "autumn")
    assert int(texts["county_bands", (("band", "BS"), term)]) in {45, 50, 55}
    assert int(texts["test_bands", (("area", "091"), ("band", "B3S"), term)]) in {65, 70, 75}
    town = {dict(at)["band"] for name, at in texts if name == "test_bands" and "band" in dict(at)}
    assert town == {"B1", "B2", "B3S"}
    assert total(area, "municipality_bands") == (90 if year == "2027-2028" else 0)


def test_eight_thousand_contacts_are_loaded_and_drafted(area: Area) -> None:
    loading.load(area=area.pk, facts=years.contacts(8000))
    made = drafting.make(area=area.pk, year="2025-2026", plan="year", schools=True)
    assert {table.name for table in made.tables} >= {"county_topic_ages", "school_topics"}
    assert "county_professions" not in {table.name for table in made.tables}, "nobody told who answered"
    assert books.counted(area=area.pk, year="2025-2026")


def test_the_command_refuses_in_words(area: Area, tmp_path: object) -> None:
    with pytest.raises(CommandError, match="--area"):
        call_command("statistics_load", "nowhere.csv", area="no-such-area")
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("statistics_load", "nowhere.csv", area=area.slug)
