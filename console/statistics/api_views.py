"""Frozen tables as JSON for programs: read in a session of whoever may read reports, from stored texts alone."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from chatservice.reports import render
from chatservice.reports.errors import Altered
from chatservice.reports.json_stat import dataset
from chatservice.statistics import freezing, shelf
from chatservice.statistics.shelf import Kept
from console.coordinator.shell import page, worker_of
from console.statistics.api import LANGUAGES, document
from console.statistics.frozen_views import CONFLICT
from console.statistics.gate import readers_only
from console.views import not_found

HERE: Final = "console_reports"


@require_GET
@readers_only
def about(request: HttpRequest) -> HttpResponse:
    """The description as a page."""
    told = document()
    operations = [{"path": path, **methods["get"]} for path, methods in told["paths"].items()]
    title = pgettext("worker", "Interface for programs")
    return page(request, "statistics/api", here=HERE, title=title, about=told["info"], operations=operations)


@require_GET
@readers_only
def description(_request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return _json(document())


@require_GET
@readers_only
def reports(request: HttpRequest) -> HttpResponse:
    """Frozen reports, the newest first; `year` asks for those of a school year."""
    rows = shelf.frozen(actor=worker_of(request), year=request.GET.get("year", ""))
    return _json({"reports": [_told(row) for row in rows]})


@require_GET
@readers_only
def report(request: HttpRequest, hash: str) -> HttpResponse:  # noqa: A002 - the snapshot's own word for its name
    """All tables of a report as a JSON-stat collection."""
    stored = freezing.snapshot(area=worker_of(request).area_id, hash=hash)
    try:
        made = render.render(stored, kind="json-stat", language=_language(request))
    except Altered:
        return _altered()
    return HttpResponse(made.content, content_type=made.media_type)


@require_GET
@readers_only
def table(request: HttpRequest, *, hash: str, table: str) -> HttpResponse:  # noqa: A002 - the same
    """One table of a report as a JSON-stat dataset."""
    stored = freezing.snapshot(area=worker_of(request).area_id, hash=hash)
    try:
        view = render.look(stored, language=_language(request))
    except Altered:
        return _altered()
    for each in view.snapshot.tables:
        if each.id == table:
            return _json(dataset(each, view))
    return not_found(request)


def _language(request: HttpRequest) -> str:
    return request.GET.get("language", LANGUAGES[0])


def _altered() -> HttpResponse:
    return JsonResponse({"error": "altered"}, status=CONFLICT)


def _json(told: dict[str, Any]) -> HttpResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _told(row: Kept) -> dict[str, Any]:
    return {
        "hash": row.hash,
        "school_year": row.school_year,
        "plan": row.plan,
        "first": row.first,
        "last": row.last,
        "frozen": row.frozen,
        "corrects": row.corrects or None,
        "corrected_by": row.corrected or None,
    }
