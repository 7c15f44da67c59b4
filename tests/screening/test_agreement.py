"""Marks and the professionals' own judgement are counted against each other, by half-year, without a row for a talk.

At night only: nothing changes in the table while somebody looks at it twice in a day.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from chatservice.places.models import Area
from chatservice.screening.agreement import Table, half_year, periods, raised, tables
from chatservice.screening.models import Agreement
from chatservice.statistics import nightly
from chatservice.statistics.models import Counter, Pending
from chatservice.statistics.raising import put
from chatservice.store.pool import connection
from tests import wire

read: Callable[..., Awaitable[list[Table]]] = sync_to_async(tables)
AUTUMN_DAY = date(2026, 11, 22)


async def count(area: Area, **changed: Any) -> None:
    """Count one talk; the next night brings it into the table."""
    talk = {"machine": 2, "categories": ("suicide",), "judged": 3, "day": AUTUMN_DAY, **changed}
    async with connection() as lent:
        await put(lent, raises=raised(area=area.pk, **talk))


async def counted(area: Area) -> dict[tuple[str, int, int], int]:
    """All counters of an area after the night."""
    await nightly.apply()
    return await shown(area)


async def shown(area: Area) -> dict[tuple[str, int, int], int]:
    """All counters of an area as they stand."""
    return {(row.category, row.machine, row.judged): row.talks async for row in Agreement.objects.filter(area=area)}


async def test_a_talk_counts_once_among_all_and_in_each_of_its_categories(area: Area) -> None:
    await count(area, categories=("violence", "suicide", "violence"))
    assert await counted(area) == {("all", 2, 3): 1, ("suicide", 2, 3): 1, ("violence", 2, 3): 1}


async def test_nothing_is_seen_before_the_night_and_nothing_waits_after_it(area: Area) -> None:
    await count(area)
    await count(area, judged=1)
    assert await shown(area) == {}
    assert await Pending.objects.filter(area=area).acount() == 4
    assert await counted(area) == {("all", 2, 3): 1, ("suicide", 2, 3): 1, ("all", 2, 1): 1, ("suicide", 2, 1): 1}
    assert not await Pending.objects.filter(area=area).aexists()
    assert not await Counter.objects.filter(area=area).aexists()
    await count(area)
    assert (await counted(area))["all", 2, 3] == 2


async def test_a_talk_without_a_category_counts_in_none(area: Area) -> None:
    await count(area, machine=0, categories=(), judged=-1)
    await count(area, machine=0, categories=(), judged=2)
    assert await counted(area) == {("all", 0, -1): 1, ("", 0, -1): 1, ("all", 0, 2): 1, ("", 0, 2): 1}


async def test_twenty_at_once_lose_none(area: Area) -> None:
    pairs = [("suicide", "eating"), ("eating", "suicide")] * 10
    await asyncio.gather(*(count(area, categories=pair) for pair in pairs))
    assert await counted(area) == {("all", 2, 3): 20, ("suicide", 2, 3): 20, ("eating", 2, 3): 20}


async def test_half_years_and_areas_are_apart(area: Area) -> None:
    other = await sync_to_async(wire.make_area)()
    await count(area, day=date(2027, 1, 1))
    await count(area)
    await count(other)
    await nightly.apply()
    periods = [row.period async for row in Agreement.objects.filter(area=area, category="all").order_by("period")]
    assert periods == [date(2026, 8, 1), date(2027, 1, 1)]
    assert await counted(other) == {("all", 2, 3): 1, ("suicide", 2, 3): 1}


@pytest.mark.parametrize(
    ("day", "first"), [("2026-08-01", "2026-08-01"), ("2026-07-31", "2026-01-01"), ("2026-12-31", "2026-08-01")]
)
def test_a_half_year_begins_in_august_and_january(day: str, first: str) -> None:
    assert half_year(date.fromisoformat(day)) == date.fromisoformat(first)


@pytest.mark.parametrize("wrong", [{"machine": 4}, {"judged": 4}, {"judged": -2}])
async def test_a_level_that_does_not_exist_is_refused(area: Area, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="levels"):
        await count(area, **wrong)


async def test_the_page_reads_tables_in_their_order(area: Area) -> None:
    await count(area, categories=("threat", "suicide"))
    await count(area, categories=(), machine=0, judged=2)
    await count(area, categories=("suicide",), judged=1)
    await nightly.apply()
    found = await read(area=area.pk, period=date(2026, 8, 1))
    assert [table.category for table in found] == ["all", "suicide", "threat", ""]
    assert found[0].count(machine=range(4), judged=range(4)) == 3
    assert found[0].count(machine=(2, 3), judged=(2, 3)) == 1
    assert found[3].talks == {(0, 2): 1}


async def test_half_years_are_told_newest_first_and_of_the_area_alone(area: Area) -> None:
    await count(area)
    await count(area, day=date(2027, 5, 1))
    await nightly.apply()
    assert await sync_to_async(periods)(area=area.pk) == [date(2027, 1, 1), date(2026, 8, 1)]
    other = await sync_to_async(wire.make_area)()
    assert await sync_to_async(periods)(area=other.pk) == []
    assert await read(area=other.pk, period=date(2026, 8, 1)) == []
