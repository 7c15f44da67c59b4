"""A talk raises each counter set once, in classes; what waits has no time and no key; the night adds it up."""

import asyncio
from datetime import date

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import talk
from chatservice.conversations.risk import Risk
from chatservice.places.models import Area, Host, Municipality
from chatservice.places.selectors import forget_hosts
from chatservice.screening.models import Agreement
from chatservice.statistics import nightly
from chatservice.statistics.catalogue import Contact, sets_of, uncell
from chatservice.statistics.classes import month_of, school_year, term_of_month
from chatservice.statistics.models import Answerer, Book, Closing, Counter, Pending
from chatservice.statistics.raising import count
from chatservice.store.pool import transaction
from chatservice.wrapup.codes import Codes
from chatservice.wrapup.counting import count_due
from chatservice.wrapup.models import TopicCount
from chatservice.wrapup.save import save
from tests.people import Visitor, enter, in_talk, sql

NOW = "SELECT (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date"


async def today() -> date:
    found: date = (await sql(NOW))[0][0]
    return found


async def ended(host: Host, worker: Worker) -> Visitor:
    """Mia's talk with this worker is over."""
    mia, claimed = await in_talk(host, worker)
    await talk.close(conversation=mia.cid, worker=worker.pk, epoch=claimed.epoch)
    return mia


async def let_six_hours_pass(area: Area) -> None:
    await sql("UPDATE wrapup_wrapup SET closed = closed - interval '6 hours' WHERE area_id = %(area)s", area=area.pk)


async def counters(area: Area, name: str) -> dict[str, int]:
    """The counters of a set, in the year of now."""
    return {row.cell: row.n async for row in Counter.objects.filter(area=area, name=name)}


async def one(area: Area, name: str) -> dict[str, str]:
    """The one cell of a set that was raised, once."""
    found = await counters(area, name)
    assert list(found.values()) == [1]
    return uncell(next(iter(found)))


async def test_a_talk_raises_every_set_once_in_classes(host: Host, aino: Worker, area: Area) -> None:
    town = await Municipality.objects.acreate(area=area, code="091", name_fi="Kuusela", name_sv="Granby")
    await Host.objects.filter(pk=host.pk).aupdate(municipality=town)
    forget_hosts()
    mia = await ended(host, aino)
    said = {"sides": ("Y.PEER.LONE", "Y.SCH.ABS"), "role": "R_SELF", "stage": "S_7_9"}
    codes = Codes(topic="Y.MIND.ANX.SOC", judged=Risk.NONE, outcomes=("O_CUR",), **said)
    await save(conversation=mia.cid, worker=aino.pk, codes=codes)
    await let_six_hours_pass(area)
    await count_due()
    assert await Closing.objects.filter(area=area).acount() == 0
    assert await Counter.objects.filter(area=area).acount() == 0, "nothing is added up before the night"
    await nightly.apply()
    day = await today()
    term = term_of_month(month_of(day))
    assert await one(area, "municipality_topics") == {"area": "091", "period": term, "topic": "Y.MIND.ANX"}
    assert await one(area, "county_topic_ages") == {"age": "A13_15", "topic": "Y.MIND"}
    assert await one(area, "municipality_answers") == {"area": "091", "period": month_of(day), "answered": "yes"}
    assert await one(area, "municipality_lengths") == {"area": "091", "period": term, "length": "L_U5"}
    assert await one(area, "county_professions") == {"outcome": "school", "period": term, "profession": "curator"}
    assert await one(area, "school_threads") == {"area": "unknown:091", "period": term}
    assert await one(area, "county_roles") == {"period": term, "role": "R_SELF"}
    assert await one(area, "county_stages") == {"period": term, "stage": "S_7_9"}
    assert await one(area, "county_risks") == {"period": term, "risk": "R0"}
    sides = [uncell(at)["side"] for at in await counters(area, "county_sides")]
    assert sorted(sides) == ["Y.PEER.LONE", "Y.SCH.ABS"]
    raised = {name async for name in Counter.objects.filter(area=area).values_list("name", flat=True)}
    expected = {each.name for each in sets_of(school_year(day)) if each.measure in {"contacts", "threads", "sides"}}
    assert raised == expected
    assert await Answerer.objects.filter(area=area).acount() == 1


async def test_counting_twice_and_applying_twice_changes_nothing(host: Host, aino: Worker, area: Area) -> None:
    await ended(host, aino)
    await let_six_hours_pass(area)
    await asyncio.gather(count_due(), count_due())
    await asyncio.gather(nightly.apply(), nightly.apply())
    await count_due()
    await nightly.apply()
    assert sum((await counters(area, "municipality_answers")).values()) == 1
    assert await Pending.objects.filter(area=area).acount() == 0


async def test_a_thread_counts_once_in_a_term(host: Host, aino: Worker, area: Area) -> None:
    first, second = await ended(host, aino), await ended(host, aino)
    assert [row.thread async for row in Closing.objects.filter(area=area)] == [True, True]
    thread = "SELECT thread_id FROM conversations_conversation WHERE id = %(id)s"
    kept = (await sql(thread, id=first.cid))[0][0]
    third, claimed = await in_talk(host, aino)
    await sql("UPDATE conversations_conversation SET thread_id = %(t)s WHERE id = %(id)s", t=kept, id=third.cid)
    await talk.close(conversation=third.cid, worker=aino.pk, epoch=claimed.epoch)
    assert (await Closing.objects.aget(conversation=third.cid)).thread is False
    await let_six_hours_pass(area)
    await count_due()
    await nightly.apply()
    assert sum((await counters(area, "school_threads")).values()) == 2
    assert sum((await counters(area, "municipality_answers")).values()) == 3
    assert second.cid


async def test_who_leaves_the_queue_is_counted_without_codes_and_once_a_day(host: Host, area: Area) -> None:
    for _ in range(2):
        jonas = await enter(host)
        await talk.leave(conversation=jonas.cid, participant=jonas.talk.participant)
    mia = await enter(host)
    day = await today()
    query = """UPDATE conversations_thread SET missed_on = %(day)s WHERE id =
        (SELECT thread_id FROM conversations_conversation WHERE id = %(id)s)"""
    await sql(query, day=day, id=mia.cid)
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)
    await nightly.apply()
    found = await counters(area, "county_waits")
    assert found == {f"answered=left_queue|period={term_of_month(month_of(day))}|wait=W_U2": 2}
    assert await counters(area, "school_threads") == {}


async def test_what_waits_has_neither_time_nor_key_nor_order(host: Host, aino: Worker, area: Area) -> None:
    await ended(host, aino)
    await let_six_hours_pass(area)
    await count_due()
    columns = "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'statistics_pending'"
    assert {row[0] for row in await sql(columns)} == {"id", "area_id", "school_year", "name", "cell"}
    assert all([row.id.version == 4 async for row in Pending.objects.filter(area=area)])


async def test_a_kill_between_two_batches_loses_and_doubles_nothing(
    host: Host, aino: Worker, area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ended(host, aino)
    await ended(host, aino)
    await let_six_hours_pass(area)
    await nightly.apply()  # what other tests left
    await count_due()
    expected = await Pending.objects.filter(area=area).acount()
    monkeypatch.setattr(nightly, "BATCH", 7)
    monkeypatch.setattr(nightly, "columns", Failing(after=2))
    with pytest.raises(Killed):
        await nightly.apply()
    left = await Pending.objects.filter(area=area).acount()
    assert 0 < left < expected
    monkeypatch.undo()
    await nightly.apply()
    found = sum([row.n async for row in Counter.objects.filter(area=area)])
    for beside in (TopicCount, Agreement):
        found += sum([row.talks async for row in beside.objects.filter(area=area)])
    assert found == expected


class Killed(Exception):
    """The process is gone."""


class Failing:
    """Works some times, then the process is gone."""

    def __init__(self, *, after: int) -> None:
        self.left = after
        self.true = nightly.columns

    def __call__(self, counts: dict[nightly.Place, int]) -> object:
        self.left -= 1
        if self.left < 0:
            raise Killed
        return self.true(counts)


async def test_what_the_caller_takes_back_was_never_counted(area: Area) -> None:
    async def act() -> None:
        async with transaction() as lent:
            await count(lent, area=area.pk, year="2025-2026", contact=Contact(month="2025-10", term="autumn"))
            raise Killed

    with pytest.raises(Killed):
        await act()
    assert await Pending.objects.filter(area=area).acount() == 0


async def test_a_closed_period_takes_no_more_late_ones_count_in_the_next(area: Area) -> None:
    late = Contact(month="2025-09", term="autumn")
    async with transaction() as lent:
        await count(lent, area=area.pk, year="2025-2026", contact=late)
    await Book.objects.filter(area=area).aupdate(closed_until=date(2025, 9, 30))
    await nightly.apply()
    assert [uncell(at)["period"] for at in await counters(area, "municipality_answers")] == ["2025-10"]
    assert [uncell(at)["period"] for at in await counters(area, "municipality_topics")] == ["autumn"]


async def test_of_a_closed_year_they_count_in_the_next_one(area: Area) -> None:
    async with transaction() as lent:
        await count(lent, area=area.pk, year="2024-2025", contact=Contact(month="2025-07", term="spring"))
    await Book.objects.filter(area=area).aupdate(closed_until=date(2025, 7, 31))
    await nightly.apply()
    [row] = [row async for row in Counter.objects.filter(area=area, name="municipality_topics")]
    assert (row.school_year, uncell(row.cell)["period"]) == ("2025-2026", "autumn")


async def test_a_catalogue_changed_in_mid_year_counts_on_as_the_year_began(area: Area) -> None:
    one_set = '[["municipality_topics", "contacts", ["area@municipality", "period@term", "topic@leaf"]]]'
    await Book.objects.acreate(area=area, school_year="2025-2026", version="old", digest="other", catalogue=one_set)
    async with transaction() as lent:
        await count(lent, area=area.pk, year="2025-2026", contact=Contact(month="2025-10", term="autumn"))
    assert [row.name async for row in Pending.objects.filter(area=area)] == ["municipality_topics"]
