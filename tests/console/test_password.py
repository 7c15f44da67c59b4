"""Changing one's own password: only with the present one, counted, recorded, and everything elsewhere ends."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from chatservice.accounts import departures, throttle
from chatservice.accounts.models import SocketTicket, Worker
from chatservice.audit.actions import Action
from chatservice.audit.models import Entry
from tests.console.conftest import PASSWORD, Browser, session_key, sign_in

NEW = "rauhallinen aamu meren rannalla"
PAGE = "/password"


@pytest.fixture
def kicked() -> Iterator[list[str]]:
    """The session keys of which listeners heard that they ended."""
    heard: list[str] = []
    departures.attach(heard.append)
    yield heard
    departures.detach(heard.append)


def change(client: Client, *, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> str:
    """Post the form; return where it leads, or what the page says."""
    answer = client.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": again})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def changes(worker: Worker) -> int:
    """How often it was recorded."""
    return Entry.objects.filter(actor=worker.pk, action=Action.PASSWORD_CHANGED).count()


def test_the_new_password_opens_the_desk_and_the_old_one_does_not(desk: Client, aino: Worker, browser: Browser) -> None:
    assert change(desk) == "/account"
    assert "Salasanasi vaihdettiin" in desk.get("/account").content.decode()
    assert "Salasanasi vaihdettiin" not in desk.get("/account").content.decode()
    assert sign_in(browser(), aino, PASSWORD) == 200
    assert sign_in(browser(), aino, NEW) == 302
    assert changes(aino) == 1


def test_this_session_goes_on_under_a_new_key_and_the_others_end(
    desk: Client, aino: Worker, browser: Browser, kicked: list[str]
) -> None:
    elsewhere = browser()
    sign_in(elsewhere, aino)
    elsewhere.post("/ticket")
    before, there = session_key(desk), session_key(elsewhere)
    end = Session.objects.get(session_key=before).expire_date
    change(desk)
    assert desk.get("/").status_code == 200
    assert session_key(desk) not in {before, there}
    assert abs((Session.objects.get(session_key=session_key(desk)).expire_date - end).total_seconds()) < 60
    assert not Session.objects.filter(session_key__in=[before, there]).exists()
    assert not SocketTicket.objects.filter(worker=aino).exists()
    assert elsewhere.get("/")["Location"] == "/sign-in"
    assert set(kicked) == {before, there}


def test_the_sessions_of_others_stay(desk: Client, aino: Worker, browser: Browser) -> None:
    eve = Worker.objects.create_worker(
        email=f"eve@{aino.area.slug}.example.org",
        password=PASSWORD,
        area=aino.area,
        display_name="Eve",
        profession="nurse",
    )
    hers = browser()
    sign_in(hers, eve)
    change(desk)
    assert hers.get("/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old": "not the pass phrase of Aino"}, "Nykyinen salasana ei ole oikein."),
        ({"again": "jotain aivan muuta tähän"}, "Uudet salasanat eivät ole samat."),
        ({"new": "lyhyt", "again": "lyhyt"}, "15"),
        ({"new": PASSWORD, "again": PASSWORD}, "Uuden salasanan pitää olla eri kuin nykyinen."),
    ],
)
def test_what_is_refused_is_told_and_changes_nothing(
    desk: Client, aino: Worker, fields: dict[str, str], words: str, kicked: list[str]
) -> None:
    assert words in change(desk, **fields)
    aino.refresh_from_db()
    assert aino.check_password(PASSWORD)
    assert (changes(aino), kicked) == (0, [])


def test_a_password_typed_is_never_sent_back(desk: Client) -> None:
    page = change(desk, old="not the pass phrase of Aino")
    assert NEW not in page
    assert "not the pass phrase" not in page


def test_tries_are_counted_with_those_of_signing_in(desk: Client, aino: Worker, browser: Browser) -> None:
    for _ in range(throttle.BURST):
        change(desk, old="not the pass phrase of Aino")
    assert "Liian monta yritystä" in change(desk)
    assert (
        "Liian monta yritystä"
        in browser().post("/sign-in", {"login": aino.email, "password": PASSWORD}).content.decode()
    )
    assert changes(aino) == 0


def test_eve_without_an_account_is_led_to_the_sign_in(eve: Client) -> None:
    assert eve.get(PAGE)["Location"] == "/sign-in"
    assert change(eve) == "/sign-in"


def test_without_the_second_step_it_stays_shut(desk: Client, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert desk.get(PAGE)["Location"] == "/second-step"
