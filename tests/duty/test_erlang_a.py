"""Erlang-A against published numbers, its limits, its monotony, and a simulation that knows no formula."""

import heapq
import random
from math import exp, factorial, inf, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.duty.erlang_a import (
    MOST_STAFF,
    Load,
    answered_within,
    blocking,
    outcome,
    staff_needed,
    waits_at_most,
)

pytestmark = pytest.mark.pure

# Garnett, Mandelbaum & Reiman (2002), first table: 48 calls a minute, talks of 1 minute, patience 2 minutes, 50 agents.
GMR = {"arrivals": 48.0 * 60, "talk_minutes": 1.0}
PATIENT = Load(**GMR, patience_minutes=inf)
IMPATIENT = Load(**GMR, patience_minutes=2.0)

loads = st.builds(
    Load,
    arrivals=st.floats(0.1, 500),
    talk_minutes=st.floats(1, 90),
    patience_minutes=st.floats(0.5, 600) | st.just(inf),
)
staffs = st.integers(1, 120)
EPSILON = 1e-9
steady = settings(derandomize=True, deadline=None, max_examples=60)


def test_the_published_example_with_impatient_callers() -> None:
    found = outcome(load=IMPATIENT, staff=50)
    assert round(found.abandon, 3) == 0.031
    assert round(found.occupancy, 2) == 0.93
    assert round(found.mean_wait_minutes * 48) == 3  # callers in the queue
    assert round(waits_at_most(load=IMPATIENT, staff=50, minutes=12.5 / 60), 2) == 0.90


def test_the_published_example_with_endless_patience() -> None:
    found = outcome(load=PATIENT, staff=50)
    assert round(found.mean_wait_minutes * 60, 1) == 20.8
    assert found.occupancy == 0.96
    assert round(found.mean_wait_minutes * 48) == 17
    assert round(waits_at_most(load=PATIENT, staff=50, minutes=58.1 / 60), 3) == 0.9


@pytest.mark.parametrize(
    ("erlangs", "staff", "published"), [(5, 10, 0.0184), (2, 5, 0.0367), (1, 1, 0.5), (10, 10, 0.2146)]
)
def test_erlang_b_tables(erlangs: float, staff: int, published: float) -> None:
    assert round(blocking(erlangs=erlangs, staff=staff), 4) == published


@pytest.mark.parametrize(
    ("erlangs", "staff", "published"), [(8, 10, 0.4092), (1, 2, 0.3333), (0.5, 1, 0.5), (2, 3, 0.4444)]
)
def test_erlang_c_is_the_limit_of_endless_patience(erlangs: float, staff: int, published: float) -> None:
    endless = outcome(load=Load(arrivals=erlangs, talk_minutes=60, patience_minutes=inf), staff=staff)
    nearly = outcome(load=Load(arrivals=erlangs, talk_minutes=60, patience_minutes=1e7), staff=staff)
    assert round(endless.wait, 4) == round(nearly.wait, 4) == published
    assert endless.mean_wait_minutes == pytest.approx(endless.wait * 60 / (staff - erlangs))
    assert nearly.mean_wait_minutes == pytest.approx(endless.mean_wait_minutes, rel=1e-3)
    assert waits_at_most(
        load=Load(arrivals=erlangs, talk_minutes=60, patience_minutes=inf), staff=staff, minutes=30
    ) == (pytest.approx(1 - endless.wait * exp(-(staff - erlangs) / 2)))


@pytest.mark.parametrize(("erlangs", "staff"), [(5, 10), (30, 10), (1, 1)])
def test_erlang_b_is_the_limit_of_no_patience(erlangs: float, staff: int) -> None:
    hasty = outcome(load=Load(arrivals=erlangs, talk_minutes=60, patience_minutes=1e-7), staff=staff)
    assert hasty.abandon == pytest.approx(blocking(erlangs=erlangs, staff=staff), rel=1e-5)
    assert hasty.mean_wait_minutes < 1e-6


@pytest.mark.parametrize(("erlangs", "staff"), [(5, 8), (12, 3), (0.3, 1)])
def test_patience_as_long_as_talks_makes_a_queue_without_limit(erlangs: float, staff: int) -> None:
    """The number present is then Poisson whatever the staff: P(wait) is its tail."""
    found = outcome(load=Load(arrivals=erlangs, talk_minutes=60, patience_minutes=60), staff=staff)
    below = sum(exp(-erlangs) * erlangs**number / factorial(number) for number in range(staff))
    assert found.wait == pytest.approx(1 - below)
    spare = sum((staff - n) * exp(-erlangs) * erlangs**n / factorial(n) for n in range(staff))
    assert found.abandon == pytest.approx((erlangs - staff + spare) / erlangs)


def test_too_few_for_ever_patient_people_is_told_as_endless() -> None:
    found = outcome(load=Load(arrivals=10, talk_minutes=60, patience_minutes=inf), staff=10)
    assert (found.wait, found.mean_wait_minutes, found.abandon, found.occupancy) == (1.0, inf, 0.0, 1.0)


def test_a_flood_has_numbers_and_not_an_overflow() -> None:
    flood = Load(arrivals=5000, talk_minutes=60, patience_minutes=240)
    found = outcome(load=flood, staff=1)
    assert found.abandon == pytest.approx(1 - 1 / 5000)
    assert answered_within(load=flood, staff=1, minutes=10) == pytest.approx(0, abs=1e-9)
    calm = outcome(load=Load(arrivals=0.01, talk_minutes=1, patience_minutes=5), staff=500)
    assert (calm.wait, calm.abandon) == (0.0, 0.0)


def test_nobody_comes() -> None:
    none = Load(arrivals=0, talk_minutes=25, patience_minutes=30)
    assert staff_needed(load=none, most_abandon=0.05) == 0
    assert outcome(load=none, staff=1).occupancy == 0
    assert waits_at_most(load=none, staff=1, minutes=0) == answered_within(load=none, staff=1, minutes=0) == 1


@pytest.mark.parametrize(
    "wrong", [{"arrivals": -1.0}, {"arrivals": inf}, {"talk_minutes": 0.0}, {"patience_minutes": 0.0}]
)
def test_impossible_loads_are_refused_by_name(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Load(**{"arrivals": 1.0, "talk_minutes": 1.0, "patience_minutes": 1.0, **wrong})


def test_impossible_questions_are_refused() -> None:
    load = Load(arrivals=10, talk_minutes=20, patience_minutes=30)
    with pytest.raises(ValueError, match="staff"):
        outcome(load=load, staff=0)
    with pytest.raises(ValueError, match="shares"):
        staff_needed(load=load, most_abandon=1.5)
    with pytest.raises(ValueError, match="infinity"):
        outcome(load=Load(arrivals=100, talk_minutes=60, patience_minutes=1e9), staff=2)


@steady
@given(load=loads, staff=staffs)
def test_shares_are_shares_and_the_books_balance(load: Load, staff: int) -> None:
    found = outcome(load=load, staff=staff)
    assert all(0 <= share <= 1 for share in (found.wait, found.abandon, found.occupancy))
    assert found.abandon <= found.wait + EPSILON
    if load.patience_minutes < inf:
        assert isclose(found.abandon, found.mean_wait_minutes / load.patience_minutes, abs_tol=EPSILON)


@steady
@given(load=loads, staff=staffs)
def test_one_more_never_makes_it_worse(load: Load, staff: int) -> None:
    fewer, more = outcome(load=load, staff=staff), outcome(load=load, staff=staff + 1)
    assert more.wait <= fewer.wait + EPSILON
    assert more.abandon <= fewer.abandon + EPSILON
    assert more.mean_wait_minutes <= fewer.mean_wait_minutes + EPSILON


@steady
@given(load=loads, staff=staffs, minutes=st.floats(0, 120), longer=st.floats(0, 60))
def test_waits_are_a_distribution_above_the_service_level(
    load: Load, staff: int, minutes: float, longer: float
) -> None:
    sooner = waits_at_most(load=load, staff=staff, minutes=minutes)
    assert -1e-6 <= answered_within(load=load, staff=staff, minutes=minutes) <= sooner + 1e-6
    assert sooner <= waits_at_most(load=load, staff=staff, minutes=minutes + longer) + 1e-6 <= 1 + 2e-6


@steady
@given(load=loads, staff=staffs)
def test_in_the_long_run_everybody_is_answered_or_gone(load: Load, staff: int) -> None:
    found = outcome(load=load, staff=staff)
    if found.mean_wait_minutes < 300:
        served = answered_within(load=load, staff=staff, minutes=20 * 600)
        assert served == pytest.approx(1 - found.abandon, abs=1e-3)


@steady
@given(load=loads, abandon=st.floats(0.01, 0.5))
def test_the_needed_staff_is_the_fewest_that_do(load: Load, abandon: float) -> None:
    needed = staff_needed(load=load, most_abandon=abandon)
    assert 1 <= needed <= MOST_STAFF
    assert outcome(load=load, staff=needed).abandon <= abandon
    if needed > 1:
        fewer = outcome(load=load, staff=needed - 1)
        assert fewer.abandon > abandon or fewer.mean_wait_minutes == inf


@steady
@given(load=loads)
def test_a_stricter_goal_never_needs_fewer(load: Load) -> None:
    easy = staff_needed(load=load, most_abandon=0.2)
    assert (
        easy
        <= staff_needed(load=load, most_abandon=0.05)
        <= staff_needed(load=load, most_abandon=0.05, share=0.9, minutes=2)
    )


@pytest.mark.long
@pytest.mark.parametrize(("arrivals", "staff", "patience"), [(6, 2, 20), (12, 4, 15), (3, 1, 40)])
def test_a_simulated_afternoon_agrees(arrivals: float, staff: int, patience: float) -> None:
    """150,000 people who come, wait, leave and talk, one by one in order of arrival; seeded."""
    load = Load(arrivals=arrivals, talk_minutes=25, patience_minutes=patience)
    random.seed(20261121)
    people, now = 150_000, 0.0
    free = [0.0] * staff
    waited = left = quick = 0
    total = 0.0
    for _ in range(people):
        now += random.expovariate(arrivals / 60)
        stays = random.expovariate(1 / patience)
        wait = max(0.0, free[0] - now)
        waited += wait > 0
        total += min(wait, stays)
        quick += min(wait, stays) <= 10
        if wait > stays:
            left += 1
        else:
            heapq.heapreplace(free, now + wait + random.expovariate(1 / 25))
    found = outcome(load=load, staff=staff)
    assert waited / people == pytest.approx(found.wait, abs=0.01)
    assert left / people == pytest.approx(found.abandon, abs=0.01)
    assert total / people == pytest.approx(found.mean_wait_minutes, rel=0.03)
    assert quick / people == pytest.approx(waits_at_most(load=load, staff=staff, minutes=10), abs=0.01)
