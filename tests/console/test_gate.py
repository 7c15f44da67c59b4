"""Who passes to which address: nobody without sign-in, and nobody without the demanded second factor."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from chatservice.accounts.models import SocketTicket, Worker
from console import urls
from console.middleware import OPEN, SET_UP
from tests.console.conftest import Browser, sign_in

FILLED = {
    "<int:pk>": "1",
    "<int:ticket>": "1",
    "<int:number>": "1",
    "<str:year>": "2025-2026",
    "<str:channel>": "youth",
    "<str:code>": "fi",
    "<str:key>": "key",
    "<str:token>": "token",
    "<str:part>": "suicide",
    "<str:room>": "risk",
    "<str:name>": "DIE",
    "<slug:year>": "2025-2026",
    "<slug:plan>": "october",
    "<slug:hash>": "0" * 64,
    "<slug:kind>": "csv",
    "<slug:language>": "fi",
    "<slug:table>": "county_answers",
}


def filled(route: str) -> str:
    for place, value in FILLED.items():
        route = route.replace(place, value)
    assert "<" not in route, f"name a value for the parameter of {route}"
    return f"/{route}"


ADDRESSES = {str(pattern.name): filled(str(pattern.pattern)) for pattern in urls.urlpatterns}
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - OPEN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_eve_is_led_to_sign_in_from_everywhere(eve: Client, name: str, method: str) -> None:
    answer = getattr(eve, method)(ADDRESSES[name])
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - OPEN - SET_UP))
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_the_second_factor_only_its_set_up_is_open(
    desk: Client, settings: Settings, name: str, method: str
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    answer = getattr(desk, method)(ADDRESSES[name])
    assert (answer.status_code, answer["Location"]) == (302, "/second-step")


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn"])
def test_its_set_up_is_open(desk: Client, settings: Settings, name: str) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert desk.get(ADDRESSES[name]).status_code == 200


def test_no_ticket_without_the_second_factor(desk: Client, aino: Worker, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    answer = desk.post("/ticket", **SCRIPT)
    assert (answer.status_code, answer.json()) == (403, {"error": "second_factor"})
    assert not SocketTicket.objects.filter(worker=aino).exists()


def test_no_ticket_for_eve(eve: Client) -> None:
    answer = eve.post("/ticket", **SCRIPT)
    assert (answer.status_code, answer.json()) == (403, {"error": "sign_in"})


def test_a_ticket_is_bound_to_the_session(desk: Client, aino: Worker) -> None:
    answer = desk.post("/ticket", **SCRIPT)
    assert len(answer.json()["ticket"]) >= 43
    kept = SocketTicket.objects.get(worker=aino)
    assert Session.objects.filter(session_key=kept.session_key).exists()


def test_a_ticket_needs_a_post_with_the_forgery_token(aino: Worker, browser: Browser) -> None:
    client = browser()
    sign_in(client, aino)
    assert client.get("/ticket").status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post("/ticket", **SCRIPT).status_code == 403
    assert not SocketTicket.objects.filter(worker=aino).exists()


def test_a_switched_off_account_is_out_at_once(desk: Client, aino: Worker) -> None:
    Worker.objects.filter(pk=aino.pk).update(is_active=False)
    assert desk.get("/")["Location"] == "/sign-in"
    assert desk.post("/ticket", **SCRIPT).status_code == 403


@pytest.mark.parametrize("address", ["/signup", "/sign-up", "/password/reset", "/admin/", "/accounts/login/", "/email"])
def test_there_is_no_other_way_in(eve: Client, address: str) -> None:
    assert eve.get(address).status_code == 404


def test_the_workspace_tells_the_browser_only_what_it_needs(desk: Client, aino: Worker) -> None:
    page = desk.get("/").content.decode()
    assert "Aino" in page
    assert aino.email not in page
