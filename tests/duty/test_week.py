"""The week view: shifts, cover and needs of one area, day by day."""

from datetime import date, time

from chatservice.accounts.models import Worker
from chatservice.duty import rota, swaps
from chatservice.duty.rules import Draft, wall
from chatservice.duty.week import week
from chatservice.hours.models import Hours

MONDAY, TUESDAY = date(2031, 3, 3), date(2031, 3, 4)
YOUTH = [("youth", "fi")]


def planned(sari: Worker, worker: Worker, day: date, *, pair: int | None = None) -> int:
    """A shift from two to four."""
    draft = Draft(worker=worker.pk, starts=wall(day, time(14)), ends=wall(day, time(16)), pair=pair)
    return rota.create(by=sari, draft=draft)[0].pk


def test_a_week_shows_shifts_gaps_and_needs(sari: Worker, aino: Worker, petri: Worker) -> None:
    Hours.objects.create(area_id=sari.area_id, channel="youth", language="fi", expression="Mo-Tu 14:00-17:00")
    planned(sari, aino, MONDAY, pair=petri.pk)
    days = week(area=sari.area_id, first=MONDAY, channels=YOUTH, demand={(0, 7): 4.0, (0, 8): 2.0})
    monday, tuesday = days[0], days[1]
    assert [(shift.name, shift.pair is not None) for shift in monday.shifts] == [("Aino", True), ("Petri", True)]
    assert [span.people for span in monday.cover] == [2, 0]
    assert [(need.expected, need.short) for need in monday.needs] == [(2.0, False), (2.0, False), (1.0, True)]
    assert [span.people for span in tuesday.cover] == [0]
    assert [len(day.cover) for day in days[2:]] == [0] * 5


def test_a_shift_given_up_is_shown_and_covers_nothing(sari: Worker, aino: Worker) -> None:
    Hours.objects.create(area_id=sari.area_id, channel="youth", language="fi", expression="Mo 14:00-16:00")
    swaps.give_up(by=aino, shift=planned(sari, aino, MONDAY), version=1)
    monday = week(area=sari.area_id, first=MONDAY, channels=YOUTH, demand={})[0]
    assert [shift.state for shift in monday.shifts] == ["given_up"]
    assert [span.people for span in monday.cover] == [0]


def test_without_written_hours_nothing_is_a_gap(sari: Worker, aino: Worker) -> None:
    planned(sari, aino, MONDAY)
    days = week(area=sari.area_id, first=MONDAY, channels=YOUTH, demand={})
    assert [day.cover for day in days] == [()] * 7
    assert len(days[0].shifts) == 1
    assert days[0].outside == ()


def test_work_on_a_closed_day_is_told(sari: Worker, aino: Worker) -> None:
    Hours.objects.create(area_id=sari.area_id, channel="youth", language="fi", expression="Mo 14:00-16:00")
    planned(sari, aino, TUESDAY)
    days = week(area=sari.area_id, first=MONDAY, channels=YOUTH, demand={})
    assert days[1].outside == ((wall(TUESDAY, time(14)), wall(TUESDAY, time(16))),)


def test_eve_sees_nothing_of_the_area(sari: Worker, aino: Worker, eve: Worker) -> None:
    planned(sari, aino, MONDAY)
    assert not any(day.shifts for day in week(area=eve.area_id, first=MONDAY, channels=YOUTH, demand={}))
