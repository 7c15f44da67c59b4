"""The desk's walk past what moderation saw: hidden data, an attack, danger and why, and the codes at the end."""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page, expect

from tests.journeys.stage import Stage

ROWS = (
    "desk masked line",
    "desk attack",
    "desk caution question",
    "desk danger",
    "desk danger explained",
    "desk more acts",
    "desk wrap-up",
    "desk wrap-up filled",
    "desk wrap-up again",
)
INSULT = "ootte kaikki vitun idiootteja siellä, haista paska aino"


def in_danger(stage: Stage, language: str) -> Iterator[tuple[str, Page]]:
    """Mia gives her number, insults Aino and tells what is wrong; somebody else in danger waits."""
    mia = stage.visitor().open().start().write("soita mulle 0401234567 tänään")
    talk = stage.desk(stage.worker(language=language), locale=language).take().write("hei, olen Aino")
    page, panel = talk.desk.page, talk.panel
    expect(panel.locator(".reveal")).to_be_visible()
    yield "desk masked line", page
    mia.hears("hei, olen Aino").write(INSULT)
    panel.locator(".fold summary").click()
    yield "desk attack", page
    panel.locator(".cautions button").nth(1).click()
    expect(page.locator("dialog[open]")).to_be_visible()
    yield "desk caution question", page
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)

    mia.write("en halua elää enää, isä löi mua taas eilen")
    stage.visitor().open().start().write("viiltelen joka ilta")
    expect(panel.locator(".risk")).to_be_visible()
    expect(page.locator("#waiting [data-reason^='risk']")).to_be_visible()
    yield "desk danger", page
    panel.locator(".grounds-of summary").click()
    panel.locator(".composer .foot button:not(.main)").click()
    panel.locator(".risk .lower summary").click()
    yield "desk danger explained", page
    page.keyboard.press("Escape")
    panel.locator(".more-acts summary").click()
    yield "desk more acts", page
    page.keyboard.press("Escape")

    talk.field.fill("")
    talk.end()
    yield from wrapped_up(page, panel)


def wrapped_up(page: Page, panel: Locator) -> Iterator[tuple[str, Page]]:
    """The codes at the end: as they begin, filled in, and later from the list of ended talks."""
    expect(panel.locator(".wrap-up [role='option']")).not_to_have_count(0)
    yield "desk wrap-up", page
    for picker in ("topic", "sides", "outcomes"):
        panel.locator(f".wrap-up [id$='{picker}']").click()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    panel.locator(".wrap-up [value='high']").check()
    panel.locator(".wrap-up [id$='kinds']").fill("a")
    yield "desk wrap-up filled", page
    panel.locator(".wrap-up .row-of-buttons button:not(.main)").click()
    expect(panel.locator(".wrap-up form")).to_be_hidden()
    panel.locator(".talk-head button:visible").click()
    page.locator("#ended-mine summary").click()
    page.locator("#ended button").click()
    expect(page.locator("dialog[open] [role='option']")).not_to_have_count(0)
    yield "desk wrap-up again", page
