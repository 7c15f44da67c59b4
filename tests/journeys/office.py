"""A walk past the coordinator's pages: Sari plans an area with hours, queues, shifts and people who wait."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from chatservice.accounts.models import Worker
from chatservice.duty.models import OnDuty, Shift
from chatservice.duty.rules import HOME, wall
from chatservice.hours.models import ExceptionDay, Hours
from chatservice.hours.public_holidays import names
from chatservice.places.models import SchoolCalendar
from chatservice.queues.models import Queue
from chatservice.statistics.models import LoadCounter
from tests.journeys.people import DESKTOP
from tests.journeys.stage import Stage, apart

ROWS = (
    *("load", "hours", "hours sheet", "hours refused", "hours as syntax", "exceptions", "exception refused"),
    *("school calendar", "queues", "queue", "rota", "new shift", "shift", "my shifts", "calendar address"),
    *("workers", "worker", "contacts", "contact", "conflict"),
)

EXCEPTION_AHEAD, BREAK_AHEAD, FRIDAY = (3, 4), 12, 4


def furnish(stage: Stage, sari: Worker, aino: Worker) -> Shift:
    """Give the area something to look at."""
    Worker.objects.filter(pk=sari.pk).update(coordinator=True)
    area = stage.area
    for channel, code, text in (
        ("youth", "fi", "Mo-Th 14:00-18:00; PH,SH off"),
        ("youth", "sv", "Tu,Th 15:00-17:00; PH,SH off"),
        ("parent", "fi", "Mo,We 17:00-20:00, Fr 22:00-02:00; PH off"),
        ("parent", "sv", "Mo[1] 17:00-19:00"),
    ):
        Hours.objects.create(area=area, channel=channel, language=code, expression=text)
        queue = Queue.objects.create(area=area, channel=channel, language=code, cap=40 if code == "fi" else None)
        LoadCounter.objects.create(
            area=area, channel=channel, language=code, queue_id=queue.pk, day=today(), band=7, arrivals=9, answered=6
        )
        LoadCounter.objects.create(
            area=area, channel=channel, language=code, queue_id=queue.pk, day=monday(), band=7, arrivals=12, answered=4
        )
    reasons = {"reason_fi": "Itsenäisyyspäivän aatto", "reason_sv": "Kvällen före", "reason_en": "The day before"}
    first, last = (today() + timedelta(days=ahead) for ahead in EXCEPTION_AHEAD)
    ExceptionDay.objects.create(area=area, first=first, last=last, **reasons)
    begins = today() + timedelta(days=BREAK_AHEAD)
    SchoolCalendar.objects.create(area=area, first=begins, last=begins + timedelta(days=11), kind="christmas")
    now = timezone.now()
    OnDuty.objects.create(
        worker=aino,
        area=area,
        since=now,
        until=now + timedelta(hours=2),
        capacity=2,
        lease_until=now + timedelta(hours=2),
    )
    return shifts(stage, sari, aino)


def shifts(stage: Stage, sari: Worker, aino: Worker) -> Shift:
    """A week's rota: a pair, a gap, one given up."""
    first = monday() + timedelta(days=14)

    def shift(worker: Worker, day: int, hours: tuple[int, int], **more: object) -> Shift:
        at = first + timedelta(days=day)
        clock = [time(hour) for hour in hours]
        return Shift.objects.create(
            area=stage.area, worker=worker, starts=wall(at, clock[0]), ends=wall(at, clock[1], ending=True), **more
        )

    kept = shift(sari, 0, (14, 18))
    shift(aino, 0, (14, 18), pair_of=kept)
    shift(aino, 1, (14, 18), substitute_for=sari)
    shift(aino, 2, (14, 16), state=Shift.State.GIVEN_UP)
    shift(sari, 3, (14, 19), state=Shift.State.OPEN_FOR_SWAP)
    return kept


def today() -> date:
    """The day in Finland."""
    return timezone.now().astimezone(HOME).date()


def ordinary_day() -> date:
    """A day from Monday to Thursday which the preview shows as it is filled in: no holiday, no break, no exception."""
    soon = (today() + timedelta(days=ahead) for ahead in range(BREAK_AHEAD) if ahead not in EXCEPTION_AHEAD)
    return next(day for day in soon if day.weekday() < FRIDAY and not names(days=[day], language="fi"))


def monday() -> date:
    """The Monday before this week."""
    return today() - timedelta(days=today().weekday() + 7)


def the_office(stage: Stage, language: str) -> Iterator[tuple[str, Page]]:
    """Every page as Sari sees it, and what it says when something is wrong."""
    sari, aino = stage.worker("nurse", language=language), stage.worker()
    kept = apart(lambda: furnish(stage, sari, aino))
    context = stage.context(**DESKTOP, locale=language)
    stage.sign_in(context, sari)
    stage.watches[-1].forgive("status of 409")
    page = context.new_page()
    go = opener(stage, page)
    yield from hours(stage, page, language)
    go("exceptions")
    yield "exceptions", page
    go("exceptions/new")
    page.locator('[value="save"]').click()
    expect(page.locator("#id_first")).to_be_focused()
    yield "exception refused", page
    go("school-calendar")
    yield "school calendar", page
    yield from queues_and_people(stage, page, sari)
    go(f"rota?week={monday() + timedelta(days=14)}")
    yield "rota", page
    go("rota/new")
    yield "new shift", page
    go(f"rota/{kept.pk}")
    yield "shift", page
    go("my-shifts")
    yield "my shifts", page
    page.locator('[value="create"]').click()
    expect(page.locator(".feed")).to_be_visible()
    yield "calendar address", page


def hours(stage: Stage, page: Page, language: str) -> Iterator[tuple[str, Page]]:
    """The load, the weekly grid with its preview, and times that cannot stand."""
    go = opener(stage, page)
    for row, path in (("load", "load"), ("hours", "hours"), ("hours sheet", "hours/youth/fi")):
        go(path)
        yield row, page
    page.locator(f'[name="closes-{ordinary_day().weekday()}"]').fill("21:15")
    expect(page.locator("[data-preview] tbody")).to_contain_text("21:15" if language == "en" else "21.15")
    page.locator('[name="closes-0"]').fill("13:00")
    page.locator('[name="opens-1"]').fill("10:00")
    page.locator('.day [value="add-0"]').click()
    page.locator('[name="opens-0"]').nth(1).fill("15:00")
    page.locator('[name="closes-0"]').nth(1).fill("16:00")
    page.locator('.row-of-buttons [value="save"]').first.click()
    expect(page.locator(".errorlist").first).to_be_visible()
    yield "hours refused", page
    go("hours/parent/sv")
    yield "hours as syntax", page


def queues_and_people(stage: Stage, page: Page, sari: Worker) -> Iterator[tuple[str, Page]]:
    """Queues, workers, other services, and what the second coordinator is told."""
    go = opener(stage, page)
    queue = apart(lambda: Queue.objects.filter(area=stage.area).latest("pk"))
    for row, path in (
        ("queues", "queues"),
        ("workers", "workers"),
        ("worker", f"workers/{sari.pk}"),
        ("contacts", "contacts"),
        ("contact", "contacts/medical-help"),
        ("queue", f"queues/{queue.pk}"),
    ):
        go(path)
        yield row, page
    apart(lambda: Queue.objects.filter(pk=queue.pk).update(version=2, cap=33))
    page.locator("#id_cap").fill("44")
    page.locator('[value="save"]').click()
    expect(page.locator("#conflict")).to_be_focused()
    yield "conflict", page


def opener(stage: Stage, page: Page) -> Callable[[str], object]:
    """Open an address of the desk."""
    return lambda path: page.goto(f"{stage.service.desk_origin}/{path}")
