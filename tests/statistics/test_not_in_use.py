"""Worry tests, the library and the question how it felt are in a report from the first count on, and not before."""

import json

import pytest

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics import freezing, life, loading, rooms
from chatservice.statistics.catalogue import cell
from chatservice.statistics.models import Pending, Report
from tests.statistics import office, years
from tests.statistics.office import YEAR, Gate

TESTS = "school_year,term,area_municipality,band,count\n{year},autumn,091,B1,37\n"


def told(row: Report, actor: Worker) -> tuple[set[str], list[str]]:
    """The measures and tables of a draft, and what it says is not in use."""
    body = freezing.preview(actor=actor, report=row.pk)
    return {table["id"] for table in body["tables"]}, body["not_in_use"]


def test_a_report_of_a_service_without_them_has_no_table_of_them(area: Area, sari: Worker) -> None:
    loading.load(area=area.pk, facts=without_feedback(), staff=office.STAFF)
    tables, absent = told(life.draft(actor=sari, year=YEAR, plan="autumn"), sari)
    assert absent == ["feedback", "library", "tests"]
    assert not {"test_bands", "library_themes", "county_feedback"} & tables
    assert "municipality_topics" in tables


def test_what_was_counted_once_is_in_use_from_that_school_year_on(area: Area, sari: Worker) -> None:
    loading.load(area=area.pk, facts=without_feedback(), tests=TESTS.format(year=YEAR), staff=office.STAFF)
    assert rooms.in_use(area=area.pk, year=YEAR) == {"tests"}
    assert rooms.in_use(area=area.pk, year="2026-2027") == {"tests"}
    assert rooms.in_use(area=area.pk, year="2024-2025") == set()
    Pending.objects.create(
        area=area, school_year=YEAR, name="library_themes", cell=cell({"period": "autumn", "theme": "friends"})
    )
    tables, absent = told(life.draft(actor=sari, year=YEAR, plan="year"), sari)
    assert absent == ["feedback"]
    assert {"test_bands", "library_themes"} <= tables


def test_an_answer_of_a_visitor_brings_the_feedback_in(area: Area, sari: Worker) -> None:
    office.counted(area, count=60)
    assert told(life.draft(actor=sari, year=YEAR, plan="autumn"), sari)[1] == ["library", "tests"]


def test_a_draft_made_anew_has_what_came_into_use_since(
    area: Area, sari: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.use(Gate(), monkeypatch)
    office.counted(area, count=20)
    row = office.checked(sari, plan="small_town")
    before = {table["id"] for table in json.loads(row.tables)}
    loading.load(area=area.pk, tests=TESTS.format(year=YEAR))
    renewed = life.renew(actor=sari, report=life.reopen(actor=sari, report=row.pk).pk)
    after = {table["id"] for table in json.loads(renewed.tables)}
    assert after - before == {"test_bands", "county_bands"}


def without_feedback() -> str:
    """Contacts whom nobody asked how they felt."""
    return "\n".join(
        line.replace(",better,", ",,").replace(",same,", ",,").replace(",worse,", ",,").replace(",none,", ",,")
        for line in years.contacts(60).splitlines()
    )
