"""Answered and unanswered stand against opening hours, which are read from the form in which they are stored."""

from typing import Any

import pytest

from chatservice.reports.dashboard import dashboard
from chatservice.reports.hours import open_minutes
from chatservice.reports.plans import section, shows
from chatservice.reports.render import look
from chatservice.reports.snapshot import digest
from tests.reports import invented


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        (["Mo-Th 14:00-20:00; PH off"], {"14-16": 480, "16-18": 480, "18-20": 480}),
        ("Mo,Th 15:00-16:30", {"14-16": 120, "16-18": 60}),
        (["Mo-Fr 14:00-16:00", "Tu-Th 16:00-18:00"], {"14-16": 600, "16-18": 360}),
        ("Tu 20:00-02:00", {"20-22": 120, "22-24": 120, "00-02": 120}),
        ("Sa-Mo 12:00-14:00; Dec 20-Jan 06 off", {"12-14": 360}),
        ("ma-to 14-20", None),
        ("Mo-Th 14:00-20:00; suljettu joulun", None),
        ([], None),
        (None, None),
    ],
)
def test_hours_are_read_or_not_told(stored: Any, found: dict[str, int] | None) -> None:
    assert open_minutes(stored) == found


def stored(hours: list[str]) -> dict[str, Any]:
    """A report with known answers by hour."""
    cells = []
    for band, answered, missed in (("14-16", "120", "15"), ("16-18", "160", "45"), ("20-22", "5", "alle 5")):
        for term in ({}, {"period": "autumn"}, {"period": "spring"}):
            cells.append({"at": {"answered": "yes", "hour": band, **term}, "text": answered})
            cells.append({"at": {"answered": "no", "hour": band, **term}, "text": missed})
    table = {"id": "county_hours_answered", "measure": "contacts", "dims": ["answered", "hour", "period"]}
    whole = older()
    data = {**whole, "tables": [*whole["tables"], {**table, "cells": cells}], "opening_hours": hours}
    return {**data, "hash": digest(data)}


def older() -> dict[str, Any]:
    """A report of a release that did not tell answers by hour."""
    whole = invented.county()
    data = {**whole, "tables": [table for table in whole["tables"] if table["id"] != "county_hours_answered"]}
    return {**data, "hash": digest(data)}


def test_each_band_tells_how_long_it_was_open_and_what_came_of_it() -> None:
    [grid] = section(look(stored(["Mo-Th 16:00-18:00; PH off"]), language="fi"), "hours").grids
    assert grid.heads[:4] == ("Kellonaika", "Auki viikossa", "Vastattiin", "Jäi vastaamatta")
    rows = {row[0]: row[1:4] for row in grid.rows}
    assert rows["16–18"] == ("8 h", "160", "45")
    assert rows["14–16"] == ("kiinni", "120", "15")
    assert rows["20–22"] == ("kiinni", "5", "alle 5")


def test_hours_in_peoples_own_words_leave_the_column_open() -> None:
    [grid] = section(look(stored(["ma-to 16-18"]), language="sv"), "hours").grids
    assert {row[1] for row in grid.rows} == {"–"}


def test_the_dashboard_shows_them_and_an_older_report_without_them_does_not() -> None:
    shown = dashboard([stored(["Mo-Th 16:00-18:00"])], year="2026-2027", language="en")
    assert "hours" in {panel.section.key for panel in shown.panels}
    assert not shows(section(look(older(), language="en"), "hours"))
