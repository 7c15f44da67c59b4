"""What the project's CI lets go a second time, and what stays failed at once."""

import runpy
from pathlib import Path

import pytest

AGAIN = Path(__file__).resolve().parents[2] / ".ci/again"
ONE, TWO, THREE = (f"tests/journeys/test_{name}.py::test_it" for name in ("talk", "queue", "desk"))


@pytest.mark.pure
@pytest.mark.parametrize(
    ("failed", "again"),
    [
        ([], False),
        ([ONE], True),
        ([ONE, TWO], True),
        ([ONE, TWO, THREE], False),
        (["tests/vault/test_keys.py::test_it"], False),
        ([ONE, "tests/vault/test_keys.py::test_it"], False),
        (["tests/journeys/test_talk.py"], False),
    ],
)
def test_only_one_or_two_journeys_are_repeated(failed: list[str], *, again: bool) -> None:
    assert runpy.run_path(str(AGAIN))["may_repeat"](failed) is again
