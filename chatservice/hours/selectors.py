"""What the hours of a queue say now and in the coming days.

Where nobody has written hours for a channel and language they limit nothing: the queue is open whenever somebody is on
duty. What is read is kept for at most 30 s; an edit in this process is seen at once. The clock is the database's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.db import connection
from django.db.models import Q

from chatservice.hours import evaluate, words
from chatservice.hours.breaks import breaks
from chatservice.hours.evaluate import ZONE, Break, ExceptionView, OpenState, Reason, Window
from chatservice.hours.models import ExceptionDay, Hours

ALWAYS = "24/7"
FRESH_SECONDS = 30.0
KEPT = 1024
NEAR_DAYS, FAR_DAYS = 14, 400
Result = TypeVar("Result")
Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that rules one queue's hours; `written` tells hours from the absence of them."""

    expression: str
    exceptions: tuple[ExceptionView, ...]
    breaks: tuple[Break, ...]
    version: int
    language: str
    written: bool = True

    def windows(self, *, first: date, days: int) -> list[Window]:
        """Return the open windows that touch these days."""
        return evaluate.windows(
            expression=self.expression,
            exceptions=self.exceptions,
            breaks=self.breaks,
            first=first,
            days=days,
            language=self.language,
        )

    def reasons(self, *, first: date, days: int) -> dict[date, str]:
        """Return why days differ."""
        return evaluate.closed_days(
            expression=self.expression,
            exceptions=self.exceptions,
            breaks=self.breaks,
            first=first,
            days=days,
            language=self.language,
        )


@dataclass(frozen=True, slots=True)
class Near:
    """The coming days, seen from a day."""

    today: date
    windows: list[Window]
    reasons: dict[date, str]
    days: int = NEAR_DAYS


@dataclass(slots=True)
class Kept:
    """Facts, when they were read by both clocks, and the coming days of the day they were asked for."""

    facts: Facts
    read: float
    database: datetime
    near: Near | None = None


_kept: dict[Key, Kept] = {}


def state_now(area_id: int, channel: str, language: str, *, now: datetime | None = None) -> OpenState:
    """Tell whether a queue's hours are open; looks for the next opening as far as 400 days ahead."""
    kept = _fresh((area_id, channel, language))
    moment = now or kept.database + timedelta(seconds=time.monotonic() - kept.read)
    near = _near(kept, moment.astimezone(ZONE).date())
    said = evaluate.state(near.windows, moment, closed=near.reasons)
    if said.open or said.next_opening or near.days == FAR_DAYS:
        return said
    kept.near = replace(near, windows=kept.facts.windows(first=near.today, days=FAR_DAYS), days=FAR_DAYS)
    return evaluate.state(kept.near.windows, moment, closed=near.reasons)


def week(area_id: int, channel: str, language: str, *, first: date, days: int) -> list[Window]:
    """Return the open windows that touch these days."""
    return _fresh((area_id, channel, language)).facts.windows(first=first, days=days)


def reasons(area_id: int, channel: str, language: str, *, first: date, days: int) -> dict[date, str]:
    """Return why some of these days differ, in the queue's language."""
    return _fresh((area_id, channel, language)).facts.reasons(first=first, days=days)


def lines(area_id: int, channel: str, language: str, *, first: date) -> list[str]:
    """Return the queue's usual week in words for the door; nothing where no hours are written."""
    facts = _fresh((area_id, channel, language)).facts
    if not facts.written:
        return []
    return words.week_lines(expression=facts.expression, first=first, language=language, breaks=facts.breaks)


def preview(area_id: int, channel: str, language: str, *, expression: str, first: date) -> list[Window]:
    """Return the next fourteen days of hours that are not stored yet. Raises NotHours."""
    stored = _read((area_id, channel, language))
    draft = Facts(expression, stored.exceptions, stored.breaks, 0, language)
    return draft.windows(first=first, days=NEAR_DAYS)


async def astate(area_id: int, channel: str, language: str, *, now: datetime | None = None) -> OpenState:
    """The same as `state_now`; reads the database at most every 30 s, on a thread of its own."""
    key = (area_id, channel, language)
    return await _aside(key, lambda: state_now(*key, now=now))


async def aweek(area_id: int, channel: str, language: str, *, first: date, days: int) -> list[Window]:
    """The same as `week`."""
    key = (area_id, channel, language)
    return await _aside(key, lambda: week(*key, first=first, days=days))


async def alines(area_id: int, channel: str, language: str, *, first: date) -> list[str]:
    """The same as `lines`."""
    key = (area_id, channel, language)
    return await _aside(key, lambda: lines(*key, first=first))


def facts(area_id: int, channel: str, language: str) -> Facts:
    """Return what rules a queue's hours."""
    return _fresh((area_id, channel, language)).facts


def forget(area_id: int | None = None) -> None:
    """Drop what was kept of an area, or all, so that the next question reads the database."""
    for key in [key for key in _kept if area_id is None or key[0] == area_id]:
        _kept.pop(key, None)


async def _aside(key: Key, ask: Callable[[], Result]) -> Result:
    kept = _kept.get(key)
    if kept is not None and time.monotonic() - kept.read < FRESH_SECONDS:
        return ask()
    return await sync_to_async(_and_let_go, thread_sensitive=False)(ask)


def _and_let_go(ask: Callable[[], Result]) -> Result:
    """Close the connection of this pool thread; nobody else would."""
    try:
        return ask()
    finally:
        connection.close()


def _fresh(key: Key) -> Kept:
    kept = _kept.get(key)
    if kept is None or time.monotonic() - kept.read >= FRESH_SECONDS:
        read = time.monotonic()
        kept = Kept(facts=_read(key), read=read, database=_database_clock())
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = kept
    return kept


def _near(kept: Kept, today: date) -> Near:
    if kept.near is None or kept.near.today != today:
        found = kept.facts.windows(first=today, days=NEAR_DAYS)
        kept.near = Near(today, found, kept.facts.reasons(first=today, days=NEAR_DAYS))
    return kept.near


def _database_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def _read(key: Key) -> Facts:
    area, channel, language = key
    row = Hours.objects.filter(area=area, channel=channel, language=language).first()
    return Facts(
        expression=row.expression if row else ALWAYS,
        exceptions=_exceptions(key),
        breaks=breaks(area=area, town=row.town_id, stage=row.stage, language=language) if row else (),
        version=row.version if row else 0,
        language=language,
        written=row is not None,
    )


def _exceptions(key: Key) -> tuple[ExceptionView, ...]:
    area, channel, language = key
    rows = ExceptionDay.objects.filter(
        Q(channel__in=["", channel]), Q(language__in=["", language]), area=area
    ).order_by("first")
    return tuple(
        ExceptionView(row.first, row.last, row.opens, row.closes, Reason(row.reason_fi, row.reason_sv, row.reason_en))
        for row in rows
    )
