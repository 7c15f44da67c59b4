"""Queues: what may stand is stored and audited, what cannot is refused with what would do."""

from typing import Any

import pytest
from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.duty.models import Serves
from chatservice.places.models import Area
from chatservice.queues.models import Queue
from tests import wire
from tests.people import enter, in_own_loop

PLAIN: dict[str, Any] = {
    "channel": "youth",
    "language": "fi",
    "name": "",
    "topics": "",
    "overflow_minutes": "5",
    "cap": "",
    "overrun_minutes": "15",
    "version": "0",
    "act": "save",
}


@pytest.fixture
def queue(office: Client, area: Area) -> Queue:
    """A queue that takes everybody."""
    assert office.post("/queues/new", PLAIN).status_code == 302
    return Queue.objects.get(area=area)


def refused(office: Client, field: str, address: str = "/queues/new", **changed: Any) -> str:
    """What the page says beside a field."""
    answer = office.post(address, {**PLAIN, **changed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in page
    return page


def test_a_queue_is_made_and_changed(office: Client, area: Area, queue: Queue) -> None:
    sent = {**PLAIN, "version": "1", "cap": "40", "picking": "on", "name": "Nuoret"}
    assert office.post(f"/queues/{queue.pk}", sent).status_code == 302
    queue.refresh_from_db()
    assert (queue.cap, queue.picking, queue.name, queue.version) == (40, True, "Nuoret", 2)
    assert Entry.objects.filter(area=area.pk, action="queue_changed").count() == 2


def test_a_limit_of_nobody_is_refused_with_what_would_do(office: Client, area: Area) -> None:
    assert "muuta aukioloaikoja" in refused(office, "cap", cap="0")
    refused(office, "overflow_minutes", overflow_minutes="121")
    refused(office, "overrun_minutes", overrun_minutes="-1")
    refused(office, "topics", topics="a b!")
    assert not Queue.objects.filter(area=area).exists()


def test_two_alike_are_refused(office: Client, area: Area, queue: Queue) -> None:
    assert "Tällainen jono on jo" in refused(office, "channel")
    assert Queue.objects.filter(area=area).count() == 1


def test_a_queue_that_nobody_serves_is_refused(office: Client, area: Area, queue: Queue) -> None:
    assert "Kukaan ei palvele" in refused(office, "professions", professions=["psychologist"])
    wire.make_worker(area, "Petri", profession="psychologist")
    assert office.post("/queues/new", {**PLAIN, "professions": ["psychologist"]}).status_code == 302


def test_those_who_serve_named_queues_are_given_the_new_one(
    office: Client, area: Area, sari: Worker, queue: Queue
) -> None:
    Serves.objects.create(worker=sari, queue_id=queue.pk)
    swedish = {**PLAIN, "language": "sv"}
    assert "Kukaan ei palvele" in refused(office, "workers", language="sv")
    assert office.post("/queues/new", {**swedish, "workers": [str(sari.pk)]}).status_code == 302
    assert Serves.objects.filter(worker=sari).count() == 2


def test_others_must_keep_a_queue(office: Client, area: Area, sari: Worker) -> None:
    assert "jono, joka ottaa kaikki" in refused(office, "professions", professions=["nurse"])
    assert "jono, joka ottaa kaikki" in refused(office, "topics", topics="T1")
    assert not Queue.objects.filter(area=area).exists()


def test_the_only_queue_and_the_one_others_need_stay(office: Client, area: Area, queue: Queue) -> None:
    remove = {"act": "remove", "version": "1"}
    assert "ainoa jono" in office.post(f"/queues/{queue.pk}", remove).content.decode()
    office.post("/queues/new", {**PLAIN, "professions": ["nurse"]})
    assert "Poista ensin ne" in office.post(f"/queues/{queue.pk}", remove).content.decode()
    special = Queue.objects.get(area=area, professions=["nurse"])
    assert office.post(f"/queues/{special.pk}", remove).status_code == 302
    special.refresh_from_db()
    assert not special.active


def test_a_queue_with_people_stays_where_it_is(office: Client, area: Area, queue: Queue) -> None:
    host = wire.make_host(area)

    async def mia() -> None:
        await enter(host)

    thread = in_own_loop(mia)
    thread.join()
    sent = {**PLAIN, "version": "1", "language": "sv"}
    assert "Jonossa on ihmisiä" in office.post(f"/queues/{queue.pk}", sent).content.decode()
    Queue.objects.filter(pk=queue.pk).update(professions=["nurse"])
    answer = office.post(f"/queues/{queue.pk}", {"act": "remove", "version": "1"})
    assert "Jonossa on ihmisiä" in answer.content.decode()
    queue.refresh_from_db()
    assert queue.active
    assert "1" in office.get("/load").content.decode()


def test_the_second_coordinator_is_told(office: Client, queue: Queue) -> None:
    office.post(f"/queues/{queue.pk}", {**PLAIN, "version": "1", "cap": "40"})
    answer = office.post(f"/queues/{queue.pk}", {**PLAIN, "version": "1", "cap": "50"})
    assert answer.status_code == 409
    assert "<dd>40</dd>" in answer.content.decode()
    queue.refresh_from_db()
    assert queue.cap == 40
