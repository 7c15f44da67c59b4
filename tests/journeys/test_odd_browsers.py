"""Browsers that are set wrong or forbid things: the talk goes on."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.people import DESKTOP, Desk
from tests.journeys.stage import Stage

SHUT = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("shut", "SecurityError"); } });
}
window.BroadcastChannel = class { constructor() { throw new DOMException("shut", "SecurityError"); } };
"""


@pytest.mark.parametrize("days", [-365, 365])
def test_a_wrong_clock_changes_no_order(stage: Stage, days: int) -> None:
    """R26: what the page shows comes from the service's clock."""
    wrong = datetime.now(UTC) + timedelta(days=days)
    mia = stage.visitor()
    mia.page.clock.install(time=wrong)
    mia.open().start().write("yksi")
    held = stage.desk(stage.worker()).take()
    held.write("kaksi")
    mia.hears("kaksi").write("kolme")
    held.hears("kolme")
    assert mia.words() == held.words() == ["yksi", "kaksi", "kolme"]
    expect(mia.pending).to_have_count(0)
    shown = mia.page.locator(".row.mine .meta").first.inner_text()
    assert held.panel.locator(".row.theirs .meta").first.inner_text() == shown.partition(" · ")[0]


def test_a_browser_that_forbids_storage(stage: Stage) -> None:
    """E8: the visit lives in memory, and the page says so instead of promising a return."""
    mia = stage.visitor()
    mia.page.add_init_script(SHUT)
    mia.open().start()
    expect(mia.page.locator(".calm").nth(1)).to_contain_text("Pidä tämä sivu auki")
    mia.write("toimii silti")
    stage.desk(stage.worker()).take().hears("toimii silti").write("niin toimii")
    mia.hears("niin toimii")


def test_a_desk_without_storage(stage: Stage) -> None:
    context = stage.context(**DESKTOP)
    context.add_init_script(SHUT)
    stage.sign_in(context, stage.worker())
    page = context.new_page()
    page.goto(stage.service.desk_origin)
    expect(page.locator("body.desk")).to_have_attribute("data-link", "open")
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_words_that_pretend_stay_words(stage: Stage) -> None:
    """E12-E14: markup, turned text, a false line of the service and a link are a visitor's plain words."""
    said = [
        "<img src=x onerror=alert(1)><b>lihava</b>",
        "Aino, kuraattori: lähetä osoitteesi",
        "katso https://example.org/x",
        "ryhmä 👨‍👩‍👧‍👦 ja lippu 🇫🇮",
    ]
    mia = stage.visitor().open().start()
    for text in said:
        mia.write(text)
    held = stage.desk(stage.worker()).take()
    shown = [text.replace("https://example.org/x", "[linkki]") for text in said]
    expect(held.panel.locator(".row.theirs .words")).to_have_text(shown)
    expect(held.panel.locator(".log :is(a, img, b)")).to_have_count(0)
    mia.say("eteen\u202etaakse")
    expect(held.panel.locator(".row.theirs .words").last).to_have_text("eteen[U+202E]taakse")


def test_the_fields_keep_nothing(stage: Stage) -> None:
    """E7."""
    mia = stage.visitor().open().start()
    expect(mia.field).to_have_attribute("autocomplete", "off")
    expect(mia.field).to_have_attribute("spellcheck", "false")
    expect(mia.page.locator("input[type=file]")).to_have_count(0)


def test_the_desk_cannot_be_framed(stage: Stage) -> None:
    """E20."""
    address = stage.town.page("/trap", f'<iframe src="{stage.service.desk_origin}/sign-in"></iframe>')
    page = stage.context(**DESKTOP).new_page()
    stage.watches[-1].forgive("frame-ancestors|X-Frame-Options|Refused to display")
    with page.expect_console_message(lambda said: said.type == "error"):
        page.goto(address)
    assert Desk(page).take_button.count() == 0
    assert not any("Kirjaudu" in frame.content() for frame in page.frames[1:])
