"""Times become classes by a Finnish clock, codes become the catalogue's; a year that counts keeps its catalogue."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chatservice.statistics import classes, codes
from chatservice.statistics.catalogue import (
    CONTACTS,
    TESTS,
    THREADS,
    Contact,
    digest,
    read,
    sets_of,
    version_of,
    written,
)
from chatservice.statistics.codes import TOTAL
from chatservice.statistics.nodes import Nodes
from chatservice.statistics.plans import PLANS
from chatservice.statistics.tables import Axes, specs_of

pytestmark = pytest.mark.pure

# A year that has counters keeps its sets: what is published later must have been counted from its first day. A year
# that somebody began with an older version goes on with that one: see test_loading_facts.
FIXED = {
    "2024-2025": "2538c0506797fd4ff1608ca9d029f2ebe1147a8c4858596f6ca46fefbc08910d",
    "2025-2026": "7de7f67bc85b117e309529aabb1aae45ef758581c9e37cddbeb52476ea9bfc63",
    "2026-2027": "7de7f67bc85b117e309529aabb1aae45ef758581c9e37cddbeb52476ea9bfc63",
    "2027-2028": "d876720b18b2ad14632c9b6f589ffa8d922292be5bbbcf75a3f9d47d23f546bd",
}


@pytest.mark.parametrize("year", FIXED)
def test_the_catalogue_of_a_year_that_counts_is_never_changed(year: str) -> None:
    assert digest(sets_of(year)) == FIXED[year], "add a new version from a coming school year on instead"


@pytest.mark.parametrize("year", ["2026-2027", "2027-2028"])
def test_safety_first_is_published_of_the_whole_area_only(year: str) -> None:
    counted = [each for each in sets_of(year) if each.measure == TESTS]
    specs = list(specs_of(PLANS["year"], schools=True, sets=sets_of(year)))
    told = [spec for spec in specs if spec.measure == TESTS]
    assert sorted(spec.id for spec in told) == ["county_bands", "test_bands"]
    axes = Axes(year, PLANS["year"], Nodes({"091": TOTAL}, (), {}, {}))
    for spec in told:
        shown = axes.codes("band", spec.show["band"])
        assert ("BS" in shown) == ("area" not in spec.show)
        assert "B3S" in shown
    if year == "2027-2028":
        assert not [each for each in counted if "area@municipality" in each.dims and "band@leaf" in each.dims]


def test_a_kept_catalogue_reads_as_it_was_written() -> None:
    sets = sets_of("2026-2027")
    assert read(written(sets)) == sets
    assert version_of("2026-2027") == "2026-2027/2"


def test_below_the_county_there_are_never_two_dimensions_besides_time() -> None:
    for each in sets_of("2026-2027"):
        names = [dim.partition("@")[0] for dim in each.dims]
        if "area" in names:
            assert len(set(names) - {"area", "period"}) <= 1, each.name


def test_a_school_has_threads_by_term_and_topic_groups_by_year_and_nothing_else() -> None:
    schools = [each for each in sets_of("2026-2027") if "area@school" in each.dims]
    assert {each.measure for each in schools} == {THREADS}
    assert {each.dims for each in schools} == {("area@school", "period@term"), ("area@school", "topic@group")}


def test_a_contact_raises_threads_only_where_it_is_the_first() -> None:
    again = Contact(month="2026-10", term="autumn")
    raised = {each.name for each in sets_of("2026-2027") if again.raises(each)}
    assert raised == {each.name for each in sets_of("2026-2027") if each.measure == CONTACTS}


def test_a_side_topic_is_counted_once_whatever_is_said_of_it() -> None:
    [sides] = [each for each in sets_of("2026-2027") if each.name == "county_sides"]
    contact = Contact(month="2026-10", term="autumn", topic="Y.MIND.LOW", sides=("Y.MIND.ANX", "Y.MIND.ANX", "Y.HOME"))
    assert contact.raises(sides) == ["period=autumn|side=Y.HOME", "period=autumn|side=Y.MIND.ANX"]
    assert Contact(month="2026-10", term="autumn").raises(sides) == []


@pytest.mark.parametrize(
    ("moment", "month", "weekday", "hour"),
    [
        (datetime(2026, 8, 31, 21, 30, tzinfo=UTC), "2026-09", "2", "00-02"),
        (datetime(2026, 12, 31, 21, 59, tzinfo=UTC), "2026-12", "4", "22-24"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "2027-03", "7", "04-06"),
    ],
)
def test_a_moment_is_classed_by_the_clock_on_a_finnish_wall(
    moment: datetime, month: str, weekday: str, hour: str
) -> None:
    assert classes.month_of(classes.local(moment).date()) == month
    assert (classes.weekday_of(moment), classes.hour_of(moment)) == (weekday, hour)


def test_waits_and_lengths_have_the_taxonomys_bounds() -> None:
    waits = [classes.wait_of(timedelta(minutes=minutes)) for minutes in (0, 1.99, 2, 5, 15, 30, 600)]
    assert waits == ["W_U2", "W_U2", "W_2_4", "W_5_14", "W_15_29", "W_30", "W_30"]
    lengths = [classes.length_of(timedelta(minutes=minutes)) for minutes in (4, 5, 15, 30, 60)]
    assert lengths == ["L_U5", "L_5_14", "L_15_29", "L_30_59", "L_60"]
    assert classes.wait_of(None) == "unknown"
    assert classes.wait_of(timedelta(seconds=-3)) == "W_U2"


def test_years_terms_and_months() -> None:
    assert classes.school_year(date(2026, 7, 31)) == "2025-2026"
    assert classes.school_year(date(2026, 8, 1)) == "2026-2027"
    assert classes.months("2026-2027")[0::11] == ("2026-08", "2027-07")
    assert classes.last_day("autumn", year="2026-2027") == date(2026, 12, 31)
    assert classes.last_day("2027-02", year="2026-2027") == date(2027, 2, 28)
    assert classes.last_day("Total", year="2026-2027") == date(2027, 7, 31)
    for wrong in ("2026", "2026-2028", "2026-27", ""):
        with pytest.raises(ValueError, match="school year"):
            classes.begins(wrong)


@pytest.mark.parametrize(
    ("told", "counted", "group"),
    [
        ("Y.SCH.ABS.ANX", "Y.SCH.ABS", "Y.SCH"),
        ("Y.SCH.ABS", "Y.SCH.ABS", "Y.SCH"),
        ("Y.SCH", "Y.SCH.UNSPEC", "Y.SCH"),
        ("N.JOKE", "N.JOKE", "N.JOKE"),
    ],
)
def test_topics_are_counted_at_the_second_level(told: str, counted: str, group: str) -> None:
    assert codes.leaf("topic", told) == counted
    assert codes.group_of(counted) == group


@pytest.mark.parametrize("dimension", ["topic", "outcome", "age", "answered", "wait"])
def test_every_code_leads_to_the_total(dimension: str) -> None:
    parents = codes.tree(dimension, year="2026-2027")
    for code in parents:
        assert list(codes.up(code, parents=parents))[-1] == "Total"


def test_unknown_codes_are_refused_by_name() -> None:
    for dimension, code in (("topic", "Y.NOTHING"), ("age", "12"), ("outcome", "sad")):
        with pytest.raises(KeyError, match=code):
            codes.leaf(dimension, code)


def test_duties_and_hard_topics_are_sensitive() -> None:
    assert {"Y.VIOL", "Y.MIND.SUI", "Y.VIOL.UNSPEC", "O_CPN", "safety"} <= codes.sensitive_codes()
    assert not {"Y.MIND", "Y.PEER.LONE", "O_HEARD", "support"} & codes.sensitive_codes()
