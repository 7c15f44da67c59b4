"""What a door asks: is this queue open, until when, from when again, and why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chatservice.accounts.models import Worker
from chatservice.hours import selectors
from chatservice.hours.edit import ExceptionDraft, HoursDraft, import_calendar, save_exception, save_hours
from chatservice.hours.errors import NotHours
from chatservice.places.models import Area, Municipality

TUESDAY = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)  # 14.30 in Helsinki
HOURS = HoursDraft(channel="youth", language="sv", expression="Mo-Th 14:00-16:00; PH,SH off")
ILL = ExceptionDraft(
    first=date(2026, 11, 24),
    last=date(2026, 11, 24),
    reason_fi="Sairastapaus",
    reason_sv="Sjukdomsfall",
    reason_en="Illness",
)


def test_hours_that_nobody_wrote_limit_nothing(area: Area) -> None:
    found = selectors.state_now(area.pk, "youth", "fi")
    assert (found.open, found.until) == (True, None)
    assert not selectors.facts(area.pk, "youth", "fi").written
    assert selectors.lines(area.pk, "youth", "fi", first=TUESDAY.date()) == []


def test_a_change_is_seen_at_once_in_this_process(area: Area, sari: Worker) -> None:
    queue = (area.pk, "youth", "sv")
    save_hours(actor=sari, draft=HOURS, version=0)
    assert selectors.state_now(*queue, now=TUESDAY).until == datetime(2026, 11, 24, 14, tzinfo=UTC)
    save_exception(actor=sari, draft=ILL)
    closed = selectors.state_now(*queue, now=TUESDAY)
    assert (closed.open, closed.reason) == (False, "Sjukdomsfall")
    assert closed.next_opening == datetime(2026, 11, 25, 12, tzinfo=UTC)
    other = selectors.state_now(area.pk, "parent", "sv", now=TUESDAY)
    assert not other.open, "an exception for every queue closes those without hours too"


def test_the_towns_breaks_go_before_the_areas(area: Area, sari: Worker) -> None:
    town = Municipality.objects.create(area=area, code="091", name_fi="Helsinki", name_sv="Helsingfors")
    lines = (
        "municipality;stage;first;last;kind;label",
        ";;19.10.2026;23.10.2026;autumn;",
        "91;;12.10.2026;16.10.2026;autumn;",
    )
    text = "\n".join(lines)
    import_calendar(actor=sari, area=area, text=text)
    save_hours(actor=sari, draft=HOURS, version=0)
    at = {"first": date(2026, 10, 12), "days": 12}
    queue = (area.pk, "youth", "sv")
    assert len(selectors.week(*queue, **at)) == 4  # type: ignore[arg-type]
    assert set(selectors.reasons(*queue, **at).values()) == {"höstlov"}  # type: ignore[arg-type]
    save_hours(actor=sari, draft=replace(HOURS, town_id=town.pk), version=1)
    assert [each.opens.day for each in selectors.week(*queue, **at)] == [19, 20, 21, 22]  # type: ignore[arg-type]


def test_the_next_opening_is_found_beyond_a_summer(area: Area, sari: Worker) -> None:
    summer = HoursDraft(channel="youth", language="fi", expression='Mo-Th 14:00-16:00; Jun 01-Aug 10 off "kesätauko"')
    save_hours(actor=sari, draft=summer, version=0)
    found = selectors.state_now(area.pk, "youth", "fi", now=datetime(2027, 6, 2, 11, 30, tzinfo=UTC))
    assert (found.open, found.reason) == (False, "kesätauko")
    assert found.next_opening == datetime(2027, 8, 11, 11, tzinfo=UTC)
    save_hours(actor=sari, draft=replace(summer, expression="off"), version=1)
    assert selectors.state_now(area.pk, "youth", "fi").next_opening is None


def test_a_long_look_ahead_is_kept_too(area: Area, sari: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    save_hours(actor=sari, draft=HoursDraft(channel="youth", language="fi", expression="off"), version=0)
    asked: list[int] = []
    real = selectors.evaluate.windows
    monkeypatch.setattr(selectors.evaluate, "windows", lambda **facts: (asked.append(facts["days"]), real(**facts))[1])
    for _ in range(3):
        selectors.state_now(area.pk, "youth", "fi", now=TUESDAY)
    assert asked == [selectors.NEAR_DAYS, selectors.FAR_DAYS]


async def test_the_asynchronous_door_reads_the_database_once_in_half_a_minute(
    area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[selectors.Key] = []
    real = selectors._read
    monkeypatch.setattr(selectors, "_read", lambda key: (read.append(key), real(key))[1])
    clock = [1000.0]
    monkeypatch.setattr("chatservice.hours.selectors.time.monotonic", lambda: clock[0])
    for at in (1000.0, 1029.9, 1030.1):
        clock[0] = at
        assert (await selectors.astate(area.pk, "youth", "fi")).open
        assert await selectors.aweek(area.pk, "youth", "fi", first=date(2026, 11, 24), days=7)
    assert len(read) == 2


def test_the_clock_is_the_databases(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "_database_clock", lambda: TUESDAY + timedelta(days=365))
    asked: list[datetime] = []
    real = selectors.evaluate.state
    monkeypatch.setattr(
        selectors.evaluate, "state", lambda found, now, closed: (asked.append(now), real(found, now))[1]
    )
    selectors.state_now(area.pk, "youth", "fi")
    assert timedelta() <= asked[0] - TUESDAY - timedelta(days=365) < timedelta(seconds=10)


def test_a_kept_answer_costs_no_query(area: Area) -> None:
    selectors.state_now(area.pk, "youth", "fi")
    with CaptureQueriesContext(connection) as seen:
        selectors.state_now(area.pk, "youth", "fi")
    assert len(seen) == 0


def test_a_preview_stores_nothing_and_knows_the_exceptions(area: Area, sari: Worker) -> None:
    save_exception(actor=sari, draft=ILL)
    found = selectors.preview(area.pk, "youth", "fi", expression="Tu 10:00-12:00", first=date(2026, 11, 24))
    assert [each.opens.day for each in found] == [1]
    with pytest.raises(NotHours):
        selectors.preview(area.pk, "youth", "fi", expression="ti 10-12", first=date(2026, 11, 24))
    assert not selectors.facts(area.pk, "youth", "fi").written
