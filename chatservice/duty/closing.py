"""When to stop taking new ones so that the last talk ends on time, and how many who wait are still reached. Pure.

A seat is one talk at a time of one worker. Who waits gets the seat that is free first, in order; a talk must be over
when the worker's shift ends. Without a planned end a seat stays as long as the hours are open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import heapify, heappop, heapreplace
from typing import Final, Protocol

HALF: Final = 0.5  # a talk under way is on average half over
SOON: Final = timedelta(minutes=15)


class Post(Protocol):
    """What of somebody on duty counts here; `presence.OnDutyView` is one."""

    @property
    def worker(self) -> int: ...
    @property
    def capacity(self) -> int: ...
    @property
    def present(self) -> bool: ...
    @property
    def accepting(self) -> bool: ...
    @property
    def paused(self) -> bool: ...
    @property
    def pause_until(self) -> datetime | None: ...
    @property
    def stop_taking_at(self) -> datetime | None: ...
    @property
    def until(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Seat:
    """From when a talk may begin here, and until when; `last` None: no end is known."""

    free: datetime
    last: datetime | None
    worker: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`last_intake`: when the queue closes (None: no end known); `reached` of those who wait; `room` for how many more.

    `room` None: no end is known, so no bound either. Everything is 0 and now when nobody takes new ones.
    """

    last_intake: datetime | None
    reached: int
    room: int | None


class Advice(StrEnum):
    """What a shift is told."""

    GO_ON = "go_on"
    STOP_AT = "stop_at"
    STOP_SOON = "stop_soon"
    STOP_NOW = "stop_now"
    NOBODY_TAKES = "nobody_takes"


def seats(
    *, on_duty: Sequence[Post], held: Mapping[int, int], talk_minutes: float, closes: datetime | None, now: datetime
) -> list[Seat]:
    """Return the seats of who takes new ones; `held` tells how many talks each worker has now."""
    found = []
    talk = timedelta(minutes=talk_minutes)
    for post in on_duty:
        opens = _opens(post, now)
        if opens is None:
            continue
        last = _least(closes, post.stop_taking_at, post.until - talk if post.until else None)
        busy = min(held.get(post.worker, 0), post.capacity)
        for number in range(post.capacity):
            free = max(opens, now + talk * HALF) if number < busy else opens
            found.append(Seat(free=free, last=last, worker=post.worker))
    return sorted(found, key=lambda seat: (seat.free, seat.worker))


def forecast(*, seats: Sequence[Seat], waiting: int, talk_minutes: float, now: datetime) -> Forecast:
    """Serve who waits in order and see what remains."""
    talk = timedelta(minutes=talk_minutes)
    line = [(seat.free, number) for number, seat in enumerate(seats)]
    heapify(line)
    reached = 0
    while line and reached < waiting:
        free, number = line[0]
        if _late(seats[number], free):
            heappop(line)
            continue
        reached += 1
        heapreplace(line, (free + talk, number))
    line = [(free, number) for free, number in line if not _late(seats[number], free)]
    return _summed(line, seats, reached=reached, talk=talk, now=now)


def last_intake(
    *, on_duty: Sequence[Post], waiting: int, talk_minutes: float, closes: datetime | None, now: datetime
) -> datetime | None:
    """Return when to stop taking new ones into the queue; `now` when full already, None when no end is known."""
    found = seats(on_duty=on_duty, held={}, talk_minutes=talk_minutes, closes=closes, now=now)
    return forecast(seats=found, waiting=waiting, talk_minutes=talk_minutes, now=now).last_intake


def advice(*, forecast: Forecast, on_duty: Sequence[Post], now: datetime) -> Advice:
    """Return the code of what to tell the shift; the time is `forecast.last_intake`."""
    if not any(_opens(post, now) is not None for post in on_duty):
        return Advice.NOBODY_TAKES
    if forecast.last_intake is None:
        return Advice.GO_ON
    if forecast.last_intake <= now:
        return Advice.STOP_NOW
    return Advice.STOP_SOON if forecast.last_intake - now <= SOON else Advice.STOP_AT


def _opens(post: Post, now: datetime) -> datetime | None:
    """From when this worker gives new talks a seat; None: not at all."""
    if not post.present or not post.accepting:
        return None
    if post.paused:
        return post.pause_until
    return now


def _least(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _late(seat: Seat, free: datetime) -> bool:
    return seat.last is not None and free > seat.last


def _summed(
    line: list[tuple[datetime, int]], seats: Sequence[Seat], *, reached: int, talk: timedelta, now: datetime
) -> Forecast:
    ends = [seats[number].last for _, number in line]
    if not line:
        return Forecast(last_intake=now, reached=reached, room=0)
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return Forecast(last_intake=None, reached=reached, room=None)
    room = sum((end - free) // talk + 1 for end, (free, _) in zip(known, line, strict=True))
    return Forecast(last_intake=max(known), reached=reached, room=room)
