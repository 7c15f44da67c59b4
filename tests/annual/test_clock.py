"""The annual clock: the usual rhythm once, changed by coordinators, and reminders that tell a day and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command

from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.annual import events
from chatservice.annual.errors import NoEvent
from chatservice.annual.models import Event
from chatservice.annual.reminders import remind
from chatservice.annual.rhythm import KINDS, USUAL
from chatservice.audit.models import Entry
from chatservice.mailing import sending
from chatservice.mailing.models import Mail
from chatservice.places.errors import StaleEdit
from chatservice.places.models import Area
from chatservice.statistics.classes import ends, next_year, school_year
from chatservice.statistics.life import today
from chatservice.statistics.plans import plan_of
from tests import wire
from tests.statistics import office

TITLE = "Yhteispäivä Rantakoulussa"


def year() -> str:
    """The next school year: all its days are to come."""
    return next_year(school_year(today()))


def plan(**changed: Any) -> events.Plan:
    """An event of the area's own, today's school year."""
    return events.Plan(**{"title": TITLE, "day": today(), "remind": None, **changed})


def test_the_usual_rhythm_has_its_meetings_and_bulletins_on_working_days() -> None:
    days = {usual.kind: usual.when("2026-2027") for usual in USUAL}
    assert [days[f"meeting_{number}"].month for number in (1, 2, 3, 4)] == [9, 11, 1, 5]
    assert [days[f"bulletin_{number}"].month for number in (1, 2)] == [12, 6]
    for first in range(2025, 2032):
        name = f"{first}-{first + 1}"
        assert all(usual.when(name).weekday() < 5 for usual in USUAL)
        assert all(date(first, 8, 1) <= usual.when(name) <= ends(name) for usual in USUAL)


def test_what_is_quoted_is_frozen_before() -> None:
    days = {usual.kind: usual.when("2026-2027") for usual in USUAL}
    for report, quoted_at in (
        *(("report_october", "meeting_2"), ("report_october", "bulletin_1")),
        *(("report_autumn", "meeting_3"), ("report_autumn", "bulletin_2"), ("year_report", "meeting_1")),
    ):
        assert days[report] < days[quoted_at]
    for report, plan in (("report_october", "october"), ("report_autumn", "autumn")):
        assert plan_of(plan).last_day("2026-2027") < days[report]


def test_the_rhythm_is_made_once_and_what_was_removed_stays_away(area: Area, sari: Worker) -> None:
    assert events.of_year(actor=sari, year=year()) is None
    assert events.begin(actor=sari, year=year())
    rows = events.of_year(actor=sari, year=year()) or []
    assert sorted(row.kind for row in rows) == sorted(KINDS)
    assert all(row.remind and row.remind < row.day for row in rows)
    events.remove(actor=sari, event=rows[0].pk, version=1)
    assert not events.begin(actor=sari, year=year())
    assert len(events.of_year(actor=sari, year=year()) or []) == len(KINDS) - 1
    assert set(Entry.objects.filter(area=area.pk).values_list("action", flat=True)) == {"annual_clock_changed"}


def test_no_reminder_of_what_has_passed_when_the_year_is_begun(area: Area, sari: Worker) -> None:
    events.begin(actor=sari, year=school_year(today()))
    assert not Event.objects.filter(area=area, day__lt=today(), remind__isnull=False).exists()


def test_events_are_added_changed_and_ticked_off(area: Area, sari: Worker) -> None:
    this = school_year(today())
    events.begin(actor=sari, year=this)
    made = events.add(actor=sari, year=this, plan=plan())
    changed = events.change(actor=sari, event=made.pk, version=1, plan=plan(title="Toinen", remind=today()))
    assert (changed.title, changed.remind, changed.version) == ("Toinen", today(), 2)
    assert events.tick(actor=sari, event=made.pk, version=2, done=True).done == today()
    assert events.tick(actor=sari, event=made.pk, version=3, done=False).done is None
    with pytest.raises(StaleEdit):
        events.change(actor=sari, event=made.pk, version=1, plan=plan())


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": ""}),
        ("day", {"day": date(2001, 1, 1)}),
        ("remind", {"remind": date(2099, 1, 1)}),
    ],
)
def test_a_wrong_event_is_refused_at_its_field(area: Area, sari: Worker, field: str, wrong: dict[str, Any]) -> None:
    this = school_year(today())
    events.begin(actor=sari, year=this)
    with pytest.raises(ValidationError) as refused:
        events.add(actor=sari, year=this, plan=plan(**wrong))
    assert list(refused.value.error_dict) == [field]


def test_years_that_were_not_begun_or_lie_far_take_nothing(area: Area, sari: Worker) -> None:
    with pytest.raises(NoEvent):
        events.begin(actor=sari, year="2035-2036")
    with pytest.raises(NoEvent):
        events.add(actor=sari, year=year(), plan=plan())


@pytest.mark.parametrize("who", ["reader", "statistician", "worker", "elsewhere"])
def test_others_keep_no_clock(area: Area, sari: Worker, who: str) -> None:
    events.begin(actor=sari, year=year())
    row = Event.objects.filter(area=area).first()
    assert row is not None
    other = {
        "reader": lambda: office.rauni(area),
        "statistician": lambda: office.tiina(area),
        "worker": lambda: wire.make_worker(area, "Petri"),
        "elsewhere": lambda: office.sari(wire.make_area()),
    }[who]()
    for act in (
        lambda: events.change(actor=other, event=row.pk, version=1, plan=plan()),
        lambda: events.tick(actor=other, event=row.pk, version=1, done=True),
        lambda: events.remove(actor=other, event=row.pk, version=1),
        lambda: events.add(actor=other, year=year(), plan=plan()),
    ):
        with pytest.raises((NotCoordinator, NoEvent)):
            act()
    assert Event.objects.filter(area=area).count() == len(KINDS)


async def test_a_reminder_tells_a_day_and_the_desk_and_is_sent_once(area: Area, sari: Worker) -> None:
    await sync_to_async(_one_due)(area)
    await sync_to_async(Mail.objects.all().delete)()
    mail.outbox = []  # type: ignore[attr-defined]  # the test environment's own list
    await remind()
    await remind()
    await sending.send_due()
    (sent,) = [each for each in mail.outbox if each.to == [sari.email]]
    tomorrow = await sync_to_async(today)() + timedelta(days=1)
    assert f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}" in sent.body
    assert "http://desk.localhost:8000" in sent.body
    assert TITLE not in sent.subject + sent.body
    assert await sync_to_async(Mail.objects.filter(worker=sari).count)() == 1


def _one_due(area: Area) -> None:
    soon = today() + timedelta(days=1)
    same = {"area": area, "school_year": school_year(soon), "title": TITLE, "day": soon}
    Event.objects.create(**same, remind=today())
    Event.objects.create(**same, remind=soon)
    Event.objects.create(**same, remind=today(), done=today())
    Event.objects.create(**{**same, "day": today() - timedelta(days=9)}, remind=today() - timedelta(days=20))


def test_a_reminder_moved_to_another_day_goes_out_again(area: Area, sari: Worker) -> None:
    _one_due(area)
    row = Event.objects.filter(area=area, remind=today(), done=None).get()
    Event.objects.filter(pk=row.pk).update(told=today())
    moved = events.change(actor=sari, event=row.pk, version=1, plan=plan(day=row.day, remind=row.day))
    assert moved.told is None


def test_the_demos_clock_is_for_the_demo(database: None) -> None:
    call_command("demo_clock", verbosity=0)
