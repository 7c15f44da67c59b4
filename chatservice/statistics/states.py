"""The life of a report, as one table. No other module decides whether a step is allowed.

Nothing leaves `frozen` or `dropped`.
"""

from enum import StrEnum
from typing import Final

from chatservice.statistics.errors import WrongTurn


class State(StrEnum):
    """Where a report stands; the values are stored."""

    DRAFT = "draft"
    CHECKING = "checking"
    CHECKED = "checked"
    SIGNED = "signed"
    FROZEN = "frozen"
    DROPPED = "dropped"


class Step(StrEnum):
    """What may happen to a report."""

    RENEW = "renew"
    CHECK = "check"
    PASS = "pass"  # noqa: S105 - a step, no password
    FAIL = "fail"
    REOPEN = "reopen"
    SIGN = "sign"
    FREEZE = "freeze"
    DROP = "drop"


TABLE: Final[dict[tuple[State, Step], State]] = {
    (State.DRAFT, Step.RENEW): State.DRAFT,
    (State.DRAFT, Step.CHECK): State.CHECKING,
    (State.DRAFT, Step.DROP): State.DROPPED,
    (State.CHECKING, Step.PASS): State.CHECKED,
    (State.CHECKING, Step.FAIL): State.DRAFT,
    (State.CHECKED, Step.SIGN): State.SIGNED,
    (State.CHECKED, Step.REOPEN): State.DRAFT,
    (State.SIGNED, Step.REOPEN): State.DRAFT,
    (State.SIGNED, Step.FREEZE): State.FROZEN,
}


def step(state: str, by: Step) -> State:
    """Return the state after `by`; raises WrongTurn when the table has no such step."""
    try:
        return TABLE[State(state), by]
    except KeyError:
        raise WrongTurn(f"a report that is {state} cannot {by}; see statistics/states.py") from None
