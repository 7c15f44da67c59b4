"""The order of a queue: arrival minus a head start. Pure.

The key does not change while somebody waits, so it can be stored and indexed. The head start is bounded, so nobody
starves: whoever has waited `MOST` longer than another is before them whatever the other's risk is. Each part of a head
start has a name, by which a place is explained.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from chatservice.conversations.risk import RISK_WORTHS, Risk
from chatservice.conversations.states import RETURNED_WORTH


class Rating(StrEnum):
    """The one skippable question of the waiting room: do you need to talk today, or is it fine to wait?"""

    NONE = ""
    CAN_WAIT = "can_wait"
    TODAY = "today"


class Reason(StrEnum):
    """Why somebody has a head start; the faces put it into words."""

    RISK_IMMEDIATE = "risk_immediate"
    RISK_HIGH = "risk_high"
    RISK_CONCERN = "risk_concern"
    NEEDS_TODAY = "needs_today"
    RETURNED = "returned"
    TURNED_AWAY = "turned_away"


@dataclass(frozen=True, slots=True)
class Part:
    """One reason and what it is worth."""

    reason: Reason
    worth: timedelta


Worths = Mapping[Reason, timedelta]

# RETURNED is more than every other part below risk together: a talk that broke is at the head of its class.
WORTHS: Final[Worths] = MappingProxyType(
    {
        Reason.RISK_IMMEDIATE: RISK_WORTHS[Risk.IMMEDIATE],
        Reason.RISK_HIGH: RISK_WORTHS[Risk.HIGH],
        Reason.RISK_CONCERN: RISK_WORTHS[Risk.CONCERN],
        Reason.NEEDS_TODAY: timedelta(minutes=10),
        Reason.RETURNED: RETURNED_WORTH,
        Reason.TURNED_AWAY: timedelta(minutes=25),
    }
)
RISK_REASONS: Final = {
    Risk.CONCERN: Reason.RISK_CONCERN,
    Risk.HIGH: Reason.RISK_HIGH,
    Risk.IMMEDIATE: Reason.RISK_IMMEDIATE,
}
NEEDS_TODAY_WORTH: Final = WORTHS[Reason.NEEDS_TODAY]


def most(worths: Worths = WORTHS) -> timedelta:
    """Return the largest head start: one risk and every other part."""
    risks = max(worths[reason] for reason in RISK_REASONS.values())
    others = (worth for reason, worth in worths.items() if reason not in RISK_REASONS.values())
    return risks + sum(others, timedelta())


MOST: Final = most()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of somebody who waits. `arrival` is aware; it stays the first one through every requeue."""

    arrival: datetime
    ticket: int
    risk: Risk = Risk.NONE
    rating: Rating = Rating.NONE
    requeued: bool = False
    credit: bool = False


def parts(standing: Standing, *, worths: Worths = WORTHS) -> tuple[Part, ...]:
    """Return the named parts of somebody's head start."""
    reasons: list[Reason] = []
    if standing.risk in RISK_REASONS:
        reasons.append(RISK_REASONS[standing.risk])
    if standing.rating is Rating.TODAY:
        reasons.append(Reason.NEEDS_TODAY)
    if standing.requeued:
        reasons.append(Reason.RETURNED)
    if standing.credit:
        reasons.append(Reason.TURNED_AWAY)
    return tuple(Part(reason, worths[reason]) for reason in reasons)


def head_start(standing: Standing, *, worths: Worths = WORTHS) -> timedelta:
    """Return the sum of the parts: at least nothing, at most `most(worths)`."""
    return sum((part.worth for part in parts(standing, worths=worths)), timedelta())


def key(standing: Standing, *, worths: Worths = WORTHS) -> tuple[datetime, int]:
    """Return the sort key: the moment somebody counts from, then the ticket."""
    return standing.arrival - head_start(standing, worths=worths), standing.ticket


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one is before another: waited longer by `waited`, and the reasons each has."""

    first: tuple[Reason, ...]
    second: tuple[Reason, ...]
    waited: timedelta


def explain(*, first: Standing, second: Standing) -> Explanation:
    """Explain why `first` is before `second`; raises ValueError when they are not in this order."""
    if key(first) > key(second):
        raise ValueError("expected two standings in the order of the queue")
    return Explanation(
        first=tuple(part.reason for part in parts(first)),
        second=tuple(part.reason for part in parts(second)),
        waited=second.arrival - first.arrival,
    )


def ordered(standings: Sequence[Standing]) -> list[Standing]:
    """Return the queue in its order."""
    return sorted(standings, key=key)
