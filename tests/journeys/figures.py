"""A walk past the pages of figures: Sari makes a report, reads frozen ones, writes a bulletin, keeps the clock."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from chatservice.accounts.models import Worker
from chatservice.annual import events
from chatservice.bulletins import drafts
from chatservice.bulletins.publishing import publish
from chatservice.places.models import Area
from chatservice.statistics import classes, life
from chatservice.statistics.models import Report
from tests.bulletins import invented
from tests.journeys.people import DESKTOP
from tests.journeys.stage import Stage, apart
from tests.statistics import office

ROWS = (
    *("reports", "report begun", "report sent back", "report frozen", "dashboards", "definitions"),
    *("bulletins", "bulletin refused", "bulletin preview", "bulletin out", "annual clock", "event of the clock"),
)


def furnish(area: Area, sari: Worker) -> tuple[int, str, int]:
    """A draft that was sent back, a frozen report of another year, a bulletin and a draft of it, this year's clock.

    Returns the draft, the frozen report's hash and an event of the clock.
    """
    Worker.objects.filter(pk=sari.pk).update(coordinator=True)
    office.counted(area, count=60)
    draft = life.draft(actor=sari, year=office.YEAR, plan="october", opening_hours="Mo-Th 14:00-20:00")
    Report.objects.filter(pk=draft.pk).update(reason="contradiction: unknown 7 would lie between 9 and 4")
    report = invented.frozen(area, "october")
    first, _second = (drafts.begin(actor=sari, report=report.pk) for _ in range(2))
    publish(actor=sari, draft=first.pk, version=first.version)
    year = classes.school_year(life.today())
    events.begin(actor=sari, year=year)
    rows = events.of_year(actor=sari, year=year) or []
    events.tick(actor=sari, event=rows[0].pk, version=1, done=True)
    return draft.pk, report.hash, rows[-1].pk


def the_figures(stage: Stage, language: str) -> Iterator[tuple[str, Page]]:
    """Every page of reports, bulletins and the clock as Sari sees it."""
    sari = stage.worker("nurse", language=language)
    draft, report, event = apart(lambda: furnish(stage.area, sari))
    context = stage.context(**DESKTOP, locale=language)
    stage.sign_in(context, sari)
    page = context.new_page()
    desk = stage.service.desk_origin
    for row, path in (
        ("reports", f"statistics?year={office.YEAR}"),
        ("report begun", f"statistics/new/{office.YEAR}/year"),
        ("report sent back", f"statistics/drafts/{draft}"),
        ("report frozen", f"statistics/reports/{report}"),
        ("dashboards", "statistics/dashboards"),
        ("definitions", "statistics/definitions"),
        ("annual clock", "annual-clock"),
        ("event of the clock", f"annual-clock/event/{event}"),
        ("bulletins", "bulletins"),
    ):
        page.goto(f"{desk}/{path}")
        yield row, page
    yield from a_bulletin(page)


def a_bulletin(page: Page) -> Iterator[tuple[str, Page]]:
    """A number typed by hand is refused, the preview stands, what is out can be withdrawn."""
    page.locator('a[href^="/bulletins/draft/"]').click()
    page.locator("#id_s0_fi_0").fill("Meille kirjoitettiin 17 kertaa.")
    page.locator('[value="save"]').click()
    expect(page.locator("#id_s0_fi_0")).to_be_focused()
    yield "bulletin refused", page
    page.locator("#id_s0_fi_0").fill("Meille kirjoitettiin {figure} kertaa.")
    page.locator('[value="save"]').click()
    expect(page.locator('[value="publish"]')).to_be_visible()
    yield "bulletin preview", page
    page.locator('[value="publish"]').click()
    expect(page.locator('[value="withdraw"]')).to_be_visible()
    yield "bulletin out", page
