"""Tiina and Sari bring a closed period from a draft to the frozen report and its PDF; Rauni reads it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from chatservice.accounts.models import Worker
from tests.journeys.audit import axe, overflow
from tests.journeys.people import DESKTOP
from tests.journeys.stage import PASSWORD, Stage, apart
from tests.statistics import office
from tests.statistics.office import YEAR

CHECKED_MS = 90_000


def people(stage: Stage) -> tuple[Worker, Worker, Worker]:
    """Tiina with a known password, Sari who coordinates, Rauni who reads."""
    tiina, sari = office.tiina(stage.area), office.sari(stage.area)
    tiina.set_password(PASSWORD)
    tiina.save()
    office.counted(stage.area)
    return tiina, sari, office.rauni(stage.area)


def page_of(stage: Stage, worker: Worker, path: str) -> Page:
    context = stage.context(**DESKTOP)
    stage.sign_in(context, worker)
    page = context.new_page()
    page.goto(f"{stage.service.desk_origin}/{path}")
    return page


def sound(page: Page, album: Path | None, name: str) -> None:
    """Nothing is wrong with the page in any theme or width."""
    for theme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        if album:
            page.screenshot(path=album / f"reports-{name}-{theme}-{width}.png", full_page=True)
        assert overflow(page) == [], (name, theme, width)
        assert axe(page) == [], (name, theme, width)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP["viewport"])


def test_from_a_closed_period_to_the_frozen_report_and_its_pdf(stage: Stage, album: Path | None) -> None:
    tiina, sari, rauni = apart(lambda: people(stage))
    page = stage.context(**DESKTOP).new_page()
    page.goto(f"{stage.service.desk_origin}/sign-in")
    page.locator('[name="login"]').fill(tiina.email)
    page.locator('[name="password"]').fill(PASSWORD)
    page.locator("form .main").click()
    expect(page.locator("body.desk")).to_be_visible()
    page.goto(f"{stage.service.desk_origin}/statistics?year={YEAR}")
    page.get_by_role("link", name="Tee luonnos: Syyslukukausi").click()
    page.get_by_label("Aukioloajat tällä jaksolla").fill("ma-to 14-18")
    page.get_by_role("button", name="Tee luonnos").click()
    expect(page.get_by_role("status")).to_contain_text("Luonnos on tehty")
    page.get_by_role("button", name="Lähetä tarkastettavaksi").click()
    expect(page.get_by_role("heading", name="Tarkastettu, odottaa allekirjoituksia")).to_be_visible(timeout=CHECKED_MS)
    page.get_by_role("button", name="Allekirjoita, rooli: tilastovastaava").click()
    expect(page.get_by_text("Toisen roolin allekirjoitus puuttuu")).to_be_visible()
    second = page_of(stage, sari, page.url.removeprefix(f"{stage.service.desk_origin}/"))
    second.get_by_role("button", name="Allekirjoita, rooli: koordinaattori").click()
    expect(second.get_by_role("button", name="Jäädytä raportti")).to_be_visible()
    sound(second, album, "signed")
    page.reload()
    page.get_by_role("button", name="Jäädytä raportti").click()
    expect(page.get_by_role("status")).to_contain_text("Raportti on jäädytetty")
    sound(page, album, "frozen")
    second.get_by_role("button", name="Jäädytä raportti").click()
    expect(second.get_by_role("status")).to_contain_text("Joku muu jäädytti tämän raportin hetki sitten")
    with page.expect_download() as download:
        page.get_by_role("link", name="Koko raportti (PDF): suomi").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    reading = page_of(stage, rauni, "")
    expect(reading).to_have_url(f"{stage.service.desk_origin}/statistics")
    sound(reading, album, "reader")
    reading.goto(f"{stage.service.desk_origin}/statistics/dashboards")
    reading.get_by_text("Sivun osat").click()
    sound(reading, album, "boards")
