"""Which queue a visitor stands in, and whom a worker may take. Pure.

By default there is one queue for each channel and language; profession is the visitor's wish and the worker's skill. An
area with many workers splits by profession or topic; the most exact queue wins. Channels never mix.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

PROFESSIONS: Final = ("curator", "psychologist", "nurse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A queue as routing sees it; empty `professions` or `topics` take everybody."""

    id: int
    channel: str
    language: str
    professions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a visitor asks for; an empty wish is "anyone", an empty topic was not said."""

    channel: str
    language: str
    wish: str = ""
    topic: str = ""


def lane_for(*, need: Need, lanes: Sequence[Lane]) -> Lane | None:
    """Return the most exact queue for a need, the oldest of equals; None when the area has none for it."""
    fitting = [lane for lane in lanes if _fits(need, lane)]
    return min(fitting, key=lambda lane: (-_exactness(need, lane), lane.id), default=None)


def _fits(need: Need, lane: Lane) -> bool:
    return (
        (lane.channel, lane.language) == (need.channel, need.language)
        and (not lane.professions or need.wish in lane.professions)
        and (not lane.topics or any(need.topic.startswith(topic) for topic in lane.topics))
    )


def _exactness(need: Need, lane: Lane) -> int:
    longest = max((len(topic) for topic in lane.topics if need.topic.startswith(topic)), default=0)
    return 2 * longest + (1 if lane.professions else 0)


def may_serve(*, wish: str, profession: str, waited: timedelta, overflow: timedelta, on_duty: Collection[str]) -> bool:
    """Whether a worker of `profession` may take somebody with this wish now.

    A wish holds back only until overflow: after the set wait, or at once when nobody of that profession is on duty.
    """
    return wish in {"", profession} or waited >= overflow or wish not in on_duty


def overflow_at(*, arrival: datetime, wish: str, minutes: int) -> datetime:
    """The moment from which anybody may take this visitor."""
    return arrival + timedelta(minutes=minutes if wish else 0)
