"""Counting how much comes in and gets through, without a row for any single contact.

What is counted lives in two-hour bands of the day in Finland, by the database's clock. Days older than 92 are folded
into a profile of weekday and band. A day on which a service counted nothing at all was closed, and is no day of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import connection as django_connection

from chatservice.statistics.models import BANDS
from chatservice.store.pool import Connection, transaction

KEPT_DAYS: Final = 92
NO_QUEUE: Final = 0


class What(StrEnum):
    """What one call counts; each is a column.

    An arrival came into a queue and is later answered or left; who is turned away at the door never arrived.
    """

    ARRIVALS = "arrivals"
    ANSWERED = "answered"
    LEFT = "left"
    TURNED_AWAY = "turned_away"


TALLY: Final = """
INSERT INTO statistics_loadcounter AS kept
    (area_id, channel, language, queue_id, day, band, arrivals, answered, "left", turned_away)
SELECT %(area)s, %(channel)s, %(language)s, %(queue)s, here.time::date, extract(hour FROM here.time)::int / 2,
    %(arrivals)s, %(answered)s, %(left)s, %(turned_away)s
FROM (SELECT clock_timestamp() AT TIME ZONE 'Europe/Helsinki' AS time) AS here
ON CONFLICT (area_id, channel, language, day, band, queue_id) DO UPDATE SET
    arrivals = kept.arrivals + EXCLUDED.arrivals, answered = kept.answered + EXCLUDED.answered,
    "left" = kept."left" + EXCLUDED."left", turned_away = kept.turned_away + EXCLUDED.turned_away
"""

# One statement: of two that fold at once, the second waits for the rows and finds them gone.
FOLD: Final = f"""
WITH old AS (
    DELETE FROM statistics_loadcounter
    WHERE day < (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date - {KEPT_DAYS} RETURNING *
), days AS (
    SELECT area_id, channel, language, extract(isodow FROM day)::int - 1 AS weekday, count(DISTINCT day) AS weeks
    FROM old GROUP BY 1, 2, 3, 4
), sums AS (
    SELECT area_id, channel, language, extract(isodow FROM day)::int - 1 AS weekday, band, sum(arrivals) AS arrivals,
        sum(answered) AS answered, sum("left") AS "left", sum(turned_away) AS turned_away
    FROM old GROUP BY 1, 2, 3, 4, 5
), added AS (
    INSERT INTO statistics_loadprofile AS kept
        (area_id, channel, language, weekday, band, weeks, arrivals, answered, "left", turned_away)
    SELECT days.area_id, days.channel, days.language, days.weekday, band.number, days.weeks, coalesce(sums.arrivals, 0),
        coalesce(sums.answered, 0), coalesce(sums."left", 0), coalesce(sums.turned_away, 0)
    FROM days CROSS JOIN generate_series(0, {BANDS - 1}) AS band (number)
    LEFT JOIN sums ON sums.band = band.number AND (sums.area_id, sums.channel, sums.language, sums.weekday)
        = (days.area_id, days.channel, days.language, days.weekday)
    ORDER BY days.area_id, days.channel, days.language, days.weekday, band.number
    ON CONFLICT (area_id, channel, language, weekday, band) DO UPDATE SET weeks = kept.weeks + EXCLUDED.weeks,
        arrivals = kept.arrivals + EXCLUDED.arrivals, answered = kept.answered + EXCLUDED.answered,
        "left" = kept."left" + EXCLUDED."left", turned_away = kept.turned_away + EXCLUDED.turned_away
)
SELECT count(*) FROM old
"""  # noqa: S608 - numbers of this module

# Today is left out: it is not over.
PROFILE: Final = f"""
WITH mine AS (
    SELECT day, extract(isodow FROM day)::int - 1 AS weekday, band, arrivals, answered, "left", turned_away
    FROM statistics_loadcounter WHERE area_id = %(area)s AND channel = %(channel)s AND language = %(language)s
        AND day < (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date
), days AS (
    SELECT weekday, count(DISTINCT day) AS weeks FROM mine GROUP BY weekday
), every AS (
    SELECT days.weekday, band.number AS band, days.weeks, 0 AS arrivals, 0 AS answered, 0 AS "left", 0 AS turned_away
    FROM days CROSS JOIN generate_series(0, {BANDS - 1}) AS band (number)
    UNION ALL SELECT weekday, band, 0, arrivals, answered, "left", turned_away FROM mine
    UNION ALL SELECT weekday, band, weeks, arrivals, answered, "left", turned_away FROM statistics_loadprofile
    WHERE area_id = %(area)s AND channel = %(channel)s AND language = %(language)s
)
SELECT weekday, band, sum(weeks)::int, sum(arrivals)::int, sum(answered)::int, sum("left")::int, sum(turned_away)::int
FROM every GROUP BY weekday, band ORDER BY weekday, band
"""  # noqa: S608 - numbers of this module

TODAY: Final = """
SELECT queue_id, channel, language, sum(arrivals)::int, sum(answered)::int, sum("left")::int, sum(turned_away)::int
FROM statistics_loadcounter
WHERE area_id = %(area)s AND day = (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date
GROUP BY queue_id, channel, language ORDER BY channel, language, queue_id
"""

# What this weekday has brought in each band so far, today beside it; no queue, channel or language apart.
BANDS_TODAY: Final = f"""
WITH here AS (SELECT (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date AS day), mine AS (
    SELECT band, arrivals, answered, "left", turned_away, false AS past FROM statistics_loadcounter, here
    WHERE area_id = %(area)s AND statistics_loadcounter.day = here.day
    UNION ALL
    SELECT band, arrivals, answered, "left", turned_away, true FROM statistics_loadcounter, here
    WHERE area_id = %(area)s AND statistics_loadcounter.day < here.day
        AND extract(isodow FROM statistics_loadcounter.day) = extract(isodow FROM here.day)
), weeks AS (
    SELECT count(DISTINCT statistics_loadcounter.day) AS weeks FROM statistics_loadcounter, here
    WHERE area_id = %(area)s AND statistics_loadcounter.day < here.day
        AND extract(isodow FROM statistics_loadcounter.day) = extract(isodow FROM here.day)
), sums AS (
    SELECT band, past, sum(arrivals)::int AS arrivals, sum(answered)::int AS answered, sum("left")::int AS "left",
        sum(turned_away)::int AS turned_away FROM mine GROUP BY band, past
)
SELECT band.number, weeks.weeks::int, coalesce(now.arrivals, 0), coalesce(now.answered, 0), coalesce(now."left", 0),
    coalesce(now.turned_away, 0), coalesce(past.arrivals, 0) + coalesce(past.turned_away, 0)
FROM generate_series(0, {BANDS - 1}) AS band (number) CROSS JOIN weeks
LEFT JOIN sums AS now ON now.band = band.number AND NOT now.past
LEFT JOIN sums AS past ON past.band = band.number AND past.past
WHERE now.band IS NOT NULL OR past.band IS NOT NULL
ORDER BY band.number
"""  # noqa: S608 - numbers of this module


@dataclass(frozen=True, slots=True)
class BandToday:
    """Two hours of today, all queues and languages of an area together, beside what such days brought before.

    `before`: how many came, the turned away among them, in this band on `weeks` earlier days of this weekday, at most
    three months back.
    """

    band: int
    weeks: int
    arrivals: int
    answered: int
    left: int
    turned_away: int
    before: int

    @property
    def usual(self) -> float | None:
        """How many came on an average day of this weekday; None where there was none."""
        return self.before / self.weeks if self.weeks else None


@dataclass(frozen=True, slots=True)
class BandLoad:
    """The sums of a weekday's (0 = Monday) two-hour band over `weeks` days on which the service counted anything."""

    weekday: int
    band: int
    weeks: int
    arrivals: int
    answered: int
    left: int
    turned_away: int

    @property
    def expected(self) -> float:
        """How many come in this band on one such day, the turned away among them."""
        return (self.arrivals + self.turned_away) / self.weeks if self.weeks else 0.0


@dataclass(frozen=True, slots=True)
class TodaysLoad:
    """What one queue has counted since midnight; queue 0 is the door."""

    queue: int
    channel: str
    language: str
    arrivals: int
    answered: int
    left: int
    turned_away: int


async def tally(
    connection: Connection, *, area: int, channel: str, language: str, queue: int | None, what: What
) -> None:
    """Count one in the band of now, inside the caller's transaction or alone.

    The counter's row stays locked until that transaction ends, and all who count in this band wait for it: call it
    late in the transaction, before the audit, and in the order of areas and queues when counting several.
    """
    counts = {name.value: int(name == what) for name in What}
    place = {"area": area, "channel": channel, "language": language, "queue": queue or NO_QUEUE}
    await connection.execute(TALLY, {**place, **counts})


async def fold() -> int:
    """Add days older than 92 to the profile and return how many counters went; repeating changes nothing."""
    async with transaction() as connection:
        row = await (await connection.execute(FOLD.encode())).fetchone()
    return row[0] if row else 0


def profile(*, area: int, channel: str, language: str) -> list[BandLoad]:
    """Return the load by weekday and band, for weekdays on which anything was ever counted (synchronous)."""
    with django_connection.cursor() as cursor:
        cursor.execute(PROFILE, {"area": area, "channel": channel, "language": language})
        return [BandLoad(*row) for row in cursor.fetchall()]


def expected(*, area: int, channel: str, language: str) -> Mapping[tuple[int, int], float]:
    """Return arrivals expected by (weekday, band), as `duty.week` takes them (synchronous)."""
    found = profile(area=area, channel=channel, language=language)
    return {(load.weekday, load.band): load.expected for load in found}


def today(*, area: int) -> list[TodaysLoad]:
    """Return what each queue of an area has counted since midnight (synchronous)."""
    with django_connection.cursor() as cursor:
        cursor.execute(TODAY, {"area": area})
        return [TodaysLoad(*row) for row in cursor.fetchall()]


def today_by_band(*, area: int) -> list[BandToday]:
    """Return today by two hours, with what such days brought before (synchronous)."""
    with django_connection.cursor() as cursor:
        cursor.execute(BANDS_TODAY, {"area": area})
        return [BandToday(*row) for row in cursor.fetchall()]
