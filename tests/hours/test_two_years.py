"""Two years of hours against a minute-by-minute oracle: the clock's changes, week 53, breaks, exceptions."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from chatservice.hours.evaluate import Window, ordered, state, windows
from chatservice.hours.grid import Grid, from_expression
from chatservice.hours.problems import problems
from tests.hours import oracle
from tests.hours.oracle import FIRST, LAST, Town, clock_repeats, towns

pytestmark = pytest.mark.pure
CHANGES = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26)]
YEAR_ENDS = [date(2026, 12, 28), date(2027, 1, 1)]
slowly = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def evaluated(town: Town, first: date, days: int) -> list[Window]:
    return windows(expression=town.expression, exceptions=town.exceptions, breaks=town.breaks, first=first, days=days)


@slowly
@given(town=towns())
def test_windows_of_two_years_are_in_order_and_apart(town: Town) -> None:
    found = evaluated(town, FIRST, (LAST - FIRST).days + 1)
    assert ordered(found)
    assert all(each.opens.tzinfo is UTC and each.closes.tzinfo is UTC for each in found)


@slowly
@given(town=towns(), first=st.dates(FIRST, LAST - timedelta(days=4)) | st.sampled_from(CHANGES + YEAR_ENDS))
def test_every_minute_is_as_the_wall_clock_says(town: Town, first: date) -> None:
    found = evaluated(town, first - timedelta(days=1), 4)
    start = datetime.combine(first, time(), tzinfo=UTC) - timedelta(hours=12)
    for minute in range(0, 3 * 1440, 10):
        moment = start + timedelta(minutes=minute)
        says = state(found, moment)
        expected = town.open_at(moment)
        if clock_repeats(moment) and says.open:
            continue  # a span that begins or ends in the repeated hour has its first and its second minute open
        assert says.open == expected, moment
        assert says.open == any(each.opens <= moment < each.closes for each in found)


@slowly
@given(town=towns(), first=st.dates(FIRST, LAST - timedelta(days=40)), days=st.integers(1, 30))
def test_what_is_asked_for_changes_no_window(town: Town, first: date, days: int) -> None:
    long = evaluated(town, first, 40)
    short = evaluated(town, first, days)
    assume(not any(each.goes_on or each.closes - each.opens > timedelta(days=2) for each in long))
    assert short == long[: len(short)]


@slowly
@given(week=oracle.weeks, public=st.booleans(), school=st.booleans())
def test_a_grid_comes_back_with_the_same_meaning(
    week: dict[int, list[tuple[time, time]]], public: bool, school: bool
) -> None:
    town = Town(Grid(week, public, school))
    back = from_expression(town.expression)
    assert back is not None
    if any(week.values()):
        assert (back.closed_on_public_holidays, back.closed_on_school_holidays) == (public, school)
    assert {day: sorted(spans) for day, spans in back.week.items()} == {day: sorted(s) for day, s in week.items() if s}


@slowly
@given(text=st.text(alphabet='MoTuPHSHoff0123456789:-,;|" []+/weekJan', max_size=40))
def test_no_text_breaks_the_evaluation(text: str) -> None:
    from_expression(text)
    if not any(each.blocks for each in problems(text)):
        assert ordered(windows(expression=text, first=FIRST, days=30))
