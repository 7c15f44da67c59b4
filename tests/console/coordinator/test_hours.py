"""The weekly grid: rows without script, problems at the day, a preview, and a second coordinator who is told."""

from typing import Any

from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.hours import selectors
from chatservice.hours.models import Hours
from chatservice.places.models import Area

SHEET = "/hours/youth/fi"
MONDAY: dict[str, Any] = {"mode": "grid", "version": "0", "opens-0": ["14:00"], "closes-0": ["16:00"], "public": "1"}


def stored(area: Area) -> Hours:
    """The hours of young people in Finnish."""
    return Hours.objects.get(area=area, channel="youth", language="fi")


def test_sari_saves_a_grid(office: Client, area: Area) -> None:
    assert office.post(SHEET, {**MONDAY, "act": "save"}).status_code == 302
    assert stored(area).expression == "Mo 14:00-16:00; PH off"
    assert Entry.objects.filter(area=area.pk, action="hours_changed").count() == 1
    assert "ma klo 14–16" in office.get("/hours").content.decode()


def test_rows_are_added_and_removed_without_a_script(office: Client, area: Area) -> None:
    added = office.post(SHEET, {**MONDAY, "act": "add-0"}).content.decode()
    assert added.count('name="opens-0"') == 2
    assert 'value="14:00"' in added
    removed = office.post(SHEET, {**MONDAY, "act": "remove-0-0"}).content.decode()
    assert 'name="opens-0"' not in removed
    assert not Hours.objects.filter(area=area).exists()


def test_overlapping_times_are_told_at_their_day(office: Client, area: Area) -> None:
    sent = {**MONDAY, "opens-0": ["14:00", "15:00"], "closes-0": ["16:00", "17:00"], "act": "save"}
    page = office.post(SHEET, sent).content.decode()
    assert 'id="wrong-0"' in page
    assert "päällekkäin (maanantai)" in page
    assert "autofocus" in page
    assert not Hours.objects.filter(area=area).exists()


def test_half_a_time_is_told_at_its_day(office: Client, area: Area) -> None:
    page = office.post(SHEET, {**MONDAY, "closes-0": [""], "act": "save"}).content.decode()
    assert "Anna molemmat ajat" in page
    assert not Hours.objects.filter(area=area).exists()


def test_syntax_that_cannot_be_read_comes_with_its_fix(office: Client, area: Area) -> None:
    sent = {"mode": "text", "version": "0", "expression": "Mo-Fri 10-16 maybe", "act": "save"}
    page = office.post(SHEET, sent).content.decode()
    assert 'id="expression-error"' in page
    assert "Esimerkki: Mo-Th 14:00-16:00" in page
    assert not Hours.objects.filter(area=area).exists()


def test_hours_beyond_a_grid_are_shown_as_syntax(office: Client, area: Area) -> None:
    text = "Mo[1] 14:00-16:00"
    sent = {"mode": "text", "version": "0", "expression": text, "act": "save"}
    assert office.post(SHEET, sent).status_code == 302
    page = office.get(SHEET).content.decode()
    assert text in page
    assert 'name="opens-0"' not in page
    empty = office.get(f"{SHEET}?grid=empty").content.decode()
    assert 'name="opens-0" value=""' in empty
    assert 'name="version" value="1"' in empty


def test_the_preview_shows_fourteen_days_and_stores_nothing(office: Client, area: Area) -> None:
    page = office.post(SHEET, {**MONDAY, "act": "preview"}).content.decode()
    assert page.count('<th scope="row">') == 14
    assert "14.00–16.00" in page
    answer = office.post(SHEET, MONDAY, HTTP_ACCEPT="application/json").json()
    assert len(answer["days"]) == 14
    assert not Hours.objects.filter(area=area).exists()


def test_the_second_coordinator_is_told_what_is_there_now(office: Client, area: Area, sari: Worker) -> None:
    office.post(SHEET, {**MONDAY, "act": "save"})
    answer = office.post(SHEET, {**MONDAY, "opens-0": ["12:00"], "act": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Joku muu muutti tätä" in page
    assert "Mo 14:00-16:00; PH off" in page
    assert 'value="12:00"' in page
    assert stored(area).expression == "Mo 14:00-16:00; PH off"
    assert office.post(SHEET, {**MONDAY, "version": "1", "opens-0": ["12:00"], "act": "save"}).status_code == 302


def test_a_town_of_another_area_is_not_taken(office: Client, area: Area) -> None:
    office.post(SHEET, {**MONDAY, "town": "999999", "act": "save"})
    assert stored(area).town_id is None


def test_an_unknown_channel_has_no_page(office: Client) -> None:
    assert office.get("/hours/teachers/fi").status_code == 404


def test_saved_hours_hold_at_once(office: Client, area: Area) -> None:
    assert selectors.state_now(area.pk, "youth", "fi").open
    office.post(SHEET, {"mode": "text", "version": "0", "expression": "off", "act": "save"})
    assert not selectors.state_now(area.pk, "youth", "fi").open
