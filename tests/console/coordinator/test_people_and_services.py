"""Workers and their queues, other services and their checks, and the load of this moment."""

from datetime import date
from typing import Any

from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.content.models import AreaContact
from chatservice.duty.models import Serves
from chatservice.places.models import Area
from chatservice.queues.models import Queue
from chatservice.statistics.models import LoadCounter

CONTACT: dict[str, Any] = {
    "target": "09 123 4567",
    "audience": "",
    "name_fi": "Oma apu",
    "name_sv": "Egen hjälp",
    "name_en": "Own help",
    "note_fi": "",
    "note_sv": "",
    "note_en": "",
    "hours": "24/7",
    "checked_on": "2026-11-01",
    "version": "0",
    "act": "save",
}


def queue(area: Area, language: str = "fi") -> Queue:
    """A queue that takes everybody."""
    return Queue.objects.create(area=area, channel="youth", language=language)


def test_a_workers_queues_and_capacity_are_saved_together(office: Client, area: Area, sari: Worker) -> None:
    first, second = queue(area), queue(area, "sv")
    sent = {"capacity": "3", "queues": [str(first.pk), str(second.pk)], "was": "2:", "act": "save"}
    assert office.post(f"/workers/{sari.pk}", sent).status_code == 302
    sari.refresh_from_db()
    assert sari.capacity == 3
    assert Serves.objects.filter(worker=sari).count() == 2


def test_a_queue_that_nobody_would_serve_keeps_its_worker(office: Client, area: Area, sari: Worker) -> None:
    first, _ = queue(area), queue(area, "sv")
    sent = {"capacity": "3", "queues": [str(first.pk)], "was": "2:", "act": "save"}
    page = office.post(f"/workers/{sari.pk}", sent).content.decode()
    assert "Kukaan ei palvelisi: Nuoret, ruotsi" in page.replace("Ruotsi", "ruotsi")
    sari.refresh_from_db()
    assert sari.capacity == 2
    assert not Serves.objects.filter(worker=sari).exists()


def test_a_capacity_of_none_is_refused(office: Client, sari: Worker) -> None:
    page = office.post(f"/workers/{sari.pk}", {"capacity": "0", "was": "2:"}).content.decode()
    assert 'id="id_capacity_error"' in page


def test_the_second_is_told_of_a_workers_change(office: Client, sari: Worker) -> None:
    Worker.objects.filter(pk=sari.pk).update(capacity=4)
    answer = office.post(f"/workers/{sari.pk}", {"capacity": "3", "was": "2:"})
    assert answer.status_code == 409
    assert 'value="4:"' in answer.content.decode()


def test_a_contact_is_added_hidden_and_removed(office: Client, area: Area) -> None:
    assert office.post("/contacts/new", {**CONTACT, "key": "oma-apu"}).status_code == 302
    assert "Oma apu" in office.get("/contacts").content.decode()
    sent = {**CONTACT, "version": "1", "hidden": "on"}
    assert office.post("/contacts/oma-apu", sent).status_code == 302
    assert office.post("/contacts/oma-apu", {"act": "remove", "version": "1"}).status_code == 409
    assert office.post("/contacts/oma-apu", {"act": "remove", "version": "2"}).status_code == 302
    assert not AreaContact.objects.filter(area=area).exists()


def test_a_common_contact_is_confirmed(office: Client, area: Area) -> None:
    assert office.post("/contacts/medical-help", {**CONTACT, "target": "116 117"}).status_code == 302
    assert AreaContact.objects.get(area=area, key="medical-help").checked_on == date(2026, 11, 1)


def test_what_no_telephone_dials_is_refused(office: Client, area: Area) -> None:
    page = office.post("/contacts/new", {**CONTACT, "key": "x", "target": "javascript:1"}).content.decode()
    assert 'id="id_target_error"' in page
    page = office.post("/contacts/new", {**CONTACT, "key": "Väärä avain"}).content.decode()
    assert 'id="id_key_error"' in page
    page = office.post("/contacts/new", {**CONTACT, "key": "x", "hours": "joskus"}).content.decode()
    assert 'id="id_hours_error"' in page
    page = office.post("/contacts/new", {**CONTACT, "key": "x", "checked_on": "2999-01-01"}).content.decode()
    assert 'id="id_checked_on_error"' in page
    page = office.post("/contacts/new", {**CONTACT, "key": "medical-help"}).content.decode()
    assert 'id="id_key_error"' in page
    assert not AreaContact.objects.filter(area=area).exists()


def test_112_has_no_page_to_change_it(office: Client) -> None:
    assert office.get("/contacts/emergency").status_code == 404
    page = office.post("/contacts/new", {**CONTACT, "key": "emergency"}).content.decode()
    assert 'id="id_key_error"' in page


def test_the_load_is_the_same_for_the_page_and_its_script(office: Client, area: Area) -> None:
    row = queue(area)
    page = office.get("/load").content.decode()
    assert "Ei julkaistavaksi" in page
    cells = office.get("/load/now", HTTP_ACCEPT="application/json").json()["cells"]
    assert cells[f"queues-{row.pk}-waiting"] == "0"
    assert all(f'data-cell="{name}"' in page for name in cells)
    assert not LoadCounter.objects.filter(area=area).exists()
