"""Two professionals and one visitor: a talk changes hands, a colleague sits beside, and notes stay among them."""

from playwright.sync_api import expect

from tests.journeys.people import Desk, Held, Visit
from tests.journeys.stage import Stage

TELLING = "en jaksa enää koulussa"
NOTE = "kaipaa psykologia, rauhallinen nyt"


def together(stage: Stage) -> tuple[Visit, Held, Desk]:
    """Mia talks with Aino; Petri is on duty."""
    mia = stage.visitor().open().start().write(TELLING)
    petri = stage.desk(stage.worker("psychologist"))
    petri.page.locator("#shift").get_by_role("button", name="Aloita vuoro").click()
    expect(petri.page.locator(".shift-state")).to_have_attribute("data-state", "on")
    return mia, stage.desk(stage.worker()).take().hears(TELLING), petri


def offered(held: Held, button: str) -> None:
    """Choose Petri."""
    held.panel.get_by_role("button", name=button).click()
    held.desk.page.get_by_label("Petri").check()
    held.desk.page.locator("dialog[open] textarea").fill(NOTE)
    held.desk.page.locator("dialog[open] button.main").click()


def test_a_talk_changes_hands_with_its_note(stage: Stage) -> None:
    mia, held, petri = together(stage)
    held.write("hei, olen Aino")
    offered(held, "Siirrä eteenpäin")
    expect(held.desk.page.locator("#offers")).to_contain_text("Petri")
    offers = petri.page.locator("#offers")
    expect(offers).to_contain_text("Aino, kuraattori")
    expect(offers).to_contain_text(NOTE)
    assert TELLING not in petri.page.content()
    offers.get_by_role("button", name="Ota vastaan").click()
    expect(petri.tabs).to_have_count(1)
    taken = Held(petri, petri.page.locator(".talk[data-chosen]")).be("active").hears(TELLING)
    expect(taken.panel.locator(".notes .words")).to_have_text(NOTE)
    expect(held.panel).to_have_attribute("data-state", "gone")
    expect(held.desk.page.get_by_text(TELLING)).to_have_count(0)
    taken.panel.locator(".composer textarea").fill("hei, olen Petri")
    taken.panel.locator(".composer .main").click()
    mia.hears("hei, olen Petri")
    assert NOTE not in mia.page.content()


def test_a_refused_talk_stays(stage: Stage) -> None:
    mia, held, petri = together(stage)
    offered(held, "Siirrä eteenpäin")
    petri.page.locator("#offers").get_by_role("button", name="En voi nyt").click()
    expect(held.panel.locator(".notes")).to_contain_text("Petri (psykologi) ei voinut ottaa nyt")
    expect(held.desk.page.locator("#offers")).to_be_hidden()
    held.panel.locator(".composer textarea").fill("jatketaan")
    held.panel.locator(".composer .main").click()
    mia.hears("jatketaan")


def test_a_colleague_sits_beside_and_is_brought_in(stage: Stage) -> None:
    mia, held, petri = together(stage)
    held.panel.get_by_role("button", name="Pyydä rinnalle").click()
    held.desk.page.get_by_label("Petri").check()
    held.desk.page.locator("dialog[open] button.main").click()
    petri.page.locator("#offers").get_by_role("button", name="Ota vastaan").click()
    expect(petri.tabs).to_have_count(1)
    seat = Held(petri, petri.page.locator(".talk[data-chosen]")).hears(TELLING)
    expect(seat.panel.locator(".composer")).to_be_hidden()
    expect(seat.panel.locator(".notes")).to_have_attribute("open", "")
    seat.panel.locator(".notes textarea").fill("kysy unesta")
    seat.panel.get_by_role("button", name="Lisää muistiinpano").click()
    expect(held.panel.locator(".notes .words")).to_have_text("kysy unesta")
    expect(held.panel.locator(".notes .who")).to_have_text("Petri, psykologi")
    held.panel.get_by_role("button", name="Ota mukaan").click()
    expect(seat.panel.locator(".composer")).to_be_visible()
    seat.panel.locator(".composer textarea").fill("moi, minä olen Petri")
    seat.panel.locator(".composer .main").click()
    mia.hears("moi, minä olen Petri")
    assert "kysy unesta" not in mia.page.content()
    seat.panel.get_by_role("button", name="Poistu rinnalta").click()
    expect(petri.tabs).to_have_count(0)
    held.be("active")
