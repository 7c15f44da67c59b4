"""The honest door and the waiting room on the real service."""

import pytest
from playwright.sync_api import expect

from chatservice.hours.models import Hours
from tests.journeys import audit
from tests.journeys.people import Visit
from tests.journeys.stage import Stage, apart

CODE = ".groups b"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_closed_door_tells_when_it_opens_and_who_else_is_there(stage: Stage, language: str) -> None:
    closed = {"area": stage.area, "channel": "youth", "language": language, "expression": "off"}
    apart(lambda: Hours.objects.create(**closed))
    mia = stage.visitor(language=language).open()
    expect(mia.page.locator("h1")).to_have_text({"fi": "Chat on nyt kiinni", "sv": "Chatten är stängd nu"}[language])
    expect(mia.page.locator("#enter")).to_have_count(0)
    expect(mia.page.locator("#code")).to_have_count(1)
    expect(mia.page.locator('.services a[href="tel:112"]')).to_be_visible()
    for theme in ("light", "dark"):
        mia.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert audit.axe(mia.page) + audit.overflow(mia.page) + audit.targets(mia.page, least=44) == []


def test_mia_comes_back_by_her_code_on_another_phone(stage: Stage) -> None:
    mia = stage.visitor().open().start().write("ei kenellekään muulle")
    mia.page.get_by_text("Koodi, jolla voit palata").click()
    mia.page.get_by_role("button", name="Näytä koodi").click()
    expect(mia.page.locator(CODE)).to_have_count(4)
    code = " ".join(mia.page.locator(CODE).all_inner_texts())
    assert audit.axe(mia.page) + audit.overflow(mia.page) + audit.targets(mia.page, least=44) == []

    other = by_code(stage.visitor().open(), code).on("waiting")
    expect(other.page.locator(".row.service")).to_have_text("Tähän keskusteluun palattiin koodilla.")
    expect(other.row("ei kenellekään muulle")).to_have_count(0)
    other.page.reload()
    other.on("waiting")
    expect(other.row("ei kenellekään muulle")).to_have_count(0)

    mia.page.get_by_role("button", name="Poista koodi").click()
    expect(mia.page.locator(CODE)).to_have_count(0)
    eve = by_code(stage.visitor().open(), code)
    expect(eve.page.locator("#code-error")).to_contain_text("Tämä koodi ei toimi.")
    expect(eve.main).to_have_attribute("data-screen", "start")


def by_code(visit: Visit, code: str) -> Visit:
    """Type a return code and go on."""
    visit.page.get_by_text("Minulla on koodi").click()
    visit.page.locator("#code").fill(code)
    visit.page.locator("#back button").click()
    return visit


def test_mia_says_that_she_is_there_before_the_talk_begins(stage: Stage) -> None:
    mia = stage.visitor().open()
    mia.page.evaluate("() => document.documentElement.setAttribute('data-absent', '')")
    mia.start()
    desk = stage.desk(stage.worker())
    desk.take_button.click()
    mia.on("called")
    expect(mia.page.locator("h1")).to_have_text("Oletko paikalla?")
    for theme in ("light", "dark"):
        mia.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert audit.axe(mia.page) + audit.overflow(mia.page) + audit.targets(mia.page, least=44) == []
    mia.page.get_by_role("button", name="Olen täällä").click()
    mia.on("talk")
    expect(mia.page.locator("h1")).to_have_text("Aino, kuraattori")
