"""The life of a duty, as one table. No other module decides whether a step is allowed.

Somebody on duty takes new talks or finishes those they have; either may be paused. A repeated step changes nothing.
"""

from enum import StrEnum
from typing import Final

from chatservice.duty.errors import WrongStep


class State(StrEnum):
    """Where a worker stands."""

    OFF = "off"
    TAKING = "taking"
    FINISHING = "finishing"
    PAUSED = "paused"
    PAUSED_FINISHING = "paused_finishing"


class Step(StrEnum):
    """What may happen to a duty; `lose`: the desk's line has been gone too long."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP_TAKING = "stop_taking"
    TAKE_AGAIN = "take_again"
    END = "end"
    LOSE = "lose"


TABLE: Final[dict[tuple[State, Step], State]] = {
    (State.OFF, Step.START): State.TAKING,
    (State.TAKING, Step.START): State.TAKING,
    (State.TAKING, Step.PAUSE): State.PAUSED,
    (State.TAKING, Step.RESUME): State.TAKING,
    (State.TAKING, Step.STOP_TAKING): State.FINISHING,
    (State.TAKING, Step.TAKE_AGAIN): State.TAKING,
    (State.TAKING, Step.END): State.OFF,
    (State.TAKING, Step.LOSE): State.OFF,
    (State.FINISHING, Step.START): State.FINISHING,
    (State.FINISHING, Step.PAUSE): State.PAUSED_FINISHING,
    (State.FINISHING, Step.RESUME): State.FINISHING,
    (State.FINISHING, Step.STOP_TAKING): State.FINISHING,
    (State.FINISHING, Step.TAKE_AGAIN): State.TAKING,
    (State.FINISHING, Step.END): State.OFF,
    (State.FINISHING, Step.LOSE): State.OFF,
    (State.PAUSED, Step.START): State.PAUSED,
    (State.PAUSED, Step.PAUSE): State.PAUSED,
    (State.PAUSED, Step.RESUME): State.TAKING,
    (State.PAUSED, Step.STOP_TAKING): State.PAUSED_FINISHING,
    (State.PAUSED, Step.TAKE_AGAIN): State.PAUSED,
    (State.PAUSED, Step.END): State.OFF,
    (State.PAUSED, Step.LOSE): State.OFF,
    (State.PAUSED_FINISHING, Step.START): State.PAUSED_FINISHING,
    (State.PAUSED_FINISHING, Step.PAUSE): State.PAUSED_FINISHING,
    (State.PAUSED_FINISHING, Step.RESUME): State.FINISHING,
    (State.PAUSED_FINISHING, Step.STOP_TAKING): State.PAUSED_FINISHING,
    (State.PAUSED_FINISHING, Step.TAKE_AGAIN): State.PAUSED,
    (State.PAUSED_FINISHING, Step.END): State.OFF,
    (State.PAUSED_FINISHING, Step.LOSE): State.OFF,
}

ON_PAUSE: Final = frozenset({State.PAUSED, State.PAUSED_FINISHING})
TAKES_NEW: Final = frozenset({State.TAKING, State.PAUSED})


def state_of(*, paused: bool, accepting: bool) -> State:
    """Return the state of somebody on duty."""
    if paused:
        return State.PAUSED if accepting else State.PAUSED_FINISHING
    return State.TAKING if accepting else State.FINISHING


def step(*, state: State, by: Step) -> State:
    """Return the state after `by`; raises WrongStep when the table has no such step."""
    try:
        return TABLE[state, by]
    except KeyError:
        raise WrongStep(f"a worker who is {state} cannot {by}: start the shift first") from None
