"""The table of duty: every pair of state and step is either in it or refused by name."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatservice.duty.care import after_talk
from chatservice.duty.errors import WrongStep
from chatservice.duty.states import ON_PAUSE, TABLE, TAKES_NEW, State, Step, state_of, step

pytestmark = pytest.mark.pure


def test_whoever_is_on_duty_can_do_everything_and_whoever_is_off_can_only_start() -> None:
    for state, by in product(State, Step):
        assert ((state, by) in TABLE) is (state is not State.OFF or by is Step.START)


@pytest.mark.parametrize("by", [by for by in Step if by is not Step.START])
def test_a_step_without_a_shift_is_refused_with_the_fix(by: Step) -> None:
    with pytest.raises(WrongStep, match="start the shift first"):
        step(state=State.OFF, by=by)


@pytest.mark.parametrize("state", [state for state in State if state is not State.OFF])
def test_a_repeated_step_changes_nothing_and_every_duty_can_end(state: State) -> None:
    for by in (Step.START, Step.PAUSE, Step.RESUME, Step.STOP_TAKING, Step.TAKE_AGAIN):
        once = step(state=state, by=by)
        assert step(state=once, by=by) is once
    assert step(state=state, by=Step.END) is step(state=state, by=Step.LOSE) is State.OFF


@settings(derandomize=True, deadline=None)
@given(st.booleans(), st.booleans())
def test_columns_and_states_are_the_same_thing(paused: bool, accepting: bool) -> None:
    state = state_of(paused=paused, accepting=accepting)
    assert (state in ON_PAUSE, state in TAKES_NEW) == (paused, accepting)


@pytest.mark.parametrize(
    ("risk", "minutes", "offered"), [(0, 39.9, False), (1, 10, False), (2, 1, True), (0, 40, True), (3, 60, True)]
)
def test_a_pause_is_offered_after_a_heavy_talk(risk: int, minutes: float, offered: bool) -> None:
    offer = after_talk(risk=risk, minutes=minutes, alone=False)
    assert (offer is not None) is offered
    assert offer is None or (offer.minutes, offer.reason, offer.door) == (10, "heavy_talk", False)


def test_whoever_is_alone_is_offered_it_too_and_told_what_the_door_says() -> None:
    offer = after_talk(risk=2, minutes=5, alone=True)
    assert offer is not None
    assert offer.door
