"""What Mia is told before she gives herself away, when danger is heard, and when her writing rests."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.widget.site import CID, PHONE, Site, begin
from tests.widget.test_talking import acknowledge, talking, write

pytestmark = pytest.mark.pure
Sites = Callable[..., Site]
SAID = """
() => {
  window.said = [];
  const watch = new MutationObserver(() => {
    const hint = document.querySelector("#nameless");
    if (hint.textContent && hint.getAttribute("aria-live") !== "off") window.said.push(hint.textContent);
  });
  watch.observe(document.querySelector("#nameless"), { childList: true, characterData: true, subtree: true });
}
"""


def hint(page: Page) -> Locator:
    return page.locator("#nameless")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("call me 040 123 4567", "This looks like a phone number."),
        ("131052-308T", "This looks like a personal identity code."),
        ("mia@example.org", "This looks like an e-mail address."),
        ("Hämeentie 7 B", "This looks like a home address."),
        ("insta: mia_m", "This looks like your user name."),
    ],
)
def test_what_tells_who_mia_is_is_noticed_before_it_is_sent(site: Sites, text: str, words: str) -> None:
    here = site(**PHONE)
    page = talking(here)
    page.get_by_label("Your message").fill(text)
    expect(hint(page)).to_have_text(f"{words} You can stay nameless. Send it only if you want to.")
    expect(hint(page)).to_have_role("status")
    page.get_by_role("button", name="Send").click()
    expect(hint(page)).to_be_empty()
    assert here.said("send")[-1]["body"] == text


def test_the_warning_goes_with_the_words_and_is_said_once(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    page.evaluate(SAID)
    field = page.get_by_label("Your message")
    for _ in range(2):
        field.fill("call me 040 123 4567")
        expect(hint(page)).to_contain_text("phone number")
        field.fill("call me")
        expect(hint(page)).to_be_empty()
    field.fill("I am mia@example.org")
    expect(hint(page)).to_contain_text("e-mail")
    said = page.evaluate("() => window.said")
    assert [("phone" in each, "e-mail" in each) for each in said] == [(True, False), (False, True)]


def test_the_look_out_is_fetched_when_something_could_matter(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    field = page.get_by_label("Your message")
    field.fill("nobody likes me")
    expect(field).to_have_value("nobody likes me")
    assert not [each for each in here.asked if "nameless" in each]
    field.fill("nobody likes me, I am 9")
    page.wait_for_function("() => performance.getEntriesByType('resource').some(({ name }) => /nameless/.test(name))")
    expect(hint(page)).to_be_empty()


def test_small_children_are_told_in_simpler_words(site: Sites) -> None:
    page = site(**PHONE).open()
    page.locator("main[data-ready]").wait_for()
    page.get_by_label("7–9").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Your message").fill("040 123 4567")
    expect(hint(page)).to_have_text(
        "This may tell who you are. You do not have to tell it. You can send it if you want to."
    )


def test_help_stands_above_the_talk_and_takes_nothing(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    expect(page.locator(".help-now")).to_have_count(0)
    field = page.get_by_label("Your message")
    field.focus()
    here.say(type="help", cid=CID)
    strip = page.get_by_role("region", name="Help right now")
    expect(strip.get_by_role("alert")).to_have_text("If you are in danger now, call 112")
    expect(strip.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(strip.get_by_text("These answer right now")).to_be_visible()
    expect(strip.get_by_role("listitem")).to_have_count(1)  # the closed line is left out, 112 stands above
    expect(strip.get_by_role("link", name="Kuunteleva linja 09 456")).to_be_visible()
    expect(strip).to_be_in_viewport(ratio=1)
    expect(field).to_be_focused()
    expect(page.get_by_role("log").get_by_text("112")).to_have_count(0)


def test_help_stays_until_it_is_folded_and_opens_again_for_new_danger(site: Sites) -> None:
    here = site()
    page = talking(here)
    here.say(type="help", cid=CID)
    fold = page.get_by_text("These answer right now")
    fold.focus()
    page.keyboard.press("Enter")
    line = page.get_by_role("link", name="Kuunteleva linja")
    expect(line).to_be_hidden()
    expect(page.locator(".help-now").get_by_role("link", name="112")).to_be_visible()
    here.events({"seq": 2, "kind": "closed", "code": "ended_by_professional"})
    page.locator("main[data-screen=ended]").wait_for()
    expect(line).to_be_hidden()
    here.say(type="help", cid=CID)
    expect(line).to_be_visible()
    expect(page.locator(".help-now")).to_have_count(1)


def test_help_is_there_after_a_reload_and_gone_with_the_quick_exit(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    here.danger = True
    page.reload()
    expect(page.get_by_role("region", name="Help right now")).to_be_visible()
    page.get_by_role("link", name="Leave quickly").last.click()
    page.wait_for_url("https://weather.example/")
    assert not page.get_by_text("112").count()


def test_a_new_talk_begins_without_the_help_of_the_last(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    here.say(type="help", cid=CID)
    here.events({"seq": 2, "kind": "closed", "code": "ended_by_professional"})
    page.get_by_role("button", name="Start a new conversation").click()
    begin(page)
    expect(page.locator(".help-now")).to_have_count(0)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("channel", ["youth", "parent"])
def test_before_the_first_word_a_program_is_told_of(site: Sites, language: str, channel: str) -> None:
    page = site(**PHONE).open(f"http://chat.localhost:8000/school/{language}/{channel}")
    told = {"fi": "Ohjelma merkitsee huolestuttavat sanat", "sv": "Ett program märker ut oroande ord"}
    expect(page.locator(".honest")).to_contain_text(told.get(language, "A program marks worrying words"))


def test_a_warning_and_a_pause_are_told_with_the_way_to_object(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    here.events({"seq": 2, "kind": "notice", "code": "warned"}, {"seq": 3, "kind": "notice", "code": "paused"})
    rows = page.get_by_role("log").get_by_role("listitem")
    expect(rows.nth(1)).to_contain_text("You may be angry, and you can tell everything.")
    expect(rows.nth(2)).to_contain_text("You can go on at about 23:58.")
    expect(rows.nth(2)).to_contain_text("If you think this is wrong, you can say so")
    expect(rows.nth(2)).to_contain_text("call 112")


def test_a_line_of_the_pause_waits_for_mias_own_hand(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    here.events({"seq": 2, "kind": "notice", "code": "paused"})
    write(page, "hello?")
    here.say(type="nack", cid=CID, mid=here.said("send")[-1]["mid"], code="paused")
    row = page.locator(".row.pending")
    expect(row).to_contain_text("hello?")
    expect(row).to_contain_text(
        "Not sent: your writing rests. Try again a little later. If you are in danger, call 112."
    )
    expect(page.get_by_label("Your message")).to_be_editable()
    row.get_by_role("button", name="Send again").click()
    acknowledge(here, 3)
    expect(page.locator(".row.pending")).to_have_count(0)
    first, second = here.said("send", times=2)
    assert first["mid"] == second["mid"]


def test_what_a_stranger_wrote_cannot_turn_or_cover_what_stands_around_it(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    pile = "z" + "\u0325\u200d" * 400
    here.events({"seq": 2, "kind": "message", "side": "professional", "text": f"{pile} \u2067abc\u200b"})
    shown = page.locator(".row.theirs bdi")
    expect(shown).to_contain_text("[U+2067]abc[U+200B]")
    look = "each => { const { unicodeBidi, overflow } = getComputedStyle(each); return [unicodeBidi, overflow]; }"
    assert shown.evaluate(look)[0] == "isolate"
    assert page.locator(".row.theirs .bubble").evaluate(look)[1] == "hidden"
    assert shown.inner_text().count("\u0325") == 8
