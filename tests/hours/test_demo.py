"""The demo can be tried at any hour, and its second entry shows a closed door."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from chatservice.hours import demo, selectors
from chatservice.hours.problems import problems
from chatservice.places.models import Area, Host, SchoolCalendar


def test_demo_hours_may_be_loaded_twice(area: Area, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    for _ in range(2):
        call_command("demo_hours")
    open_area, closed = Area.objects.get(slug="demo"), Host.objects.get(key="demo-closed").area
    assert selectors.state_now(open_area.pk, "parent", "sv").open
    week = {"first": date(2026, 11, 23), "days": 7}
    assert [each.opens.day for each in selectors.week(closed.pk, "youth", "fi", **week)] == [23, 24, 25, 26]  # type: ignore[arg-type]
    assert SchoolCalendar.objects.filter(area=closed).count() == 5
    assert not selectors.week(closed.pk, "youth", "fi", first=date(2026, 12, 21), days=14)


def test_demo_hours_are_refused_to_people() -> None:
    with override_settings(MODE="production"), pytest.raises(CommandError, match="KUULOLLA_MODE=demo"):
        call_command("demo_hours")


@pytest.mark.parametrize("expression", demo.REAL.values())
def test_demo_hours_have_no_problem(expression: str) -> None:
    assert problems(expression) == []
