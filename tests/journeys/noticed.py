"""Mia's walk past what moderation shows her: a warning while she types, help above the talk, the same when folded."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys.stage import Stage

ROWS = ("warned while typing", "help while waiting", "help in the talk", "help folded")
NUMBER = "040 123 4567"
DANGER = {
    "fi": "otin just kaikki äidin lääkkeet",
    "sv": "jag har tagit alla mammas tabletter",
    "en": "I just took all my mum's pills",
}


def words_of_danger(stage: Stage, language: str) -> Iterator[tuple[str, Page]]:
    """She nearly gives her number away, then writes of danger while she waits; Aino takes the talk."""
    mia = stage.visitor(language=language).open().start()
    mia.field.fill(NUMBER)
    expect(mia.page.locator("#nameless")).not_to_be_empty()
    yield "warned while typing", mia.page
    mia.write(DANGER[language])
    lines = mia.page.locator(".help-now .services a")
    expect(lines.first).to_be_visible()
    yield "help while waiting", mia.page
    stage.desk(stage.worker(language=language), locale=language).take()
    mia.on("talk")
    yield "help in the talk", mia.page
    mia.page.locator(".help-now summary").click()
    expect(lines.first).to_be_hidden()
    yield "help folded", mia.page
