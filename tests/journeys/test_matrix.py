"""Every screen x language x size x theme: accessible, still, inside its window, silent, one title throughout."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import audit
from tests.journeys.matrix import ENGINES, LANGUAGES, ROWS, SIZES, TOURS, Face, View, views
from tests.journeys.stage import Stage

FINGER = {"widget": 44, "console": 24}
# These show what one view cannot: large letters and forced colours are tried where there is most on the screen.
CROWDED = frozenset({"start youth", "waiting with words", "in chat", "interrupted", "desk two talks", "second step"})


def check(page: Page, face: Face, view: View) -> list[str]:
    """Return what is wrong with a page in one view."""
    page.set_viewport_size(SIZES[view.size])
    page.emulate_media(color_scheme="dark" if view.theme == "dark" else "light", reduced_motion="reduce")
    found = audit.overflow(page) + audit.squeezed(page) + audit.still(page)
    if view.whole:
        found += audit.axe(page)
    if face == "widget" or view.size == "desktop":
        found += audit.targets(page, least=FINGER[face])
    if face == "widget":
        found += audit.exit_in_view(page)
        if page.title() != "Kuulolla":
            found.append(f"the title tells something: {page.title()}")
    return found


def strain(page: Page) -> list[str]:
    """Return what breaks under large letters and forced colours."""
    found = audit.large_text(page)
    page.emulate_media(forced_colors="active")
    found += [f"forced colours: {each}" for each in audit.axe(page)]
    page.emulate_media(forced_colors="none")
    return found


def cookies(page: Page, face: Face) -> list[str]:
    """Return what is stored beyond need: nothing for visitors, session and forgery token for professionals."""
    names = [cookie.get("name", "") for cookie in page.context.cookies()]
    return [f"cookies: {names}"] if len(names) > (0 if face == "widget" else 2) else []


def picture(page: Page, folder: Path | None, name: str) -> None:
    """Keep a picture where a reader wants an album."""
    if folder is not None:
        page.screenshot(path=folder / f"{re.sub('[^a-z0-9]+', '-', name)}.png", full_page=True)


def walk(stage: Stage, tour: str, language: str, *, every: bool, folder: Path | None = None) -> None:
    """Go a tour and check each of its screens in each view."""
    wrong: list[str] = []
    seen: set[str] = set()
    for row, page in TOURS[tour](stage, language):
        face, _ = ROWS[row]
        seen.add(row)
        for view in views(face=face, language=language, every=every):
            name = f"{row} {language} {view.size} {view.theme}"
            wrong += [f"{name}: {found}" for found in check(page, face, view)]
            picture(page, folder, name)
        wrong += [f"{row}: {found}" for found in cookies(page, face)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(SIZES["phone" if face == "widget" else "desktop"])
        if row in CROWDED and (every or language == "fi"):
            wrong += [f"{row} {language}: {found}" for found in strain(page)]
    assert seen == {row for row, (_, of) in ROWS.items() if of == tour}
    assert not wrong, "\n".join(wrong)


# The desk's pages have the same frame in each language: half of these tours are gone in Finnish and half in Swedish.
DESK = {
    "the office": "fi",
    "the rules": "sv",
    "the figures": "fi",
    "two desks": "sv",
    "in danger": "fi",
    "the queue": "sv",
}


def sampled(tour: str, language: str) -> bool:
    """Tell whether a tour is gone in this language before every merge; the whole product is walked in `test-long`."""
    return language == DESK.get(tour, language) and language != "en"


SAMPLE = [
    pytest.param(tour, language, marks=[] if sampled(tour, language) else [pytest.mark.long])
    for tour in TOURS
    for language in LANGUAGES
]


@pytest.mark.parametrize(("tour", "language"), SAMPLE)
def test_a_covering_sample(stage: Stage, tour: str, language: str, album: Path | None) -> None:
    walk(stage, tour, language, every=False, folder=album)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tour", TOURS)
def test_the_whole_product(stage: Stage, tour: str, language: str, engine: str) -> None:
    stage.browser = ENGINES[engine](stage.browser)
    walk(stage, tour, language, every=True)
