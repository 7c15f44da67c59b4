"""A report shows published texts and what follows from them, and says what it does not show."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from chatservice.reports import figures, one_page
from chatservice.reports.document import Document
from chatservice.reports.figures import number
from chatservice.reports.plain_text import plain_text
from chatservice.reports.plans import PLANS, report, section
from chatservice.reports.render import Around, look
from chatservice.reports.snapshot import digest
from chatservice.reports.tables import told
from chatservice.reports.view import View
from chatservice.reports.words import LANGUAGES
from tests.reports.invented import county, town


@cache
def seen(plan: str = "year", language: str = "fi") -> View:
    """Return the county's report as it is seen in a language, with the year before."""
    earlier = [county("year", year="2025-2026", contacts=2100)] if plan == "year" else []
    return look(county(plan), language=language, around=Around(earlier=earlier))


@cache
def small(language: str = "fi") -> View:
    """Return the small town's report with two years before it."""
    earlier = [town(year="2025-2026", talks=14), town(year="2024-2025", talks=3, tests=60)]
    return look(town(), language=language, around=Around(earlier=earlier))


def cells(document: Document) -> Iterator[str]:
    """Yield every cell of every table but the heads of rows."""
    for each in document.sections:
        for grid in each.grids:
            for row in grid.rows:
                yield from row[1:]


def allowed(view: View) -> set[str]:
    """Return what a table's cell may be: a published text, a share, a change, a rate, pupils, a class, a time."""
    texts = {text for snapshot in (view.snapshot, *view.earlier) for text in snapshot.cells.values()}
    shown = {figure.replace("\u00a0", "") for figure in texts}
    pupils = {str(view.snapshot.pupils(place)) for place in view.snapshot.places}
    return shown | pupils | {"–", "", "alle 5", "alle 10", "..", "ei selvää muutosta", "ei verrata", "8 h", "kiinni"}


@pytest.mark.parametrize("make", [seen, small])
def test_every_cell_is_published_or_follows_from_what_is(make: Callable[[], View]) -> None:
    view = make()
    known = allowed(view)
    odd = []
    for cell in cells(report(view)):
        plain = cell.replace("\u00a0", "")
        if plain not in known and not re.fullmatch(r"\d{1,3}%|[+−]\d+|.* min.*", plain):
            odd.append(plain)
    rates = {
        str(figures.per_thousand(view.text("contacts", area=place), view.snapshot.pupils(place)))
        for place in view.snapshot.municipalities()
    }
    assert set(odd) <= rates


def test_no_report_shows_a_table_without_a_number() -> None:
    for each in report(small()).sections:
        for grid in each.grids:
            assert not grid.rows or any(figures.number(cell) is not None for row in grid.rows for cell in row[1:])


def test_what_is_small_is_named_once() -> None:
    document = report(small())
    assert "Olo keskustelun jälkeen" in document.quiet
    assert not {"feedback", "topics_ages"} & {each.key for each in document.sections}


def test_what_the_snapshot_does_not_have_is_not_called_small() -> None:
    assert "Aiheet ikäryhmittäin" not in report(small()).quiet


def test_no_chart_is_drawn_of_marks_alone() -> None:
    charts = {each.key for each in report(small()).sections if each.charts}
    assert "tests" in charts
    assert "ages" not in charts


def test_a_small_total_gives_no_shares() -> None:
    topics = section(small(), "topics")
    assert len(topics.grids[0].heads) == 2
    assert not any("%" in cell for row in topics.grids[0].rows for cell in row)


def test_a_section_whose_tables_the_snapshot_lacks_is_left_out() -> None:
    keys = {each.key for each in report(seen()).sections}
    assert {"schools", "school_threads"} <= keys
    assert not {each.key for each in report(small()).sections} & {"schools", "school_threads", "municipalities"}


def test_a_meeting_without_a_snapshot_of_its_own_reads_the_newest() -> None:
    document = report(seen(), contents="start")
    assert [each.key for each in document.sections][:3] == ["key_figures", "months", "trend"]
    assert document.title == "Lukuvuosi alkaa: edellisen vuoden tunnusluvut"


@pytest.mark.parametrize("plan", [*PLANS])
def test_each_plan_makes_a_report(plan: str) -> None:
    earlier = [county(year="2025-2026", contacts=2100)]
    document = report(look(county(plan), language="sv", around=Around(earlier=earlier)))
    assert len(document.sections) > 1
    assert len(document.questions) == 3
    assert all(each.limit for each in document.sections)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_tells_period_hours_unanswered_protection_and_identity(language: str) -> None:
    view = seen(language=language)
    first, second, third = report(view).small_print
    assert "2026" in first
    assert "16" in first
    assert "%" in first
    assert "5" in second
    assert view.snapshot.hash[:12] in third


def test_the_opening_hours_are_told_in_the_language() -> None:
    assert "ma–to 16–18; pyhät suljettu" in report(seen()).small_print[0]
    assert "Mon–Thu 16:00–18:00" in report(seen(language="en")).small_print[0]


def test_rates_are_told_only_where_pupils_are_known() -> None:
    stored = county()
    nodes = {code: {**node, "pupils": None} for code, node in stored["nodes"]["area"].items()}
    made = {**stored, "nodes": {"area": nodes}}
    without = look({**made, "hash": digest(made)}, language="fi")
    assert len(section(seen(), "municipalities").grids[0].heads) == 4
    assert len(section(without, "municipalities").grids[0].heads) == 2


def test_a_withheld_cell_stays_in_its_table() -> None:
    grid = section(seen(), "topic_outcomes").grids[0]
    assert ".." in [cell for row in grid.rows for cell in row]


def test_rows_that_are_only_small_are_named_under_the_table() -> None:
    rows = [("iso", ("25",)), ("pieni", ("alle 5",)), ("salattu", ("..",))]
    grid = told(seen(), caption="", heads=("a", "b"), rows=rows)
    assert grid.rows == (("iso", "25"), ("salattu", ".."))
    assert "pieni" in grid.note
    assert "salattu" not in grid.note


def test_a_row_that_the_report_does_not_have_is_not_called_small() -> None:
    grid = told(seen(), caption="", heads=("a", "b"), rows=[("puuttuu", (None,))])
    assert (grid.rows, grid.note) == ((), "")


def test_of_an_earlier_year_the_report_of_the_same_plan_is_compared() -> None:
    earlier = [town("autumn", year="2025-2026"), town(year="2025-2026"), town("october", year="2025-2026")]
    assert look(town("autumn"), language="fi", around=Around(earlier=earlier)).earlier[0].plan == "autumn"
    assert look(town(), language="fi", around=Around(earlier=earlier)).earlier[0].plan == "year"
    assert look(town(), language="fi", around=Around(earlier=[town(year="2027-2028")])).earlier == ()


def test_every_snapshot_that_gave_a_figure_is_named() -> None:
    around = look(county(), language="fi")
    document = one_page.town(small(), around=around)
    notes = " ".join(grid.note for each in document.sections for grid in each.grids)
    assert all(each.hash[:12] in notes for each in (*small().earlier, around.snapshot))
    assert small().earlier[0].hash[:12] in " ".join(report(small()).notes)


def test_the_report_as_plain_text_has_its_figures_and_limits() -> None:
    text = plain_text(report(small()))
    assert "- Yhteydenotot: 2026–2027 20, 2025–2026 15" in text
    assert "Muista lukiessasi:" in text
    assert "<" not in text


def test_quiet_days_and_hours_are_cut_from_the_map() -> None:
    stored = county()
    cells = [
        {
            "at": {"weekday": day, "hour": hour},
            "text": "40" if (day, hour) in {("1", "14-16"), ("2", "18-20")} else "alle 5",
        }
        for day in "1234567"
        for hour in ("08-10", "14-16", "16-18", "18-20", "22-24")
    ]
    table = {"id": "county_hours", "measure": "contacts", "dims": ["hour", "period", "weekday"], "cells": cells}
    total = {"id": "t", "measure": "contacts", "dims": ["area"], "cells": [{"at": {}, "text": "100"}]}
    made = {**stored, "tables": [table, total]}
    grid, _ = section(look({**made, "hash": digest(made)}, language="fi"), "rota").grids
    assert grid.heads[1:] == ("14–16", "16–18", "18–20")
    assert [row[0] for row in grid.rows] == ["maanantai", "tiistai"]
    assert grid.note


def test_a_snapshot_of_schools_alone_is_seen_in_its_term() -> None:
    stored = county("school_autumn")
    made = {**stored, "tables": [table for table in stored["tables"] if table["measure"] == "threads"]}
    view = look({**made, "hash": digest(made)}, language="fi")
    assert view.snapshot.scope == {"period": "autumn"}
    assert [each.key for each in report(view).sections] == ["school_threads"]


def test_no_share_is_told_of_a_total_that_means_something_else() -> None:
    stored = county("march")
    kept = ("municipality_outcomes", "county_professions")
    made = {**stored, "tables": [table for table in stored["tables"] if table["id"] in kept]}
    view = look({**made, "hash": digest(made)}, language="fi")
    assert len(section(view, "outcomes").grids[0].heads) == 2


def test_key_figures_that_the_report_does_not_have_are_left_out() -> None:
    rows = [row[0] for row in section(small(), "key_figures").grids[0].rows]
    assert "Vastattujen osuus" not in rows
    assert "Yhteydenotot" in rows


def test_a_change_under_ten_is_said_in_words() -> None:
    changes = [row[-1] for row in section(seen(), "terms").grids[0].rows]
    assert "ei selvää muutosta" in changes
    assert all(abs(int(each.replace("−", "-"))) >= 10 for each in changes if each[0] in "+−")


def test_a_school_sees_itself_beside_its_municipality_and_the_area() -> None:
    view = look(county("school_autumn"), language="fi", around=Around(place="kivilahti-1"))
    (section_,) = (each for each in report(view).sections if each.key == "own_school")
    assert [row[0] for row in section_.grids[0].rows] == [
        "Kivilahti, rantakoulu",
        "Kivilahti",
        "Aavamaan hyvinvointialue",
    ]


def test_the_town_shows_three_years_and_the_shares_around_it() -> None:
    document = one_page.town(small(), around=look(county(), language="fi"))
    trend, shares, *_ = document.sections
    assert list(trend.grids[0].rows) == [
        ("2024–2025", "alle 5"),
        ("2025–2026", "15"),
        ("2026–2027", "20"),
    ]
    assert shares.grids[0].rows[0][2].endswith("%")
    assert len(document.questions) == 3


def test_a_town_without_a_county_shows_its_own_topics_of_three_years() -> None:
    for make in (one_page.town, one_page.slides):
        trend, topics, *_ = make(small()).sections
        assert (trend.key, topics.key) == ("trend", "together")
        assert topics.grids[0].heads == ("Aihe", "2024–2025", "2025–2026", "2026–2027", "Ainakin")
        assert topics.grids[0].rows[0][0] == "Mieli ja tunteet"
        assert [number(text) or 0 for text in topics.grids[0].rows[0][1:]] == [0, 5, 5, 10]
        assert all(any(text.isdigit() for text in row[1:-1]) for row in topics.grids[0].rows)
        assert any("hyvinvointialueen" in line for line in topics.says)


@pytest.mark.parametrize("talks", [1, 7])
def test_a_town_of_few_talks_says_in_a_sentence_that_topics_are_not_told(talks: int) -> None:
    earlier = [town(year="2025-2026", talks=4), town(year="2024-2025", talks=3)]
    for around, said in ((Around(earlier=earlier), "Kolmen viime vuoden"), (Around(), "Keskusteluja oli niin vähän")):
        document = one_page.slides(look(town(talks=talks), language="fi", around=around))
        assert [each.key for each in document.sections] == ["trend", "together", "tests"]
        assert document.sections[1].grids == ()
        assert document.sections[1].says[0].startswith(said)
        assert len(document.questions) == 3


def test_no_table_of_a_small_town_is_all_small() -> None:
    view = look(small_town(), language="fi")
    for document in (one_page.town(view), one_page.slides(view), report(view)):
        tables = [grid.rows for each in document.sections for grid in each.grids if grid.rows]
        assert tables
        assert all(any(text.rstrip(" %").isdigit() for row in rows for text in row[1:]) for rows in tables)


def test_a_report_that_corrects_another_names_it() -> None:
    corrected = {**county("autumn"), "corrects": "ab12" * 16}
    view = look({**corrected, "hash": digest(corrected)}, language="fi")
    assert any("ab12ab12ab12" in note for note in report(view).notes)


@pytest.mark.parametrize(("language", "said"), [("fi", "ei voi laskea yhteen"), ("sv", "inte"), ("en", "Not additive")])
def test_side_topics_stand_without_total_and_shares(language: str, said: str) -> None:
    found = section(seen(language=language), "sides")
    [grid] = found.grids
    assert len(grid.heads) == 2
    assert 1 < len(grid.rows) <= 10
    assert any(said in line for line in found.says)


def test_who_wrote_is_told_of_the_whole_area_without_what_is_not_known() -> None:
    view = seen()
    role, stage, risk = section(view, "who").grids
    assert len(role.rows) == 3
    assert len(stage.rows) == 4
    assert [row[0] for row in risk.rows] == ["Ei merkkejä vaarasta, tai huoli", "Suuri riski tai välitön vaara"]
    told_of = {each.key for each in report(view.of("suvanto")).sections}
    assert not {"sides", "who"} & told_of


def test_a_year_counted_without_side_tables_has_no_section_of_them() -> None:
    tables = [each for each in county()["tables"] if not {"side", "role", "stage", "risk"} & set(each["dims"])]
    older = {**county(), "tables": tables}
    document = report(look({**older, "hash": digest(older)}, language="fi"))
    assert not {"sides", "who"} & {each.key for each in document.sections}
    assert "Sivuaiheet" not in document.quiet


def test_beside_an_autumn_stands_the_autumn_before_and_never_that_whole_year() -> None:
    """The year before has its yearly report only: it tells that autumn too, or nothing at all."""
    older = county(year="2025-2026")
    view = look(county("autumn"), language="fi", around=Around(earlier=[older]))
    before = view.before()
    assert before is not None
    autumn, whole = (look(older, language="fi").text("contacts", period=code) for code in ("autumn", ""))
    assert before.text("contacts") == autumn != whole
    town_before = look(town("autumn"), language="fi", around=Around(earlier=[small_town()])).before()
    assert town_before is not None
    assert town_before.text("contacts") is None


def small_town() -> dict[str, Any]:
    """A year of which the totals alone were published."""
    found = town(year="2025-2026")
    tables = [
        {**table, "cells": [cell for cell in table["cells"] if "period" not in cell["at"]]} for table in found["tables"]
    ]
    body = {**found, "tables": tables, "plan": "small_town"}
    return {**body, "hash": digest(body)}
