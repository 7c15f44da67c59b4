"""The quick exit with a professional on the other side, on the page and inside a school's site."""

from playwright.sync_api import Page, expect

from tests.journeys.people import DESKTOP, Held, Visit
from tests.journeys.stage import Stage
from tests.journeys.town import WEATHER
from tests.journeys.watch import CUT

STRICT = "default-src 'none'; style-src 'none'; script-src {origin}; frame-src {origin}; img-src data:"
NO_LINE = "chrome-error://chromewebdata/"
SECRET = "kukaan ei saa nähdä tätä"
STORED = "() => Object.keys(sessionStorage).length + Object.keys(localStorage).length"


def in_talk(stage: Stage, mia: Visit) -> Held:
    """Mia has written something, Aino has answered."""
    mia.start().write(SECRET)
    held = stage.desk(stage.worker()).take()
    mia.on("talk")
    held.write("olen tässä")
    mia.hears("olen tässä")
    return held


def gone_without_a_trace(stage: Stage, page: Page, mia: Visit) -> None:
    """The neutral page is there; Back shows neither the talk nor a word of it; nothing is stored."""
    expect(page).to_have_title(WEATHER)
    assert page.url == stage.town.exit
    page.go_back()
    expect(page.get_by_text(SECRET)).to_have_count(0)
    assert page.url != mia.address
    page.goto(mia.address)
    mia.ready().on("start")
    expect(page.get_by_text(SECRET)).to_have_count(0)
    assert page.evaluate(STORED) == 0
    assert page.context.cookies() == []


def told(held: Held) -> None:
    """The professional sees it as the sign that it may be."""
    expect(held.panel.locator(".presence")).to_have_attribute("data-at", "left_quickly")
    expect(held.panel.locator(".notice")).to_be_visible()
    held.be("active")


def test_the_button_leads_away_and_the_professional_is_told(stage: Stage) -> None:
    mia = stage.visitor()
    mia.page.goto(stage.town.page("/lunch", ""))
    mia.open()
    held = in_talk(stage, mia)
    length = mia.page.evaluate("() => history.length")
    mia.page.locator("a.exit").click()
    expect(mia.page).to_have_title(WEATHER)
    assert mia.page.evaluate("() => history.length") == length
    told(held)
    gone_without_a_trace(stage, mia.page, mia)


def test_three_shifts_lead_away_from_the_start_too(stage: Stage) -> None:
    mia = stage.visitor(**DESKTOP, is_mobile=False, has_touch=False).open()
    for _ in range(3):
        mia.page.keyboard.press("Shift")
    expect(mia.page).to_have_title(WEATHER)


def test_without_a_line_the_page_is_blank_all_the_same(stage: Stage) -> None:
    """The neutral page cannot come; the words are gone at once, and gone when the line is back."""
    mia = stage.visitor()
    stage.watches[-1].forgive(CUT)
    mia.open().start().write(SECRET)
    mia.page.context.set_offline(True)
    mia.page.locator("a.exit").click()
    expect(mia.page.get_by_text(SECRET)).to_have_count(0)
    expect(mia.page.locator("#main")).to_have_count(0)
    expect(mia.page).to_have_url(NO_LINE)  # that navigation is over, and interrupts none of ours
    mia.page.context.set_offline(False)
    mia.page.goto(mia.address)
    mia.ready().on("start")
    assert mia.page.evaluate(STORED) == 0


def test_a_talk_inside_a_schools_page_and_away_from_it(stage: Stage) -> None:
    """Another site with a strict policy of its own; the frame's exit leaves the whole page (ruling 28)."""
    origin = stage.service.chat_origin
    loader = (
        f'<script src="{origin}/load.js" data-host="{stage.host.key}" data-language="fi" data-channel="youth"></script>'
    )
    address = stage.town.page("/wellbeing", loader, policy=STRICT.format(origin=origin))
    page = stage.context(**DESKTOP).new_page()
    page.goto(address)
    launcher = page.get_by_role("link", name="Juttele")
    expect(launcher).to_be_visible()
    ours = [url for url in stage.watches[-1].requests if url.startswith(origin)]
    assert ours == [f"{origin}/load.js"]  # E19: nothing more before the click
    launcher.click()
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_url(f"{origin}/**")
    mia = Visit(frame, stage.address())  # type: ignore[arg-type]  # a frame does what the visit asks of a page
    mia.ready()
    held = in_talk(stage, mia)
    assert page.evaluate("() => document.querySelector('iframe')") is None  # in the launcher's own root
    length = page.evaluate("() => history.length")
    frame.locator("a.exit").click()
    expect(page).to_have_title(WEATHER)
    assert page.evaluate("() => history.length") == length
    told(held)
    page.go_back()
    expect(page.get_by_text(SECRET)).to_have_count(0)
