"""A desk and its queues: taking out of order where it is allowed, giving to another queue, drafts that are not lost."""

from playwright.sync_api import Dialog, Locator, expect

from chatservice.accounts.models import Worker
from chatservice.queues.models import Queue
from tests.journeys.people import Desk, Held, press
from tests.journeys.stage import Stage, apart

TELLING = "en jaksa enää koulussa"
NOTE = "kaipaa psykologia, rauhallinen nyt"


def start(desk: Desk) -> Desk:
    """Begin the shift."""
    desk.page.locator("#shift").get_by_role("button", name="Aloita vuoro").click()
    expect(desk.page.locator(".shift-state")).to_have_attribute("data-state", "on")
    return desk


def allow_picking(stage: Stage) -> None:
    """As a coordinator does."""
    apart(lambda: Queue.objects.filter(area=stage.area).update(picking=True))


def psychologists(stage: Stage, *, language: str = "fi") -> None:
    """One more queue."""
    make = {"area": stage.area, "channel": "youth", "language": language, "professions": ["psychologist"]}
    apart(lambda: Queue.objects.create(**make))


def rows(desk: Desk) -> Locator:
    """Who waits."""
    return desk.page.locator("#waiting .row-waiting")


def test_the_second_is_taken_by_keyboard_after_a_plain_question(stage: Stage) -> None:
    for text in ("ensin tullut", "toisena tullut"):
        stage.visitor().open().start().write(text)
    desk = start(stage.desk(stage.worker()))
    expect(rows(desk)).to_have_count(2)
    expect(rows(desk).locator(".pick:visible")).to_have_count(0)
    allow_picking(stage)
    second = rows(desk).nth(1).get_by_role("button", name="Ota tämä")
    expect(second).to_be_visible()
    press(second, "Enter")
    question = desk.page.get_by_role("dialog")
    expect(question).to_contain_text("1 aiemmin tullut odottaa siksi pidempään")
    desk.page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(rows(desk)).to_have_count(2)
    press(second, "Enter")
    press(question.get_by_role("button", name="Ota", exact=True), "Enter")
    expect(desk.tabs).to_have_count(1)
    Held(desk, desk.page.locator(".talk[data-chosen]")).be("active").hears("toisena tullut")
    expect(rows(desk)).to_have_count(1)


def test_picking_that_was_forbidden_meanwhile_is_refused_in_words(stage: Stage) -> None:
    stage.visitor().open().start().write(TELLING)
    allow_picking(stage)
    desk = start(stage.desk(stage.worker()))
    rows(desk).first.get_by_role("button", name="Ota tämä").click()
    apart(lambda: Queue.objects.filter(area=stage.area).update(picking=False))
    desk.page.get_by_role("dialog").locator("button.main").click()
    expect(desk.page.locator("#take-said")).to_contain_text("ei saa ottaa jonon ohi")
    expect(desk.tabs).to_have_count(0)


def test_a_talk_goes_to_another_queue_with_its_note(stage: Stage) -> None:
    mia = stage.visitor().open().start().write(TELLING)
    psychologists(stage)
    psychologists(stage, language="sv")
    petri = start(stage.desk(stage.worker("psychologist")))
    held = start(stage.desk(stage.worker())).take().hears(TELLING)
    held.write("hei, olen Aino")
    held.panel.get_by_role("button", name="Siirrä eteenpäin").click()
    question = held.desk.page.get_by_role("dialog")
    expect(question.get_by_role("group", name="Toiseen jonoon").get_by_role("radio")).to_have_count(1)
    question.get_by_label("Psykologien jono").check()
    question.get_by_label("Viesti seuraavalle").fill(NOTE)
    question.locator("button.main").click()
    expect(held.desk.tabs).to_have_count(0)
    mia.on("requeued")
    taken = petri.take().hears(TELLING)
    expect(taken.panel.locator(".notes .words")).to_have_text(NOTE)
    taken.write("hei, olen Petri")
    mia.hears("hei, olen Petri")
    assert NOTE not in mia.page.content()


def test_a_draft_of_a_note_asks_before_it_is_lost(stage: Stage) -> None:
    stage.visitor().open().start().write(TELLING)
    held = stage.desk(stage.worker()).take().hears(TELLING)
    page, asked = held.desk.page, list[str]()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    held.panel.locator(".notes summary").click()
    held.panel.locator(".notes textarea").fill(NOTE)
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Oma tili").click()
    expect(held.panel.locator(".notes textarea")).to_have_value(NOTE)
    assert asked == ["beforeunload"]
    held.panel.locator(".notes textarea").fill("")
    page.get_by_role("link", name="Oma tili").click()
    expect(page).to_have_url(f"{stage.service.desk_origin}/account")
    assert asked == ["beforeunload"]


def test_a_coordinators_desk_leads_to_their_pages_beside_it(stage: Stage) -> None:
    sari = stage.worker("nurse")
    apart(lambda: Worker.objects.filter(pk=sari.pk).update(coordinator=True))
    desk = stage.desk(sari)
    press(desk.page.get_by_text("Koordinointi"), "Enter")
    with desk.page.expect_popup() as opened:
        desk.page.get_by_role("link", name="Tilanne nyt").click()
    expect(opened.value).to_have_url(f"{stage.service.desk_origin}/load")
    desk.linked()
    others = stage.desk(stage.worker())
    expect(others.page.get_by_text("Koordinointi")).to_have_count(0)
