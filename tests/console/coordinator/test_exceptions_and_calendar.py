"""Exceptions and school calendars: a clear message at the field, and nothing half."""

from typing import Any

from django.test import Client

from chatservice.hours.models import ExceptionDay
from chatservice.places.models import Area, SchoolCalendar

ONE: dict[str, Any] = {
    "first": "2030-05-01",
    "last": "2030-05-02",
    "opens": "",
    "closes": "",
    "channel": "",
    "language": "",
    "reason_fi": "Vappu",
    "reason_sv": "Första maj",
    "reason_en": "May Day",
    "version": "0",
    "act": "save",
}
HEAD = "municipality;stage;first;last;kind;label\n"


def test_an_exception_is_made_changed_and_removed(office: Client, area: Area) -> None:
    assert office.post("/exceptions/new", ONE).status_code == 302
    row = ExceptionDay.objects.get(area=area)
    assert "Vappu" in office.get("/exceptions").content.decode()
    sent = {**ONE, "opens": "10:00", "closes": "12:00", "version": "1"}
    assert office.post(f"/exceptions/{row.pk}", sent).status_code == 302
    assert office.post(f"/exceptions/{row.pk}", {"act": "remove", "version": "1"}).status_code == 409
    assert office.post(f"/exceptions/{row.pk}", {"act": "remove", "version": "2"}).status_code == 302
    assert not ExceptionDay.objects.filter(area=area).exists()


def test_overlapping_exceptions_are_refused_with_the_days_that_are_taken(office: Client, area: Area) -> None:
    office.post("/exceptions/new", ONE)
    page = office.post("/exceptions/new", {**ONE, "channel": "youth"}).content.decode()
    assert "1.5.2030–2.5.2030" in page
    assert 'id="id_first_error"' in page
    assert "autofocus" in page
    assert ExceptionDay.objects.filter(area=area).count() == 1


def test_an_end_before_its_beginning_and_half_a_time_are_refused(office: Client, area: Area) -> None:
    page = office.post("/exceptions/new", {**ONE, "last": "2030-04-01"}).content.decode()
    assert 'id="id_last_error"' in page
    page = office.post("/exceptions/new", {**ONE, "opens": "10:00"}).content.decode()
    assert 'id="id_closes_error"' in page
    assert not ExceptionDay.objects.filter(area=area).exists()


def test_the_second_is_told_what_differs(office: Client, area: Area) -> None:
    office.post("/exceptions/new", ONE)
    row = ExceptionDay.objects.get(area=area)
    office.post(f"/exceptions/{row.pk}", {**ONE, "version": "1", "reason_fi": "Vapunpäivä"})
    answer = office.post(f"/exceptions/{row.pk}", {**ONE, "version": "1", "last": "2030-05-03"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Vapunpäivä" in page
    assert 'name="version" value="2"' in page
    row.refresh_from_db()
    assert row.last.isoformat() == "2030-05-02"


def test_a_calendar_is_brought_in_twice_and_changes_once(office: Client, area: Area) -> None:
    text = f"{HEAD};basic;2030-10-14;2030-10-18;autumn;\n"
    said = office.post("/school-calendar/import", {"text": text}, follow=True).content.decode()
    assert "1 uutta" in said
    said = office.post("/school-calendar/import", {"text": text}, follow=True).content.decode()
    assert "1 ennallaan" in said
    assert SchoolCalendar.objects.filter(area=area).count() == 1


def test_one_wrong_cell_takes_nothing_and_says_where(office: Client, area: Area) -> None:
    text = f"{HEAD};basic;2030-10-14;2030-10-18;autumn;\n;basic;14/10/2031;2031-10-18;autumn;\n"
    page = office.post("/school-calendar/import", {"text": text}).content.decode()
    assert "Rivi 3, sarake first." in page
    assert "Tiedostosta ei otettu mitään." in page
    assert not SchoolCalendar.objects.filter(area=area).exists()


def test_a_head_that_is_none_is_told(office: Client) -> None:
    page = office.post("/school-calendar/import", {"text": "a;b\n1;2\n"}).content.decode()
    assert "municipality;stage;first;last;kind;label" in page


def test_a_break_is_removed_by_its_version(office: Client, area: Area) -> None:
    office.post("/school-calendar/import", {"text": f"{HEAD};basic;2030-10-14;2030-10-18;autumn;\n"})
    row = SchoolCalendar.objects.get(area=area)
    assert (
        "Joku muu" in office.post(f"/school-calendar/{row.pk}/remove", {"version": "9"}, follow=True).content.decode()
    )
    office.post(f"/school-calendar/{row.pk}/remove", {"version": "1"})
    assert not SchoolCalendar.objects.filter(area=area).exists()
