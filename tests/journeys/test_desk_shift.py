"""A professional's own shift on the desk: begin, pause, capacity, end, and a waiting list that explains itself."""

from playwright.sync_api import expect

from tests.journeys.people import Desk, Held
from tests.journeys.stage import Stage

STATE = "#shift .shift-state"


def take(desk: Desk) -> Held:
    """Take the next one; they need not be here yet."""
    expect(desk.take_button).to_be_enabled()
    desk.take_button.click()
    expect(desk.tabs).to_have_count(1)
    return Held(desk, desk.page.locator(".talk[data-chosen]"))


def test_a_shift_from_its_start_to_its_end(stage: Stage) -> None:
    """Aino starts, rests, goes on and ends; Mia, whom she held, is back in the queue."""
    stage.visitor().open().start().write("moi")
    desk = stage.desk(stage.worker())
    page, state = desk.page, desk.page.locator(STATE)
    bar = page.locator("#shift")
    expect(state).to_have_attribute("data-state", "off")
    expect(page.locator("#take-hint")).to_contain_text("aloittaa vuorosi")
    page.get_by_label("Enintään yhtä aikaa").select_option("3")
    bar.get_by_role("button", name="Aloita vuoro").click()
    expect(state).to_contain_text("Olet vuorossa klo")
    expect(page.locator("#mine-count")).to_have_text("0/3")
    page.get_by_label("Enintään yhtä aikaa").select_option("1")
    expect(page.locator("#mine-count")).to_have_text("0/1")

    bar.get_by_role("button", name="Pidä tauko").click()
    page.locator("dialog[open]").get_by_label("15 min").check()
    page.locator("dialog[open] button.main").click()
    expect(state).to_contain_text("tauolla klo")
    expect(desk.take_button).to_be_disabled()
    expect(page.locator("#take-hint")).to_contain_text("tauolla")
    bar.get_by_role("button", name="Jatka vuoroa").click()
    expect(state).to_have_attribute("data-state", "on")

    take(desk)
    bar.get_by_role("button", name="Lopeta vuoro").click()
    expect(page.locator("dialog[open]")).to_contain_text("1 avoin keskustelu palaa jonon kärkeen")
    page.locator("dialog[open] button.danger").click()
    expect(state).to_have_attribute("data-state", "off")
    expect(desk.tabs).to_have_count(0)
    expect(page.locator("#waiting .reason")).to_have_text("palasi jonoon")


def test_taking_the_next_one_starts_the_shift(stage: Stage) -> None:
    stage.visitor().open().start().write("moi")
    desk = stage.desk(stage.worker())
    take(desk)
    expect(desk.page.locator(STATE)).to_have_attribute("data-state", "on")


def test_a_pair_who_is_absent_leaves_one_alone(stage: Stage) -> None:
    desk = stage.desk(stage.worker())
    bar = desk.page.locator("#shift")
    bar.get_by_role("button", name="Aloita vuoro").click()
    bar.get_by_role("button", name="Parini puuttuu").click()
    desk.page.locator("dialog[open] button.main").click()
    expect(desk.page.locator(STATE)).to_contain_text("yksin")
    expect(bar.get_by_role("button", name="Parini puuttuu")).to_be_hidden()


def test_the_waiting_list_explains_its_order(stage: Stage) -> None:
    """Who came back to the queue stands first, and the list says why."""
    stage.visitor().open().start().write("moi")
    stage.visitor(language="sv").open().start().write("hej")
    desk = stage.desk(stage.worker())
    rows = desk.page.locator("#waiting > li")
    expect(rows).to_have_count(2)
    expect(desk.page.locator("#waiting-groups")).to_contain_text("Nuoret, ruotsi: 1")
    take(desk).release()
    expect(rows).to_have_count(2)
    expect(rows.first.locator(".reason")).to_have_text("palasi jonoon")
    rows.first.locator("summary").click()
    expect(rows.first.locator(".why p")).to_contain_text("Etumatka: palasi jonoon.")
