"""How many of those who come are reached by a number of servers: the queue M/M/n+M, "Erlang-A". Pure.

Arrivals are Poisson, talks and the patience of those who wait exponential. A server is one talk at a time: a worker who
holds two talks is two servers whose talks last longer.

Sources: C. Palm, Research on telephone traffic carried by full availability groups, Tele 1957 (Swedish 1946);
F. Baccelli and G. Hebuterne, On queues with impatient customers, Performance '81 (density of the offered wait);
O. Garnett, A. Mandelbaum, M. Reiman, Designing a call center with impatient customers, M&SOM 4 (2002) 208-227;
A. Mandelbaum, S. Zeltyn, Service engineering in action: the Palm/Erlang-A queue, with applications to call centers
(2004/2007): P(wait) = A B / (1 + (A - 1) B), B the blocking of Erlang B, A = sum_j prod_k<=j l / (n m + k t).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from math import ceil, exp, expm1, inf, isfinite, log
from typing import Final

MOST_TERMS: Final = 1_000_000
MOST_STAFF: Final = 1000
ENOUGH: Final = 1e-16
MINUTES: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Arrivals in an hour, the mean length of a talk and the mean patience of who waits; `inf`: nobody ever leaves."""

    arrivals: float
    talk_minutes: float
    patience_minutes: float

    def __post_init__(self) -> None:
        if not (isfinite(self.arrivals) and self.arrivals >= 0):
            raise ValueError("arrivals: expected a number of people in an hour, 0 or more")
        if not (isfinite(self.talk_minutes) and self.talk_minutes > 0):
            raise ValueError("talk_minutes: expected a length above 0")
        if not self.patience_minutes > 0:
            raise ValueError("patience_minutes: expected a time above 0, or infinity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Shares of those who come: `wait` at all, `abandon`; the mean wait of all; the share of servers' time in talks."""

    wait: float
    abandon: float
    mean_wait_minutes: float
    occupancy: float


@dataclass(frozen=True, slots=True)
class _Queue:
    """What the steady state tells: P(wait), log P(all servers busy, nobody waits), how many wait given all are busy."""

    wait: float
    log_full: float
    length: float


def outcome(*, load: Load, staff: int) -> Outcome:
    """Return the steady state with `staff` servers (1 or more); raises ValueError for what cannot be computed."""
    if load.arrivals == 0:
        return Outcome(wait=0.0, abandon=0.0, mean_wait_minutes=0.0, occupancy=0.0)
    queue = _steady(load, staff)
    mean = queue.wait * queue.length / load.arrivals * MINUTES
    abandon = 1.0 if not isfinite(mean) else min(1.0, mean / load.patience_minutes)
    if load.patience_minutes == inf:
        abandon = 0.0
    busy = min(1.0, load.arrivals * (1 - abandon) * load.talk_minutes / MINUTES / staff)
    return Outcome(wait=queue.wait, abandon=abandon, mean_wait_minutes=mean, occupancy=busy)


def waits_at_most(*, load: Load, staff: int, minutes: float) -> float:
    """Return the share of those who come whose wait, until a talk or until they leave, is at most `minutes`."""
    if load.arrivals == 0:
        return 1.0
    longer = max(0.0, _steady(load, staff).wait - _offered(load, staff, minutes=minutes, weight=lambda _: 1.0))
    return 1.0 - longer * exp(-minutes / load.patience_minutes)


def answered_within(*, load: Load, staff: int, minutes: float) -> float:
    """Return the share of those who come who get a talk within `minutes` (the service level)."""
    if load.arrivals == 0:
        return 1.0
    stays: Callable[[float], float] = lambda hours: exp(-hours * MINUTES / load.patience_minutes)  # noqa: E731 - one use
    return min(1.0, 1.0 - _steady(load, staff).wait + _offered(load, staff, minutes=minutes, weight=stays))


def staff_needed(*, load: Load, most_abandon: float, share: float = 0.0, minutes: float = 0.0) -> int:
    """Return the fewest servers with which at most `most_abandon` leave and `share` are answered within `minutes`.

    0 without arrivals; at most 1,000. Raises ValueError for shares outside 0..1.
    """
    if not (0 <= most_abandon <= 1 and 0 <= share < 1):
        raise ValueError("expected shares between 0 and 1")
    if load.arrivals == 0:
        return 0
    goal = (most_abandon, share, minutes)
    below, enough = 0, 1
    while enough < MOST_STAFF and not _good(load, enough, goal):
        below, enough = enough, min(MOST_STAFF, 2 * enough)
    while enough - below > 1:
        middle = (below + enough) // 2
        if _good(load, middle, goal):
            enough = middle
        else:
            below = middle
    return enough


def _good(load: Load, staff: int, goal: tuple[float, float, float]) -> bool:
    most_abandon, share, minutes = goal
    found = outcome(load=load, staff=staff)
    if found.abandon > most_abandon or not isfinite(found.mean_wait_minutes):
        return False
    return share == 0 or answered_within(load=load, staff=staff, minutes=minutes) >= share


def blocking(*, erlangs: float, staff: int) -> float:
    """Erlang B by its stable recurrence: the share that finds all servers busy when nobody waits."""
    found = 1.0
    for number in range(1, staff + 1):
        found = erlangs * found / (number + erlangs * found)
    return found


def _rates(load: Load, staff: int) -> tuple[float, float, float]:
    """Return, by the hour: arrivals, talks that end with all servers busy, leaving of one who waits."""
    if staff < 1:
        raise ValueError("staff: expected 1 or more")
    return load.arrivals, staff * MINUTES / load.talk_minutes, MINUTES / load.patience_minutes


def _steady(load: Load, staff: int) -> _Queue:
    arrive, end, leave = _rates(load, staff)
    if leave == 0 and arrive >= end:
        return _Queue(1.0, -inf, inf)
    lost = blocking(erlangs=load.arrivals * load.talk_minutes / MINUTES, staff=staff)
    if lost == 0:
        return _Queue(0.0, -inf, 0.0)
    log_sum, length = _waiting_room(arrive, end, leave)
    # Logarithms: with many servers or a long patience the sum passes every float.
    against = log(1 - lost) - log(lost) - log_sum
    wait = 1 / (1 + exp(against)) if against < 700 else 0.0  # noqa: PLR2004 - where exp overflows
    return _Queue(wait, (log(wait) if wait else -inf) - log_sum, length)


def _waiting_room(arrive: float, end: float, leave: float) -> tuple[float, float]:
    """Return log A and the mean number waiting when all servers are busy; terms are scaled by the largest so far."""
    if leave == 0:
        ratio = arrive / end
        return -log(1 - ratio), ratio / (1 - ratio)
    total, weighted, term, scale = 1.0, 0.0, 1.0, 0.0
    for waiting in count(1):
        ratio = arrive / (end + waiting * leave)
        term *= ratio
        total, weighted = total + term, weighted + waiting * term
        if term > 1e200:  # noqa: PLR2004 - far below where floats end
            total, weighted, scale, term = total / term, weighted / term, scale + log(term), 1.0
        if ratio < 1 and waiting * term < ENOUGH * (1 - ratio) * total:
            return log(total) + scale, weighted / total
        if waiting >= MOST_TERMS:
            raise ValueError("patience_minutes: too long for this load, expected infinity instead")
    raise AssertionError  # pragma: no cover - count() has no end


def _offered(load: Load, staff: int, *, minutes: float, weight: Callable[[float], float]) -> float:
    """Integrate a weight over the wait offered to one of endless patience, from just above 0 to `minutes` (Simpson)."""
    arrive, end, leave = _rates(load, staff)
    log_start = _steady(load, staff).log_full + log(end)
    until = minutes / MINUTES
    if until <= 0 or log_start == -inf:
        return 0.0

    def density(hours: float) -> float:
        gone = hours if leave == 0 else -expm1(-leave * hours) / leave
        return exp(log_start + arrive * gone - end * hours) * weight(hours)

    steps = 2 * min(20_000, max(200, ceil(4 * until * (arrive + end + leave))))
    width = until / steps
    inner = sum((4 if number % 2 else 2) * density(number * width) for number in range(1, steps))
    return (density(0.0) + inner + density(until)) * width / 3
