"""Times as people write them, on the 24-hour clock."""

from datetime import time

import pytest

from console.coordinator.inputs import clock


@pytest.mark.parametrize(
    ("text", "found"),
    [("14:00", time(14)), ("14", time(14)), ("9.30", time(9, 30)), (" 24:00 ", time()), ("00:00", time())],
)
def test_a_time_is_read(text: str, found: time) -> None:
    assert clock(text) == found


@pytest.mark.parametrize("text", ["", "2 pm", "24:01", "25:00", "14:60", "14:0", "-1", "½"])
def test_anything_else_is_none(text: str) -> None:
    assert clock(text) is None
