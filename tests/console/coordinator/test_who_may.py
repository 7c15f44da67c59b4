"""Coordinators of the area alone; to everybody else the page does not exist."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from chatservice.accounts.models import Worker
from chatservice.content.models import AreaContact
from chatservice.duty.models import Shift
from chatservice.hours.models import ExceptionDay
from chatservice.places.models import Area, SchoolCalendar
from chatservice.queues.models import Queue
from chatservice.screening.models import AreaTerm
from console.coordinator.urls import urlpatterns

EVERYBODYS = {"console_my_shifts", "console_my_shift", "console_my_calendar", "console_feed"}
EVERYBODYS |= {"console_rules", "console_rules_part", "console_rules_signs", "console_rules_words"}
FILLED = {
    "<int:pk>": "1",
    "<int:ticket>": "1",
    "<str:channel>": "youth",
    "<str:code>": "fi",
    "<str:key>": "medical-help",
}
PAGES = [
    "load",
    "load/now",
    "parked",
    "hours",
    "hours/parent/sv",
    "exceptions",
    "exceptions/new",
    "school-calendar",
    "queues",
]
PAGES += ["queues/new", "rota", "rota/new", "my-shifts", "workers", "contacts", "contacts/new", "contacts/medical-help"]
PAGES += ["terms", "terms/new", "bench", "agreement", "rules", "rules/suicide", "rules/spam", "rules/risk/DIE"]


def addresses() -> list[str]:
    """Every address of coordinators alone."""
    found = []
    for pattern in urlpatterns:
        if pattern.name not in EVERYBODYS:
            path = str(pattern.pattern)
            for hole, value in FILLED.items():
                path = path.replace(hole, value)
            found.append(f"/{path}")
    return found


@pytest.mark.parametrize("address", addresses())
@pytest.mark.parametrize("method", ["get", "post"])
def test_to_aino_who_coordinates_nothing_the_page_does_not_exist(desk: Client, address: str, method: str) -> None:
    assert getattr(desk, method)(address).status_code in {404, 405}
    assert desk.get(address).status_code in {404, 405}


def test_a_role_taken_away_shuts_an_open_page(office: Client, sari: Worker) -> None:
    Worker.objects.filter(pk=sari.pk).update(coordinator=False)
    assert office.post("/queues/new", {"channel": "youth", "language": "fi"}).status_code == 404
    assert not Queue.objects.filter(area=sari.area_id).exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_opens_in_every_language(office: Client, sari: Worker, page: str, language: str) -> None:
    Worker.objects.filter(pk=sari.pk).update(language=language)
    answer = office.get(f"/{page}")
    assert answer.status_code == 200
    if not page.endswith("now"):
        assert f'<html lang="{language}">' in answer.content.decode()


def rows(area: Area, sari: Worker) -> list[str]:
    """Addresses of rows of Sari's area."""
    day = date(2030, 1, 7)
    reasons = {"reason_fi": "s", "reason_sv": "o", "reason_en": "r"}
    starts = timezone.now() + timedelta(days=3)
    queue = Queue.objects.create(area=area, channel="youth", language="fi")
    shift = Shift.objects.create(area=area, worker=sari, starts=starts, ends=starts + timedelta(hours=2))
    exception = ExceptionDay.objects.create(area=area, first=day, last=day, **reasons)
    found = SchoolCalendar.objects.create(area=area, first=day, last=day, kind="winter")
    names = {"name_fi": "a", "name_sv": "a", "name_en": "a"}
    AreaContact.objects.create(area=area, key="ours", kind="phone", target="112233", checked_on=day, **names)
    said = {"phrase": "kääntösil*", "level": 2, "category": "suicide", "examples_match": ["oon kääntösillalla"]}
    AreaTerm.objects.create(area=area, key="bridge", version=1, by=sari, at=timezone.now(), **said)
    return [
        f"/queues/{queue.pk}",
        f"/rota/{shift.pk}",
        f"/exceptions/{exception.pk}",
        f"/school-calendar/{found.pk}/remove",
        f"/workers/{sari.pk}",
        "/contacts/ours",
        "/terms/bridge",
    ]


def test_rows_of_another_area_do_not_exist_for_eve(area: Area, sari: Worker, office: Client, elsewhere: Client) -> None:
    for address in rows(area, sari):
        for act in ("save", "remove", "substitute", "try", "again-1"):
            assert elsewhere.post(address, {"act": act, "version": "1"}).status_code == 404, address
        if not address.endswith("remove"):
            assert elsewhere.get(address).status_code == 404, address
            assert office.get(address).status_code == 200, address


def test_eve_cannot_take_over_a_shift_of_another_area(area: Area, sari: Worker, elsewhere: Client) -> None:
    starts = timezone.now() + timedelta(days=3)
    shift = Shift.objects.create(
        area=area, worker=sari, starts=starts, ends=starts + timedelta(hours=2), state=Shift.State.GIVEN_UP
    )
    assert elsewhere.post(f"/my-shifts/{shift.pk}", {"act": "take", "version": "1"}).status_code == 404
    shift.refresh_from_db()
    assert shift.worker_id == sari.pk
