"""What holds between tables by the way of counting helps a reader: the gate sees it and withdraws cells for it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from chatservice.disclosure.attack import attack
from chatservice.disclosure.attack.system import build
from chatservice.disclosure.cells import Cell, Frame, Report, Table, coordinates
from chatservice.disclosure.certificate import check
from chatservice.disclosure.gate import Outcome, gate
from chatservice.disclosure.identity import Identity, Part

TREES = {
    "answered": {"yes": "Total", "no": "Total", "left": "no", "away": "no"},
    "outcome": {"heard": "Total", "school": "Total", "unanswered": "Total", "unknown": "Total"},
    "topic": {"Y.A": "Total", "Y.B": "Total", "P.A": "Total", "unknown": "Total"},
    "channel": {"youth": "Total", "parent": "Total"},
    "wait": {"short": "Total", "long": "Total", "unknown": "Total"},
    "side": {"Y.A": "Total", "Y.B": "Total", "P.A": "Total"},
    "period": {"autumn": "Total", "spring": "Total"},
}
PLAIN = Frame(hierarchies=TREES)


def part(dimension: str, *codes: str, measure: str = "contacts") -> Part:
    return Part(measure, dimension, codes)


SAME = Identity("unanswered", part("answered", "no"), part("outcome", "unanswered"), equal=True)
CHANNEL = Identity("parents", part("topic", "P.A"), part("channel", "parent"))
NEVER = Identity("known", part("wait", "unknown"), None)
EITHER = Identity("no topic", part("topic", "unknown"), part("outcome", "unknown", "unanswered"))
SIDES, TOPICS = part("side", "Y.A", "Y.B", "P.A", measure="sides"), part("topic", "Y.A", "Y.B", "P.A")
EACH = Identity("a side", SIDES, TOPICS, each=True)
TWICE = Identity("two sides", SIDES, TOPICS, times=2)
# A draft that no identity is needed for, and the identity which gives somebody away in it.
DRAFTS: list[tuple[Identity, dict[str, str]]] = [
    (
        SAME,
        {"": "20", "answered=no": "15", "answered=yes": "10", "outcome=heard": "10", "outcome=school": "5"}
        | {"outcome=unknown": "alle 5"},
    ),
    (
        CHANNEL,
        {"": "20", "channel=parent": "5", "channel=youth": "15", "topic=P.A": "10", "topic=Y.A": "alle 5"}
        | {"topic=unknown": "alle 5", "topic=Y.B": "alle 5"},
    ),
    (NEVER, {"": "10", "wait=short": "alle 5", "wait=long": "alle 5"}),
    (
        EACH,
        {"": "40", "topic=unknown": "30", "sides side=Y.A": "15"}
        | dict.fromkeys(("topic=Y.A", "topic=Y.B"), "alle 5")
        | {"topic=P.A": "alle 5"},
    ),
    (
        TWICE,
        {"": "40", "sides side=Y.A": "10", "sides side=Y.B": "10", "sides side=P.A": "10", "topic=Y.A": "alle 5"}
        | {"topic=Y.B": "alle 5", "topic=P.A": "alle 5"},
    ),
    (EITHER, {"": "40", "topic=unknown": "5", "outcome=unknown": "alle 5", "outcome=unanswered": "alle 5"}),
]
NAMES = [identity.name for identity, _ in DRAFTS]


def draft(texts: Mapping[str, str]) -> Report:
    """Return a report from "sides side=Y.A" -> text; without a measure contacts."""
    tables: dict[tuple[str, tuple[str, ...]], list[Cell]] = {}
    for place, text in texts.items():
        pairs = [each for each in place.split() if "=" in each]
        measure = "sides" if place.startswith("sides") else "contacts"
        at = coordinates(dict(pair.split("=") for pair in pairs))
        tables.setdefault((measure, tuple(name for name, _ in at)), []).append(Cell(at, text))
    return Report("year", tuple(Table("".join(d), m, d, tuple(cells)) for (m, d), cells in tables.items()))


def passed(report: Report, frame: Frame) -> Outcome:
    return gate([], report, frame=frame, progress=lambda *_: None, stop=lambda: False)


@pytest.mark.parametrize(("identity", "texts"), DRAFTS, ids=NAMES)
def test_what_an_identity_gives_away_is_caught_and_withdrawn(identity: Identity, texts: dict[str, str]) -> None:
    report, knowing = draft(texts), replace(PLAIN, identities=(identity,))
    before = passed(report, PLAIN)
    assert (before.why, before.withdrawn) == ("", ())
    assert not attack([report], frame=knowing).clean
    outcome = passed(report, knowing)
    assert outcome.why == ""
    assert outcome.withdrawn
    assert attack([outcome.report], frame=knowing).clean
    assert check(outcome.certificate, [outcome.report], frame=knowing) == ""
    assert outcome.certificate["identities"] == [identity.name]


@pytest.mark.parametrize(("identity", "texts"), DRAFTS, ids=NAMES)
def test_a_proof_that_overlooks_an_identity_is_none(identity: Identity, texts: dict[str, str]) -> None:
    report, knowing = draft(texts), replace(PLAIN, identities=(identity,))
    blind = passed(report, PLAIN).certificate
    assert "other reports, hierarchies" in check(blind, [report], frame=knowing)
    forged = passed(passed(report, knowing).report, knowing).certificate
    assert check(blind | {"system": forged["system"]}, [report], frame=knowing)


def test_a_cell_in_which_nobody_can_be_is_nobodys_secret() -> None:
    knowing = replace(PLAIN, identities=(EITHER,))
    report = draft({"": "60", "topic=unknown outcome=school": "alle 5", "topic=Y.A outcome=school": "20"})
    system = build([report], frame=knowing)
    empty = system.index["contacts", (("outcome", "school"), ("topic", "unknown"))]
    assert (system.low[empty], system.high[empty]) == (0, 0)
    assert empty in system.never
    assert empty not in system.watched
    assert passed(report, knowing).withdrawn == ()


def test_whoever_is_below_a_code_is_in_it() -> None:
    trees = PLAIN.hierarchies
    assert SAME.excludes({"answered": "left", "outcome": "heard"}, trees=trees)
    assert SAME.excludes({"answered": "yes", "outcome": "unanswered"}, trees=trees)
    assert not SAME.excludes({"answered": "left", "outcome": "unanswered"}, trees=trees)
    assert not CHANNEL.excludes({"topic": "Y.A", "channel": "parent"}, trees=trees)
    assert not SAME.excludes({"answered": "left"}, trees=trees)
    part_of = Part("contacts", "answered", ("left",))
    assert part_of.tells("no", tree=trees["answered"]) is None


def test_figures_that_break_an_identity_are_refused() -> None:
    outcome = passed(draft({"answered=no": "40", "outcome=unanswered": "alle 5"}), replace(PLAIN, identities=(SAME,)))
    assert outcome.code == "contradiction"
