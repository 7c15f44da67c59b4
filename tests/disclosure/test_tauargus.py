"""An attacker of another house agrees with ours: tau-Argus (pytauargus) audits a table of municipalities and topics.

It runs in a process of its own, as it keeps its state there, and gets plain codes of our making: it stumbles at others.
"""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from chatservice.disclosure.attack.attacker import SECONDS
from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.system import build
from chatservice.disclosure.cells import TOTAL, WITHDRAWN, Cell, Coordinates, Frame, Report, Table, coordinates
from chatservice.disclosure.gate import gate
from tests.disclosure.county import County, county, reports

pytestmark = pytest.mark.long
PROTECT_S = 120
# Reads rows of one contact each; hides what is below five and what that needs, then audits its own hiding.
SCRIPT = """
import json, sys
from pytauargus import protect
folder, told = sys.argv[1], json.load(sys.stdin)
made = protect(told, ["town", "topic"], response="n", safety_rules="FREQ(5,30)", suppress="OPT(1)", workdir=folder)
ranges = {row["cell"]: (round(row["min"]), round(row["max"])) for row in made.engine.audit(0)}
rows = [dict(row, range=ranges.get(number)) for number, row in enumerate(made.tables[0].rows)]
json.dump(rows, open(folder + "/found.json", "w"))
"""


@pytest.fixture(scope="module")
def made() -> County:
    """A county's counts."""
    return county(contacts=600, tests=100)


def cells(made: County) -> dict[Coordinates, int]:
    """The true counts of an autumn's municipalities and topic groups, totals among them."""
    found = {}
    for town, topic in itertools.product(made.towns, made.codes("topic", 1)):
        at = coordinates({"area": town, "topic": topic, "period": "autumn"})
        found[at] = made.counts["contacts", at]
    return found


def argued(made: County, folder: Path) -> dict[Coordinates, dict[str, object]]:
    """What tau-Argus makes of these counts: per cell its value, its status and, where it is hidden, its range."""
    towns = {f"A{number:02}": code for number, code in enumerate(made.towns[1:])} | {TOTAL: TOTAL}
    topics = {f"T{number:02}": code for number, code in enumerate(made.codes("topic", 1)[1:])} | {TOTAL: TOTAL}
    rows = []
    for (town, area), (topic, group) in itertools.product(towns.items(), topics.items()):
        if TOTAL not in {town, topic}:
            count = made.counts["contacts", coordinates({"area": area, "topic": group, "period": "autumn"})]
            rows += [{"town": town, "topic": topic, "n": 1}] * count
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    subprocess.run(
        command, input=json.dumps(rows), text=True, check=True, timeout=PROTECT_S, capture_output=True, cwd=folder
    )
    return {
        coordinates({"area": towns[row["town"]], "topic": topics[row["topic"]], "period": "autumn"}): row
        for row in json.loads((folder / "found.json").read_text())
    }


def test_both_attackers_read_the_same_from_a_table_with_holes(made: County, tmp_path: Path) -> None:
    theirs = argued(made, tmp_path)
    counts = cells(made)
    assert {at: row["n"] for at, row in theirs.items()} == {at: counts[at] for at in theirs}
    hidden = {at: row["range"] for at, row in theirs.items() if row["status"] in {"U", "M"}}
    assert len(hidden) > 10
    shown = tuple(Cell(at, WITHDRAWN if at in hidden else str(count)) for at, count in counts.items())
    table = Table("towns", "contacts", ("area", "period", "topic"), shown)
    flat = {name: dict.fromkeys(codes, TOTAL) for name, codes in top(made).items()}
    frame = Frame(hierarchies=flat, base=1)
    assert ours(Report("towns", (table,)), frame, list(hidden)) == {at: tuple(ends) for at, ends in hidden.items()}


def top(made: County) -> dict[str, list[str]]:
    """The codes of each dimension that lie directly under its total."""
    trees = made.frame.hierarchies
    return {name: [code for code, up in trees[name].items() if up == TOTAL] for name in ("area", "period", "topic")}


def ours(report: Report, frame: Frame, hidden: list[Coordinates]) -> dict[Coordinates, tuple[int, int]]:
    """The least and most that our own attacker finds possible in these cells."""
    system = build([report], frame=frame)
    programs = Programs(system, Intervals(system), seconds=SECONDS)
    found = {}
    for at in hidden:
        number = system.index["contacts", at]
        least = programs.furthest(number, upwards=False)[number]
        found[at] = least, programs.furthest(number, upwards=True)[number]
    return found


def test_nothing_that_it_would_hide_first_is_published_as_a_figure(made: County, tmp_path: Path) -> None:
    frozen: list[Report] = []
    for draft in reports(made)[:2]:
        outcome = gate(frozen, draft, frame=made.frame, progress=lambda *_: None, stop=lambda: False)
        assert outcome.clean
        frozen.append(outcome.report)
    [table] = [each for each in frozen[1].tables if each.name == "municipality_topic"]
    texts = {cell.at: cell.text for cell in table.cells}
    unsafe = [at for at, row in argued(made, tmp_path).items() if row["status"] == "U"]
    assert unsafe
    assert not [at for at in unsafe if texts[at].isdecimal()]
