"""Whole seeded years of a county, as large as they come: every prefix proven, most figures shown, insiders left out."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from statistics import mean

import pytest

from chatservice.disclosure.attack import attack
from chatservice.disclosure.attack.attacker import SECONDS
from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.system import REST, build
from chatservice.disclosure.cells import Key, Report
from chatservice.disclosure.certificate import check
from chatservice.disclosure.gate import gate
from tests.disclosure.county import County, county, reports

pytestmark = pytest.mark.long
Year = tuple[County, list[Report], dict[Key, str]]


@pytest.fixture(scope="module", params=[300, 600, 2600, 8000])
def year(request: pytest.FixtureRequest) -> Year:
    """Take a year's four reports through the gate; each prefix must come with its proof."""
    made = county(contacts=request.param, tests=2000)
    frozen: list[Report] = []
    for draft in reports(made):
        outcome = gate(
            frozen, draft, frame=made.frame, progress=lambda *_: None, stop=lambda: False, members=made.members()
        )
        assert outcome.why == ""
        frozen.append(outcome.report)
        assert check(outcome.certificate, frozen, frame=made.frame) == ""
    return made, frozen, {(table.measure, cell.at): cell.text for each in frozen for table, cell in each.cells()}


def test_most_figures_are_shown_and_close(year: Year) -> None:
    made, _, shown = year
    large = [key for key in shown if made.counts[key] >= made.frame.threshold(key[1])]
    figures = {key: int(text) for key, text in shown.items() if text.isdecimal()}
    errors = [abs(figure - made.counts[key]) for key, figure in figures.items()]
    assert len(figures) >= 0.95 * len(large)
    assert sum(errors) <= 2 * len(errors)
    assert max(errors) <= 4


def test_the_truth_is_within_every_interval(year: Year) -> None:
    made, frozen, _ = year
    system = build(frozen, frame=made.frame)
    intervals = Intervals(system)
    outside = [
        name
        for number, name in enumerate(system.names)
        if f" {REST} " not in name[0] and not intervals.low[number] <= made.counts[name] <= intervals.high[number]
    ]
    assert not outside


def test_all_other_schools_together_learn_nothing_of_the_last(year: Year) -> None:
    """Every school is the last one once, and every cell of it is looked at: years, terms and topic groups.

    What the few contacts of its municipality say without any figure of a school is not a school's to keep.
    """
    made, frozen, _ = year
    staff = made.members()
    for last, own in staff.items():
        known = {key: count for name, cells in staff.items() if name != last for key, count in cells.items()}
        found = attack(frozen, frame=made.frame, known=known, watch=list(own), start=made.whole)
        if narrowed := {each.at for each in (*found.exact, *found.narrow)}:
            contacts = [each.without({key for key in made.counts if key[0] == "threads"}) for each in frozen]
            alone = attack(contacts, frame=made.frame, known=known, watch=list(own), start=made.whole)
            assert narrowed <= {each.at for each in (*alone.exact, *alone.narrow)}


def test_guessing_small_cells_is_hardly_better_than_always_saying_the_same(
    year: Year, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """The method's measure: of published cells of one to four, how many a reader hits by the mean of sampled worlds."""
    made, frozen, shown = year
    system = build(frozen, frame=made.frame)
    programs = Programs(system, Intervals(system), seconds=SECONDS)
    programs.first()
    dice = random.Random(5)
    worlds = [programs.cheapest([dice.uniform(-1, 1) * dice.choice((0, 1)) for _ in system.names]) for _ in range(20)]
    small = {key: made.counts[key] for key, text in shown.items() if text == "alle 5" and 0 < made.counts[key] < 5}
    hits = sum(round(mean(world[system.index[key]] for world in worlds)) == count for key, count in small.items())
    constant = max(Counter(small.values()).values())
    record_testsuite_property(f"{made.counts['contacts', ()]} contacts, small cells", len(small))
    record_testsuite_property(f"{made.counts['contacts', ()]} contacts, best guess", hits / len(small))
    record_testsuite_property(f"{made.counts['contacts', ()]} contacts, constant guess", constant / len(small))
    assert hits - constant <= 0.15 * len(small)


@pytest.mark.parametrize(("contacts", "tests", "towns", "schools"), [(300, 100, 3, 6), (2600, 2000, 6, 25)])
def test_nothing_is_found_by_crossing_what_no_table_crosses(
    contacts: int, tests: int, towns: int, schools: int
) -> None:
    """The audit starts from the truth: the solver finds no first world of a large crossing in two minutes."""
    made = county(contacts=contacts, tests=tests, towns=towns, schools=schools)
    frozen: list[Report] = []
    for draft in reports(made):
        frozen.append(gate(frozen, draft, frame=made.frame, progress=lambda *_: None, stop=lambda: False).report)
    crossed = replace(made.frame, joint=("area@1", "topic@1", "age", "period@1"))
    assert attack(frozen, frame=crossed, start=made.whole).clean
