"""Seeded years of a town and of a county go through load, publish and the true gate, as large as they come.

The readings go into the file of `--junitxml`; docs/statistics.md tells those of one run.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.system import build
from chatservice.disclosure.cells import Frame, Key, Report
from chatservice.disclosure.certificate import check
from chatservice.disclosure.pools import Members
from chatservice.places.models import Area
from chatservice.statistics import books, checking, drafting, identities, loading, nodes
from chatservice.statistics.catalogue import sets_of
from chatservice.statistics.models import Report as Row
from chatservice.statistics.plans import Plan, plan_of
from chatservice.statistics.tables import Axes, counts_of, in_world, specs_of
from tests import wire
from tests.statistics import office, years
from tests.statistics.office import YEAR

COUNTY = ("october", "autumn", "school_autumn", "march", "year")
TOWNS = {**years.TOWNS, "": 8}  # some never say where they live


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much comes in, where, which reports are made of it, and which share of large cells must be figures."""

    contacts: int
    tests: int
    towns: Mapping[str, int] = field(default_factory=lambda: TOWNS)
    plans: tuple[str, ...] = COUNTY
    shown: float = 0.95


# A town has 42 large cells, so each that goes is 2.4 %. Under 40 secrets the mean was 98 % and the least 90.5 %: a bar
# at the mean's goal of 95 % would fail by the secret of the day.
TOWN = Size(contacts=20, tests=130, towns={"858": 1}, plans=("small_town",), shown=0.85)
AUTUMN = Size(contacts=300, tests=2000, plans=("october", "autumn"))
LONG = [Size(contacts=count, tests=2000) for count in (300, 600, 2600, 8000)]


@dataclass(frozen=True, kw_only=True)
class Year:
    """A published year: what the reader sees, what the certificates say, and the truth."""

    size: Size
    frame: Frame
    reports: tuple[Report, ...]
    certificates: tuple[dict[str, object], ...]
    counts: Mapping[Key, int]
    members: Members
    seconds: tuple[float, ...]

    def shown(self) -> dict[Key, str]:
        """Every published cell with its text."""
        return {(table.measure, cell.at): cell.text for each in self.reports for table, cell in each.cells()}


def published(size: Size) -> Year:
    """Count a year and send its reports from draft to frozen, through the gate that production uses."""
    area = wire.make_area()
    facts = years.contacts(size.contacts, towns=dict(size.towns))
    loading.load(area=area.pk, facts=facts, tests=years.worry_tests(size.tests, towns=size.towns), staff=office.STAFF)
    loading.add(area=area.pk, counts=years.doors(size.contacts // 4, towns=size.towns))
    sari, tiina = office.sari(area), office.tiina(area)
    seconds = []
    for plan in size.plans:
        began = time.process_time()
        office.frozen(sari, tiina, plan=plan, schools=plan == "year")
        seconds.append(time.process_time() - began)
    rows = list(Row.objects.filter(area=area).order_by("pk"))
    return Year(
        size=size,
        frame=checking._frame(rows[-1]),
        reports=tuple(drafting.for_gate(row.plan, drafting.read(json.loads(row.tables))) for row in rows),
        certificates=tuple(json.loads(row.certificate) for row in rows),
        counts=truth(area, [plan_of(plan) for plan in size.plans]),
        members=checking._members(rows[-1]),
        seconds=tuple(seconds),
    )


def truth(area: Area, plans: list[Plan]) -> dict[Key, int]:
    """The true count of every cell that these plans show."""
    found: dict[Key, int] = {}
    counts = books.counted(area=area.pk, year=YEAR)
    places = nodes.of_year(area=area.pk, year=YEAR, counts=counts)
    for plan in plans:
        for spec in specs_of(plan, schools=True, sets=sets_of(YEAR)):
            cells = counts_of(spec, counts.get(spec.source, {}), axes=Axes(YEAR, plan, places))
            found.update({in_world(spec.measure, at): count for at, count in cells.items()})
    return found


@pytest.fixture(
    scope="module",
    params=[TOWN, AUTUMN, *(pytest.param(size, marks=pytest.mark.long) for size in LONG)],
    ids=lambda size: f"{size.contacts} in {len(size.plans)} reports",
)
def year(database: None, request: pytest.FixtureRequest) -> Year:
    """A published year of each size."""
    return published(request.param)


def test_each_report_comes_with_its_proof(year: Year) -> None:
    for number, certificate in enumerate(year.certificates, start=1):
        assert check(certificate, year.reports[:number], frame=year.frame) == ""


def test_every_report_is_attacked_with_all_that_holds_by_counting(year: Year) -> None:
    names = [each.name for each in identities.every()]
    assert [certificate["identities"] for certificate in year.certificates] == [names] * len(year.certificates)
    assert [each.name for each in year.frame.identities] == names


def test_no_pool_of_schools_narrows_the_last_one(year: Year) -> None:
    """By intervals, which find whatever is narrow on its face; the gate itself looks for worlds as well."""
    asked = 0
    for last, own in year.members.items():
        known = {key: count for name, cells in year.members.items() if name != last for key, count in cells.items()}
        system = build(year.reports, frame=year.frame, known=known)
        watched = [system.index[key] for key in own if key in system.index and system.index[key] not in system.never]
        intervals, asked = Intervals(system), asked + len(watched)
        assert all(intervals.high[number] - intervals.low[number] >= year.frame.p for number in watched), last
    assert bool(asked) == bool(year.certificates[-1]["pools"])


def test_most_figures_are_shown_and_close(year: Year, record_testsuite_property: Callable[[str, object], None]) -> None:
    shown = year.shown()
    figures = {key: int(text) for key, text in shown.items() if text.isdecimal()}
    large = [key for key in shown if year.counts[key] >= year.frame.threshold(key[1])]
    filled = [key for key in shown if year.counts[key]]
    errors = [abs(figure - year.counts[key]) for key, figure in figures.items()]
    for name, reading in (
        ("cells", len(shown)),
        ("withdrawn", sum(text == ".." for text in shown.values())),
        ("large cells shown", len(figures) / len(large)),
        ("filled cells shown", len(figures) / len(filled)),
        ("volume shown", sum(year.counts[key] for key in figures) / sum(year.counts[key] for key in filled)),
        ("mean error", sum(errors) / len(errors)),
        ("seconds of processor", [round(each, 1) for each in year.seconds]),
        ("bytes of certificates", [len(json.dumps(each)) for each in year.certificates]),
        ("programs", [each["programs"] for each in year.certificates]),
        ("unknowns", [each["unknowns"] for each in year.certificates]),
        ("sums", [each["relations"] for each in year.certificates]),
    ):
        record_testsuite_property(f"{year.size.contacts} contacts, {len(year.reports)} reports, {name}", reading)
    assert len(figures) >= year.size.shown * len(large)
    assert sum(errors) <= 2 * len(errors)
    assert max(errors) <= 4
