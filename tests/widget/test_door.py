"""What Mia is told at the door before she types anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import AsyncClient
from django.utils import translation
from playwright.sync_api import expect

from chatservice.queues.door import Door, DoorState
from chatservice.queues.estimate import Outlook, Range
from chatservice.store.errors import StoreAway
from tests.widget.conftest import NOW, OPEN
from tests.widget.site import PHONE, Site, begin
from widget import door

pytestmark = pytest.mark.pure
Sites = Callable[..., Site]
FORM = 'id="enter"'
CODE = 'id="back"'
SOON = "tänään klo 14.10"


def stand(monkeypatch: pytest.MonkeyPatch, found: Door) -> None:
    async def look(**_asked: object) -> Door:
        return found

    monkeypatch.setattr(door, "look", look)


def shut(state: DoorState, opening: datetime | None = None, reason: str = "") -> Door:
    return Door(state=state, now=NOW, next_opening=opening, reason=reason)


async def seen(pages: AsyncClient, address: str = "/school/fi/youth") -> str:
    return (await pages.get(address)).content.decode()


async def test_open_names_a_range_and_the_usual_week(pages: AsyncClient) -> None:
    page = await seen(pages)
    for words in ("Chat on nyt auki.", "Arvio odotuksesta: noin 10–20 min.", "ma ja to klo 14–16", FORM, CODE):
        assert words in page


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 2, "hyvin pian"), (0, 10, "enintään noin 10 min"), (10, 20, "noin 10–20 min"), (120, None, "yli 120 min")],
)
def test_a_wait_is_a_range_and_never_a_countdown(low: int, high: int | None, words: str) -> None:
    with translation.override("fi"):
        assert door.range_words(low=low, high=high) == words


async def test_a_day_that_may_not_suffice_is_said_and_lets_in(
    pages: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand(monkeypatch, replace(OPEN, outlook=Outlook(range=Range(60, 90), may_not_reach=True)))
    page = await seen(pages)
    assert "Emme ehkä ehdi vastata sinulle tänään." in page
    assert "60–90" not in page
    assert FORM in page


@pytest.mark.parametrize("channel", ["youth", "parent"])
async def test_a_pause_with_an_end_tells_it_and_lets_in(
    pages: AsyncClient, monkeypatch: pytest.MonkeyPatch, channel: str
) -> None:
    stand(monkeypatch, replace(shut(DoorState.PAUSE), resumes=NOW + timedelta(minutes=10)))
    page = await seen(pages, f"/school/fi/{channel}")
    assert f"tauolla ja palaavat {SOON}. Voit jäädä" in page or f"He palaavat {SOON}. Voit jäädä" in page
    assert FORM in page


@pytest.mark.parametrize("channel", ["youth", "parent"])
@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DoorState.CLOSED, "Chat on nyt kiinni"),
        (DoorState.FULL, "Jono on nyt täynnä"),
        (DoorState.ENDING, "Emme ota enää uusia tähän vuoroon"),
        (DoorState.NOBODY, "Juuri nyt kukaan ei ole vuorossa"),
        (DoorState.PAUSE, "Nyt on tauko"),
    ],
)
async def test_a_shut_door_tells_why_and_leaves_the_code(
    pages: AsyncClient, monkeypatch: pytest.MonkeyPatch, state: DoorState, words: str, channel: str
) -> None:
    stand(monkeypatch, shut(state, NOW + timedelta(days=1), "Itsenäisyyspäivä"))
    page = await seen(pages, f"/school/fi/{channel}")
    opens = "Avaamme huomenna klo 14." if state is DoorState.CLOSED else "Avaamme seuraavan kerran huomenna klo 14."
    for each in (words, opens, "Syy: Itsenäisyyspäivä", "Katso uudelleen", CODE):
        assert each in page
    assert FORM not in page


async def test_a_full_door_says_first_that_it_may_let_in_again(
    pages: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand(monkeypatch, shut(DoorState.FULL, NOW + timedelta(days=1)))
    page = await seen(pages)
    assert page.index("Kokeile hetken päästä uudelleen.") < page.index("Avaamme seuraavan kerran huomenna")


async def test_who_else_is_there_is_told_in_words_with_112_first(
    pages: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand(monkeypatch, shut(DoorState.CLOSED))
    page = await seen(pages)
    listed = page.partition('class="services"')[2]
    assert listed.index('href="tel:112"') < listed.index('href="tel:09123"')
    assert "auki nyt" in listed
    assert "kiinni nyt" in listed
    assert "Jos olet vaarassa, soita heti 112." in page


async def test_the_page_opens_and_claims_nothing_while_the_database_is_away(
    pages: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(**_asked: object) -> Door:
        raise StoreAway("away")

    monkeypatch.setattr(door, "look", away)
    page = await seen(pages)
    assert FORM in page
    assert "at-door" not in page


def test_mia_who_pressed_too_late_reads_the_same(site: Sites) -> None:
    here = site(**PHONE)
    here.shut = {"state": "closed", "opens_in_words": "tomorrow at 14:00", "reason": "Independence Day"}
    page = here.open()
    page.get_by_label("13–15").check()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The chat is closed now")
    expect(page.get_by_text("We open tomorrow at 14:00.")).to_be_visible()
    expect(page.locator(".aside > .services").get_by_text("09 123")).to_be_visible()
    expect(page.get_by_role("button", name="Check again")).to_be_visible()
    assert page.evaluate("() => sessionStorage.length") == 0


def test_a_code_that_opens_nothing_is_said_at_its_field(site: Sites) -> None:
    here = site(**PHONE)
    here.shut = {"state": "no_such_code"}
    page = here.open()
    page.locator("main[data-ready]").wait_for()
    page.get_by_text("I have a code").click()
    field = page.get_by_label("Your return code, 16 numbers")
    field.fill("1234")
    page.get_by_role("button", name="Go on with the code").click()
    expect(page.locator("#code-error")).to_have_text("The code has 16 numbers. Check it once more.")
    field.fill("1234 5678 9012 3456")
    page.get_by_role("button", name="Go on with the code").click()
    expect(page.locator("#code-error")).to_contain_text("This code does not work.")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    (enter,) = here.said("enter")
    assert (enter["code"], enter["age_band"]) == ("1234 5678 9012 3456", None)
    assert "1234" not in page.url


def test_the_way_back_begins_after_what_stays_hidden(site: Sites) -> None:
    here = site(**PHONE)
    here.after = 7
    page = here.open()
    page.locator("main[data-ready]").wait_for()
    page.get_by_text("I have a code").click()
    page.get_by_label("Your return code, 16 numbers").fill("1234567890123456")
    page.get_by_role("button", name="Go on with the code").click()
    page.locator("main[data-screen=waiting]").wait_for()
    here.events({"seq": 8, "kind": "notice", "code": "returned_by_code"})
    expect(page.get_by_role("log")).to_contain_text("Somebody came back to this conversation by its code.")
    assert page.evaluate("() => Object.values(sessionStorage)") == ["secret-token"]


def test_a_wish_goes_along_and_may_be_skipped(site: Sites) -> None:
    here = site(**PHONE)
    page = here.open()
    page.locator("main[data-ready]").wait_for()
    page.get_by_label("A nurse").check()
    begin(page)
    assert here.said("enter")[0]["wish"] == "nurse"
    other = site(**PHONE)
    begin(other.open())
    assert "wish" not in other.words("enter")[0]
