"""Every screen of both faces, how a person gets there, and in which views it is checked. Later screens are new rows.

A tour is a walk past screens: it yields (row, page) at each. The runner checks the page in the views of `views()` and
lets the tour go on, so that a screen is reached once for all sizes and themes. A tour must pass each of its rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys import danger, figures, noticed, office, queueing, ruling, together
from tests.journeys.people import DESKTOP, Desk, Held, Visit
from tests.journeys.stage import PASSWORD, Stage
from tests.journeys.wire import Wire

Face = Literal["widget", "console"]
Walk = Iterator[tuple[str, Page]]
LANGUAGES = ("fi", "sv", "en")
THEMES = ("light", "dark")
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "narrow": {"width": 320, "height": 640},
    "desktop": {"width": 1280, "height": 800},
}
FOREIGN = """
() => Object.entries(sessionStorage).forEach(([key, token]) => (sessionStorage[key] = [...token].reverse().join("")))
"""
# Other engines join here with a launcher each; the rows stay as they are.
ENGINES: dict[str, Callable[[Browser], Browser]] = {"chromium": lambda browser: browser}


@dataclass(frozen=True)
class View:
    """One cell of the matrix for a screen that is open."""

    size: str
    theme: str
    whole: bool = True
    """All checks; else only those that depend on the size."""


def views(*, face: Face, language: str, every: bool) -> list[View]:
    """Every view of a screen, or a covering sample: both themes and all sizes in Finnish, one view in the others."""
    if every:
        return [View(size, theme) for size in SIZES for theme in THEMES]
    home = "phone" if face == "widget" else "desktop"
    if language != "fi":
        return [View(home, "light"), View("narrow", "light", whole=False)]
    others = [View(size, "light", whole=False) for size in SIZES if size != home]
    return [View(home, "light"), View(home, "dark"), *others]


def a_talk(stage: Stage, language: str) -> Walk:
    """Mia and Jonas come in, Aino talks with both, gives one back and ends the other."""
    desk = Desk(stage.context(**DESKTOP, locale=language).new_page())
    yield from signing_in(stage, desk, language)
    yield "desk empty", desk.page

    line = stage.wire()
    mia = stage.visitor(language=language, wire=line)
    yield from coming_in(mia, stage)
    yield "desk waiting list", desk.page
    first = mia.write("moi, onko siellä joku")
    yield "waiting with words", mia.page

    talk = desk.take().write("hei, olen Aino ja kuuntelen")
    mia.hears("hei, olen Aino ja kuuntelen").write("hyvä. koulussa on paha olla")
    talk.hears("hyvä. koulussa on paha olla")
    yield "in chat", mia.page
    yield "desk one talk", desk.page
    talk.type_until_seen(mia.page.locator(".doing"))
    yield "other side types", mia.page
    mia.page.locator(".ending button").click()
    yield "asked whether to end", mia.page
    mia.page.locator(".ending .second").click()

    jonas = stage.visitor(language=language, channel="parent").open()
    yield "start parent", jonas.page
    jonas.start().write("lapseni ei mene kouluun")
    yield "waiting parent", jonas.page
    other = desk.take().hears("lapseni ei mene kouluun")
    yield "desk two talks", desk.page
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("?")
    expect(desk.page.locator("dialog[open]")).to_be_visible()
    yield "desk keys", desk.page
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator("dialog[open]")).to_have_count(0)

    yield from ends(line, (first, jonas), (talk, other))


def ends(line: Wire, visitors: tuple[Visit, Visit], talks: tuple[Held, Held]) -> Walk:
    """Mia's line breaks; Jonas's talk is ended, Mia's is given back, taken again and ended by her."""
    (mia, jonas), (talk, other) = visitors, talks
    desk = talk.desk
    line.cut()
    mia.say("ja kotona riidellään")
    expect(mia.page.locator(".cut")).to_be_visible()
    yield "reconnecting, message pending", mia.page
    line.mend()
    mia.back()
    expect(mia.pending).to_have_count(0)
    other.panel.locator(".talk-head button.danger").click()
    expect(desk.page.locator("dialog[open]")).to_be_visible()
    yield "desk question", desk.page
    desk.page.locator("dialog[open] button.danger").click()
    other.be("closed")
    jonas.on("ended")
    yield "ended parent", jonas.page
    yield "desk talk closed", desk.page
    talk.choose().release()
    mia.on("requeued")
    yield "interrupted", mia.page
    desk.take()
    mia.on("talk").end()
    yield "ended", mia.page


def signing_in(stage: Stage, desk: Desk, language: str) -> Walk:
    """The pages before the desk, and those of the own account."""
    aino, page = stage.worker(language=language), desk.page
    stage.watches[-1].forgive("status of 404")
    page.goto(stage.service.desk_origin)
    yield "sign-in", page
    page.locator("#login").fill(aino.email)
    page.locator("#password").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.locator("#problem")).to_be_visible()
    yield "sign-in refused", page
    page.locator("#login").fill(aino.email)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    desk.linked()
    for row, path in (
        ("account", "account"),
        ("password", "password"),
        ("second step", "second-step"),
        ("no such page", "nowhere"),
    ):
        page.goto(f"{stage.service.desk_origin}/{path}")
        yield row, page
    for row, path in (("second step by app", "second-step/app"), ("second step by passkey", "second-step/passkey")):
        page.goto(f"{stage.service.desk_origin}/{path}")
        yield row, page
    desk.open(stage.service.desk_origin)


def coming_in(mia: Visit, stage: Stage) -> Walk:
    """From the door to the queue."""
    mia.page.goto(mia.address.rpartition("/")[0])
    yield "choice", mia.page
    mia.open()
    yield "start youth", mia.page
    mia.page.locator("#enter .main").click()
    expect(mia.page.locator("#enter-error")).not_to_be_empty()
    yield "start without an age", mia.page
    mia.start()
    expect(mia.page.locator(".place")).not_to_be_empty()
    yield "waiting", mia.page


def odd_places(stage: Stage, language: str) -> Walk:
    """Where few come: a wrong address, a visit that is no more, a second window, a message that was not sent."""
    eve = stage.visitor(language=language)
    stage.watches[-1].forgive("status of 404")
    eve.page.goto(f"{stage.service.chat_origin}/nobody/{language}")
    yield "unknown host", eve.page

    mia = stage.visitor(language=language).open().start()
    mia.page.evaluate(FOREIGN)
    mia.page.reload()
    mia.on("stopped")
    yield "visit is no more", mia.page

    mia = stage.visitor(language=language).open().start("7–9")
    yield "waiting, small child", mia.page
    again = Visit(mia.page.context.new_page(), mia.address).open().start()
    expect(mia.page.locator(".notice").first).to_be_visible()
    yield "second window", again.page
    yield from late(stage, language)


def late(stage: Stage, language: str) -> Walk:
    """The line is cut for more than ten minutes on both sides."""
    line = stage.wire()
    mia = stage.visitor(language=language, wire=line)
    mia.page.clock.install()
    mia.open().start()
    desk = stage.desk(stage.worker(language=language), wire=line, locale=language)
    line.cut()
    desk.linked("lost")
    yield "desk link lost", desk.page
    mia.say("kukaan ei saa tätä")
    mia.page.clock.fast_forward(601_000)
    expect(mia.pending.locator("button")).to_have_count(2)
    yield "not sent", mia.page


TOURS: dict[str, Callable[[Stage, str], Walk]] = {
    "a talk": a_talk,
    "odd places": odd_places,
    "the office": office.the_office,
    "the rules": ruling.the_rules,
    "the figures": figures.the_figures,
    "two desks": together.two_desks,
    "in danger": danger.in_danger,
    "the queue": queueing.the_queue,
    "words of danger": noticed.words_of_danger,
}
ROWS: dict[str, tuple[Face, str]] = {
    **dict.fromkeys(
        ("sign-in", "sign-in refused", "account", "password", "second step", "no such page"), ("console", "a talk")
    ),
    **dict.fromkeys(("second step by app", "second step by passkey"), ("console", "a talk")),
    **dict.fromkeys(("desk empty", "desk waiting list", "desk one talk", "desk two talks"), ("console", "a talk")),
    **dict.fromkeys(("desk keys", "desk question", "desk talk closed"), ("console", "a talk")),
    "desk link lost": ("console", "odd places"),
    **dict.fromkeys(together.ROWS, ("console", "two desks")),
    **dict.fromkeys(danger.ROWS, ("console", "in danger")),
    **dict.fromkeys(office.ROWS, ("console", "the office")),
    **dict.fromkeys(ruling.ROWS, ("console", "the rules")),
    **dict.fromkeys(figures.ROWS, ("console", "the figures")),
    **dict.fromkeys(noticed.ROWS, ("widget", "words of danger")),
    **dict.fromkeys(("choice", "start youth", "start without an age", "start parent"), ("widget", "a talk")),
    **dict.fromkeys(("waiting", "waiting with words", "waiting parent", "in chat"), ("widget", "a talk")),
    **dict.fromkeys(("other side types", "asked whether to end", "interrupted"), ("widget", "a talk")),
    **dict.fromkeys(("reconnecting, message pending", "ended", "ended parent"), ("widget", "a talk")),
    **dict.fromkeys(queueing.ROWS, ("widget", "the queue")),
    **dict.fromkeys(("unknown host", "visit is no more", "second window"), ("widget", "odd places")),
    **dict.fromkeys(("waiting, small child", "not sent"), ("widget", "odd places")),
}
