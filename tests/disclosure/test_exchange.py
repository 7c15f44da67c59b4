"""What the service publishes can be handed to any outside attacker, and read back the same."""

import json
from dataclasses import replace

import pytest

from chatservice.disclosure.attack import attack
from chatservice.disclosure.cells import Cell, Frame, Report, Table
from chatservice.disclosure.exchange import CASE, WrongCase, read, write
from tests.disclosure.county import county, reports

TREES = {"area": {"ii": "Total", "oulu": "Total"}, "topic": {"home": "Total", "school": "Total"}}
FRAME = Frame(hierarchies=TREES)


def small() -> Report:
    contacts = Table("areas", "contacts", ("area",), (Cell((), "40"), Cell((("area", "ii"),), "alle 5")))
    tests = Table("areas", "tests", ("area",), (Cell((), ".."), Cell((("area", "ii"),), "15")))
    return Report("year", (contacts, tests))


def test_a_years_reports_are_read_back_as_they_were() -> None:
    made = county(contacts=40, tests=20, towns=2, schools=4)
    shown = reports(made)
    read_back, frame = read(write(shown, frame=made.frame))
    assert [report.name for report in read_back] == [report.name for report in shown]
    for before, after in zip(shown, read_back, strict=True):
        assert {(table.name, table.measure, cell.at, cell.text) for table, cell in before.cells()} == {
            (table.name, table.measure, cell.at, cell.text) for table, cell in after.cells()
        }
    assert (frame.k, frame.p, frame.base, frame.hierarchies) == (5, 3, 5, made.frame.hierarchies)


def test_marks_noise_and_protection_are_declared_truthfully() -> None:
    case = json.loads(write([small()], frame=FRAME)[CASE])
    assert case["protect_zeros"]
    assert case["open_dimensions"] == ["counted"]
    (listed,) = case["reports"]
    assert listed["noise"] == {"kind": "random_round", "base": 5, "max": 4}
    assert listed["marks"] == {"alle 5": [0, 4], "alle 10": [0, 9], "..": [0, None]}


def test_an_exchange_of_another_publisher_is_attacked() -> None:
    files = {
        CASE: json.dumps(
            {
                "k": 5,
                "p": 3,
                "sensitive": ["topic"],
                "hierarchies": {"topic": "topic.csv"},
                "reports": [{"name": "r", "file": "r.csv", "noise": {"kind": "none"}, "marks": {"<5": [1, 4]}}],
            }
        ),
        "topic.csv": "child,parent\nhome,Total\nschool,Total\n",
        "r.csv": "table,topic,value\nt,Total,12\nt,home,9\nt,school,<5\n",
    }
    shown, frame = read(files)
    assert {(each.at, each.low) for each in attack(shown, frame=frame).exact} >= {((("topic", "school"),), 3)}


def test_raw_percentages_of_another_publisher_are_read() -> None:
    files = write([replace(small(), tables=small().tables[:1])], frame=FRAME)
    head, *rows = files["report-01.csv"].splitlines()
    rows.append("shares,ii,contacts,,7.5,pct:area")
    shown, frame = read(files | {"report-01.csv": "\n".join([head, *rows])})
    assert shown[0].tables[1].share == "area"
    assert ((("area", "ii"),), 3) in {(each.at, each.low) for each in attack(shown, frame=frame).exact}


@pytest.mark.parametrize("broken", [{}, {CASE: "{}"}, {CASE: "no"}])
def test_other_files_are_refused(broken: dict[str, str]) -> None:
    with pytest.raises(WrongCase):
        read(broken)


def test_an_unknown_noise_is_refused() -> None:
    files = write([small()], frame=FRAME)
    with pytest.raises(WrongCase):
        read(files | {CASE: files[CASE].replace("random_round", "laplace")})
