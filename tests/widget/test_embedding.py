"""The launcher on a host's page, and what the page around the chat can and cannot do (threats E17-E19, ruling 28)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.widget.site import CHAT, CID, FOREIGN, LOADER, NEUTRAL, PHONE, SCHOOL, Site, begin

pytestmark = pytest.mark.pure
Sites = Callable[..., Site]
STRICT = f"default-src 'none'; script-src {CHAT}; frame-src {CHAT}; style-src 'none'; img-src data:"
PARENT = f"""<iframe src="{CHAT}/school/en/youth"></iframe><script>
  window.out = [];
  onmessage = (event) => out.push(["window", event.data]);
  window.shake = () => {{
    const pipe = new MessageChannel();
    pipe.port1.onmessage = (event) => out.push(["port", event.data]);
    window.port = pipe.port1;
    frames[0].postMessage({{ type: "hello" }}, "*", [pipe.port2]);
  }};
</script>"""


def opened(here: Site, *, origin: str = SCHOOL, **headers: str) -> tuple[Page, FrameLocator]:
    page = here.open(here.publish(origin, LOADER, **headers))
    page.get_by_role("link", name="Talk").click()
    return page, page.frame_locator("iframe")


def test_a_host_page_asks_us_for_the_launcher_alone(site: Sites) -> None:
    here = site()
    page = here.open(here.publish(SCHOOL, LOADER))
    expect(page.get_by_role("link", name="Talk")).to_be_visible()
    assert [address for address in here.asked if address.startswith(CHAT)] == [f"{CHAT}/load.js"]


def test_the_panel_opens_hides_and_keeps_the_talk(site: Sites) -> None:
    here = site()
    page, panel = opened(here)
    begin(panel)
    panel.get_by_role("button", name="Hide").click()
    launcher = page.get_by_role("link", name="Talk")
    expect(launcher).to_be_focused()
    expect(page.locator("iframe")).to_be_hidden()
    launcher.click()
    expect(panel.get_by_role("heading", level=1)).to_have_text("You are in the queue")
    assert len(here.words("enter")) == 1
    assert here.complaints == []


def test_in_a_panel_nothing_is_stored_and_no_return_is_promised(site: Sites) -> None:
    page, panel = opened(site())
    begin(panel)
    expect(panel.get_by_text("Keep this page open.")).to_be_visible()
    stored = "() => { try { return sessionStorage.length; } catch { return 0; } }"
    assert page.frames[1].evaluate(stored) == 0


def test_the_panel_works_under_a_hosts_strict_policy(site: Sites) -> None:
    here = site()
    _, panel = opened(here, **{"Content-Security-Policy": STRICT})
    begin(panel)
    assert here.complaints == []


def test_leaving_from_the_panel_takes_the_whole_page_away(site: Sites) -> None:
    here = site()
    page, panel = opened(here)
    begin(panel)
    length = page.evaluate("history.length")
    panel.get_by_role("link", name="Leave quickly").last.click()
    page.wait_for_url(NEUTRAL)
    assert page.evaluate("history.length") == length
    assert [frame["how"] for frame in here.said("leave")] == ["quick"]


def test_a_phone_goes_to_the_page_and_back_does_not_show_the_school(site: Sites) -> None:
    here = site(**PHONE)
    page = here.open(here.publish(SCHOOL, LOADER))
    page.get_by_role("link", name="Talk").tap()
    page.wait_for_url(f"{CHAT}/school/en/youth")
    page.get_by_role("link", name="Leave quickly").last.tap()
    page.wait_for_url(NEUTRAL)
    page.go_back()
    assert page.url == "data:text/html,before"


def test_a_page_that_may_not_embed_leads_to_the_chats_own_page(site: Sites) -> None:
    here = site()
    page = here.open(here.publish(FOREIGN, LOADER))
    page.clock.install()
    page.get_by_role("link", name="Talk").click()
    page.locator("iframe").wait_for()
    page.clock.fast_forward(5000)
    page.wait_for_url(f"{CHAT}/school/en/youth")


def test_the_page_around_hears_nothing_but_four_words(site: Sites) -> None:
    here = site()
    page = here.open(here.publish(SCHOOL, PARENT))
    panel = page.frame_locator("iframe")
    panel.locator("main[data-ready]").wait_for()
    page.evaluate("shake()")
    begin(panel)
    here.events({"seq": 1, "kind": "message", "side": "professional", "text": "a secret answer"})
    expect(panel.get_by_text("a secret answer")).to_be_visible()
    panel.get_by_role("button", name="Hide").click()
    page.wait_for_function("out.length > 1")
    out: list[list[Any]] = page.evaluate("out")
    assert [where for where, _ in out] == ["port", "port"]
    assert [data for _, data in out] == [{"type": "ready"}, {"type": "close"}]


@pytest.mark.parametrize(
    "junk",
    [
        "null", "'hello'", "{}", "{type: 'exit', to: 'https://evil.example'}", "{type: 'hello'}", "[]", "1e9",
        "{type: {}}", "{type: 'shown'}", "{type: 'send', cid: 'x', body: 'planted'}",
    ],
)  # fmt: skip
def test_junk_from_around_changes_nothing(site: Sites, junk: str) -> None:
    here = site()
    page = here.open(here.publish(SCHOOL, PARENT))
    panel = page.frame_locator("iframe")
    begin(panel)
    page.evaluate(f"frames[0].postMessage({junk}, '*')")
    page.evaluate(f"shake(); port.postMessage({junk})")
    expect(panel.get_by_role("button", name="Hide")).to_be_visible()
    expect(panel.get_by_role("heading", level=1)).to_have_text("You are in the queue")
    assert {frame["type"] for frame in here.heard} <= {"enter", "ack", "ping"}
    assert page.url == f"{SCHOOL}/"
    assert here.complaints == []


def test_a_second_hello_finds_no_ear(site: Sites) -> None:
    here = site()
    page = here.open(here.publish(SCHOOL, PARENT))
    page.frame_locator("iframe").locator("main[data-ready]").wait_for()
    page.evaluate("shake()")
    expect(page.frame_locator("iframe").get_by_role("button", name="Hide")).to_be_visible()
    page.evaluate("out.length = 0; shake()")
    page.frame_locator("iframe").get_by_role("button", name="Hide").click()
    page.wait_for_function("out.length > 0")
    assert page.evaluate("out.length") == 1, "only the first port hears"


def test_the_badge_tells_a_number_and_no_more(site: Sites) -> None:
    here = site()
    page = here.open(here.publish(SCHOOL, LOADER))
    launcher = page.get_by_role("link", name="Talk")
    launcher.click()
    panel = page.frame_locator("iframe")
    begin(panel)
    here.say(type="queue", cid=CID, state="active")
    panel.get_by_role("button", name="Hide").click()
    panel.locator("main[data-covered]").wait_for(state="attached")
    here.events({"seq": 1, "kind": "message", "side": "professional", "text": "a secret answer"})
    expect(launcher).to_have_text("Talk (1)")
    launcher.click()
    expect(panel.get_by_text("a secret answer")).to_be_visible()
