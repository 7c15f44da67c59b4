"""What is published in the exchange form can be attacked by whoever reads that form and nothing else."""

import json

import pytest

from chatservice.disclosure.attack import attack
from tests.disclosure.exchange import CASE, WrongCase, read

ROUNDED = {"kind": "random_round", "base": 5, "max": 4}


def files(rows: str, *, noise: dict[str, object], marks: dict[str, list[int | None]]) -> dict[str, str]:
    listed = [{"name": "year", "file": "year.csv", "noise": noise, "marks": marks}]
    case = {"k": 5, "p": 3, "sensitive": ["topic"], "hierarchies": {"topic": "topic.csv"}, "reports": listed}
    return {
        CASE: json.dumps(case),
        "topic.csv": "child,parent\nhome,Total\nschool,Total\n",
        "year.csv": rows,
    }


def test_an_exact_publisher_is_read_and_found_out() -> None:
    shown, frame = read(
        files("table,topic,value\nt,Total,12\nt,home,9\nt,school,<5\n", noise={"kind": "none"}, marks={"<5": [1, 4]})
    )
    assert {((("topic", "school"),), 3)} <= {(each.at, each.low) for each in attack(shown, frame=frame).exact}


def test_rounding_and_marks_are_taken_as_they_are_declared() -> None:
    rows = "table,topic,measure,value\nt,Total,count,40\nt,home,count,35\nt,school,count,alle 5\n"
    shown, frame = read(files(rows, noise=ROUNDED, marks={"alle 5": [0, 4], "..": [0, None]}))
    assert (frame.k, frame.p, frame.base) == (5, 3, 5)
    assert attack(shown, frame=frame).clean


def test_raw_percentages_are_read_as_what_they_tell() -> None:
    rows = "table,topic,measure,value\nt,Total,count,40\nshares,home,pct:topic,7.5\n"
    shown, frame = read(files(rows, noise=ROUNDED, marks={}))
    assert ((("topic", "home"),), 3) in {(each.at, each.low) for each in attack(shown, frame=frame).exact}


@pytest.mark.parametrize("broken", [{}, {CASE: "{}"}, {CASE: "no"}])
def test_other_files_are_refused(broken: dict[str, str]) -> None:
    with pytest.raises(WrongCase):
        read(broken)


def test_an_unknown_noise_is_refused() -> None:
    with pytest.raises(WrongCase):
        read(files("table,topic,value\n", noise={"kind": "laplace"}, marks={}))
