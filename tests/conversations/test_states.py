"""The table of states, whole: what it allows, what it refuses, and who may write where."""

from itertools import product

import pytest

from chatservice.conversations.errors import WrongStep
from chatservice.conversations.states import PROFESSIONAL_WRITES, TABLE, VISITOR_WRITES, State, Step, step

pytestmark = pytest.mark.pure

ALLOWED = {
    (State.QUEUED, Step.PARK, State.PARKED),
    (State.QUEUED, Step.CALL, State.CALLED),
    (State.QUEUED, Step.CLOSE, State.CLOSED),
    (State.CALLED, Step.CONFIRM, State.ACTIVE),
    (State.CALLED, Step.SKIP, State.QUEUED),
    (State.CALLED, Step.GIVE_BACK, State.QUEUED),
    (State.CALLED, Step.CLOSE, State.CLOSED),
    (State.ACTIVE, Step.GIVE_BACK, State.QUEUED),
    (State.ACTIVE, Step.HAND_OVER, State.ACTIVE),
    (State.ACTIVE, Step.PARK, State.PARKED),
    (State.ACTIVE, Step.CLOSE, State.CLOSED),
    (State.PARKED, Step.RETURN, State.QUEUED),
    (State.PARKED, Step.CLOSE, State.CLOSED),
}


@pytest.mark.parametrize(("state", "by"), list(product(State, Step)))
def test_each_step_of_each_state_is_allowed_or_refused_by_name(state: State, by: Step) -> None:
    after = [end for begin, taken, end in ALLOWED if (begin, taken) == (state, by)]
    if after:
        assert step(state=state, by=by) is after[0]
        return
    with pytest.raises(WrongStep, match=f"{state} cannot {by}"):
        step(state=state, by=by)


def test_nothing_leaves_closed() -> None:
    assert not [begin for begin, _ in TABLE if begin is State.CLOSED]


def test_every_state_is_reached_and_every_talk_can_end() -> None:
    assert set(TABLE.values()) | {State.QUEUED} == set(State)
    assert all((state, Step.CLOSE) in TABLE for state in State if state is not State.CLOSED)


def test_nobody_writes_into_a_closed_talk_and_a_professional_only_into_an_active_one() -> None:
    assert State.CLOSED not in VISITOR_WRITES
    assert PROFESSIONAL_WRITES == [State.ACTIVE]
