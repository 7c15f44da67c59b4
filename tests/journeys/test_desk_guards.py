"""Two children at one desk: what is meant for one never reaches the other, by hand or by keys."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import Desk, Held, Visit, press
from tests.journeys.stage import Stage

SECRET = "meidän isä lyö äitiä iltaisin"


class Two:
    """Mia and Jonas in talks with Aino; Jonas's is open on the desk."""

    def __init__(self, stage: Stage, **options: object) -> None:
        self.mia, self.jonas = stage.visitor().open().start(), stage.visitor().open().start()
        self.desk: Desk = stage.desk(stage.worker(), **options)  # type: ignore[arg-type] # a wire or nothing
        self.to_mia, self.to_jonas = self.desk.take(), self.desk.take()

    @property
    def page(self) -> Page:
        """Aino's page."""
        return self.desk.page


@pytest.fixture
def two(stage: Stage) -> Two:
    """Both talks open."""
    return Two(stage)


def focused(page: Page) -> Locator:
    """The element with the keyboard."""
    return page.locator(":focus")


def rests_over(page: Page) -> None:
    """Wait until Enter counts again after a switch."""
    page.evaluate("new Promise((done) => setTimeout(done, 450))")


def switched_and_entered(page: Page) -> None:
    """Alt+1 and Enter in one breath, which a slow machine cannot pull apart."""
    page.evaluate(
        """() => {
          const press = (key) => new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...key });
          document.body.dispatchEvent(press({ key: "1", code: "Digit1", altKey: true }));
          document.activeElement.dispatchEvent(press({ key: "Enter", code: "Enter" }));
        }"""
    )


def hears_nothing(visit: Visit, held: Held, text: str) -> None:
    """The next thing this visitor hears is what comes after, and the text is not there."""
    held.choose().write("tarkistus")
    visit.hears("tarkistus")
    expect(visit.row(text)).to_have_count(0)


def test_a_message_that_comes_switches_nothing(two: Two) -> None:
    two.to_jonas.field.fill("Jonas, kuule")
    two.mia.write(SECRET)
    expect(two.to_mia.tab.locator(".badge")).to_contain_text("1")
    assert two.page.title().startswith("(1) ")
    assert SECRET not in two.page.title()
    expect(two.to_jonas.panel).to_be_visible()
    expect(two.to_jonas.field).to_be_focused()
    expect(two.to_jonas.field).to_have_value("Jonas, kuule")


def test_each_draft_stays_with_its_own(two: Two) -> None:
    two.to_jonas.field.fill("Jonakselle")
    two.to_mia.choose()
    expect(two.to_mia.field).to_have_value("")
    two.to_mia.field.fill("Mialle")
    two.to_jonas.choose()
    expect(two.to_jonas.field).to_have_value("Jonakselle")
    expect(two.to_mia.tab).to_contain_text("luonnos")
    two.to_mia.choose().say("Mialle")
    two.mia.hears("Mialle")
    hears_nothing(two.jonas, two.to_jonas, "Mialle")


def test_enter_rests_right_after_a_switch(two: Two) -> None:
    two.to_mia.choose()
    two.to_mia.field.fill("hei Mia")
    two.to_jonas.choose()
    switched_and_entered(two.page)
    expect(two.to_mia.field).to_be_focused()
    expect(two.to_mia.field).to_have_value("hei Mia")
    rests_over(two.page)
    two.page.keyboard.press("Enter")
    two.mia.hears("hei Mia")


def test_text_of_another_conversation_is_asked_about(two: Two) -> None:
    two.mia.write(SECRET)
    two.to_mia.choose().hears(SECRET)
    two.to_jonas.choose().field.focus()
    paste(two.to_jonas, SECRET)
    question = two.page.get_by_role("dialog")
    expect(question).to_contain_text(two.to_mia.name)
    expect(question.get_by_role("button", name="Peru")).to_be_focused()
    two.page.keyboard.press("Enter")
    expect(two.to_jonas.field).to_have_value("")
    paste(two.to_jonas, SECRET)
    question.get_by_role("button", name="Liitä").click()
    expect(two.to_jonas.field).to_have_value(SECRET)


def paste(held: Held, text: str) -> None:
    """Paste as a hand would: the clipboard's own event, since the real clipboard belongs to the machine."""
    held.field.evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_an_answer_that_was_overtaken_is_asked_about_once(two: Two) -> None:
    two.to_jonas.field.fill("ihan hyvä ajatus")
    two.jonas.write("en jaksa enää")
    two.to_jonas.hears("en jaksa enää")
    rests_over(two.page)
    press(two.to_jonas.field, "Enter")
    expect(two.to_jonas.panel.locator(".ask")).to_be_visible()
    expect(two.to_jonas.field).to_have_value("ihan hyvä ajatus")
    two.to_jonas.panel.get_by_role("button", name="Lähetä silti").click()
    two.jonas.hears("ihan hyvä ajatus")
    expect(two.to_jonas.panel.locator(".ask")).to_be_hidden()


def test_shapes_and_colours_tell_the_two_apart(two: Two) -> None:
    looks = [held.panel.get_attribute("data-colour") for held in (two.to_mia, two.to_jonas)]
    shapes = [held.panel.locator("h2 path").get_attribute("d") for held in (two.to_mia, two.to_jonas)]
    assert len(set(looks)) == len(set(shapes)) == 2
    for held in (two.to_mia, two.to_jonas):
        expect(held.panel.locator(".composer label")).to_contain_text(held.name)


def test_wide_screens_show_both_and_the_keyboard_tells_which(two: Two) -> None:
    two.page.set_viewport_size({"width": 1760, "height": 900})
    expect(two.to_mia.panel).to_be_visible()
    expect(two.to_jonas.panel).to_be_visible()
    two.to_mia.field.click()
    expect(two.to_mia.panel).to_have_attribute("data-chosen", "")
    expect(two.to_jonas.panel).not_to_have_attribute("data-chosen", "")
    rests_over(two.page)
    two.page.keyboard.type("Mialle")
    two.page.keyboard.press("Enter")
    two.mia.hears("Mialle")


def test_keys_alone_do_a_whole_talk(stage: Stage) -> None:
    mia = stage.visitor().open().start()
    desk = stage.desk(stage.worker())
    page = desk.page
    expect(desk.take_button).to_be_enabled()
    page.keyboard.press("n")
    held = Held(desk, page.locator(".talk[data-chosen]")).be("active").read()
    expect(focused(page)).to_have_text(re.compile(held.name))
    page.keyboard.press("r")
    expect(held.field).to_be_focused()
    rests_over(page)
    page.keyboard.type("nr? hei")
    page.keyboard.press("Enter")
    mia.hears("nr? hei")
    page.keyboard.press("Escape")
    expect(held.transcript).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Käytä yhden kirjaimen näppäimiä").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    held.transcript.focus()
    page.keyboard.press("r")
    expect(held.transcript).to_be_focused()


def test_the_composer_locks_without_a_line_and_keeps_the_draft(stage: Stage) -> None:
    wire = stage.wire()
    two = Two(stage, wire=wire)
    two.to_jonas.field.fill("melkein valmis")
    two.page.clock.install()
    wire.cut()
    two.desk.linked("lost")
    two.page.clock.fast_forward(10_000)
    expect(two.to_jonas.field).not_to_be_editable()
    expect(two.to_jonas.panel.locator(".lock")).to_be_visible()
    wire.mend()
    two.desk.back()
    expect(two.to_jonas.field).to_be_editable()
    expect(two.to_jonas.field).to_have_value("melkein valmis")
    press(two.to_jonas.field, "Enter")
    two.jonas.hears("melkein valmis")


def test_signing_out_elsewhere_clears_the_desk(stage: Stage) -> None:
    mia = stage.visitor().open().start()
    desk = stage.desk(stage.worker())
    mia.write(SECRET)
    desk.take().hears(SECRET)
    other = desk.page.context.new_page()
    other.goto(f"{stage.service.desk_origin}/sign-out")
    other.get_by_role("button", name="Kirjaudu ulos").click()
    expect(desk.page.locator("#stopped")).to_be_visible(timeout=60_000)
    expect(desk.page.get_by_text(SECRET)).to_have_count(0)
    # Whatever asks for another drawing afterwards finds nothing to draw; the stage refuses a page that broke on it.
    for width in (1000, 1700, 1000):
        desk.page.set_viewport_size({"width": width, "height": 800})
        desk.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(desk.page.locator("#stopped")).to_be_visible()
