"""A whole talk, from the door to the end, by the names that people read on the buttons."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.people import DESKTOP, Desk, Held
from tests.journeys.stage import PASSWORD, Stage

FI = {
    "young": "Lapsi tai nuori",
    "parent": "Vanhempi tai huoltaja",
    "start": "Aloita",
    "waiting": "Olet jonossa",
    "message": "Viestisi",
    "send": "Lähetä",
    "role": "Aino, kuraattori",
    "writes": "Aino kirjoittaa…",
    "end": "Lopeta",
    "sure": "Kyllä, lopeta",
    "ended": "Keskustelu päättyi",
    "email": "Sähköposti",
    "password": "Salasana",
    "sign_in": "Kirjaudu",
    "take": "Ota seuraava",
}
SV = {
    "young": "Barn eller ung",
    "parent": "Förälder eller vårdnadshavare",
    "start": "Börja",
    "waiting": "Du står i kö",
    "message": "Ditt meddelande",
    "send": "Skicka",
    "role": "Aino, kurator",
    "writes": "Aino skriver…",
    "end": "Avsluta",
    "sure": "Ja, avsluta",
    "ended": "Samtalet är slut",
    "email": "E-post",
    "password": "Lösenord",
    "sign_in": "Logga in",
    "take": "Ta nästa",
}


@pytest.mark.parametrize(
    ("language", "channel", "size"),
    [("fi", "youth", {}), ("sv", "youth", DESKTOP | {"is_mobile": False, "has_touch": False}), ("fi", "parent", {})],
    ids=["fi-youth-phone", "sv-youth-desktop", "fi-parent-phone"],
)
def test_a_talk_from_the_door_to_the_end(stage: Stage, language: str, channel: str, size: dict[str, Any]) -> None:
    words = {"fi": FI, "sv": SV}[language]
    mia = stage.visitor(language=language, channel="", locale=language, **size)
    page = mia.page
    page.goto(mia.address)
    page.get_by_role("link", name=words["parent" if channel == "parent" else "young"]).click()
    mia.ready()
    if channel == "youth":
        page.get_by_label("13–15", exact=True).check()
    page.get_by_role("button", name=words["start"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["waiting"])
    expect(page.locator(".place")).not_to_be_empty()
    page.get_by_label(words["message"]).fill("moi, ensimmäinen")
    page.get_by_role("button", name=words["send"], exact=True).click()
    expect(mia.row("moi, ensimmäinen")).to_be_visible()

    desk = sign_in(stage, language, words)
    desk.page.get_by_role("button", name=words["take"]).click()
    held = Held(desk, desk.page.locator(".talk[data-chosen]")).be("active").read()
    held.hears("moi, ensimmäinen")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["role"])
    assert held.type_until_seen(page.locator(".doing")) == words["writes"]
    held.say("hei, kuuntelen")
    mia.hears("hei, kuuntelen")
    mia.write("kiitos kun vastasit")
    held.hears("kiitos kun vastasit")

    page.get_by_role("button", name=words["end"], exact=True).click()
    page.get_by_role("button", name=words["sure"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["ended"])
    held.be("closed")
    order = ["moi, ensimmäinen", "hei, kuuntelen", "kiitos kun vastasit"]
    assert mia.words() == order
    assert held.words() == order
    assert page.title() == "Kuulolla"
    assert page.context.cookies() == []
    assert len(desk.page.context.cookies()) <= 2


def sign_in(stage: Stage, language: str, words: dict[str, str]) -> Desk:
    """Aino signs in with her password."""
    aino = stage.worker(language=language)
    desk = Desk(stage.context(**DESKTOP, locale=language).new_page())
    desk.page.goto(stage.service.desk_origin)
    desk.page.get_by_label(words["email"]).fill(aino.email)
    desk.page.get_by_label(words["password"]).fill(PASSWORD)
    desk.page.get_by_role("button", name=words["sign_in"]).click()
    return desk.linked()
