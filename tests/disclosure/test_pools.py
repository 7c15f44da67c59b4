"""Staff of all other schools who put their true counts together learn no more of the last school than was promised."""

import json
from collections.abc import Iterator, Mapping

import pytest

from chatservice.disclosure.attack import attack
from chatservice.disclosure.cells import Cell, Frame, Key, Report, Table, coordinates
from chatservice.disclosure.certificate import check
from chatservice.disclosure.gate import Outcome, gate
from chatservice.disclosure.pools import Members
from tests.disclosure.county import County, county, reports

TREES = {
    "area": {"town": "Total", "city": "Total", "upper": "town", "lower": "town", "only": "city"},
    "period": {"autumn": "Total", "spring": "Total"},
}
FRAME = Frame(hierarchies=TREES)
# 8 and 21 threads, 29 together. Whoever knows the 21 knows from the town's 21-29 and the school's 6-14 that it is 6-8.
TEXTS = {"town": "25", "upper": "10", "lower": "20"}
COUNTS = {"upper": 8, "lower": 21, "only": 40}


def report(name: str, texts: Mapping[str, str], **more: str) -> Report:
    cells = tuple(Cell(coordinates({"area": code, **more}), text) for code, text in texts.items())
    return Report(name, (Table(name, "threads", tuple(sorted({"area", *more})), cells),))


def members(counts: Mapping[str, int] = COUNTS, **more: str) -> Members:
    return {code: {("threads", coordinates({"area": code, **more})): count} for code, count in counts.items()}


def passed(draft: Report, *, frozen: list[Report] | None = None, staff: Members | None = None) -> Outcome:
    return gate(frozen or [], draft, frame=FRAME, progress=lambda *_: None, stop=lambda: False, members=staff)


def pooled(staff: Members, last: str) -> dict[Key, int]:
    """What all but one know."""
    return {key: count for name, cells in staff.items() if name != last for key, count in cells.items()}


def test_a_pool_narrows_a_school_that_readers_of_reports_cannot() -> None:
    draft = report("schools", TEXTS)
    assert (passed(draft).why, passed(draft).withdrawn) == ("", ())
    found = attack([draft], frame=FRAME, known=pooled(members(), "upper"), watch=list(members()["upper"]))
    assert [(each.at, each.low, each.high) for each in found.narrow] == [((("area", "upper"),), 6, 8)]


def test_the_figure_that_narrows_it_is_withdrawn_and_no_other() -> None:
    outcome = passed(report("schools", TEXTS), staff=members())
    assert (outcome.why, outcome.withdrawn) == ("", (("threads", (("area", "upper"),)),))
    for last in ("upper", "lower"):
        known = pooled(members(), last)
        assert not attack([outcome.report], frame=FRAME, known=known, watch=[("threads", (("area", last),))]).narrow


def test_the_certificate_tells_of_pools_and_holds_no_count_that_only_they_know() -> None:
    outcome = passed(report("schools", TEXTS), staff=members())
    assert outcome.certificate["pools"] == 3
    assert check(json.loads(json.dumps(outcome.certificate)), [outcome.report], frame=FRAME) == ""
    alone = passed(outcome.report)
    assert alone.certificate["pools"] == 0
    assert outcome.certificate["worlds"] == alone.certificate["worlds"]


def test_what_earlier_reports_let_a_pool_know_is_not_laid_on_a_draft() -> None:
    frozen = [report("schools", TEXTS)]
    outcome = passed(report("spring", {"Total": "30", "city": "20"}, period="spring"), frozen=frozen, staff=members())
    assert (outcome.why, outcome.withdrawn) == ("", ())


def test_counts_that_no_text_agrees_with_are_refused() -> None:
    outcome = passed(report("schools", TEXTS), staff=members({"upper": 8, "lower": 40}))
    assert (outcome.clean, outcome.code) == (False, "contradiction")


def test_schools_without_figures_cost_nothing() -> None:
    draft = Report("answers", (Table("answers", "contacts", (), (Cell((), "40"),)),))
    outcome = passed(draft, staff=members())
    assert (outcome.why, outcome.certificate["pools"]) == ("", 0)


def test_whoever_stops_the_pools_publishes_nothing() -> None:
    heard: list[float] = []
    answers: Iterator[bool] = iter(lambda: bool(heard) and heard[-1] >= 0.7, None)
    draft = report("schools", TEXTS)
    outcome = gate(
        [],
        draft,
        frame=FRAME,
        progress=lambda stage, share: heard.append(share) if stage == "worlds" else None,
        stop=lambda: next(answers),
        members=members(),
    )
    assert (outcome.clean, outcome.code, outcome.certificate) == (False, "stopped", {})


@pytest.fixture(scope="module")
def year() -> tuple[County, list[Report]]:
    """The tables of schools, and the contacts of their municipalities."""
    made = county(contacts=300, tests=0, towns=3, schools=6)
    frozen: list[Report] = []
    for whole in reports(made):
        tables = (each for each in whole.tables if each.measure == "threads" or each.name == "municipality_month")
        draft = Report(whole.name, tuple(tables))
        outcome = gate(
            frozen,
            draft,
            frame=made.frame,
            progress=lambda *_: None,
            stop=lambda: False,
            members=made.members(),
        )
        assert outcome.why == ""
        frozen.append(outcome.report)
    return made, frozen


def test_no_pool_of_a_small_county_narrows_any_cell_of_the_last_school(year: tuple[County, list[Report]]) -> None:
    made, frozen = year
    staff = made.members()
    for last in staff:
        found = attack(frozen, frame=made.frame, known=pooled(staff, last), watch=list(staff[last]), start=made.whole)
        assert not found.exact
        assert not found.narrow
