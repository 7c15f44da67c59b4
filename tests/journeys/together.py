"""The desk's walk past a shift, a question about a pause, and a talk with a colleague at the side."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from chatservice.queues.models import Queue
from tests.journeys.people import Held
from tests.journeys.stage import Stage, apart

ROWS = (
    "desk off duty",
    "desk pause question",
    "desk pick question",
    "desk hand over",
    "desk offer",
    "desk beside",
    "desk with company",
)


def queues(stage: Stage) -> None:
    """Picking is allowed, and psychologists have a queue of their own."""
    theirs = {"channel": "youth", "language": "fi", "professions": ["psychologist"]}
    apart(lambda: Queue.objects.filter(area=stage.area).update(picking=True))
    apart(lambda: Queue.objects.create(area=stage.area, **theirs))


def two_desks(stage: Stage, language: str) -> Iterator[tuple[str, Page]]:
    """Aino and Petri are on duty; Petri sits beside Aino and whispers."""
    stage.visitor().open().start().write("en jaksa enää")
    queues(stage)
    petri = stage.desk(stage.worker("psychologist", language=language), locale=language)
    petri.page.locator("#waiting summary").first.click()
    yield "desk off duty", petri.page
    petri.page.locator("#shift button.main").first.click()
    expect(petri.page.locator(".shift-state")).to_have_attribute("data-state", "on")
    question = petri.page.locator("dialog[open]")
    petri.page.locator("#shift .row-of-buttons > button:visible").first.click()
    expect(question).to_be_visible()
    yield "desk pause question", petri.page
    petri.page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    petri.page.locator(".pick").first.click()
    expect(question).to_be_visible()
    yield "desk pick question", petri.page
    petri.page.keyboard.press("Escape")
    expect(question).to_have_count(0)

    held = stage.desk(stage.worker(language=language), locale=language).take()
    held.panel.locator(".talk-head .row-of-buttons button").nth(1).click()
    expect(held.desk.page.locator("dialog[open] fieldset")).to_have_count(2)
    yield "desk hand over", held.desk.page
    held.desk.page.keyboard.press("Escape")
    expect(held.desk.page.locator("dialog[open]")).to_have_count(0)
    held.panel.locator(".talk-head .row-of-buttons button").nth(2).click()
    held.desk.page.get_by_label("Petri").check()
    held.desk.page.locator("dialog[open] button.main").click()
    expect(petri.page.locator("#offers")).to_be_visible()
    yield "desk offer", petri.page
    petri.page.locator("#offers button.main").click()
    expect(petri.tabs).to_have_count(1)
    seat = Held(petri, petri.page.locator(".talk[data-chosen]")).read()
    seat.panel.locator(".notes textarea").fill("kysy unesta")
    seat.panel.locator(".note-form button").click()
    expect(seat.panel.locator(".notes .words")).to_be_visible()
    expect(held.panel.locator(".notes .words")).to_be_visible()
    yield "desk beside", petri.page
    yield "desk with company", held.desk.page
