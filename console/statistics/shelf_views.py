"""The reports of a school year by the annual clock; to the steering group, those that are frozen."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from chatservice.accounts.models import Worker
from chatservice.statistics import life, shelf
from chatservice.statistics.models import Report
from chatservice.statistics.shelf import Kept, Slot
from chatservice.statistics.states import State
from console.coordinator.shell import page, worker_of
from console.statistics import words
from console.statistics.gate import readers_only

HERE: Final = "console_reports"


@require_GET
@readers_only
def listing(request: HttpRequest) -> HttpResponse:
    """What is due, on its way and frozen; readers see the last of these."""
    worker = worker_of(request)
    title = pgettext("worker", "Reports")
    years = shelf.years(area=worker.area_id)
    if worker.reader:
        groups = _frozen_by_year(worker, years)
        return page(request, "statistics/frozen_list", here=HERE, title=title, groups=groups)
    asked = request.GET.get("year", "")
    year = asked if asked in years else years[1 if _quiet(worker, years[0]) else 0]
    names = {kept.hash: kept for kept in shelf.frozen(actor=worker, year=year)}
    ended = shelf.ended(area=worker.area_id, year=year)
    rows = [
        _row(slot, list(names.values()), worker=worker, ended=ended) for slot in shelf.slots(actor=worker, year=year)
    ]
    chosen = [{"year": each, "name": words.year_name(each), "here": each == year} for each in years]
    return page(
        request, "statistics/shelf", here=HERE, title=title, rows=rows, years=chosen, year=words.year_name(year)
    )


def _quiet(worker: Worker, year: str) -> bool:
    """Tell whether nothing of a year is due or made yet, so that the year before is what one comes for."""
    return not any(slot.due or slot.reports for slot in shelf.slots(actor=worker, year=year))


def _row(slot: Slot, frozen: list[Kept], *, worker: Worker, ended: bool) -> dict[str, Any]:
    going = [report for report in slot.reports if report.state != State.FROZEN]
    kept = [each for each in frozen if each.plan == slot.plan]
    return {
        "plan": slot.plan,
        "name": words.plan_name(slot.plan),
        "for": words.plan_for(slot.plan),
        "days": words.days_name(slot.first, slot.last),
        "last": words.day_name(slot.last),
        "over": slot.over,
        "due": slot.due,
        "optional": slot.optional and slot.over and not slot.reports,
        "ended": ended,
        "new": reverse("console_report_new", kwargs={"year": _year(slot), "plan": slot.plan}),
        "going": [_going(report, worker) for report in going],
        "frozen": [_kept(each) for each in kept],
    }


def _year(slot: Slot) -> str:
    return f"{slot.first.year}-{slot.first.year + 1}"


def _going(report: Report, worker: Worker) -> dict[str, Any]:
    asked = report.state == State.CHECKED and life.roles_to_sign(actor=worker, report=report)
    return {
        "pk": report.pk,
        "state": words.state_name(report),
        "kind": report.state,
        "yours": bool(asked),
        "correction": report.corrects_id is not None,
    }


def _kept(kept: Kept) -> dict[str, Any]:
    return {
        "hash": kept.hash,
        "name": words.plan_name(kept.plan),
        "for": words.plan_for(kept.plan),
        "days": words.days_name(kept.first, kept.last),
        "frozen": words.day_name(kept.frozen),
        "correction": bool(kept.corrects),
        "corrected": kept.corrected,
    }


def _frozen_by_year(worker: Worker, years: tuple[str, ...]) -> list[dict[str, Any]]:
    every = shelf.frozen(actor=worker)
    groups = [
        {
            "name": words.year_name(year),
            "key": year,
            "rows": [_kept(each) for each in every if each.school_year == year],
        }
        for year in years
    ]
    return [group for group in groups if group["rows"]]
