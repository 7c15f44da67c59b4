"""The visitor's walk past every door, through the waiting room, and to closing time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from chatservice.conversations.models import Conversation
from chatservice.hours.evaluate import ZONE
from chatservice.hours.models import Hours
from tests.journeys.people import Desk, Visit
from tests.journeys.stage import Stage, apart
from tests.journeys.waiting import (
    absent,
    aged,
    call_next,
    call_passes,
    end_shift,
    hours,
    nobody_stands_by,
    on_duty,
    queue,
    says_here,
    shape,
    until,
)

DOORS = ("door pause", "door ending", "door nobody", "door closed", "door full", "turned away")
ROOMS = ("waiting room", "called", "missed call", "parked")
CLOSING = ("closing choice", "early place", "no early places")
ROWS = (*DOORS, *ROOMS, *CLOSING)
Walk = Iterator[tuple[str, Page]]
HOUR = timedelta(hours=1)
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MAIN = "#enter .main"
ASK = ".panel > .main"


def the_queue(stage: Stage, language: str) -> Walk:
    """Mia stands before every door; Jonas waits, misses his turn, is away, and meets the end of the shift."""
    hours(stage, language=language, begins=-HOUR, ends=2 * HOUR)
    day = WEEKDAYS[(datetime.now(ZONE) + timedelta(days=3)).weekday()]
    closed = {"area": stage.area, "channel": "parent", "language": language, "expression": f"{day} 10:00-10:30"}
    apart(lambda: Hours.objects.create(**closed))
    mia, late = stage.visitor(language=language), stage.visitor(language=language).open()
    for row, duty in (
        ("door pause", {"paused": True}),
        ("door ending", {"paused": False, "accepting": False}),
        ("door nobody", {"accepting": True, "lease_until": timezone.now()}),
    ):
        shape(stage, **duty)
        mia.open()
        yield row, mia.page
    yield "door closed", stage.visitor(language=language, channel="parent").open().page
    shape(stage, lease_until=timezone.now() + 9 * HOUR)
    jonas = stage.visitor(language=language).open().start("7–9")
    queue(stage, language=language, cap=1)
    mia.open()
    yield "door full", mia.page
    late.page.locator('[name="age"]').first.check()
    late.page.locator(MAIN).click()
    yield "turned away", late.on("stopped").page
    queue(stage, language=language, cap=None)
    yield from waits(stage, jonas, language)


def waits(stage: Stage, jonas: Visit, language: str) -> Walk:
    """The waiting room with its folds open and a code, the turn, and a time away."""
    room = jonas.page.locator(".room-of-waiting")
    expect(room).to_be_visible()
    for fold in room.locator("summary").all():
        fold.click()
    jonas.page.locator(".code-place button").click()
    expect(jonas.page.locator(".groups b")).to_have_count(4)
    yield "waiting room", jonas.page
    desk = on_duty(stage, language=language)
    absent(jonas)
    call_next(desk)
    yield "called", jonas.on("called").page
    call_passes(stage)
    yield "missed call", jonas.on("waiting").page
    says_here(stage, jonas)
    call_next(desk)
    jonas.on("called").page.locator("[data-here]").click()
    jonas.on("talk").page.goto("about:blank")
    parked = Conversation.objects.filter(area=stage.area, state="parked")
    until(desk.page, parked.exists, again=lambda: aged(stage, 960, role="visitor"))
    jonas.page.go_back()
    yield "parked", jonas.ready().on("parked").page
    yield from closes(stage, (jonas, desk), language)


def closes(stage: Stage, there: tuple[Visit, Desk], language: str) -> Walk:
    """The last one on duty ends the shift: one early place, and two who want it."""
    jonas, desk = there
    second = stage.visitor(language=language).open().start()
    nobody_stands_by(stage)
    queue(stage, language=language, mean_s=7200)
    end_shift(desk)
    yield "closing choice", jonas.on("waiting").page
    second.page.locator(ASK).click()
    expect(second.on("ended").page.locator(".voucher .groups b")).to_have_count(4)
    yield "early place", second.page
    jonas.page.locator(ASK).click()
    expect(jonas.page.locator(ASK)).to_have_count(0)
    yield "no early places", jonas.page
