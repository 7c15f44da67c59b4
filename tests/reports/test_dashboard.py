"""Dashboards take each section from the frozen report that tells most, and nothing from one that was altered."""

from typing import Any

import pytest

from chatservice.reports.dashboard import PANELS, dashboard
from chatservice.reports.errors import Altered
from chatservice.reports.snapshot import digest
from tests.reports.invented import county, town

YEAR = "2026-2027"


def poorer(stored: dict[str, Any]) -> dict[str, Any]:
    """The same report with the table of answers only."""
    less = {**stored, "tables": [each for each in stored["tables"] if "answered" in each["dims"]]}
    return {**less, "hash": digest(less)}


def test_each_panel_is_of_the_report_that_tells_most_of_it() -> None:
    autumn, year, small = county("autumn"), county(), poorer(county("small_town"))
    for stored in ([year, autumn], [autumn, year], [year, small, autumn]):
        board = dashboard(stored, year=YEAR, language="fi")
        assert [panel.section.key for panel in board.panels] == list(PANELS)
        assert {panel.hash for panel in board.panels} == {year["hash"]}
        assert board.absent == ()
    newest = dashboard([small, year, autumn], year=YEAR, language="fi").panels
    of_small = [panel.section.key for panel in newest if panel.hash == small["hash"]]
    assert of_small == ["months", "answered", "hours"], "among equals"
    board = dashboard([small, autumn], year=YEAR, language="fi")
    sources = {panel.section.key: panel.hash for panel in board.panels}
    assert (sources["answered"], sources["ages"]) == (small["hash"], autumn["hash"]), "its period ends later"


def test_terms_stand_side_by_side_only_when_both_have_ended() -> None:
    board = dashboard([county("autumn")], year=YEAR, language="sv")
    assert "terms" not in {panel.section.key for panel in board.panels}
    assert len(board.panels) + len(board.absent) == len(PANELS)


def test_a_year_shows_its_own_figures_only() -> None:
    assert dashboard([county(year="2025-2026")], year=YEAR, language="en").panels == ()


def test_a_small_town_is_not_shown_as_nothing_but_marks() -> None:
    for panel in dashboard([town()], year=YEAR, language="fi").panels:
        assert any(any(cell.strip().isdigit() for cell in row) for grid in panel.section.grids for row in grid.rows)


def test_an_altered_report_stops_the_whole_dashboard() -> None:
    altered = {**county("autumn"), "notes": {"fi": "muutettu", "sv": "", "en": ""}}
    with pytest.raises(Altered):
        dashboard([county(), altered], year=YEAR, language="fi")
