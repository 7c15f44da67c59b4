"""Dashboards take each section from the newest frozen report that shows it, and nothing from one that was altered."""

import pytest

from chatservice.reports.dashboard import PANELS, dashboard
from chatservice.reports.errors import Altered
from tests.reports.invented import county, town

YEAR = "2026-2027"


def test_each_panel_is_of_the_newest_report_that_shows_it() -> None:
    autumn, year = county("autumn"), county()
    board = dashboard([year, autumn], year=YEAR, language="fi")
    assert [panel.section.key for panel in board.panels] == list(PANELS)
    assert {panel.hash for panel in board.panels} == {year["hash"]}
    assert board.absent == ()
    board = dashboard([autumn, year], year=YEAR, language="fi")
    sources = {panel.section.key: panel.hash for panel in board.panels}
    assert (sources["terms"], sources["ages"]) == (year["hash"], autumn["hash"])


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
