"""The gate lets nothing out that our own attacker can use, says why when it refuses, and proves what it lets out."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from chatservice.disclosure.attack import attack
from chatservice.disclosure.cells import Cell, Frame, Report, Table, coordinates
from chatservice.disclosure.certificate import check
from chatservice.disclosure.gate import Outcome, gate
from tests.disclosure.county import County, county, reports

TREES = {"topic": {"home": "Total", "school": "Total"}, "period": {"autumn": "Total", "spring": "Total"}}
FRAME = Frame(hierarchies=TREES)


def report(name: str, **texts: str) -> Report:
    """Return a report over topics, "total" for the margin."""
    cells = (Cell(() if code == "total" else (("topic", code),), text) for code, text in texts.items())
    return Report(name, (Table(name, "contacts", ("topic",), tuple(cells)),))


def passed(frozen: list[Report], draft: Report, *, frame: Frame = FRAME) -> Outcome:
    return gate(frozen, draft, frame=frame, progress=lambda *_: None, stop=lambda: False)


def texts(shown: Report) -> dict[str, str]:
    return {dict(cell.at).get("topic", "total"): cell.text for _, cell in shown.cells()}


def year(made: County) -> list[Outcome]:
    """Take the year's reports through the gate, one after another."""
    outcomes: list[Outcome] = []
    for draft in reports(made):
        outcomes.append(passed([each.report for each in outcomes], draft, frame=made.frame))
    return outcomes


@pytest.fixture(scope="module")
def small_county() -> tuple[County, list[Outcome]]:
    made = county(contacts=300, tests=400, towns=3, schools=6)
    return made, year(made)


def test_a_wide_draft_passes_as_it_is() -> None:
    draft = report("year", total="40", home="25", school="15")
    outcome = passed([], draft)
    assert (outcome.clean, outcome.report, outcome.withdrawn, outcome.why) == (True, draft, (), "")
    assert check(json.loads(json.dumps(outcome.certificate)), [draft], frame=FRAME) == ""


def test_the_smallest_cell_is_withdrawn_and_that_is_enough() -> None:
    outcome = passed([], report("year", total="5", home="alle 5", school="alle 5"))
    assert outcome.clean
    assert sorted(texts(outcome.report).values()) == ["..", "5", "alle 5"]
    assert attack([outcome.report], frame=FRAME).clean


def test_a_certificate_proves_these_texts_only() -> None:
    draft = report("year", total="40", home="25", school="15")
    certificate = passed([], draft).certificate
    assert check(certificate, [report("year", total="40", home="25", school="20")], frame=FRAME)
    assert check(certificate, [draft], frame=replace(FRAME, p=4))
    assert check(certificate | {"worlds": certificate["worlds"][:1]}, [draft], frame=FRAME)
    worlds = [" ".join(reversed(world.split())) for world in certificate["worlds"]]
    assert check(certificate | {"worlds": worlds}, [draft], frame=FRAME)
    assert check({}, [draft], frame=FRAME)
    assert check(certificate | {"worlds": ["x"]}, [draft], frame=FRAME)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3", "is no text of a cell"),
        ("0", "is no text of a cell"),
        ("23", "is no text of a cell"),
        ("alle 10", "is no text of a cell"),
        ("-5", "is no text of a cell"),
        ("", "is no text of a cell"),
    ],
)
def test_a_text_that_no_rounding_makes_is_refused(text: str, reason: str) -> None:
    outcome = passed([], report("year", total="40", home=text))
    assert not outcome.clean
    assert reason in outcome.why
    assert outcome.code == "refused"


def test_shares_are_refused() -> None:
    table = Table("shares", "contacts", ("topic",), (Cell((("topic", "home"),), "10"),), share="topic")
    assert "shares are not published" in passed([], Report("year", (table,))).why


def test_a_frozen_cell_keeps_its_text() -> None:
    frozen = [report("autumn", total="40", home="25")]
    assert "change its text" in passed(frozen, report("year", total="40", home="20")).why
    assert "two texts" in passed([], Report("twice", (*frozen[0].tables, *report("b", home="20").tables))).why


def test_a_cell_with_two_names_is_withdrawn_under_both() -> None:
    only = Frame(hierarchies={**TREES, "area": {"ii": "Total"}})
    cells = (((), "5"), ((("topic", "home"),), "alle 5"), ((("topic", "school"),), "alle 5"))
    table = Table(
        "towns",
        "contacts",
        ("area", "topic"),
        tuple(Cell(tuple(sorted((*at, *where))), text) for at, text in cells for where in ((), (("area", "ii"),))),
    )
    outcome = passed([], Report("year", (table,)), frame=only)
    assert (outcome.clean, outcome.why) == (True, "")
    assert sorted(cell.text for _, cell in outcome.report.cells()) == ["..", "..", "5", "5", "alle 5", "alle 5"]
    again = passed([outcome.report], Report("again", (table,)), frame=only)
    assert again.report.tables == outcome.report.tables


def test_what_was_withdrawn_once_stays_withdrawn() -> None:
    frozen = [report("autumn", total="40", home="..")]
    outcome = passed(frozen, report("year", total="40", home="25", school="15"))
    assert outcome.clean
    assert texts(outcome.report)["home"] == ".."


def test_figures_that_exclude_each_other_are_refused() -> None:
    outcome = passed([], report("year", total="5", home="40"))
    assert "no counts agree" in outcome.why
    assert outcome.code == "contradiction"


def test_an_unknown_code_is_refused() -> None:
    assert "not in the hierarchy" in passed([], report("year", total="40", fishing="5")).why


def test_what_older_reports_gave_away_is_refused() -> None:
    leak = [report("autumn", total="5", home="alle 5", school="alle 5")]
    table = Table("terms", "contacts", ("period",), (Cell((("period", "spring"),), "20"),))
    assert (
        "earlier reports" in passed(leak, Report("year", (table,)), frame=FRAME).why
        or not passed(leak, Report("year", (table,))).clean
    )


def test_whoever_stops_the_gate_publishes_nothing() -> None:
    draft = report("year", total="40", home="25", school="15")
    answers: Iterator[bool] = iter([False, True])
    outcome = gate([], draft, frame=FRAME, progress=lambda *_: None, stop=lambda: next(answers))
    assert (outcome.clean, outcome.certificate, outcome.why) == (False, {}, "stopped before it was finished")


def test_progress_tells_the_stage_and_ends_at_all() -> None:
    heard: list[tuple[str, float]] = []
    draft = report("year", total="5", home="alle 5", school="alle 5")
    gate([], draft, frame=FRAME, progress=lambda *each: heard.append(each), stop=lambda: False)
    assert {stage for stage, _ in heard} == {"intervals", "worlds"}
    assert heard[-1] == ("worlds", 1.0)
    assert all(0 <= share <= 1 for _, share in heard)


def test_a_town_of_twenty_talks_passes() -> None:
    made = county(contacts=20, tests=130, towns=1, schools=3)
    outcomes = year(made)
    assert all(outcome.clean for outcome in outcomes)
    assert attack([outcome.report for outcome in outcomes], frame=made.frame).clean


def test_every_prefix_of_a_small_countys_year_is_proven(small_county: tuple[County, list[Outcome]]) -> None:
    made, outcomes = small_county
    for number, outcome in enumerate(outcomes, start=1):
        assert outcome.why == ""
        assert check(outcome.certificate, [each.report for each in outcomes[:number]], frame=made.frame) == ""


def test_a_small_county_still_shows_most(small_county: tuple[County, list[Outcome]]) -> None:
    made, outcomes = small_county
    shown = {(table.measure, cell.at): cell.text for each in outcomes for table, cell in each.report.cells()}
    large = [key for key in shown if made.counts[key] >= made.frame.threshold(key[1])]
    assert sum(shown[key] != ".." for key in large) >= 0.9 * len(large)
    assert all(abs(int(text) - made.counts[key]) <= 4 for key, text in shown.items() if text.isdecimal())


def test_only_the_drafts_cells_are_withdrawn(small_county: tuple[County, list[Outcome]]) -> None:
    made, outcomes = small_county
    for before, outcome, draft in zip([None, *outcomes], outcomes, reports(made), strict=False):
        gone = set(outcome.withdrawn)
        assert {(table.measure, cell.at) for table, cell in outcome.report.cells() if cell.text == ".."} >= gone
        if before is not None:
            assert gone.isdisjoint({(table.measure, cell.at) for table, cell in before.report.cells()})
        assert [table.name for table in outcome.report.tables] == [table.name for table in draft.tables]


def test_coordinates_of_a_mapping_are_sorted() -> None:
    assert coordinates({"topic": "home", "area": "ii"}) == (("area", "ii"), ("topic", "home"))
