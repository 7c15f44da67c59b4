"""What Mia is told, may tell and may do while she waits."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.widget.site import CID, PHONE, Site, begin

pytestmark = pytest.mark.pure
Sites = Callable[..., Site]
DIGITS = "1234 5678 9012 3456"


def waiting(here: Site) -> Page:
    page = here.open()
    begin(page)
    expect(page.locator(".aside")).to_be_visible()
    return page


def queue(here: Site, **more: object) -> None:
    here.say(type="queue", cid=CID, state="queued", **more)


@pytest.mark.parametrize(
    ("news", "words"),
    [
        ({"low": 0, "high": 2}, "Our guess: very soon"),
        ({"low": 0, "high": 10}, "Our guess: about 10 min at most"),
        ({"low": 10, "high": 20}, "Our guess: about 10–20 min"),
        ({"low": 180}, "Our guess: more than 180 min"),
        ({"low": 60, "high": 90, "may_not_reach": True}, "We may not reach you today."),
    ],
)
def test_the_wait_is_a_range_in_place(site: Sites, news: dict[str, object], words: str) -> None:
    here = site(**PHONE)
    page = waiting(here)
    heading = page.get_by_role("heading", level=1).element_handle()
    queue(here, place=3, **news)
    expect(page.locator(".range")).to_contain_text(words)
    expect(page.locator(".place")).to_have_text("Your place in the queue: 3")
    assert heading.evaluate("heading => heading.isConnected"), "the screen was drawn anew"
    expect(page.locator(".keeps")).to_contain_text(re.compile(r"If you leave now, your place is kept until \d+:\d\d\."))


def test_who_stands_still_is_not_forgotten(site: Sites) -> None:
    here = site(**PHONE)
    page = here.open("about:blank")
    page.clock.install()
    page.goto("http://chat.localhost:8000/school/en/youth")
    begin(page)
    queue(here, place=2)
    expect(page.locator(".remembered")).to_be_hidden()
    for step in range(11):  # news arrives before the line counts as dead, as every 30 s in a real wait
        page.clock.fast_forward(30_000)
        queue(here, place=2, low=step, high=step + 10)
        expect(page.locator(".range")).to_contain_text(f"{step + 10} min")
    expect(page.locator(".remembered")).to_contain_text("We have not forgotten you.")
    queue(here, place=1)
    expect(page.locator(".remembered")).to_be_hidden()


def test_the_question_and_the_wish_may_be_answered_later(site: Sites) -> None:
    here = site(**PHONE)
    page = waiting(here)
    assert here.words("rate") == []
    page.get_by_label("I need to talk today").check()
    expect(page.get_by_text("We made a note of it.")).to_be_visible()
    page.get_by_text("Who I would like to write to").click()
    page.get_by_label("A psychologist").check()
    expect(page.get_by_text("Your place stays the same.")).to_be_visible()
    assert here.said("rate") == [{"type": "rate", "cid": CID, "rating": "today"}]
    assert here.said("wish") == [{"type": "wish", "cid": CID, "wish": "psychologist"}]


def test_the_code_is_offered_shown_once_and_taken_away(site: Sites) -> None:
    here = site(**PHONE)
    page = waiting(here)
    assert here.words("code") == []
    page.get_by_text("A code to come back with").click()
    page.get_by_role("button", name="Show the code").click()
    here.say(type="code", cid=CID, digits=DIGITS)
    expect(page.locator(".groups b")).to_have_text(DIGITS.split())
    expect(page.locator(".groups")).to_be_focused()
    expect(page.locator(".groups span")).to_have_count(0)
    kept = page.evaluate("() => location.href + JSON.stringify(sessionStorage)")
    assert "1234" not in kept
    page.get_by_role("button", name="Take the code away").click()
    here.say(type="code", cid=CID, digits="")
    expect(page.locator(".groups")).to_have_count(0)
    assert [frame["on"] for frame in here.said("code", times=2)] == [True, False]


def test_small_children_get_a_picture_and_its_word_beside_each_group(site: Sites) -> None:
    here = site(**PHONE)
    page = here.open()
    page.locator("main[data-ready]").wait_for()
    page.get_by_label("7–9").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_text("A code to come back with").click()
    page.get_by_role("button", name="Show the code").click()
    here.say(type="code", cid=CID, digits=DIGITS)
    expect(page.locator(".groups span")).to_have_text(["☀ sun", "★ star", "♥ heart", "☂ umbrella"])
    page.get_by_role("button", name="I have written it down").click()
    expect(page.locator(".groups")).to_have_count(0)


def test_the_turn_asks_whether_mia_is_there(site: Sites) -> None:
    here = site(**PHONE)
    page = waiting(here)
    here.say(type="queue", cid=CID, state="called", answer_in=60)
    expect(page.get_by_role("heading", level=1)).to_have_text("Are you there?")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.title() == "Kuulolla"
    assert here.words("here") == []
    page.get_by_role("button", name="I am here").click()
    expect(page.get_by_role("button", name="One moment…")).to_be_disabled()
    assert here.said("here") == [{"type": "here", "cid": CID}]
    here.say(type="queue", cid=CID, state="active")
    page.locator("main[data-screen=talk]").wait_for()
    expect(page.locator(".aside")).to_be_hidden()


def test_a_turn_that_passed_leaves_the_place(site: Sites) -> None:
    here = site(**PHONE)
    page = waiting(here)
    here.say(type="queue", cid=CID, state="called", answer_in=60)
    page.locator("main[data-screen=called]").wait_for()
    queue(here, place=1)
    expect(page.get_by_text("It does not matter: your place stays.")).to_be_visible()


def test_closing_time_gives_a_choice_and_an_early_place_stays_in_view(site: Sites) -> None:
    here = site(**PHONE)
    page = waiting(here)
    queue(here, place=2, closing=True)
    expect(page.get_by_role("heading", name="The shift ends now")).to_be_visible()
    expect(page.get_by_role("button", name="Leave the queue")).to_be_visible()
    page.get_by_role("button", name="Give me an early place").click()
    here.say(type="voucher", cid=CID, digits=DIGITS, opens_in_words="tomorrow at 14:00")
    here.events({"seq": 1, "kind": "closed", "code": "hours_ended"})
    here.say(type="queue", cid=CID, state="closed")
    page.locator("main[data-screen=ended]").wait_for()
    expect(page.locator(".voucher .groups b")).to_have_text(DIGITS.split())
    expect(page.get_by_text("Come tomorrow at 14:00 and give this code.")).to_be_visible()
    expect(page.get_by_text("It is an early place and not a promise.")).to_be_visible()
    assert here.said("voucher") == [{"type": "voucher", "cid": CID}]


def test_early_places_that_are_taken_are_said(site: Sites) -> None:
    here = site(**PHONE)
    page = waiting(here)
    queue(here, place=2, closing=True)
    page.get_by_role("button", name="Give me an early place").click()
    here.say(type="nack", cid=CID, code="not_offered")
    expect(page.get_by_text("There are no early places left.")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "words"),
    [("unanswered", "We did not reach you in time."), ("hours_ended", "The shift ended, and we did not reach you.")],
)
def test_an_end_without_an_answer_says_so_and_who_else_is_there(site: Sites, code: str, words: str) -> None:
    here = site(**PHONE)
    page = waiting(here)
    here.events({"seq": 1, "kind": "closed", "code": code})
    here.say(type="queue", cid=CID, state="closed")
    page.locator("main[data-screen=ended]").wait_for()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator(".aside > .services")).to_be_visible()
