"""How long somebody will wait, as an honest range. Pure.

The queue is a line before `servers` places that each become free after a talk of known mean length. The time until the
k-th place becomes free has mean k * talk / servers and, for talks whose spread is about their mean (coefficient of
variation `SPREAD`), a standard deviation of talk / servers * SPREAD * sqrt(k): the renewal approximation of an M/G/c
queue that is busy (Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory, 4th ed., ch. 2-3). The range
is one standard deviation to either side, rounded outward to words people use: promise long, deliver early.
"""

import math
from dataclasses import dataclass
from typing import Final

TALK_S: Final = 20 * 60.0
SPREAD: Final = 0.6
STEPS_MIN: Final = (0, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180)


@dataclass(frozen=True, slots=True)
class Range:
    """Minutes from `low` to `high`; `high` None means longer than can be said."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The range, and whether the turn may not come before the intake ends."""

    range: Range
    may_not_reach: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a queue is served: places, places free now, mean talk and the intake left, both in seconds."""

    servers: int
    free: int = 0
    talk_s: float = TALK_S
    intake_s: float | None = None


def outlook(*, place: int, pace: Pace) -> Outlook | None:
    """Return the outlook of whoever is `place`-th (from 1); None when nobody serves the queue, so nothing can be said.

    Raises ValueError for a place below 1.
    """
    if place < 1:
        raise ValueError("expected a place from 1")
    if pace.servers < 1:
        return None
    ahead = max(0, place - pace.free)
    mean = ahead * pace.talk_s / pace.servers
    deviation = pace.talk_s / pace.servers * SPREAD * math.sqrt(ahead)
    low, high = max(0.0, mean - deviation), mean + deviation
    late = pace.intake_s is not None and mean > pace.intake_s
    return Outlook(range=Range(_down(low / 60), _up(high / 60)), may_not_reach=late)


def _down(minutes: float) -> int:
    return max(step for step in STEPS_MIN if step <= minutes)


def _up(minutes: float) -> int | None:
    return next((step for step in STEPS_MIN[1:] if step >= minutes), None)


def learned(*, mean_s: float, talks: int, latest_s: float) -> tuple[float, int]:
    """Fold the length of a talk that ended into the mean; recent talks count most (weight at least 1/20)."""
    talks = min(talks + 1, 20)
    return mean_s + (latest_s - mean_s) / talks, talks
