"""Load is counted in bands, never by contact; old days are folded and lose nothing."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from chatservice.places.models import Area
from chatservice.statistics import load
from chatservice.statistics.load import What, fold, tally
from chatservice.statistics.models import LoadCounter, LoadProfile
from chatservice.store.pool import connection, transaction
from tests import wire
from tests.people import in_own_loop, sql

YOUTH = {"channel": "youth", "language": "fi"}
TODAY = "SELECT (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date"

profile = sync_to_async(load.profile)
expected = sync_to_async(load.expected)
today = sync_to_async(load.today)
today_by_band = sync_to_async(load.today_by_band)


async def count(area: Area, what: What, times: int = 1, **changed: Any) -> None:
    """Count some, each in a transaction of its own."""
    for _ in range(times):
        async with connection() as lent:
            await tally(lent, area=area.pk, what=what, **{**YOUTH, "queue": 7, **changed})


async def on(area: Area, day: date, *, band: int, **counts: int) -> None:
    """A counter of another day."""
    await LoadCounter.objects.acreate(area=area, queue_id=7, day=day, band=band, **YOUTH, **counts)


async def database_day() -> date:
    """The day by the database's clock."""
    found: date = (await sql(TODAY))[0][0]
    return found


async def test_each_kind_is_counted_in_one_row_of_the_band(area: Area) -> None:
    await count(area, What.ARRIVALS, 3)
    await count(area, What.ANSWERED, 2)
    await count(area, What.LEFT)
    assert await LoadCounter.objects.filter(area=area).acount() == 1
    (found,) = await today(area=area.pk)
    assert (found.queue, found.arrivals, found.answered, found.left, found.turned_away) == (7, 3, 2, 1, 0)


async def test_the_door_counts_without_a_queue_and_channels_apart(area: Area) -> None:
    await count(area, What.TURNED_AWAY, 2, queue=None)
    await count(area, What.ARRIVALS, 1, channel="parent", queue=8)
    found = [(one.channel, one.queue, one.arrivals, one.turned_away) for one in await today(area=area.pk)]
    assert found == [("parent", 8, 1, 0), ("youth", 0, 0, 2)]


async def test_today_stands_beside_what_such_days_brought_in_each_band(area: Area) -> None:
    day = await database_day()
    await on(area, day, band=7, arrivals=6, answered=4, left=1, turned_away=2)
    for weeks, came in ((1, 9), (2, 4)):
        await on(area, day - timedelta(weeks=weeks), band=7, arrivals=came, turned_away=1)
    await on(area, day - timedelta(weeks=1), band=8, arrivals=2)
    await on(area, day - timedelta(days=1), band=9, arrivals=50)
    found = {one.band: one for one in await today_by_band(area=area.pk)}
    assert list(found) == [7, 8]
    assert (found[7].arrivals, found[7].answered, found[7].left, found[7].turned_away) == (6, 4, 1, 2)
    assert (found[7].usual, found[8].usual) == (7.5, 1.0)
    assert await today_by_band(area=(await sync_to_async(wire.make_area)()).pk) == []


async def test_fifty_at_once_from_two_processes_lose_none(area: Area) -> None:
    async def half() -> None:
        await asyncio.gather(*(count(area, What.ARRIVALS) for _ in range(25)))

    other = in_own_loop(half)
    await half()
    await asyncio.to_thread(other.join)
    assert (await today(area=area.pk))[0].arrivals == 50


async def test_what_the_caller_takes_back_was_never_counted(area: Area) -> None:
    async def act() -> None:
        async with transaction() as lent:
            await tally(lent, area=area.pk, queue=7, what=What.ARRIVALS, **YOUTH)
            raise LookupError

    with pytest.raises(LookupError):
        await act()
    assert await today(area=area.pk) == []


async def test_one_area_never_sees_the_load_of_another(area: Area) -> None:
    elsewhere = await sync_to_async(wire.make_area)()
    await count(area, What.ARRIVALS)
    await on(area, await database_day() - timedelta(days=7), band=7, arrivals=1)
    assert await today(area=elsewhere.pk) == []
    assert await profile(area=elsewhere.pk, **YOUTH) == []


async def test_the_profile_divides_by_open_days_a_quiet_band_counts_as_none(area: Area) -> None:
    day = await database_day() - timedelta(days=14)
    await on(area, day, band=7, arrivals=4, answered=3, left=1)
    await on(area, day + timedelta(days=7), band=7, arrivals=6, turned_away=2)
    await on(area, day + timedelta(days=7), band=8, arrivals=1)
    found = await expected(area=area.pk, **YOUTH)
    assert found[day.weekday(), 7] == 6.0
    assert found[day.weekday(), 8] == 0.5
    assert found[day.weekday(), 9] == 0.0
    assert {weekday for weekday, _ in found} == {day.weekday()}


async def test_folding_keeps_every_sum_and_repeating_it_changes_nothing(area: Area) -> None:
    now = await database_day()
    for weeks in (2, 14, 15):  # 14 and 15 weeks are more than 92 days ago
        await on(area, now - timedelta(weeks=weeks), band=7, arrivals=weeks, answered=1)
    before = await profile(area=area.pk, **YOUTH)
    await asyncio.gather(fold(), fold())
    assert await fold() == 0
    assert await LoadCounter.objects.filter(area=area).acount() == 1
    assert await LoadProfile.objects.filter(area=area).acount() == 12
    assert await profile(area=area.pk, **YOUTH) == before
    assert before[7].weeks == 3
    assert before[7].arrivals == 31


async def test_a_second_folding_adds_to_the_first(area: Area) -> None:
    now = await database_day()
    await on(area, now - timedelta(weeks=15), band=3, arrivals=2)
    await fold()
    await on(area, now - timedelta(weeks=14), band=4, arrivals=6)
    await fold()
    found = await expected(area=area.pk, **YOUTH)
    assert (found[now.weekday(), 3], found[now.weekday(), 4]) == (1.0, 3.0)


async def test_the_ninety_second_day_stays_and_the_next_goes(area: Area) -> None:
    now = await database_day()
    await on(area, now - timedelta(days=92), band=7, arrivals=1)
    await on(area, now - timedelta(days=93), band=7, arrivals=1)
    await fold()
    assert [row.day async for row in LoadCounter.objects.filter(area=area)] == [now - timedelta(days=92)]
