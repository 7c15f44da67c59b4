"""Mia leaves at once, and nothing of the talk stays behind (threats E1-E4)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.widget.site import CHAT, CID, NEUTRAL, PHONE, Site, begin

pytestmark = pytest.mark.pure
Sites = Callable[..., Site]
STORED = "() => sessionStorage.length"


def talk(site: Site) -> Page:
    page = site.open()
    begin(page)
    page.get_by_label("Your message").fill("please help")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("please help")).to_be_visible()
    return page


def test_the_red_link_replaces_the_page_and_forgets(site: Sites) -> None:
    here = site(**PHONE)
    page = talk(here)
    length = page.evaluate("history.length")
    assert page.evaluate(STORED) == 1
    page.get_by_role("link", name="Leave quickly").last.tap()
    page.wait_for_url(NEUTRAL)
    assert page.evaluate("history.length") == length
    assert here.words("leave") == [{"type": "leave", "cid": CID, "how": "quick"}]
    page.go_back()
    assert page.url == "data:text/html,before"


def test_the_screen_is_blank_in_the_same_tick(site: Sites) -> None:
    page = talk(site())
    blank = page.evaluate("""() => {
        document.querySelector("a.exit").click();
        const { documentElement, body, title } = document;
        return [documentElement.hidden, body.childElementCount, sessionStorage.length, title];
    }""")
    assert blank == [True, 0, 0, "Kuulolla"]


def test_coming_back_shows_the_first_screen(site: Sites) -> None:
    here = site()
    page = talk(here)
    page.get_by_role("link", name="Leave quickly").last.click()
    page.wait_for_url(NEUTRAL)
    page.goto(f"{CHAT}/school/en/youth")
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect(page.get_by_text("please help")).to_have_count(0)
    assert len(here.sockets) == 0


def test_shift_three_times_leaves(site: Sites) -> None:
    page = talk(site())
    page.evaluate("document.activeElement.blur()")
    page.clock.install()
    page.clock.fast_forward(2000)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(100)
    expect(page.locator("#status")).to_have_text("Press Shift 1 more time to leave.")
    page.keyboard.press("Shift")
    page.wait_for_url(NEUTRAL)


def test_capitals_in_a_message_are_no_exit(site: Sites) -> None:
    page = talk(site())
    field = page.get_by_label("Your message")
    field.focus()
    for letter in "NOT ME":
        page.keyboard.press(f"Shift+{letter}" if letter != " " else "Space")
    for _ in range(4):
        page.keyboard.press("Shift")
    expect(field).to_have_value("NOT ME")
    assert page.url.startswith(CHAT)


def test_slow_presses_are_no_exit(site: Sites) -> None:
    page = talk(site())
    page.clock.install()
    page.evaluate("document.activeElement.blur()")
    for _ in range(5):
        page.clock.fast_forward(4000)
        page.keyboard.press("Shift")
    assert page.url.startswith(CHAT)


def test_the_way_out_works_before_any_script(site: Sites) -> None:
    here = site(java_script_enabled=False)
    page = here.open()
    page.get_by_role("link", name="Leave quickly").last.click()
    page.wait_for_url(NEUTRAL)


def test_an_ended_talk_is_forgotten_by_the_tab(site: Sites) -> None:
    here = site()
    page = talk(here)
    here.events({"seq": 1, "kind": "closed", "code": "ended_by_professional"})
    expect(page.get_by_role("heading", level=1)).to_have_text("The conversation has ended")
    assert page.evaluate(STORED) == 0


def test_title_and_address_never_change(site: Sites) -> None:
    here = site()
    page = talk(here)
    for frame in ({"state": "called"}, {"state": "active"}, {"state": "closed"}):
        here.say(type="queue", cid=CID, **frame)
        expect(page).to_have_title("Kuulolla")
        assert page.url == f"{CHAT}/school/en/youth"


def test_a_visit_leaves_one_token_in_the_tab_and_no_cookie(site: Sites) -> None:
    here = site()
    page = talk(here)
    assert page.evaluate("Object.entries(sessionStorage)") == [["school/youth", "secret-token"]]
    assert page.evaluate("localStorage.length") == 0
    assert here.context.cookies() == []
    assert {address.split("/")[2] for address in here.asked if address.startswith("http")} == {"chat.localhost:8000"}
    assert here.complaints == []
