"""The life of a conversation, as one table. No other module decides whether a step is allowed.

Source: the ruling on states (`queued -> called -> active -> parked -> queued ... -> closed`); nothing leaves `closed`.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from chatservice.conversations.errors import WrongStep


class State(StrEnum):
    """Where a conversation stands; the values are stored and sent over the wire."""

    QUEUED = "queued"
    CALLED = "called"
    ACTIVE = "active"
    PARKED = "parked"
    CLOSED = "closed"


class Step(StrEnum):
    """What may happen to a conversation."""

    CALL = "call"
    CONFIRM = "confirm"
    SKIP = "skip"
    GIVE_BACK = "give_back"
    HAND_OVER = "hand_over"
    PARK = "park"
    RETURN = "return"
    CLOSE = "close"


TABLE: Final[dict[tuple[State, Step], State]] = {
    (State.QUEUED, Step.CALL): State.CALLED,
    (State.QUEUED, Step.PARK): State.PARKED,
    (State.CALLED, Step.CONFIRM): State.ACTIVE,
    (State.CALLED, Step.SKIP): State.QUEUED,
    (State.CALLED, Step.GIVE_BACK): State.QUEUED,
    (State.ACTIVE, Step.GIVE_BACK): State.QUEUED,
    (State.ACTIVE, Step.HAND_OVER): State.ACTIVE,
    (State.ACTIVE, Step.PARK): State.PARKED,
    (State.PARKED, Step.RETURN): State.QUEUED,
    (State.QUEUED, Step.CLOSE): State.CLOSED,
    (State.CALLED, Step.CLOSE): State.CLOSED,
    (State.ACTIVE, Step.CLOSE): State.CLOSED,
    (State.PARKED, Step.CLOSE): State.CLOSED,
}

# What having been called once is worth in the queue: such a talk stands at the head of its class.
RETURNED_WORTH: Final = timedelta(minutes=60)

# Who let a call pass is not called again for so long, unless they show that they are there: an open page that nobody
# looks at would else take one call after another from all those behind.
REST_S: Final = 180

# A visitor may write from the first minute of waiting; a professional only in the talk itself.
VISITOR_WRITES: Final = [State.QUEUED, State.CALLED, State.ACTIVE, State.PARKED]
PROFESSIONAL_WRITES: Final = [State.ACTIVE]
WITH_PROFESSIONAL: Final = [State.CALLED, State.ACTIVE]


def step(*, state: State, by: Step) -> State:
    """Return the state after `by`; raises WrongStep when the table has no such step."""
    try:
        return TABLE[state, by]
    except KeyError:
        raise WrongStep(f"a conversation that is {state} cannot {by}; see conversations/states.py") from None
