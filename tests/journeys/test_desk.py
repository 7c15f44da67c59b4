"""Two talks at once on one desk: nothing is written to the wrong child, and the keyboard is enough."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import DESKTOP, Desk, Held, Visit
from tests.journeys.stage import Stage

TELLING = "mun isä muutti viime viikolla pois"


@pytest.fixture
def two(stage: Stage) -> tuple[Visit, Visit, Held, Held]:
    """Mia and Jonas, each in a talk with Aino."""
    mia = stage.visitor().open().start().write(TELLING)
    jonas = stage.visitor(channel="parent").open().start().write("hei, olen huolissani")
    desk = stage.desk(stage.worker())
    first = desk.take().hears(TELLING)
    desk.page.keyboard.press("Escape")
    second = desk.take().hears("hei, olen huolissani")
    return mia, jonas, first, second


def enter_until_sent(held: Held) -> None:
    """Press Enter as a person does who looks: again when it did nothing."""
    for _ in range(40):
        if held.field.input_value() == "":
            return
        held.field.press("Enter")
    pytest.fail("Enter sends nothing")


def test_drafts_stay_with_their_talk(two: tuple[Visit, Visit, Held, Held]) -> None:
    mia, jonas, first, second = two
    first.choose().field.fill("Mialle: kerro lisää")
    second.choose().field.fill("Jonakselle: kuulen")
    first.choose()
    expect(first.field).to_have_value("Mialle: kerro lisää")
    first.panel.locator(".composer .main").click()
    mia.hears("Mialle: kerro lisää")
    second.choose()
    expect(second.field).to_have_value("Jonakselle: kuulen")
    second.panel.locator(".composer .main").click()
    jonas.hears("Jonakselle: kuulen")
    assert mia.words() == [TELLING, "Mialle: kerro lisää"]
    assert jonas.words() == ["hei, olen huolissani", "Jonakselle: kuulen"]


def test_enter_rests_after_a_switch(two: tuple[Visit, Visit, Held, Held]) -> None:
    """An Enter meant for the talk before is no message to this one."""
    _, jonas, first, second = two
    second.choose().field.fill("kesken jäänyt")
    first.choose()
    page = second.desk.page
    sent = page.evaluate("""([cid]) => {
      [...document.querySelectorAll("#mine .tab")].at(-1).click();
      const field = document.querySelector(`.talk[data-cid="${cid}"] textarea`);
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
      return field.value === "";
    }""", [second.cid])
    assert not sent
    expect(second.field).to_have_value("kesken jäänyt")
    enter_until_sent(second)
    jonas.hears("kesken jäänyt")


def test_text_of_another_talk_asks_before_it_is_pasted(two: tuple[Visit, Visit, Held, Held]) -> None:
    _, _, _, second = two
    page = second.choose().desk.page
    paste = """([cid, text]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const field = document.querySelector(`.talk[data-cid="${cid}"] textarea`);
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(paste, [second.cid, TELLING])
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Keskustelu")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(second.field).to_have_value("")
    page.evaluate(paste, [second.cid, TELLING])
    dialog.locator("button.main").click()
    expect(second.field).to_have_value(TELLING)


def test_an_answer_that_was_overtaken_asks_first(two: tuple[Visit, Visit, Held, Held]) -> None:
    mia, _, first, _ = two
    first.choose().field.fill("selvä, nähdään huomenna")
    mia.write("en mä voi huomenna")
    first.hears("en mä voi huomenna")
    first.panel.locator(".composer .foot .main").click()
    expect(first.panel.locator(".ask")).to_be_visible()
    assert mia.words() == [TELLING, "en mä voi huomenna"]
    first.panel.locator(".ask button").click()
    mia.hears("selvä, nähdään huomenna")


def test_the_keyboard_is_enough(stage: Stage) -> None:
    """Take, answer, go to the other talk, answer, end: no pointer."""
    mia = stage.visitor().open().start().write("moi")
    jonas = stage.visitor(channel="parent").open().start().write("päivää")
    desk = stage.desk(stage.worker())
    page = desk.page
    expect(desk.take_button).to_be_enabled()
    page.keyboard.press("n")
    expect(desk.tabs).to_have_count(1)
    first = Held(desk, page.locator(".talk[data-chosen]")).be("active")
    page.keyboard.press("r")
    expect(first.field).to_be_focused()
    page.keyboard.type("moi Mia")
    enter_until_sent(first)
    mia.hears("moi Mia")
    page.keyboard.press("Escape")
    expect(first.field).not_to_be_focused()
    expect(desk.take_button).to_be_enabled()
    page.keyboard.press("n")
    expect(desk.tabs).to_have_count(2)
    second = Held(desk, page.locator(".talk[data-chosen]")).be("active")
    page.keyboard.press("Alt+Digit1")
    expect(first.field).to_be_focused()
    page.keyboard.press("Alt+Digit2")
    expect(second.field).to_be_focused()
    page.keyboard.type("päivää Jonas")
    enter_until_sent(second)
    jonas.hears("päivää Jonas")
    second.panel.locator(".talk-head button.danger").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open] button:focus")).to_have_attribute("value", "no")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    second.be("closed")
    jonas.on("ended")


def test_a_wide_desk_shows_two_talks_side_by_side(stage: Stage) -> None:
    mia = stage.visitor().open().start().write("moi")
    stage.visitor(channel="parent").open().start().write("päivää")
    desk = stage.desk(stage.worker(), viewport={"width": 1680, "height": 900})
    first = desk.take()
    desk.page.keyboard.press("Escape")
    second = desk.take()
    expect(first.panel).to_be_visible()
    expect(second.panel).to_be_visible()
    first.field.fill("vain Mialle")
    expect(first.panel).to_have_attribute("data-chosen", "")
    first.panel.locator(".composer .main").click()
    mia.hears("vain Mialle")
    assert second.words() == ["päivää"]


def test_who_is_signed_out_sees_no_words(stage: Stage) -> None:
    """Signing out in one window ends the desk in the other, with its words."""
    mia = stage.visitor().open().start().write(TELLING)
    desk = stage.desk(stage.worker())
    desk.take().hears(TELLING)
    other = desk.page.context.new_page()
    other.goto(f"{stage.service.desk_origin}/account")
    other.locator("form.row-of-buttons button").click()
    desk.linked("stopped")
    expect(desk.page.get_by_text(TELLING)).to_have_count(0)
    expect(desk.page.locator("#stopped a")).to_be_visible()
    mia.linked()


def test_the_desk_cannot_be_framed(stage: Stage) -> None:
    """E20."""
    address = stage.town.page("/trap", f'<iframe src="{stage.service.desk_origin}/sign-in"></iframe>')
    page = stage.context(**DESKTOP).new_page()
    stage.watches[-1].forgive("frame-ancestors|X-Frame-Options|Refused to display")
    with page.expect_console_message(lambda said: said.type == "error"):
        page.goto(address)
    assert Desk(page).take_button.count() == 0
    assert not any("Kirjaudu" in frame.content() for frame in page.frames[1:])
