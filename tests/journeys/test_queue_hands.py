"""A talk changes hands, seen from the visitor's phone: who comes and why, or nothing at all when it was refused."""

import pytest
from playwright.sync_api import expect

from chatservice.queues.models import Queue
from tests.journeys.people import Held
from tests.journeys.stage import Stage, apart
from tests.journeys.waiting import WORDS, heading, on_duty, phone, told

NOTE = "kaipaa psykologia, rauhallinen nyt"
TELLING = "moi, täällä Mia"


def offered(held: Held) -> None:
    """Give it on to Petri, with a note."""
    held.panel.locator(".talk-head .row-of-buttons button").nth(1).click()
    question = held.desk.page.locator("dialog[open]")
    question.get_by_label("Petri").check()
    question.locator("textarea").fill(NOTE)
    question.locator("button.main").click()


def released(held: Held) -> None:
    """Give it to the psychologists' queue, with a note."""
    held.panel.locator(".talk-head .row-of-buttons button").nth(1).click()
    question = held.desk.page.locator("dialog[open]")
    question.locator("fieldset").nth(1).get_by_role("radio").check()
    question.locator("textarea").fill(NOTE)
    question.locator("button.main").click()
    expect(held.desk.tabs).to_have_count(0)


@pytest.mark.parametrize("language", [pytest.param("fi", marks=pytest.mark.long), "sv"])
def test_refused_accepted_and_released_to_another_queue(stage: Stage, language: str) -> None:
    said = WORDS[language]
    mia = phone(stage, language).open().start().write(TELLING)
    theirs = {"channel": "youth", "language": language, "professions": ["psychologist"]}
    apart(lambda: Queue.objects.create(area=stage.area, **theirs))
    petri = on_duty(stage, "psychologist", language=language)
    held = on_duty(stage, language=language).take().hears(TELLING).write("hei, olen Aino")
    heading(mia.on("talk").hears("hei, olen Aino"), said["aino"])
    services = mia.page.locator(".row.service")
    expect(services).to_have_count(1)

    offered(held)
    petri.page.locator("#offers .row-of-buttons button").last.click()
    expect(held.panel.locator(".notes")).to_contain_text("Petri")
    held.write("jatketaan me kaksi")
    heading(mia.hears("jatketaan me kaksi"), said["aino"])
    expect(services).to_have_count(1)

    offered(held)
    petri.page.locator("#offers button.main").click()
    expect(petri.tabs).to_have_count(1)
    heading(mia.on("talk"), said["petri"])
    expect(services.last).to_have_text(said["came"])
    taken = Held(petri, petri.page.locator(".talk[data-chosen]")).be("active").hears(TELLING)
    taken.write("hei, olen Petri")
    mia.hears("hei, olen Petri")

    released(taken)
    heading(mia.on("requeued"), said["lost_h"])
    told(mia, said["lost"])
    petri.take().hears(TELLING).write("olin minä sittenkin")
    heading(mia.on("talk").hears("olin minä sittenkin"), said["petri"])
    assert NOTE not in mia.page.content()
