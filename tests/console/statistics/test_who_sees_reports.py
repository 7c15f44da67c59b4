"""Makers see drafts, the steering group what is frozen and nothing else of the desk; to others no such page exists."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics.models import Snapshot
from console.statistics.gate import OF_THE_ACCOUNT, READERS
from console.statistics.urls import urlpatterns
from console.urls import urlpatterns as every
from tests.console.conftest import Browser
from tests.console.statistics.conftest import signed_in
from tests.statistics import office
from tests.statistics.office import YEAR

HOLES = {"<slug:year>": YEAR, "<slug:plan>": "october", "<slug:kind>": "csv", "<slug:language>": "fi", "<int:pk>": "1"}
MORE_HOLES = {
    "<int:number>": "1",
    "<str:channel>": "youth",
    "<str:code>": "fi",
    "<str:key>": "a",
    "<int:ticket>": "1",
    "<str:token>": "a",
}
MORE_HOLES |= {
    "<str:part>": "spam",
    "<str:room>": "risk",
    "<str:name>": "DIE",
    "<slug:hash>": "0" * 64,
    "<slug:table>": "a",
}
FROZEN = ("", "/dashboards", "/definitions")


def address(pattern: URLPattern, **holes: str) -> str:
    path = str(pattern.pattern)
    for hole, value in {**holes, **HOLES, **MORE_HOLES}.items():
        path = path.replace(hole, value)
    return f"/{path}"


@pytest.fixture
def frozen(area: Area, sari: Worker, tiina: Worker) -> Snapshot:
    office.counted(area)
    return office.frozen(sari, tiina)


def test_to_aino_who_answers_no_page_of_statistics_exists(desk: Client, area: Area, frozen: Snapshot) -> None:
    for pattern in urlpatterns:
        path = address(pattern, **{"<slug:hash>": frozen.hash, "<int:pk>": str(frozen.report_id)})
        assert desk.get(path).status_code == 404, path
        assert desk.post(path, {"act": "freeze"}).status_code in {404, 405}, path
    assert "/statistics" not in desk.get("/my-shifts").content.decode()


def test_reports_of_another_area_do_not_exist(elsewhere: Client, frozen: Snapshot) -> None:
    name, pk = frozen.hash, frozen.report_id
    for path in (f"reports/{name}", f"reports/{name}/csv/fi", f"drafts/{pk}", f"drafts/{pk}/progress"):
        assert elsewhere.get(f"/statistics/{path}").status_code == 404, path
    assert elsewhere.post(f"/statistics/drafts/{pk}", {"act": "reopen"}).status_code == 404
    assert elsewhere.post(f"/statistics/reports/{name}/correct").status_code == 404
    assert frozen.hash not in elsewhere.get("/statistics").content.decode()


def test_a_reader_reads_what_is_frozen_and_no_draft(
    at_rauni: Client, area: Area, sari: Worker, frozen: Snapshot
) -> None:
    draft = office.checked(sari, plan="autumn")
    for page in FROZEN:
        answer = at_rauni.get(f"/statistics{page}")
        assert answer.status_code == 200, page
        assert f"drafts/{draft.pk}" not in answer.content.decode()
    assert at_rauni.get(f"/statistics/reports/{frozen.hash}").status_code == 200
    assert at_rauni.get(f"/statistics/reports/{frozen.hash}/csv/sv").status_code == 200
    for path in (f"drafts/{draft.pk}", f"drafts/{draft.pk}/progress", f"new/{YEAR}/march"):
        assert at_rauni.get(f"/statistics/{path}").status_code == 404, path
    for act in ("sign", "freeze", "check", "reopen", "write"):
        assert at_rauni.post(f"/statistics/drafts/{draft.pk}", {"act": act}).status_code == 404
    assert at_rauni.post(f"/statistics/reports/{frozen.hash}/correct").status_code == 404


def test_every_other_page_of_the_desk_does_not_exist_for_a_reader(at_rauni: Client) -> None:
    shut: list[Any] = [
        pattern
        for pattern in every
        if pattern.name not in READERS
        and not str(pattern.name).startswith(OF_THE_ACCOUNT)
        and pattern.name != "console_workspace"
    ]
    assert len(shut) > 30
    for pattern in shut:
        assert at_rauni.get(address(pattern)).status_code == 404, pattern
        assert at_rauni.post(address(pattern)).status_code == 404, pattern


def test_a_reader_comes_to_the_reports_after_signing_in(at_rauni: Client) -> None:
    assert at_rauni.get("/").headers["Location"] == "/statistics"
    account = at_rauni.get("/account").content.decode()
    assert "/my-shifts" not in account
    assert "/statistics" in account
    page = at_rauni.get("/statistics").content.decode()
    assert "Yhtään raporttia ei ole vielä jäädytetty" in page
    assert "/load" not in page
    assert "Työpöydälle" not in page


def test_a_right_taken_away_shuts_an_open_page(at_tiina: Client, tiina: Worker, frozen: Snapshot) -> None:
    assert at_tiina.get("/statistics").status_code == 200
    Worker.objects.filter(pk=tiina.pk).update(statistician=False)
    assert at_tiina.get("/statistics").status_code == 404
    assert at_tiina.get(f"/statistics/reports/{frozen.hash}").status_code == 404


def test_the_menu_has_what_each_role_may_open(browser: Browser, sari: Worker, tiina: Worker, rauni: Worker) -> None:
    seen = {worker.display_name: links(signed_in(browser, worker)) for worker in (sari, tiina, rauni)}
    reports = {"/statistics", "/statistics/dashboards", "/statistics/definitions"}
    assert seen["Rauni"] == reports
    assert seen["Tiina"] == reports | {"/bulletins", "/my-shifts", "/rules"}
    assert seen["Sari"] >= reports | {"/annual-clock", "/bulletins", "/load", "/rota"}


def links(client: Client) -> set[str]:
    page = client.get("/statistics").content.decode().split('<nav class="menu"')[1].split("</nav>")[0]
    return {part.split('"')[0] for part in page.split('href="')[1:]}
