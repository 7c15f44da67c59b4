"""Nothing is rendered from anything but a snapshot whose hash is that of its contents."""

import ast
from pathlib import Path
from typing import Any

import pytest

import chatservice.reports
from chatservice.reports.errors import Altered, NotASnapshot, NothingToShow, UnknownKind, UnknownLanguage, UnknownPlace
from chatservice.reports.render import KINDS, Around, offered, render
from chatservice.reports.snapshot import digest, open_snapshot
from tests.reports.invented import county, town


def altered(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return the snapshot with one figure changed, its hash left as it was."""
    first, *rest = snapshot["tables"]
    (cell, *others) = first["cells"]
    return {**snapshot, "tables": [{**first, "cells": [{**cell, "text": "55"}, *others]}, *rest]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_snapshot_that_was_changed_is_refused_whatever_is_asked(kind: str) -> None:
    with pytest.raises(Altered):
        render(altered(town()), kind=kind, language="fi")


def test_an_older_year_that_was_changed_is_refused_too() -> None:
    older = altered(town(year="2025-2026"))
    with pytest.raises(Altered):
        render(town(), kind="csv", language="fi", around=Around(earlier=[older]))
    with pytest.raises(Altered):
        render(town(), kind="town", language="fi", around=Around(county=altered(county("autumn"))))


@pytest.mark.parametrize("name", ["tables", "hash", "frozen", "period"])
def test_a_snapshot_that_lacks_a_part_is_refused(name: str) -> None:
    part = {key: value for key, value in town().items() if key != name}
    with pytest.raises(NotASnapshot, match=name):
        open_snapshot(part)


@pytest.mark.parametrize("text", ["3.5", "<5", "", "noin 5", "٣"])
def test_a_text_that_is_no_published_text_is_refused(text: str) -> None:
    wrong = altered(town())
    wrong["tables"][0]["cells"][0]["text"] = text
    with pytest.raises(NotASnapshot):
        open_snapshot({**wrong, "hash": digest(wrong)})


def test_a_cell_with_two_texts_is_refused() -> None:
    wrong = altered(town())
    with pytest.raises(NotASnapshot, match="one text"):
        open_snapshot({**wrong, "hash": digest(wrong)})


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(UnknownKind):
        render(town(), kind="docx", language="fi")
    with pytest.raises(UnknownLanguage):
        render(town(), kind="csv", language="de")
    with pytest.raises(UnknownPlace):
        render(town(), kind="town", language="fi", around=Around(place="atlantis"))
    with pytest.raises(UnknownPlace):
        render(county(), kind="town", language="fi", around=Around(place="kivilahti-1"))


def test_a_form_that_the_snapshot_has_no_figures_for_is_refused() -> None:
    with pytest.raises(NothingToShow):
        render(county("october"), kind="year", language="fi")
    assert "year" not in offered("october")
    assert "year" in offered("small_town")


@pytest.mark.parametrize("plan", ["october", "school_autumn", "march"])
def test_every_plan_is_rendered_as_all_that_it_is_offered_as(plan: str) -> None:
    for kind in set(offered(plan)) - {"xlsx"}:
        assert render(county(plan), kind=kind, language="sv").content


def test_a_total_is_a_cell_without_its_coordinate() -> None:
    snapshot = open_snapshot(county())
    assert snapshot.text("contacts", {}) == "2600"
    assert snapshot.text("contacts", {"area": "tuulisaari"}) is not None
    assert snapshot.text("contacts", {"area": "atlantis"}) is None
    assert snapshot.scope == {}
    assert open_snapshot(county("autumn")).scope == {"period": "autumn"}


def test_places_know_what_they_lie_within() -> None:
    snapshot = open_snapshot(county())
    assert "kivilahti" in snapshot.municipalities()
    assert snapshot.parent("kivilahti-1") == "kivilahti"
    assert set(snapshot.schools("suvanto")) == {"suvanto-1", "suvanto-2", "suvanto-3"}


def test_the_room_leans_on_nothing_of_the_house_but_the_taxonomy_and_what_is_a_typed_figure() -> None:
    folder = Path(chatservice.reports.__file__).parent
    used = {
        node.module
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("chatservice")
    }
    outside = {name for name in used if not name.startswith("chatservice.reports")}
    assert outside == {"chatservice.content.taxonomy", "chatservice.disclosure.typed_figures"}, "pure rooms only"
