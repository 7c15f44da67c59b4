"""CSV, JSON-stat and XLSX hold exactly the texts of the snapshot."""

import csv
import io
import json
from functools import cache
from math import prod
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from chatservice.reports import labels
from chatservice.reports.long_form import safe
from chatservice.reports.render import render
from chatservice.reports.snapshot import Snapshot, open_snapshot
from chatservice.reports.words import LANGUAGES
from tests.reports.invented import county, town

STORED = {"county": county("autumn"), "town": town()}


@cache
def made(name: str, kind: str, language: str = "fi") -> bytes:
    """Return a rendered file, made once."""
    return render(STORED[name], kind=kind, language=language).content


def snapshot_of(name: str) -> Snapshot:
    """Return the opened snapshot."""
    return open_snapshot(STORED[name])


@pytest.mark.parametrize("name", STORED)
def test_the_csv_has_each_cell_with_its_frozen_text(name: str) -> None:
    text = made(name, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    found = [
        (
            row["table"],
            tuple((dim, row[dim]) for dim in sorted(row) if dim in DIMS and row[dim] not in {"", "Total"}),
            row["value"],
        )
        for row in rows
    ]
    wanted = [(table.id, cell.at, cell.text) for table in snapshot_of(name).tables for cell in table.cells]
    assert found == wanted


DIMS = {dim for stored in STORED.values() for table in stored["tables"] for dim in table["dims"]}


def test_the_csv_says_marks_and_names_in_the_language() -> None:
    text = made("county", "csv", "sv").decode("utf-8-sig")
    assert ";alle 5;under 5" in text
    assert "Stenviken" in text
    assert text.splitlines()[0].startswith("table;measure;")


def test_no_name_becomes_a_formula() -> None:
    assert safe("=1+1") == "'=1+1"
    assert safe("@koulu") == "'@koulu"
    assert safe("Koulu") == "Koulu"


def datasets(name: str, language: str = "fi") -> list[dict[str, Any]]:
    """Return the datasets of a JSON-stat file, the collection around them checked."""
    found = json.loads(made(name, "json-stat", language))
    assert (found["version"], found["class"]) == ("2.0", "collection")
    assert isinstance(found["label"], str)
    items: list[dict[str, Any]] = found["link"]["item"]
    return items


@pytest.mark.parametrize("name", STORED)
def test_the_json_stat_keeps_the_published_rules_of_the_format(name: str) -> None:
    for each in datasets(name):
        assert (each["version"], each["class"]) == ("2.0", "dataset")
        assert len(each["id"]) == len(each["size"]) == len(set(each["id"]))
        assert set(each["dimension"]) == set(each["id"])
        for dimension, size in zip(each["id"], each["size"], strict=True):
            category = each["dimension"][dimension]["category"]
            assert len(category["index"]) == len(set(category["index"])) == size
            assert set(category["label"]) == set(category["index"])
        assert set(each["role"]) <= {"time", "geo", "metric"}
        assert {name for names in each["role"].values() for name in names} <= set(each["id"])
        for part in ("value", "status"):
            assert all(key == str(int(key)) and int(key) < prod(each["size"]) for key in each[part])
        assert all(isinstance(value, int) for value in each["value"].values())
        assert all(isinstance(line, str) for line in each["note"])


@pytest.mark.parametrize("name", STORED)
def test_the_json_stat_has_each_cell_in_its_place(name: str) -> None:
    tables = {table.id: table for table in snapshot_of(name).tables}
    for each in datasets(name):
        table = tables[each["extension"]["table"]]
        found = {}
        for key, text in (each["value"] | each["status"]).items():
            codes, rest = [], int(key)
            for dimension, size in reversed(list(zip(each["id"], each["size"], strict=True))):
                rest, index = divmod(rest, size)
                codes.append((dimension, each["dimension"][dimension]["category"]["index"][index]))
            found[tuple(sorted((dim, code) for dim, code in codes if code != "Total"))] = str(text)
        assert found == {cell.at: cell.text for cell in table.cells}
        assert not set(each["value"]) & set(each["status"])
        assert set(each["status"].values()) <= set(each["extension"]["marks"])


@cache
def book(name: str, language: str) -> Workbook:
    """Return a rendered workbook as a reader opens it."""
    return load_workbook(io.BytesIO(made(name, "xlsx", language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_begins_with_notes_and_has_a_real_table_a_sheet(language: str) -> None:
    snapshot = snapshot_of("town")
    first, _, *sheets = book("town", language).worksheets
    notes = " ".join(str(cell.value) for (cell,) in first.iter_rows(max_col=1))
    assert snapshot.hash in notes
    assert labels.mark("alle 5", language) in notes
    ways = {str(cell.hyperlink.location): str(cell.value) for (cell,) in first.iter_rows(max_col=1) if cell.hyperlink}
    assert list(ways) == [f"'{sheet.title}'!A1" for sheet in sheets]
    for sheet, table, told in zip(sheets, snapshot.tables, ways.values(), strict=True):
        assert all(labels.dimension(dim, language) in told for dim in table.dims)
        (real,) = sheet.tables.values()
        assert real.ref.endswith(str(len(table.cells) + 1))
        assert [cell.value for cell in sheet[1]][: len(table.dims)] == [
            labels.dimension(dim, language) for dim in table.dims
        ]
        texts = [cell.value for cell in sheet[sheet.cell(1, len(table.dims) + 1).column_letter]][1:]
        wanted = [int(cell.text) if cell.text.isdigit() else labels.mark(cell.text, language) for cell in table.cells]
        assert texts == wanted


@pytest.mark.parametrize("kind", ["csv", "json-stat", "xlsx", "town"])
def test_the_same_snapshot_gives_the_same_bytes(kind: str) -> None:
    assert made("town", kind) == render(STORED["town"], kind=kind, language="fi").content


def test_a_file_is_named_after_what_it_holds() -> None:
    rendered = render(STORED["town"], kind="csv", language="sv")
    assert rendered.name == "pikkula-2026-2027-year-csv-sv.csv"
    assert rendered.media_type.startswith("text/csv")
