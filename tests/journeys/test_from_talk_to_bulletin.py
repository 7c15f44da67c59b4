"""One walk, unbroken: Mia's talk, Aino's codes, the night, Tiina's draft, two signatures, and what everybody reads."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics import loading, nightly
from chatservice.statistics.models import Closing, Pending
from chatservice.wrapup.counting import count_due
from chatservice.wrapup.models import WrapUp
from chatservice.wrapup.save import OPEN_HOURS
from tests.journeys.people import DESKTOP, PHONE, press
from tests.journeys.stage import Stage, apart
from tests.people import in_own_loop
from tests.statistics import office, years
from tests.statistics.office import YEAR

CHECKED_MS = 90_000
AUGUST, SEPTEMBER = "2025-08", "2025-09"
PAST = date(2025, 9, 17)
SOME, FEW = 20, 4


def furnish(area: Area) -> tuple[Worker, Worker]:
    """Tiina and Sari, and so few contacts in September that one more makes "under 5" a figure."""
    rows = list(csv.DictReader(io.StringIO(years.contacts(400, year=YEAR))))
    answered = [row for row in rows if row["answered"] == "yes"]
    kept = [row for row in answered if row["month"] == AUGUST][:SOME]
    kept += [row for row in answered if row["month"] == SEPTEMBER][:FEW]
    loading.load(area=area.pk, facts=years.written(kept), staff=office.STAFF)
    return office.tiina(area), office.sari(area)


def a_talk(stage: Stage) -> None:
    """Mia writes, Aino answers and gives the codes by keyboard."""
    mia = stage.visitor().open().start().write("mulla ei oo ketään")
    talk = stage.desk(stage.worker()).take().write("hei, olen Aino")
    mia.on("talk").hears("hei, olen Aino")
    expect(mia.page.locator("#status")).not_to_contain_text("seuraava")
    talk.end()
    form = talk.panel.locator(".wrap-up")
    expect(form.get_by_role("combobox", name="Pääaihe")).to_be_focused()
    expect(form.get_by_role("option")).not_to_have_count(0)
    for key in (*"yksin", "Enter", "Enter"):
        talk.desk.page.keyboard.press(key)
    expect(form.get_by_role("status").filter(has_text="Tallennettu")).to_be_visible()


def the_night(area: Area) -> None:
    """It was a day of a period that is over; six hours pass, and the night counts. The service may count first."""
    Closing.objects.filter(area=area).update(day=PAST)
    WrapUp.objects.filter(area=area).update(closed=F("closed") - timedelta(hours=OPEN_HOURS))
    while WrapUp.objects.filter(area=area).exists() or Pending.objects.filter(area=area).exists():
        in_own_loop(counting).join()
    assert not Closing.objects.filter(area=area).exists()


async def counting() -> None:
    """What the service does by the hour and by night."""
    await count_due()
    await nightly.apply()


def desk_of(stage: Stage, worker: Worker, path: str) -> Page:
    """A page of the desk as somebody signed in."""
    context = stage.context(**DESKTOP)
    stage.sign_in(context, worker)
    page = context.new_page()
    page.goto(f"{stage.service.desk_origin}/{path}")
    return page


def a_report(stage: Stage, tiina: Worker, sari: Worker) -> Page:
    """Drafted, checked, signed by two and frozen; in each state September has five."""
    page = desk_of(stage, tiina, f"statistics?year={YEAR}")
    page.get_by_role("link", name="Tee luonnos: Elo–syyskuu kunnittain").click()
    page.get_by_label("Aukioloajat tällä jaksolla").fill("Mo-Th 14:00-18:00")
    page.get_by_role("button", name="Tee luonnos").click()
    row = page.get_by_role("row", name="Testialue")
    expect(row).to_contain_text("20")
    expect(row.get_by_role("cell").last).to_have_text("5")
    page.get_by_role("button", name="Lähetä tarkastettavaksi").click()
    sign = page.get_by_role("button", name="Allekirjoita, rooli: tilastovastaava")
    expect(sign).to_be_visible(timeout=CHECKED_MS)
    press(sign, "Enter")
    expect(page.get_by_text("Toisen roolin allekirjoitus puuttuu")).to_be_visible()
    second = desk_of(stage, sari, page.url.removeprefix(f"{stage.service.desk_origin}/"))
    second.get_by_role("button", name="Allekirjoita, rooli: koordinaattori").click()
    second.get_by_role("button", name="Jäädytä raportti").click()
    expect(second.get_by_role("status")).to_contain_text("Raportti on jäädytetty")
    expect(second.get_by_role("row", name="Testialue").get_by_role("cell").last).to_have_text("5")
    return page


def a_bulletin(page: Page) -> str:
    """Written from the frozen report with the service's own sentences, and published; its public address."""
    page.get_by_role("link", name="Tiedotteet").click()
    page.get_by_role("link", name="Uusi tiedote").click()
    page.get_by_role("button", name="Aloita kirjoittaminen").click()
    page.get_by_role("button", name="Tallenna ja katso").click()
    page.get_by_role("button", name="Julkaise").click()
    expect(page.get_by_role("status")).to_contain_text("Tiedote on julkaistu")
    return page.locator('main a[href*="/bulletins/"][href^="http"]').first.get_attribute("href") or ""


@pytest.mark.long
def test_from_a_talks_wrap_up_to_the_published_bulletin(stage: Stage) -> None:
    tiina, sari = apart(lambda: furnish(stage.area))
    a_talk(stage)
    apart(lambda: the_night(stage.area))
    address = a_bulletin(a_report(stage, tiina, sari))
    outside = stage.context(**PHONE).new_page()
    outside.goto(address)
    expect(outside.get_by_text("Chatiin tuli yhteydenottoja: 5.")).to_be_visible()
    outside.get_by_role("link", name="På svenska").click()
    expect(outside.get_by_text("Chatten fick så här många kontakter: 5.")).to_be_visible()
    feed = outside.evaluate(
        "address => fetch(address).then(answer => answer.text())", address.replace("/1", "/feed.xml")
    )
    assert "Chatiin tuli yhteydenottoja: 5." in feed
