"""What a changed rule of order would do, on arrivals drawn from a profile of the week. Pure and seeded.

No arrival of a real person is used or kept: the counters give how many come in a band, chance gives the rest.
"""

import heapq
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from chatservice.conversations.risk import Risk
from chatservice.queues.order import WORTHS, Rating, Reason, Standing, Worths, key, parts

BAND_HOURS: Final = 2
START: Final = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday; any would do

# How often each reason is met: the share of all who come. Assumptions, printed with the result.
SHARES: Final[Mapping[Reason, float]] = {
    Reason.RISK_IMMEDIATE: 0.01,
    Reason.RISK_HIGH: 0.05,
    Reason.RISK_CONCERN: 0.15,
    Reason.NEEDS_TODAY: 0.30,
    Reason.RETURNED: 0.05,
    Reason.TURNED_AWAY: 0.10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is simulated: people per weekday and band, who serves, how long talks take (minutes), how many weeks."""

    arrivals: Mapping[tuple[int, int], float]
    servers: int = 2
    talk_minutes: float = 20.0
    weeks: int = 20
    seed: int = 1


@dataclass(slots=True)
class Waits:
    """Minutes waited by those with one reason (or none), under one rule."""

    minutes: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Return the wait that this share did not exceed; 0 for nobody."""
        ordered = sorted(self.minutes)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def people(setting: Setting) -> list[Standing]:
    """Draw who comes: evenly over each band, with reasons by their shares."""
    chance = random.Random(setting.seed)  # noqa: S311 - a simulation, repeatable
    found: list[Standing] = []
    for week in range(setting.weeks):
        for (weekday, band), mean in sorted(setting.arrivals.items()):
            begin = START + timedelta(weeks=week, days=weekday, hours=band * BAND_HOURS)
            for _ in range(_drawn(chance, mean)):
                arrival = begin + timedelta(hours=chance.random() * BAND_HOURS)
                found.append(_person(chance, arrival, ticket=len(found)))
    return sorted(found, key=lambda one: one.arrival)


def _drawn(chance: random.Random, mean: float) -> int:
    """A Poisson number by its arrivals in unit time."""
    count, passed = 0, chance.expovariate(1.0)
    while passed < mean:
        count, passed = count + 1, passed + chance.expovariate(1.0)
    return count


def _person(chance: random.Random, arrival: datetime, *, ticket: int) -> Standing:
    draw, risk = chance.random(), Risk.NONE
    for level, reason in (
        (Risk.IMMEDIATE, Reason.RISK_IMMEDIATE),
        (Risk.HIGH, Reason.RISK_HIGH),
        (Risk.CONCERN, Reason.RISK_CONCERN),
    ):
        if draw < SHARES[reason]:
            risk = level
            break
        draw -= SHARES[reason]
    return Standing(
        arrival=arrival,
        ticket=ticket,
        risk=risk,
        rating=Rating.TODAY if chance.random() < SHARES[Reason.NEEDS_TODAY] else Rating.NONE,
        requeued=chance.random() < SHARES[Reason.RETURNED],
        credit=chance.random() < SHARES[Reason.TURNED_AWAY],
    )


def simulate(*, setting: Setting, who: Sequence[Standing], worths: Worths = WORTHS) -> dict[str, Waits]:
    """Serve everybody in the order of `worths`; return the waits by reason ("none" for those without).

    Talk lengths come from the ticket and the seed, so that two rules meet the very same talks.
    """
    free = [START] * setting.servers
    heapq.heapify(free)
    waiting: list[tuple[tuple[datetime, int], Standing]] = []
    waits: dict[str, Waits] = {"none": Waits(), **{reason.value: Waits() for reason in Reason}}
    coming = list(who)[::-1]
    while coming or waiting:
        now = heapq.heappop(free)
        if not waiting:
            now = max(now, coming[-1].arrival)
        while coming and coming[-1].arrival <= now:
            one = coming.pop()
            heapq.heappush(waiting, (key(one, worths=worths), one))
        _, taken = heapq.heappop(waiting)
        waited = (now - taken.arrival).total_seconds() / 60
        for name in [part.reason.value for part in parts(taken)] or ["none"]:
            waits[name].minutes.append(waited)
        heapq.heappush(free, now + _length(setting, taken))
    return waits


def _length(setting: Setting, taken: Standing) -> timedelta:
    chance = random.Random(setting.seed * 1_000_003 + taken.ticket)  # noqa: S311 - repeatable
    return timedelta(minutes=chance.gammavariate(2.8, setting.talk_minutes / 2.8))
