"""The rota: made, changed, shared, given up and taken; each refusal at its field."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chatservice.accounts.models import Worker
from chatservice.duty.models import Serves, Shift
from chatservice.duty.rules import HOME
from chatservice.hours.models import Hours
from chatservice.places.models import Area
from chatservice.queues.models import Queue
from tests import wire
from tests.console.conftest import Browser
from tests.console.coordinator.conftest import signed_in


def monday() -> date:
    """A Monday to come."""
    today = timezone.now().astimezone(HOME).date()
    return today + timedelta(days=14 - today.weekday())


def draft(worker: Worker, **changed: Any) -> dict[str, Any]:
    """What the form sends."""
    found = {"worker": str(worker.pk), "day": monday().isoformat(), "starts": "14:00", "ends": "16:00"}
    return {**found, "pair": "", "repeat_until": "", "version": "0", "act": "save", **changed}


@pytest.fixture
def petri(area: Area) -> Worker:
    """Petri the psychologist, no coordinator."""
    return wire.make_worker(area, "Petri", profession="psychologist")


@pytest.fixture
def theirs(browser: Browser, petri: Worker) -> Client:
    """Petri's browser."""
    return signed_in(browser, petri)


def planned(office: Client, worker: Worker, **changed: Any) -> Shift:
    """A shift made by the form."""
    assert office.post("/rota/new", draft(worker, **changed)).status_code == 302
    found = Shift.objects.filter(worker=worker).order_by("starts").first()
    assert found is not None
    return found


def test_a_shift_stands_in_its_week(office: Client, petri: Worker) -> None:
    shift = planned(office, petri)
    assert shift.starts.astimezone(HOME) == datetime.combine(monday(), datetime.min.time(), HOME).replace(hour=14)
    page = office.get(f"/rota?week={monday()}").content.decode()
    assert "14.00–16.00" in page
    assert f'/rota/{shift.pk}"' in page


def test_a_weekly_pair_of_shifts(office: Client, sari: Worker, petri: Worker) -> None:
    until = (monday() + timedelta(days=14)).isoformat()
    planned(office, petri, pair=str(sari.pk), repeat_until=until)
    assert Shift.objects.filter(worker=petri).count() == 3
    assert Shift.objects.filter(worker=sari).count() == 3
    assert "pari" in office.get(f"/rota?week={monday()}").content.decode()


def test_a_night_shift_ends_on_the_next_day(office: Client, petri: Worker) -> None:
    shift = planned(office, petri, starts="22:00", ends="02:00")
    assert shift.ends - shift.starts == timedelta(hours=4)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts": "01:00", "ends": "23:00"}, "ends"),
        ({"day": "2020-01-06"}, "starts"),
        ({"repeat_until": "2020-01-06"}, "repeat_until"),
        ({"starts": ""}, "starts"),
    ],
)
def test_what_cannot_be_a_shift_is_told_at_its_field(
    office: Client, petri: Worker, changed: dict[str, str], field: str
) -> None:
    page = office.post("/rota/new", draft(petri, **changed)).content.decode()
    assert f'id="id_{field}_error"' in page
    assert not Shift.objects.filter(worker=petri).exists()


def test_overlap_own_pair_and_a_missing_skill_are_refused(office: Client, area: Area, petri: Worker) -> None:
    planned(office, petri)
    assert 'id="id_starts_error"' in office.post("/rota/new", draft(petri, starts="15:00")).content.decode()
    own = draft(petri, starts="18:00", ends="19:00", pair=str(petri.pk))
    assert 'id="id_pair_error"' in office.post("/rota/new", own).content.decode()
    mine = Queue.objects.create(area=area, channel="youth", language="fi")
    other = Queue.objects.create(area=area, channel="youth", language="sv")
    Serves.objects.create(worker=petri, queue_id=mine.pk)
    unskilled = draft(petri, starts="18:00", ends="19:00", queues=[str(other.pk)])
    assert "ei palvele tätä jonoa" in office.post("/rota/new", unskilled).content.decode()
    assert Shift.objects.filter(worker=petri).count() == 1


def test_a_shift_is_changed_substituted_and_removed(office: Client, sari: Worker, petri: Worker) -> None:
    shift = planned(office, petri)
    address = f"/rota/{shift.pk}"
    sent = {**draft(petri), "version": str(shift.version), "ends": "17:00"}
    assert office.post(address, sent).status_code == 302
    answer = office.post(address, {**sent, "ends": "18:00"})
    assert answer.status_code == 409
    assert "17.00" in answer.content.decode() or "17:00" in answer.content.decode()
    shift.refresh_from_db()
    put = {"act": "substitute", "substitute": str(sari.pk), "version": str(shift.version)}
    assert office.post(address, put).status_code == 302
    shift.refresh_from_db()
    assert (shift.worker_id, shift.substitute_for_id) == (sari.pk, petri.pk)
    assert office.post(address, {"act": "remove", "version": "1"}).status_code == 409
    assert office.post(address, {"act": "remove", "version": str(shift.version)}).status_code == 302
    assert not Shift.objects.filter(pk=shift.pk).exists()


def test_gaps_and_needs_are_told_in_words(office: Client, area: Area, petri: Worker) -> None:
    Hours.objects.create(area=area, channel="youth", language="fi", expression="Mo 14:00-18:00")
    planned(office, petri)
    page = office.get(f"/rota?week={monday()}").content.decode()
    assert "Auki, mutta ketään ei ole vuorossa" in page
    assert "16.00–18.00" in page
    assert "riittää" in page
    assert "ei ketään" in page


def test_a_worker_gives_up_and_a_colleague_takes(office: Client, sari: Worker, petri: Worker, theirs: Client) -> None:
    shift = planned(office, petri)
    address = f"/my-shifts/{shift.pk}"
    assert office.post(address, {"act": "take", "version": str(shift.version)}).status_code == 200
    assert theirs.post(address, {"act": "give_up", "version": str(shift.version)}).status_code == 302
    assert "luovuttu" in office.get("/my-shifts").content.decode()
    stale = office.post(address, {"act": "take", "version": str(shift.version)})
    assert stale.status_code == 409
    shift.refresh_from_db()
    assert office.post(address, {"act": "take", "version": str(shift.version)}).status_code == 302
    shift.refresh_from_db()
    assert shift.worker_id == sari.pk


def test_petri_cannot_give_up_what_is_saris(office: Client, sari: Worker, theirs: Client) -> None:
    shift = planned(office, sari)
    answer = theirs.post(f"/my-shifts/{shift.pk}", {"act": "give_up", "version": str(shift.version)})
    assert answer.status_code == 404
    shift.refresh_from_db()
    assert shift.state == Shift.State.PLANNED


def test_a_calendar_is_read_by_its_address_until_it_is_ended(
    browser: Browser, office: Client, petri: Worker, theirs: Client
) -> None:
    planned(office, petri)
    page = theirs.post("/my-shifts/calendar", {"act": "create"}).content.decode()
    address = page.split('<code class="feed">')[1].split("</code>")[0]
    path = "/" + address.split("/", 3)[3]
    nobody = browser()
    answer = nobody.get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in answer.content
    assert not nobody.cookies
    assert path not in theirs.get("/my-shifts").content.decode()
    theirs.post("/my-shifts/calendar", {"act": "revoke"})
    assert nobody.get(path).status_code == 404
