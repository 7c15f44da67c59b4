"""A new professional sets up the second step and comes back with it: app, recovery code, passkey."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from chatservice.accounts.models import Worker
from chatservice.accounts.second_factor import _code
from tests.journeys.people import DESKTOP, Desk
from tests.journeys.stage import PASSWORD, Stage
from tests.journeys.town import Town
from tests.service import Service


@pytest.fixture
def strict(browser: Browser, service: Callable[..., Service], world: Town) -> Iterator[Stage]:
    """A service that demands the second step."""
    made = Stage(browser=browser, service=service(REQUIRE_SECOND_FACTOR="true", EXIT_URL=world.exit), town=world)
    yield made
    made.close()


def signed_in(stage: Stage, worker: Worker) -> Page:
    """A new browser after the first step."""
    page = stage.context(**DESKTOP).new_page()
    page.goto(stage.service.desk_origin)
    page.get_by_label("Sähköposti").fill(worker.email)
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu", exact=True).click()
    return page


def code(page: Page) -> str:
    """What the authenticator app shows for the secret on the page."""
    page.get_by_text("Eikö lukeminen onnistu?").click()
    return _code(page.locator(".secret").inner_text(), int(time.time()) // 30).decode()


def key_of(context: BrowserContext) -> str:
    """The session key that the browser holds."""
    return next(str(cookie.get("value")) for cookie in context.cookies() if "session" in str(cookie.get("name")))


def with_a_fingerprint(page: Page) -> None:
    """Give the browser a reader whose owner always agrees."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": reader})


def test_app_recovery_code_and_passkey(strict: Stage) -> None:
    aino = strict.worker()
    page = signed_in(strict, aino)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ota käyttöön toinen vaihe")
    page.goto(strict.service.desk_origin)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ota käyttöön toinen vaihe")
    before = key_of(page.context)
    page.get_by_role("link", name="Käytä sovellusta").click()
    page.get_by_label("Koodi").fill("000000")
    page.get_by_role("button", name="Ota sovellus käyttöön").click()
    expect(page.get_by_role("alert")).to_contain_text("Koodi ei ole oikein")
    page.get_by_label("Koodi").fill(code(page))
    page.get_by_role("button", name="Ota sovellus käyttöön").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Varakoodit")
    recovery = page.locator(".codes code").all_inner_texts()
    assert key_of(page.context) != before
    page.get_by_role("link", name="Työpöydälle").click()
    Desk(page).linked()

    again = signed_in(strict, aino)
    again.get_by_label("Koodi").fill(recovery[0])
    again.get_by_role("button", name="Jatka").click()
    Desk(again).linked()
    with_a_fingerprint(again)
    again.goto(f"{strict.service.desk_origin}/second-step/passkey")
    again.get_by_label("Salasana").fill(PASSWORD)
    again.get_by_role("button", name="Vahvista").click()
    again.get_by_role("button", name="Lisää avainkoodi").click()
    expect(again.get_by_role("link", name="Omat avainkoodit")).to_be_visible()
    again.goto(f"{strict.service.desk_origin}/sign-out")
    again.get_by_role("button", name="Kirjaudu ulos").click()
    again.get_by_label("Sähköposti").fill(aino.email)
    again.get_by_label("Salasana").fill(PASSWORD)
    again.get_by_role("button", name="Kirjaudu", exact=True).click()
    again.get_by_role("button", name="Käytä avainkoodia").click()
    Desk(again).linked()

    used = signed_in(strict, aino)
    used.get_by_label("Koodi").fill(recovery[0])
    used.get_by_role("button", name="Jatka").click()
    expect(used.get_by_role("alert")).to_contain_text("Koodi ei ole oikein")
    used.get_by_role("button", name="Aloita alusta").click()
    expect(used.get_by_label("Sähköposti")).to_be_visible()
