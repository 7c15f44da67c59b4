"""Shifts against opening hours and demand: gaps, single and double cover, too few for those who come."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.duty.coverage import Goal, Span, cover, merged_times, needs, outside

pytestmark = pytest.mark.pure

# Monday 3 March 2031, 14.00 in Finland.
AFTERNOON = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)
GOAL = Goal(talk_minutes=20, patience_minutes=20, capacity=2, most_abandon=0.2)


def at(hours: float) -> datetime:
    """So many hours after two in the afternoon."""
    return AFTERNOON + timedelta(hours=hours)


@dataclass(frozen=True)
class Open:
    """An opening window."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class Planned:
    """A shift."""

    starts: datetime
    ends: datetime


def spans(*shifts: tuple[float, float], opens: float = 0, closes: float = 4) -> list[tuple[float, float, int]]:
    """The cover of one window, in hours."""
    found = cover(windows=[Open(at(opens), at(closes))], shifts=[Planned(at(a), at(b)) for a, b in shifts])
    return [
        ((s.starts - AFTERNOON) / timedelta(hours=1), (s.ends - AFTERNOON) / timedelta(hours=1), s.people)
        for s in found
    ]


def test_gaps_single_and_double_cover() -> None:
    assert spans((1, 3), (2, 5)) == [(0, 1, 0), (1, 2, 1), (2, 3, 2), (3, 4, 1)]


def test_nobody_planned_is_one_gap_and_a_shift_of_one_is_single_cover() -> None:
    assert spans() == [(0, 4, 0)]
    assert spans((0, 4)) == [(0, 4, 1)]


def test_a_change_of_shift_without_a_gap_is_one_stretch() -> None:
    assert spans((0, 2), (2, 4)) == [(0, 4, 1)]


def test_without_opening_hours_nothing_is_uncovered() -> None:
    assert cover(windows=[], shifts=[Planned(at(0), at(2))]) == []


def test_who_is_planned_while_closed_is_told() -> None:
    windows = [Open(at(0), at(2)), Open(at(3), at(4))]
    shifts = [Planned(at(-1), at(1)), Planned(at(1), at(5))]
    assert outside(windows=windows, shifts=shifts) == [(at(-1), at(0)), (at(2), at(3)), (at(4), at(5))]
    assert outside(windows=windows, shifts=[Planned(at(0), at(2))]) == []


def test_needs_by_the_hour_from_the_weekday_s_bands() -> None:
    found = needs(
        spans=[Span(starts=at(0), ends=at(2), people=1), Span(starts=at(2), ends=at(3), people=2)],
        demand={(0, 7): 24.0, (0, 8): 2.0},
        goal=GOAL,
    )
    assert [(need.expected, need.planned, need.needed, need.short) for need in found] == [
        (12.0, 1.0, 2, True),
        (12.0, 1.0, 2, True),
        (1.0, 2.0, 1, False),
    ]
    assert found[0].abandon > 0.2 > found[2].abandon


def test_an_hour_without_anybody_loses_all_who_come_and_a_quiet_one_still_needs_one() -> None:
    (busy,) = needs(spans=[Span(starts=at(0), ends=at(1), people=0)], demand={(0, 7): 4.0}, goal=GOAL)
    assert (busy.abandon, busy.needed, busy.short) == (1.0, 1, True)
    (quiet,) = needs(spans=[Span(starts=at(0), ends=at(1), people=0)], demand={}, goal=GOAL)
    assert (quiet.abandon, quiet.needed, quiet.short) == (0.0, 1, True)


def test_half_an_hour_of_two_is_one_on_average() -> None:
    halves = [Span(starts=at(0), ends=at(0.5), people=2), Span(starts=at(0.5), ends=at(1), people=0)]
    (need,) = needs(spans=halves, demand={}, goal=GOAL)
    assert need.planned == 1.0


def test_a_window_that_opens_for_half_an_hour_counts_its_own_half() -> None:
    (need,) = needs(spans=[Span(starts=at(0.5), ends=at(1), people=1)], demand={}, goal=GOAL)
    assert need.planned == 1.0


stretches = st.lists(
    st.tuples(st.integers(0, 96), st.integers(1, 40)).map(lambda s: (at(s[0] / 4), at((s[0] + s[1]) / 4))), max_size=8
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(open_times=stretches, shift_times=stretches)
def test_cover_adds_up_to_the_opening_hours_and_to_the_work_in_them(
    open_times: list[tuple[datetime, datetime]], shift_times: list[tuple[datetime, datetime]]
) -> None:
    windows, shifts = [Open(*times) for times in open_times], [Planned(*times) for times in shift_times]
    found = cover(windows=windows, shifts=shifts)
    zero = timedelta()
    opening = sum(((b - a) for a, b in merged_times(open_times)), zero)
    assert sum((span.ends - span.starts for span in found), zero) == opening
    spare = sum((b - a for a, b in outside(windows=windows, shifts=shifts)), zero)
    manned = sum((span.ends - span.starts for span in found if span.people), zero)
    assert manned + spare == sum((b - a for a, b in merged_times(shift_times)), zero)
