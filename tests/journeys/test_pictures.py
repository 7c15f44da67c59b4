"""The documents' pictures, from a real talk: PICTURES=docs/pictures pytest tests/journeys/test_pictures.py."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Held
from tests.journeys.stage import Stage

LARGEST = 150_000
DESK = {"width": 1680, "height": 900}


def take(page: Page, folder: Path, name: str) -> None:
    """Take a picture in light and in dark."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        file = folder / f"{name}-{theme}.png"
        file.write_bytes(compact(page))
        assert file.stat().st_size < LARGEST, name
    page.emulate_media(color_scheme="light")


def compact(page: Page) -> bytes:
    """A PNG of the window, optimised for size by the browser, without a blinking caret."""
    session = page.context.new_cdp_session(page)
    page.evaluate("() => document.activeElement?.blur()")
    shot = session.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": False})
    session.detach()
    return base64.b64decode(shot["data"])


@pytest.mark.long
def test_pictures_of_a_talk(stage: Stage, pictures: Path) -> None:
    mia = stage.visitor().open()
    take(mia.page, pictures, "widget-start")
    mia.start().write("moi, onko siellä joku? koulussa on ollut tosi raskasta")
    take(mia.page, pictures, "widget-waiting")
    desk = stage.desk(stage.worker(), viewport=DESK)
    first = desk.take()
    first.write("Moi! Olen Aino. Hyvä, että kirjoitit. Mikä siellä on ollut raskasta?")
    mia.hears("Moi! Olen Aino. Hyvä, että kirjoitit. Mikä siellä on ollut raskasta?")
    mia.write("yks kaveri ei enää puhu mulle ja muut menee mukana")
    first.write("Tuo kuulostaa tosi yksinäiseltä. Kerro lisää, minulla on aikaa.")
    mia.hears("Tuo kuulostaa tosi yksinäiseltä. Kerro lisää, minulla on aikaa.")
    take(mia.page, pictures, "widget-chat")
    desk_picture(stage, desk.page, first, pictures)


def desk_picture(stage: Stage, page: Page, first: Held, pictures: Path) -> None:
    """Two talks side by side, a third waiting."""
    jonas = stage.visitor(channel="parent").open().start()
    jonas.write("Hei. Poikani on jäänyt kotiin jo toista viikkoa.")
    page.keyboard.press("Escape")
    second = first.desk.take()
    second.write("Hei, täällä kuraattori Aino. Hyvä, että otit yhteyttä. Mistä kotiin jääminen alkoi?")
    jonas.write("Syysloman jälkeen. Hän sanoo, ettei siellä ole ketään.")
    second.hears("Syysloman jälkeen. Hän sanoo, ettei siellä ole ketään.")
    stage.visitor(language="sv").open().start("16–17").write("hej")
    expect(page.locator("#waiting-count")).to_have_text("1")
    expect(page.locator("#waiting > li")).to_have_count(1)
    first.field.fill("Milloin tuo alkoi?")
    take(page, pictures, "desk-two-talks")
