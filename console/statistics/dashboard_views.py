"""Dashboards and definitions: from frozen texts only, each chart with its table beside."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from chatservice.reports.dashboard import dashboard
from chatservice.reports.definitions import definitions, unpublished
from chatservice.reports.errors import Altered
from chatservice.statistics import freezing, rooms
from chatservice.statistics.classes import school_year
from chatservice.statistics.life import today
from console.coordinator.shell import page, tongue, worker_of
from console.statistics import words
from console.statistics.charts import figure
from console.statistics.frozen_views import altered
from console.statistics.gate import readers_only

DASHBOARDS: Final = "console_dashboards"
DEFINITIONS: Final = "console_definitions"


@require_GET
@readers_only
def boards(request: HttpRequest) -> HttpResponse:
    """A school year's dashboards."""
    title = pgettext("worker", "Dashboards")
    stored = freezing.snapshots(area=worker_of(request).area_id)
    years = sorted({each["school_year"] for each in stored}, reverse=True)
    if not years:
        return page(request, "statistics/dashboards", here=DASHBOARDS, title=title, years=[])
    asked = request.GET.get("year", "")
    year = asked if asked in years else years[0]
    try:
        board = dashboard(stored, year=year, language=tongue())
    except Altered:
        return altered(request, title=title)
    figures = [figure(each.section) for each in board.panels]
    return page(
        request,
        "statistics/dashboards",
        here=DASHBOARDS,
        title=title,
        board=board,
        figures=figures,
        panels=list(zip(figures, board.panels, strict=True)),
        year=words.year_name(year),
        years=[{"year": each, "name": words.year_name(each), "here": each == year} for each in years],
    )


@require_GET
@readers_only
def meanings(request: HttpRequest) -> HttpResponse:
    """What every figure is, where it comes from and what it does not tell: the reports' own definitions."""
    title = pgettext("worker", "What the figures mean")
    used = rooms.in_use(area=worker_of(request).area_id, year=school_year(today()))
    told = definitions(tongue(), absent=frozenset(rooms.ROOMS.values()) - used)
    kept = unpublished(tongue())
    return page(request, "statistics/definitions", here=DEFINITIONS, title=title, definitions=told, unpublished=kept)
