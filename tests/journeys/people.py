"""Mia's page and Aino's desk, as those who use them would say what they do."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
# What a browser tells when its machine has a network again.
ONLINE = "() => dispatchEvent(new Event('online'))"

# "Aino, kuraattori"
NAMED = re.compile(r"^\S+, \S")


def press(control: Locator, key: str) -> None:
    """Press a key on a control once it is there for people: what is hidden takes no focus, the key would be lost."""
    expect(control).to_be_visible()
    control.press(key)


class Visit:
    """A visitor's page, on a phone or in a frame."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.main = page.locator("#main")
        self.field = page.locator("#message")

    def open(self) -> Self:
        """Go to the visit page and wait until its script is there."""
        self.page.goto(self.address)
        return self.ready()

    def ready(self) -> Self:
        """Wait until the script is there."""
        expect(self.page.locator("#main[data-ready]")).to_be_visible()
        return self

    def start(self, years: str = "13–15") -> Self:
        """Tell the age and start; parents are not asked."""
        if self.page.locator('[name="age"]').count():
            self.page.get_by_label(years, exact=True).check()
        self.page.locator("#enter .main").click()
        return self.on("waiting")

    def on(self, screen: str) -> Self:
        """Wait for a screen; a talk is there when its heading names who answers, which draws its buttons anew."""
        expect(self.main).to_have_attribute("data-screen", screen)
        if screen == "talk":
            expect(self.main.locator("h1")).to_have_text(NAMED)
        return self

    def linked(self, link: str = "open") -> Self:
        """Wait for the state of the line."""
        expect(self.main).to_have_attribute("data-link", link)
        return self

    def back(self) -> Self:
        """The machine notices that its line is mended; without a word of it the next try may be half a minute away."""
        self.page.evaluate(ONLINE)
        return self.linked()

    def say(self, text: str) -> Self:
        """Write a message and press the button."""
        self.field.fill(text)
        self.page.locator(".composer .main").click()
        return self

    def write(self, text: str) -> Self:
        """Write a message and wait until it is stored."""
        self.say(text)
        expect(self.row(text)).to_have_count(1)
        expect(self.pending).to_have_count(0)
        return self

    def row(self, text: str) -> Locator:
        """Rows with this text."""
        return self.page.locator(".row .words").get_by_text(text, exact=True)

    @property
    def pending(self) -> Locator:
        """Rows of messages that are not stored yet."""
        return self.page.locator(".row.pending")

    def words(self) -> list[str]:
        """Every message on the page, in order."""
        return self.page.locator(".row .words").all_inner_texts()

    def hears(self, text: str) -> Self:
        """Wait for a message."""
        expect(self.row(text)).to_be_visible()
        return self

    def end(self) -> Self:
        """End the talk, and say so twice."""
        self.page.locator(".ending button").click()
        self.page.locator(".ending .main").click()
        return self.on("ended")


class Desk:
    """A professional's desk."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.take_button = page.locator("#take")
        self.tabs = page.locator("#mine .tab")

    def open(self, address: str) -> Self:
        """Open the desk, signed in."""
        self.page.goto(address)
        return self.linked()

    def linked(self, link: str = "open") -> Self:
        """Wait for the state of the line."""
        expect(self.page.locator("body.desk")).to_have_attribute("data-link", link)
        return self

    def back(self) -> Self:
        """The machine notices that its line is mended; without a word of it the next try may be half a minute away."""
        self.page.evaluate(ONLINE)
        return self.linked()

    def take(self) -> Held:
        """Take the next one and wait until it can be written to."""
        expect(self.take_button).to_be_enabled()
        before = [panel.get_attribute("data-cid") for panel in self.page.locator(".talk").all()]
        self.take_button.click()
        others = "".join(f':not([data-cid="{cid}"])' for cid in before)
        held = Held(self, self.page.locator(f".talk[data-chosen]{others}"))
        return held.be("active").read()


class Held:
    """One conversation on a desk; it stays the same when another is chosen."""

    def __init__(self, desk: Desk, chosen: Locator) -> None:
        self.desk = desk
        self.cid = chosen.get_attribute("data-cid")
        self.panel = desk.page.locator(f'.talk[data-cid="{self.cid}"]')
        self.field = self.panel.locator(".composer textarea")
        self.transcript = self.panel.locator(".log:not(.notes .log)")
        self.name = self.panel.get_attribute("aria-label") or ""
        self.tab = desk.tabs.filter(has=desk.page.get_by_text(self.name, exact=True))

    def be(self, state: str) -> Self:
        """Wait for a state."""
        expect(self.panel).to_have_attribute("data-state", state)
        return self

    def read(self) -> Self:
        """Wait for what was said so far: a draft begun before that would be asked about it."""
        expect(self.panel).to_have_attribute("aria-busy", "false")
        return self

    def choose(self) -> Self:
        """Open it from the list."""
        self.tab.click()
        expect(self.panel).to_be_visible()
        return self

    def say(self, text: str) -> Self:
        """Write a message and press the button."""
        self.field.fill(text)
        self.panel.locator(".composer .main").click()
        return self

    def type_until_seen(self, sign: Locator) -> str:
        """Go on typing, as people do (one notice may fall to the limit of one in two seconds); what it said then."""
        for _ in range(200):
            if said := sign.inner_text():
                return said
            self.field.press_sequentially("mitä ", delay=50)
        raise AssertionError("expected a sign of typing that did not come")

    def write(self, text: str) -> Self:
        """Write a message and wait until it is stored."""
        self.say(text)
        expect(self.row(text)).to_have_count(1)
        expect(self.panel.locator(".row.pending")).to_have_count(0)
        return self

    def row(self, text: str) -> Locator:
        """Rows with this text."""
        return self.panel.locator(".row .words").get_by_text(text, exact=True)

    def words(self) -> list[str]:
        """Every message of the talk, in order."""
        return self.panel.locator(".row .words").all_inner_texts()

    def hears(self, text: str) -> Self:
        """Wait for a message."""
        expect(self.row(text)).to_be_visible()
        return self

    def end(self) -> Self:
        """End it, and say so twice."""
        self.panel.locator(".talk-head button.danger").click()
        self.desk.page.locator("dialog[open] button.danger").click()
        return self.be("closed")

    def release(self) -> None:
        """Give it back to the queue, and say so twice."""
        before = self.desk.tabs.count()
        self.panel.locator(".talk-head button").first.click()
        self.desk.page.locator("dialog[open] button.main").click()
        expect(self.desk.tabs).to_have_count(before - 1)
