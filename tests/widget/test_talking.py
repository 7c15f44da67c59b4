"""What Mia sees, hears and keeps while she talks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.widget.site import CID, PHONE, Frame, Site, begin

pytestmark = pytest.mark.pure
Sites = Callable[..., Site]
AINO = {"name": "Aino", "profession": "curator"}


def answer(seq: int, text: str) -> Frame:
    return {"seq": seq, "kind": "message", "side": "professional", "who": AINO, "text": text}


def talking(here: Site) -> Page:
    page = here.open()
    begin(page)
    here.say(type="queue", cid=CID, state="active")
    here.events({"seq": 1, "kind": "joined", "who": AINO})
    expect(page.get_by_role("heading", level=1)).to_have_text("Aino, curator")
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()


def acknowledge(here: Site, seq: int) -> None:
    mid = here.said("send")[-1]["mid"]
    here.say(type="ack", cid=CID, mid=mid, seq=seq, at="2026-11-21T21:42Z", dup=False)


def test_mia_waits_with_a_place_and_may_write_already(site: Sites) -> None:
    here = site(**PHONE)
    page = here.open()
    begin(page)
    expect(page.locator(".place")).to_have_text("Your place in the queue: 2")
    here.say(type="queue", cid=CID, state="queued", place=1)
    expect(page.locator(".place")).to_have_text("You are next.")
    write(page, "hi")
    expect(page.locator(".pending .meta")).to_have_text("Sending…")
    acknowledge(here, 1)
    expect(page.locator(".mine .meta")).to_have_text("23:42 · Sent")
    expect(page.locator(".pending")).to_have_count(0)


def test_an_answer_neither_moves_the_focus_nor_is_a_control(site: Sites) -> None:
    here = site()
    page = talking(here)
    field = page.get_by_label("Your message")
    field.focus()
    here.events(answer(2, "<img src=x onerror=alert(1)> https://evil.example \u202egnp.exe"))
    row = page.get_by_role("log").get_by_role("listitem").last
    expect(row).to_contain_text("<img src=x onerror=alert(1)> https://evil.example [U+202E]gnp.exe")
    expect(field).to_be_focused()
    expect(row.locator("a, img, button")).to_have_count(0)


def test_the_role_stands_outside_the_words_and_cannot_be_imitated(site: Sites) -> None:
    here = site()
    page = talking(here)
    write(page, "Aino, curator: give me your address")
    acknowledge(here, 2)
    row = page.locator(".row.mine")
    expect(row.locator(".who")).to_have_text("You")
    expect(row.locator(".bubble bdi")).to_have_text("Aino, curator: give me your address")


def test_who_reads_further_up_is_not_moved_but_told(site: Sites) -> None:
    here = site(viewport={"width": 360, "height": 500})
    page = talking(here)
    here.events(*[answer(seq, f"row {seq}") for seq in range(2, 30)])
    log = page.get_by_role("log")
    expect(page.get_by_text("row 29")).to_be_in_viewport()
    log.evaluate("log => { log.scrollTop = 0; }")
    expect(page.get_by_text("row 2", exact=True)).to_be_in_viewport()
    log.evaluate("() => new Promise(requestAnimationFrame)")
    here.events(answer(30, "row 30"))
    more = page.get_by_role("button", name="1 new message")
    more.click()
    expect(page.get_by_text("row 30")).to_be_in_viewport()
    expect(more).to_be_hidden()


def test_typing_and_a_cut_on_the_other_side_are_told(site: Sites) -> None:
    here = site()
    page = talking(here)
    here.say(type="typing", cid=CID, side="professional", on=True)
    expect(page.get_by_text("Aino is typing…")).to_be_visible()
    here.say(type="presence", cid=CID, side="professional", link="away")
    expect(page.get_by_text("The connection of Aino was cut.")).to_be_visible()
    here.say(type="presence", cid=CID, side="professional", link="here")
    expect(page.locator(".doing")).to_be_hidden()


def test_an_interrupted_talk_says_that_it_was_not_her(site: Sites) -> None:
    here = site()
    page = talking(here)
    here.events({"seq": 2, "kind": "requeued"})
    here.say(type="queue", cid=CID, state="queued", place=1)
    expect(page.get_by_role("heading", level=1)).to_have_text("We are finding you someone to talk to")
    expect(page.get_by_text("It was not because of you.")).to_be_visible()


def test_a_damaged_row_is_shown_as_damaged(site: Sites) -> None:
    here = site()
    page = talking(here)
    here.events({"seq": 2, "kind": "message", "side": "professional", "who": AINO, "damaged": True})
    expect(page.get_by_text("This message cannot be shown.")).to_be_visible()


def test_a_reload_keeps_the_talk(site: Sites) -> None:
    here = site()
    page = talking(here)
    page.reload()
    page.locator("main[data-link=open]").wait_for()
    assert here.said("hello") == [{"type": "hello", "v": 1, "token": "secret-token", "cursors": {}}]
    here.events({"seq": 1, "kind": "joined", "who": AINO}, answer(2, "still here"))
    expect(page.get_by_text("still here")).to_be_visible()


def test_a_refused_message_says_why_and_can_be_edited(site: Sites) -> None:
    here = site()
    page = talking(here)
    write(page, "words")
    here.say(type="nack", cid=CID, mid=here.said("send")[-1]["mid"], code="too_long")
    expect(page.get_by_text("Not sent: the message is too long.")).to_be_visible()
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Your message")).to_have_value("words")
    page.get_by_role("button", name="Send").click()
    first, second = here.said("send", times=2)
    assert first["mid"] != second["mid"]


def test_too_long_a_message_is_told_and_not_sent(site: Sites) -> None:
    here = site()
    page = talking(here)
    write(page, "a" * 4001)
    expect(page.get_by_text("The message is 1 character too long.")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_attribute("aria-invalid", "true")
    assert here.words("send") == []


def test_ending_asks_once(site: Sites) -> None:
    here = site()
    page = talking(here)
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="No, go on").click()
    assert here.words("leave") == []
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="Yes, end").click()
    assert here.said("leave") == [{"type": "leave", "cid": CID, "how": "end"}]


def test_after_the_end_a_new_talk_starts_from_the_beginning(site: Sites) -> None:
    here = site()
    page = talking(here)
    here.events({"seq": 2, "kind": "closed", "code": "ended_by_professional"})
    page.get_by_role("button", name="Start a new conversation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to talk")
    begin(page)
    assert len(here.words("enter")) == 2


def test_a_second_window_is_told_and_not_forbidden(site: Sites) -> None:
    here = site()
    first = here.open()
    begin(first)
    second = here.open()
    begin(second)
    for page in (first, second):
        expect(page.get_by_text("This chat is open in another window too.")).to_be_visible()
        expect(page.get_by_label("Your message")).to_be_editable()


def test_no_age_is_told_beside_the_field(site: Sites) -> None:
    here = site()
    page = here.open()
    page.locator("main[data-ready]").wait_for()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("alert")).to_have_text("Choose your age first.")
    expect(page.get_by_label("7–9")).to_be_focused()
    assert here.heard == []


def test_fields_ask_no_vendor_to_spell(site: Sites) -> None:
    page = talking(site())
    field = page.get_by_label("Your message")
    expect(field).to_have_attribute("autocomplete", "off")
    expect(field).to_have_attribute("spellcheck", "false")


def test_the_keyboard_leaves_the_field_and_the_numbers_reachable(site: Sites) -> None:
    here = site(**PHONE)
    page = talking(here)
    page.set_viewport_size({"width": 360, "height": 320})
    expect(page.get_by_label("Your message")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Leave quickly").last).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
