"""What Mia sees of moderation on the real service, on a phone, in Finnish and in Swedish."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import audit
from tests.journeys.noticed import DANGER, NUMBER
from tests.journeys.stage import Stage

SIZE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
HINT = {"fi": "Tämä näyttää puhelinnumerolta.", "sv": "Det här ser ut som ett telefonnummer."}
FIRST = {"fi": "Jos olet nyt vaarassa, soita", "sv": "Om du är i fara nu, ring"}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_mia_is_told_that_she_may_stay_nameless_and_chooses(stage: Stage, language: str) -> None:
    mia = stage.visitor(language=language, **SIZE).open().start()
    hint = mia.page.get_by_role("status").and_(mia.page.locator("#nameless"))
    mia.field.fill(f"moi {NUMBER}")
    expect(hint).to_contain_text(HINT[language])
    assert audit.axe(mia.page) + audit.overflow(mia.page) == []
    mia.field.fill("moi")
    expect(hint).to_be_empty()
    mia.write(f"moi {NUMBER}")
    expect(hint).to_be_empty()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_words_of_danger_show_at_once_who_helps_now(stage: Stage, language: str) -> None:
    mia = stage.visitor(language=language, **SIZE).open().start()
    strip, page = mia.page.locator(".help-now"), mia.page
    mia.write("koulussa on tylsää" if language == "fi" else "det är tråkigt i skolan")
    expect(strip).to_have_count(0)
    mia.write(DANGER[language])
    expect(strip.get_by_role("alert")).to_contain_text(FIRST[language])
    expect(strip.get_by_role("link", name="112", exact=True)).to_have_attribute("href", "tel:112")
    expect(strip.get_by_role("listitem").first).to_be_visible()
    expect(strip).to_be_in_viewport()
    expect(mia.field).to_be_focused()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert audit.axe(page) + audit.overflow(page) + audit.targets(page, least=44) + audit.exit_in_view(page) == []

    held = stage.desk(stage.worker(language=language), locale=language).take()
    mia.on("talk")
    expect(strip).to_be_visible()
    held.write("olen tässä" if language == "fi" else "jag är här")
    page.reload()
    mia.on("talk")
    expect(strip.get_by_role("listitem").first).to_be_visible()
    assert mia.words()[-1] in {"olen tässä", "jag är här"}

    page.locator("a.exit").click()
    page.wait_for_url("**/weather.localhost:*/**")
    assert page.evaluate("() => sessionStorage.length") == 0
    page.go_back()
    expect(page.locator(".help-now")).to_have_count(0)
