"""The attacker finds what can be found by hand, overlooks nothing, and its intervals never miss the truth."""

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.disclosure.attack import Contradiction, Finding, attack
from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.system import build
from chatservice.disclosure.cells import Cell, Frame, Report, Table, coordinates
from chatservice.disclosure.rounding import text_of

SECRET = bytes(range(32))
TREES = {
    "area": {"ii": "Total", "oulu": "Total", "kemi": "Total"},
    "topic": {"home": "Total", "school": "Total"},
    "period": {"autumn": "Total", "spring": "Total"},
}
FRAME = Frame(hierarchies=TREES)
EXACT = Frame(hierarchies=TREES, base=1)


def report(name: str, texts: Mapping[str, str], *, measure: str = "contacts", share: str = "") -> Report:
    """Return a report of one table from "area=ii topic=home" -> text."""
    cells = tuple(Cell(at(place), text) for place, text in texts.items())
    dims = tuple(sorted({dimension for cell in cells for dimension, _ in cell.at}))
    return Report(name, (Table(name, measure, dims, cells, share),))


def at(place: str) -> tuple[tuple[str, str], ...]:
    return coordinates(dict(pair.split("=") for pair in place.split()))


def test_a_total_less_its_parts_gives_the_hidden_cell_away() -> None:
    shown = report("year", {"": "23", "area=oulu": "12", "area=kemi": "8", "area=ii": "alle 5"})
    found = attack([shown], frame=EXACT)
    assert Finding("contacts", at("area=ii"), 3, 3) in found.exact


def test_a_cell_nobody_published_is_attacked_too() -> None:
    shown = report("year", {"": "23", "area=oulu": "12", "area=kemi": "8"})
    assert Finding("contacts", at("area=ii"), 3, 3) in attack([shown], frame=EXACT).exact


def test_two_reports_give_the_term_between_them_away() -> None:
    autumn, year = report("autumn", {"area=ii period=autumn": "14"}), report("year", {"area=ii": "16"})
    assert Finding("contacts", at("area=ii period=spring"), 2, 2) in attack([autumn, year], frame=EXACT).exact


def test_rounding_alone_leaves_certain_presence() -> None:
    shown = report("year", {"": "5", "topic=home": "alle 5", "topic=school": "alle 5"})
    found = attack([shown], frame=FRAME)
    assert found.presence == tuple(Finding("contacts", at(f"topic={each}"), 1, 4) for each in ("home", "school"))


def test_wide_figures_give_nothing_away() -> None:
    shown = report("year", {"": "40", "area=oulu": "25", "area=kemi": "15", "area=ii": "alle 5"})
    assert attack([shown], frame=FRAME).clean


def test_a_shown_zero_tells_a_group_what_it_did_not_talk_about() -> None:
    frame = Frame(hierarchies=TREES, marks={"0": (0, 0)})
    shown = report("year", {"area=ii": "10", "area=ii topic=home": "0", "area=ii topic=school": "10"})
    found = attack([shown], frame=frame)
    assert Finding("contacts", at("area=ii topic=home"), 0, 0) in found.exact
    assert [(group.at, only.at) for group, only in found.group] == [(at("area=ii"), at("area=ii topic=school"))]


def test_a_raw_percentage_is_a_count() -> None:
    shares = report("shares", {"topic=home": "7.5", "topic=school": "92.5"}, share="topic")
    found = attack([report("year", {"": "40"}), shares], frame=FRAME)
    assert Finding("contacts", at("topic=home"), 3, 3) in found.exact


def test_insiders_who_pool_exact_totals_are_told_the_rest_only_by_exact_totals() -> None:
    known = {("contacts", at("area=oulu")): 14, ("contacts", at("area=kemi")): 9}
    watch = [("contacts", at("area=ii"))]
    total = {"": "25", "area=ii": "alle 5"}
    assert attack([report("year", total)], frame=FRAME, known=known, watch=watch).clean
    exact = attack([report("year", total)], frame=EXACT, known=known, watch=watch)
    assert exact.exact == (Finding("contacts", at("area=ii"), 2, 2),)


def test_the_crossing_of_two_tables_is_attacked_when_asked_for() -> None:
    alone = [report("areas", {"": "20", "area=ii": "20"}), report("topics", {"": "20", "topic=home": "20"})]
    frame = Frame(hierarchies=TREES, base=1, joint=("area@1", "topic@1"))
    found = attack(alone, frame=frame)
    assert Finding("contacts", at("area=ii topic=home"), 20, 20) in found.exact
    assert all(len(each.at) < 2 for each in attack(alone, frame=EXACT).exact)


def test_threads_are_contacts() -> None:
    frame = Frame(hierarchies=TREES, base=1, within=(("threads", "contacts"),))
    threads = report("threads", {"area=ii": "6"}, measure="threads")
    found = attack([report("contacts", {"area=ii": "7"}), threads, report("rest", {"": "7"})], frame=frame)
    assert Finding("threads", at("area=ii"), 6, 6) in found.exact
    with pytest.raises(Contradiction):
        attack([report("contacts", {"area=ii": "5"}), threads], frame=frame)


def test_texts_that_exclude_each_other_are_no_world() -> None:
    with pytest.raises(Contradiction):
        attack([report("year", {"": "5", "topic=home": "20"})], frame=FRAME)


def published(counts: Mapping[str, int]) -> Report:
    """Publish leaf counts of area x topic with all margins, as the service does."""
    areas, topics = ("ii", "oulu", "kemi", ""), ("home", "school", "")
    texts = {}
    for area, topic in itertools.product(areas, topics):
        place = " ".join(f"{name}={code}" for name, code in (("area", area), ("topic", topic)) if code)
        count = true_count(counts, place)
        texts[place] = text_of(count, at=at(place), measure="contacts", year="2026-2027", secret=SECRET)
    return report("year", texts)


def true_count(counts: Mapping[str, int], place: str) -> int:
    return sum(count for leaf, count in counts.items() if set(at(place)) <= set(at(leaf)))


LEAVES = [f"area={area} topic={topic}" for area in ("ii", "oulu", "kemi") for topic in ("home", "school")]
COUNTS = st.fixed_dictionaries({leaf: st.integers(0, 12) for leaf in LEAVES})


@settings(deadline=None, max_examples=60)
@given(COUNTS)
def test_the_truth_is_never_outside_its_interval(counts: Mapping[str, int]) -> None:
    system = build([published(counts)], frame=FRAME)
    intervals = Intervals(system)
    for number, (_, place) in enumerate(system.names):
        truth = sum(count for leaf, count in counts.items() if set(place) <= set(at(leaf)))
        assert intervals.low[number] <= truth <= intervals.high[number]


@settings(deadline=None, max_examples=25)
@given(COUNTS)
def test_findings_are_what_trying_every_world_finds(counts: Mapping[str, int]) -> None:
    shown = published(counts)
    found = attack([shown], frame=FRAME)
    accused = {(each.at, each.low, each.high) for each in (*found.exact, *found.narrow, *found.presence)}
    ranges = every_range(shown)
    pinned = {(place, *ends) for place, ends in ranges.items() if ends[1] - ends[0] < 3 or 1 <= ends[0] <= ends[1] < 5}
    assert {place for place, *_ in accused} == {place for place, *_ in pinned}
    assert all(low <= ranges[place][0] and ranges[place][1] <= high for place, low, high in accused if high is not None)


def every_range(shown: Report) -> dict[tuple[tuple[str, str], ...], tuple[int, int]]:
    """Return each cell's least and most count over all worlds, by reachable vectors instead of programs."""
    texts = {cell.at: FRAME.bounds(cell.text, cell.at) for _, cell in shown.cells()}
    ranges: dict[tuple[tuple[str, str], ...], tuple[int, int]] = {}

    def ends(place: tuple[tuple[str, str], ...]) -> tuple[int, int]:
        low, high = texts[place]
        assert high is not None
        return low, high

    rows = {area: row_worlds(area, ends) for area in ("ii", "oulu", "kemi")}
    sums = {
        (home, school)
        for home in range(ends(at("topic=home"))[0], ends(at("topic=home"))[1] + 1)
        for school in range(ends(at("topic=school"))[0], ends(at("topic=school"))[1] + 1)
        if ends(())[0] <= home + school <= ends(())[1]
    }
    for area, others in (("ii", ("oulu", "kemi")), ("oulu", ("ii", "kemi")), ("kemi", ("ii", "oulu"))):
        pairs = {(a + c, b + d) for a, b in rows[others[0]] for c, d in rows[others[1]]}
        for home, school in rows[area]:
            totals = {(home + more, school + still) for more, still in pairs} & sums
            for total in totals:
                for place, count in (
                    (at(f"area={area}"), home + school),
                    (at(f"area={area} topic=home"), home),
                    (at(f"area={area} topic=school"), school),
                    (at("topic=home"), total[0]),
                    (at("topic=school"), total[1]),
                    ((), sum(total)),
                ):
                    low, high = ranges.get(place, (count, count))
                    ranges[place] = min(low, count), max(high, count)
    return ranges


def row_worlds(area: str, ends: object) -> set[tuple[int, int]]:
    """Return the (home, school) pairs that one area's three texts admit."""
    assert callable(ends)
    home, school, both = (ends(at(f"area={area}{rest}")) for rest in (" topic=home", " topic=school", ""))
    return {
        (one, two)
        for one in range(home[0], home[1] + 1)
        for two in range(school[0], school[1] + 1)
        if both[0] <= one + two <= both[1]
    }


def test_a_topic_is_a_side_topic_of_no_more_contacts_than_there_were() -> None:
    frame = Frame(hierarchies=TREES, within=(("sides", "contacts", "topic"),))
    told = report("autumn", {"": "5"}), report("sides", {"topic=home": "10"}, measure="sides")
    system = build(told, frame=frame)
    assert Intervals(system).low[system.index["contacts", ()]] == 6
    with pytest.raises(Contradiction):
        attack([report("autumn", {"": "alle 5"}), report("sides", {"topic=home": "5"}, measure="sides")], frame=frame)
    both = report("sides", {"": "5", "topic=home": "alle 5"}, measure="sides")
    system = build([report("autumn", {"": "alle 5"}), both], frame=frame)
    assert Intervals(system).low[system.index["contacts", ()]] == 1, "a contact may have more than one"
