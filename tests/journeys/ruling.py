"""A walk past the pages of moderation: Sari adds a term, tries a text, reads the rules and the agreement."""

from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Page, expect

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.screening.models import Agreement
from tests.journeys.people import DESKTOP
from tests.journeys.stage import Stage, apart

ROWS = (
    *("term refused", "term tried", "terms", "term", "term conflict", "bench", "bench verdict"),
    *("rules", "rules of a chapter", "words of a rule", "agreement"),
)
# What was judged, against what the program had marked: (category, machine, judged, talks).
COUNTED = (
    *(("all", 0, 0, 212), ("all", 2, 2, 17), ("all", 0, 2, 3), ("all", 1, 0, 9), ("all", 3, -1, 2)),
    *(("suicide", 2, 2, 12), ("suicide", 3, 3, 5), ("suicide", 0, 2, 3), ("suicide", 1, 0, 4)),
    *(("", 0, 0, 190), ("", 0, 1, 8), ("", 0, 2, 3)),
)


def furnish(area: Area, sari: Worker) -> None:
    """A coordinator, and two half-years of counted talks."""
    Worker.objects.filter(pk=sari.pk).update(coordinator=True)
    for period in (date(2026, 1, 1), date(2026, 8, 1)):
        for category, machine, judged, talks in COUNTED:
            Agreement.objects.create(
                area=area, period=period, category=category, machine=machine, judged=judged, talks=talks
            )


def the_rules(stage: Stage, language: str) -> Iterator[tuple[str, Page]]:
    """Every page of moderation as Sari sees it."""
    sari = stage.worker("nurse", language=language)
    apart(lambda: furnish(stage.area, sari))
    context = stage.context(**DESKTOP, locale=language)
    stage.sign_in(context, sari)
    stage.watches[-1].forgive("status of 409")
    page = context.new_page()
    yield from a_term(stage, page)
    page.goto(f"{stage.service.desk_origin}/bench")
    yield "bench", page
    page.locator("#id_text").fill("en haluu enää elää, numero on 040 123 4567, kuolin nauruun")
    page.locator("form .main").click()
    expect(page.locator("#verdict")).to_be_focused()
    yield "bench verdict", page
    for row, path in (
        ("rules", "rules"),
        ("rules of a chapter", "rules/eating"),
        ("words of a rule", "rules/risk/DIE"),
        ("agreement", "agreement"),
    ):
        page.goto(f"{stage.service.desk_origin}/{path}")
        yield row, page


def a_term(stage: Stage, page: Page) -> Iterator[tuple[str, Page]]:
    """Refused, tried, saved, changed, and changed by two at once."""
    terms = f"{stage.service.desk_origin}/terms"
    page.goto(f"{terms}/new")
    page.locator("#id_key").fill("school-bridge")
    page.locator("#id_phrase").fill("koulu*")
    page.locator("#id_category").select_option("violence")
    page.locator("#id_examples_match").fill("tää on siin sillalla")
    page.locator('[value="try"]').click()
    expect(page.locator("#id_examples_match")).to_be_focused()
    yield "term refused", page
    page.locator("#id_examples_match").fill("se odottaa mua koulun sillalla")
    page.locator('[value="try"]').click()
    expect(page.locator("#tried")).to_be_focused()
    yield "term tried", page
    page.locator('[value="save"]').click()
    expect(page.locator(".done")).to_be_visible()
    yield "terms", page
    for phrase in ("koulun sil*", "koulun silla*"):
        page.goto(f"{terms}/school-bridge")
        page.locator("#id_phrase").fill(phrase)
        page.locator('[value="save"]').click()
        expect(page.locator(".done")).to_be_visible()
    page.goto(f"{terms}/school-bridge")
    yield "term", page
    second = page.context.new_page()
    second.goto(f"{terms}/school-bridge")
    second.locator('[value="again-1"]').click()
    expect(second.locator(".done")).to_be_visible()
    second.close()
    page.locator('[value="save"]').click()
    expect(page.locator("#conflict")).to_be_focused()
    yield "term conflict", page
