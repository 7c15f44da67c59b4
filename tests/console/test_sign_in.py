"""Signing in and out: rotated sessions, a hard end after 12 hours, counted tries, and a trace of each."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from chatservice.accounts import departures, second_factor, throttle
from chatservice.accounts.models import SocketTicket, Worker
from chatservice.audit.actions import Action
from chatservice.audit.models import Entry
from tests.console.conftest import PASSWORD, Browser, session_key, sign_in

WRONG = "not the pass phrase of Aino"


@pytest.fixture
def kicked() -> Iterator[list[str]]:
    """The session keys of which listeners heard that they ended."""
    heard: list[str] = []
    departures.attach(heard.append)
    yield heard
    departures.detach(heard.append)


def acts(worker: Worker) -> list[str]:
    return list(Entry.objects.filter(actor=worker.pk).order_by("n").values_list("action", flat=True))


def code(secret: str) -> str:
    return second_factor._code(secret, int(time.time()) // 30).decode()


def test_the_right_password_opens_the_desk(eve: Client, aino: Worker) -> None:
    assert sign_in(eve, aino) == 302
    assert eve.get("/").status_code == 200
    assert acts(aino) == [Action.SIGNED_IN]


def test_the_address_is_read_in_any_letter_case(eve: Client, aino: Worker) -> None:
    assert eve.post("/sign-in", {"login": aino.email.upper(), "password": PASSWORD}).status_code == 302


def test_a_wrong_password_and_an_unknown_address_answer_alike(eve: Client, aino: Worker) -> None:
    wrong = eve.post("/sign-in", {"login": aino.email, "password": WRONG}).content.decode()
    unknown = eve.post("/sign-in", {"login": f"x{aino.email}", "password": WRONG}).content.decode()
    text = "Sähköposti tai salasana ei ole oikein."
    assert (text in wrong, text in unknown) == (True, True)


def test_a_switched_off_account_answers_alike(eve: Client, aino: Worker) -> None:
    Worker.objects.filter(pk=aino.pk).update(is_active=False)
    assert sign_in(eve, aino) == 200
    assert eve.get("/")["Location"] == "/sign-in"


def test_the_session_key_is_new_after_sign_in_and_the_old_one_dead(eve: Client, aino: Worker) -> None:
    eve.post("/language", {"language": "sv", "next": "/sign-in"})
    before = session_key(eve)
    sign_in(eve, aino)
    assert session_key(eve) not in {"", before}
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_ends_after_twelve_hours_whatever_it_did(desk: Client) -> None:
    kept = Session.objects.get(session_key=session_key(desk))
    limit = timezone.now() + timedelta(hours=12)
    assert timedelta(0) <= limit - kept.expire_date < timedelta(minutes=1)
    desk.post("/language", {"language": "sv", "next": "/account"})
    assert Session.objects.get(session_key=session_key(desk)).expire_date == kept.expire_date
    Session.objects.filter(pk=kept.pk).update(expire_date=timezone.now())
    assert desk.get("/")["Location"] == "/sign-in"


def test_signing_out_ends_session_tickets_and_sockets(desk: Client, aino: Worker, kicked: list[str]) -> None:
    desk.post("/ticket")
    key = session_key(desk)
    assert desk.post("/sign-out").status_code == 302
    assert kicked == [key]
    assert not Session.objects.filter(session_key=key).exists()
    assert not SocketTicket.objects.filter(worker=aino).exists()
    assert desk.get("/")["Location"] == "/sign-in"
    assert acts(aino) == [Action.SIGNED_IN, Action.SIGNED_OUT]


def test_a_link_cannot_sign_anybody_out(desk: Client) -> None:
    desk.get("/sign-out")
    assert desk.get("/").status_code == 200


def test_guessing_is_stopped_and_a_new_browser_does_not_help(aino: Worker, browser: Browser) -> None:
    for _ in range(throttle.BURST):
        assert sign_in(browser(), aino, WRONG) == 200
    assert sign_in(browser(), aino) == 200
    assert (
        "Liian monta yritystä"
        in browser().post("/sign-in", {"login": aino.email, "password": PASSWORD}).content.decode()
    )
    assert acts(aino) == []


def test_the_code_is_asked_before_anything_opens(eve: Client, aino: Worker, app: str) -> None:
    assert sign_in(eve, aino) == 302
    assert eve.get("/")["Location"] == "/sign-in"
    assert eve.post("/ticket", HTTP_ACCEPT="application/json").status_code == 403
    assert eve.post("/second-step/code", {"code": code(app)}).status_code == 302
    assert eve.get("/").status_code == 200


def test_a_wrong_code_is_recorded_and_counted(eve: Client, aino: Worker, app: str) -> None:
    sign_in(eve, aino)
    for _ in range(throttle.BURST):
        assert eve.post("/second-step/code", {"code": "12"}).status_code == 200
    assert acts(aino) == [Action.SIGN_IN_REFUSED] * throttle.BURST
    assert eve.post("/second-step/code", {"code": code(app)}).status_code == 200
    assert eve.get("/")["Location"] == "/sign-in"


def test_one_code_signs_in_once(aino: Worker, app: str, browser: Browser) -> None:
    typed, first, second = code(app), browser(), browser()
    for client in (first, second):
        sign_in(client, aino)
    assert first.post("/second-step/code", {"code": typed}).status_code == 302
    assert second.post("/second-step/code", {"code": typed}).status_code == 200
    assert second.get("/")["Location"] == "/sign-in"


def test_a_foreign_passkey_answer_opens_nothing(eve: Client, aino: Worker, app: str) -> None:
    sign_in(eve, aino)
    for made_up in ("{}", "[]", "nonsense", '{"id":"AA","rawId":"AA","type":"public-key","response":{}}'):
        assert eve.post("/second-step/code", {"credential": made_up}).status_code == 200
    assert eve.get("/")["Location"] == "/sign-in"


def test_adding_a_factor_rotates_the_session_and_shows_codes_once(desk: Client, aino: Worker) -> None:
    page = desk.get("/second-step/app").content.decode()
    secret = page.partition('class="secret">')[2].partition("<")[0]
    before = session_key(desk)
    answer = desk.post("/second-step/app", {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/second-step/recovery")
    assert session_key(desk) != before
    assert not Session.objects.filter(session_key=before).exists()
    assert acts(aino) == [Action.SIGNED_IN, Action.SECOND_FACTOR_ADDED]
    assert desk.get("/second-step/recovery").content.decode().count("<code>") == 10


def test_changing_factors_asks_for_the_password_again(desk: Client, aino: Worker, app: str) -> None:
    for address in ("/second-step/app/remove", "/second-step/recovery/new", "/second-step/passkey"):
        answer = desk.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/confirm?")
    assert desk.post("/confirm", {"password": WRONG}).status_code == 200
    assert desk.post("/confirm", {"password": PASSWORD}).status_code == 302
    assert desk.get("/second-step/app/remove").status_code == 200
