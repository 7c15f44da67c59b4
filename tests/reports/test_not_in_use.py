"""What a service does not have yet is told as such: no "under 5", no row, no section, in no file and on no page."""

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from chatservice.reports import labels
from chatservice.reports.bulletin import told_by
from chatservice.reports.dashboard import dashboard
from chatservice.reports.definitions import definitions
from chatservice.reports.one_page import slides, town, year
from chatservice.reports.plans import report
from chatservice.reports.render import look, render
from chatservice.reports.snapshot import digest
from chatservice.reports.words import LANGUAGES, say
from tests.reports import invented

ROOMS = ("feedback", "library", "tests")


def bare(stored: dict[str, Any]) -> dict[str, Any]:
    """A report of a service that has neither worry tests nor library, and asks nobody how it felt."""
    gone = {"municipality_feedback", "test_bands", "library_themes"}
    tables = [table for table in stored["tables"] if table["id"] not in gone]
    data = {**stored, "tables": tables, "not_in_use": list(ROOMS)}
    return {**data, "hash": digest(data)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stored", [invented.county(), invented.county("autumn"), invented.town()])
def test_a_report_has_no_row_and_no_section_of_it_and_says_why(stored: dict[str, Any], language: str) -> None:
    view = look(bare(stored), language=language)
    documents = [report(view), town(view), slides(view), year(view)]
    for document in documents:
        assert not {"tests", "library", "feedback"} & {each.key for each in document.sections}
        assert not {"tests", "library", "feedback"} & {each.key for each in document.definitions}
        assert say("heading.tests", language) not in document.quiet
        [told] = [
            line for line in document.notes if all(say(f"metric_name.{name}", language) in line for name in ROOMS)
        ]
        assert told in document.notes
        assert document.marks[-1] == (say("mark.not_in_use", language), say("mark_meaning.not_in_use", language))
        rows = {row[0] for each in document.sections for grid in each.grids for row in grid.rows}
        assert say("row.tests", language) not in rows


def test_where_everything_is_in_use_nothing_is_said_of_it() -> None:
    document = report(look(invented.county(), language="fi"))
    assert "tests" in {each.key for each in document.sections}
    assert say("mark.not_in_use", "fi") not in dict(document.marks)
    assert not any("Ei vielä käytössä" in line for line in document.notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_have_a_mark_of_their_own(language: str) -> None:
    stored = bare(invented.town())
    text = render(stored, kind="csv", language=language).content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text), delimiter=";") if row["measure"] in ROOMS]
    assert [(row["measure"], row["table"], row["value"]) for row in rows] == [
        (name, "not_in_use", ".") for name in ROOMS
    ]
    assert {row["shown"] for row in rows} == {say("mark.not_in_use", language)}
    found = json.loads(render(stored, kind="json-stat", language=language).content)["link"]["item"]
    unused = [each for each in found if each["extension"]["table"] == "not_in_use"]
    assert [each["extension"]["measure"] for each in unused] == list(ROOMS)
    for each in unused:
        assert (each["value"], each["status"], each["size"]) == ({}, {"0": "."}, [1])
        assert set(each["status"].values()) == set(each["extension"]["marks"])
    book = load_workbook(io.BytesIO(render(stored, kind="xlsx", language=language).content))
    first, defined, *_ = book.worksheets
    assert any(say("mark.not_in_use", language) in str(cell.value) for (cell,) in first.iter_rows(max_col=1))
    assert [row[1].value for row in defined.iter_rows()].count(say("definitions.not_in_use", language)) == len(ROOMS)


@pytest.mark.parametrize("kind", ["report", "town", "slides", "year"])
def test_the_sheets_are_set_without_it(kind: str) -> None:
    assert render(bare(invented.town()), kind=kind, language="fi").content.startswith(b"%PDF")


def test_definitions_and_dashboards_say_so_and_a_bulletin_cannot_tell_it() -> None:
    found = {each.key: each.use for each in definitions("sv", absent=frozenset({"tests"}))}
    assert found["tests"] == say("definitions.not_in_use", "sv")
    assert found["contacts"] == ""
    stored = bare(invented.county())
    [told] = [line for line in dashboard([stored], year="2026-2027", language="en").notes if "Not yet in use" in line]
    assert "Worry test" in told
    assert not {"tests", "library", "feedback"} & set(told_by(stored))


def test_an_older_report_that_does_not_tell_is_read_as_it_was() -> None:
    stored = invented.town()
    assert "not_in_use" not in stored
    assert labels.mark("alle 5", "fi") in dict(report(look(stored, language="fi")).marks)
