"""Nobody takes Mia, who is at immediate risk: every desk on duty rings until she is taken or it was seen."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from chatservice.conversations.models import Conversation
from chatservice.conversations.risk import Risk
from tests.journeys.audit import axe, overflow
from tests.journeys.stage import Stage, apart

SOON = 60_000


def in_danger(stage: Stage) -> None:
    """Everybody who waits here has been at immediate risk for more than a minute."""
    since = timezone.now() - timedelta(seconds=61)
    waiting = Conversation.objects.filter(area=stage.area, state="queued")
    assert apart(lambda: waiting.update(risk=Risk.IMMEDIATE, urgent_since=since)) == 1


def on_duty(page: Page) -> None:
    """Begin the shift."""
    page.locator("#shift").get_by_role("button", name="Aloita vuoro").click()
    expect(page.locator("#shift .shift-state")).to_have_attribute("data-state", "on")


def test_the_alarm_rings_until_she_is_taken(stage: Stage) -> None:
    stage.visitor().open().start().write("moi")
    aino, petri = stage.desk(stage.worker()), stage.desk(stage.worker("psychologist"))
    on_duty(aino.page)
    on_duty(petri.page)
    in_danger(stage)
    for desk in (aino, petri):
        alarm = desk.page.get_by_role("alert").filter(has_text="tarvitsee jonkun kiireesti")
        expect(alarm).to_be_visible(timeout=SOON)
        expect(desk.page).to_have_title("‼ Työpöytä")
    assert axe(aino.page) == []
    assert overflow(aino.page) == []
    aino.page.locator(".alarm").get_by_role("button", name="Ota seuraava").click()
    expect(aino.tabs).to_have_count(1)
    for desk in (aino, petri):
        expect(desk.page.locator(".alarm")).to_have_count(0, timeout=SOON)
        expect(desk.page.locator("#alarms")).to_be_hidden()


def test_what_was_seen_rings_no_more_on_this_desk(stage: Stage) -> None:
    stage.visitor().open().start().write("moi")
    aino, petri = stage.desk(stage.worker()), stage.desk(stage.worker("psychologist"))
    on_duty(aino.page)
    on_duty(petri.page)
    in_danger(stage)
    for desk in (aino, petri):
        expect(desk.page.locator(".alarm")).to_have_count(1, timeout=SOON)
    aino.page.get_by_role("button", name="Olen nähnyt tämän").click()
    expect(aino.page.locator(".alarm")).to_have_count(0)
    expect(aino.page.locator("#take")).to_be_focused()
    expect(petri.page.locator(".alarm")).to_have_count(1)


def test_it_sounds_only_where_sounds_are_switched_on(stage: Stage) -> None:
    stage.visitor().open().start().write("moi")
    desk = stage.desk(stage.worker())
    counted = "() => { window.tones = 0; const start = OscillatorNode.prototype.start;"
    counted += " OscillatorNode.prototype.start = function (at) { window.tones += 1; start.call(this, at); }; }"
    desk.page.evaluate(counted)
    on_duty(desk.page)
    in_danger(stage)
    expect(desk.page.locator(".alarm")).to_have_count(1, timeout=SOON)
    assert desk.page.evaluate("window.tones") == 0
    sounds = desk.page.get_by_role("button", name="Äänet")
    expect(sounds).to_have_attribute("aria-pressed", "false")
    sounds.click()
    expect(sounds).to_have_attribute("aria-pressed", "true")
    assert desk.page.evaluate("window.tones") == 2
