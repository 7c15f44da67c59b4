"""Opening hours: the list, the weekly grid with its preview, and what a second coordinator is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.accounts.models import Worker
from chatservice.hours import edit, selectors, words
from chatservice.hours.breaks import breaks
from chatservice.hours.errors import Missing
from chatservice.hours.evaluate import ZONE, Window
from chatservice.hours.models import Hours
from chatservice.places.errors import StaleEdit
from chatservice.places.models import CHANNELS, LANGUAGES, Municipality
from console.coordinator.hours_form import Sheet, Wrong, check, emptied, refused, sent, stored, warnings
from console.coordinator.shell import coordinators_only, done, page, tongue, worker_of
from console.coordinator.words import day_text, lane_name, span_text, stage_choices, weekday_names

HERE = "console_hours"
PREVIEW_DAYS = 14


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the preview: its times, and why it differs."""

    name: str
    times: str
    why: str


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """Every channel and language with its usual week."""
    area = worker_of(request).area_id
    rows = {(row.channel, row.language): row for row in Hours.objects.filter(area=area)}
    lanes = [
        {"channel": channel, "code": code, "name": lane_name(channel, code), "lines": _lines(rows.get((channel, code)))}
        for channel in CHANNELS
        for code in LANGUAGES
    ]
    return page(request, "hours", here=HERE, title=pgettext("worker", "Opening hours"), lanes=lanes)


@require_http_methods(["GET", "POST"])
@coordinators_only
def sheet(request: HttpRequest, channel: str, code: str) -> HttpResponse:
    """The hours of one channel and language; the script asks for the preview alone."""
    worker = worker_of(request)
    if channel not in CHANNELS or code not in LANGUAGES:
        raise Missing
    lane = (channel, code)
    if request.method == "GET":
        found = stored(_row(worker, lane))
        return _shown(request, lane, emptied(found) if "grid" in request.GET else found)
    towns = set(Municipality.objects.filter(area=worker.area_id).values_list("pk", flat=True))
    filled = sent(request.POST, towns=towns)
    act = request.POST.get("act", "preview")
    if request.headers.get("accept") == "application/json":
        return _preview_only(worker, lane, filled)
    if act == "save":
        return _save(request, lane, filled)
    return _shown(request, lane, filled if act == "preview" else filled.with_row(act))


def _save(request: HttpRequest, lane: tuple[str, str], filled: Sheet) -> HttpResponse:
    worker = worker_of(request)
    try:
        edit.save_hours(actor=worker, draft=filled.draft(channel=lane[0], language=lane[1]), version=filled.version)
    except Wrong as wrong:
        return _shown(request, lane, replace(filled, wrong=wrong.texts))
    except ValidationError as error:
        return _shown(request, lane, replace(filled, wrong=refused(error).texts))
    except StaleEdit:
        row = _row(worker, lane)
        now = [*_lines(row), row.expression] if row else []
        return _shown(request, lane, replace(filled, version=row.version if row else 0), status=409, met=now)
    said = pgettext("worker", "The opening hours are saved.")
    return done(request, to="console_hours_sheet", said=said, channel=lane[0], code=lane[1])


def _shown(
    request: HttpRequest, lane: tuple[str, str], filled: Sheet, *, status: int = 200, met: list[str] | None = None
) -> HttpResponse:
    worker = worker_of(request)
    days, wrong = _days_of(worker, lane, filled)
    filled = replace(filled, wrong={**wrong, **filled.wrong})
    context: dict[str, Any] = {
        "sheet": filled,
        "by_text": filled.by_text,
        "days": [
            {"number": day, "name": name, "rows": filled.days[day], "wrong": filled.wrong.get(str(day), "")}
            for day, name in enumerate(weekday_names())
        ],
        "text_wrong": filled.wrong.get("expression", ""),
        "summary": [(number, _field_name(number), text) for number, text in filled.wrong.items()],
        "warnings": [] if filled.wrong else warnings(filled.expression()),
        "text": filled.text if filled.by_text or filled.wrong else filled.expression(),
        "preview": days,
        "towns": _towns(worker),
        "stages": stage_choices(),
        "stale": status == 409,  # noqa: PLR2004 - conflict
        "met": met or [],
    }
    return page(request, "hours_sheet", here=HERE, title=lane_name(*lane), status=status, **context)


def _preview_only(worker: Worker, lane: tuple[str, str], filled: Sheet) -> HttpResponse:
    days, wrong = _days_of(worker, lane, filled)
    shown = [[day.name, day.times, day.why] for day in days]
    return JsonResponse({"days": shown, "wrong": list(wrong.values())})


def _days_of(worker: Worker, lane: tuple[str, str], filled: Sheet) -> tuple[list[Day], dict[str, str]]:
    """The fourteen days to come as this sheet would have them; none where it is wrong."""
    try:
        expression = filled.expression()
        check(expression)
    except Wrong as wrong:
        return [], dict(wrong.texts)
    known = selectors.facts(worker.area_id, *lane)
    closed = breaks(area=worker.area_id, town=filled.town, stage=filled.stage, language=lane[1])
    draft = replace(known, expression=expression, breaks=closed, language=tongue())
    first = timezone.now().astimezone(ZONE).date()
    found = draft.windows(first=first, days=PREVIEW_DAYS)
    why = draft.reasons(first=first, days=PREVIEW_DAYS)
    return [_day(first + timedelta(days=number), found, why) for number in range(PREVIEW_DAYS)], {}


def _day(day: date, windows: list[Window], why: dict[date, str]) -> Day:
    start = datetime.combine(day, datetime.min.time(), ZONE)
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZONE)
    parts = [
        span_text(max(each.opens.astimezone(ZONE), start), min(each.closes.astimezone(ZONE), end))
        for each in windows
        if each.opens < end and each.closes > start
    ]
    reasons = [each.reason for each in windows if each.reason and start <= each.opens < end]
    times = ", ".join(parts) or pgettext("worker", "closed")
    return Day(day_text(day), times, why.get(day, "") or ", ".join(reasons))


def _row(worker: Worker, lane: tuple[str, str]) -> Hours | None:
    return Hours.objects.filter(area=worker.area_id, channel=lane[0], language=lane[1]).first()


def _lines(row: Hours | None) -> list[str]:
    if row is None:
        return [pgettext("worker", "No hours are set: open whenever somebody is on duty.")]
    first = timezone.now().astimezone(ZONE).date()
    return words.week_lines(expression=row.expression, first=first, language=tongue())


def _field_name(number: str) -> str:
    return weekday_names()[int(number)] if number.isdigit() else pgettext("worker", "Hours as syntax")


def _towns(worker: Worker) -> list[tuple[int, str]]:
    name = "name_sv" if tongue() == "sv" else "name_fi"
    return list(Municipality.objects.filter(area=worker.area_id).order_by(name).values_list("pk", name))
