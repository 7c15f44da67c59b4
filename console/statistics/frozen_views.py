"""A frozen report: read on the page and downloaded, both from its stored text alone."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from chatservice.reports import render
from chatservice.reports.errors import Altered, UnknownKind
from chatservice.reports.render import Around
from chatservice.statistics import freezing, shelf
from console.coordinator.shell import page, tongue, worker_of
from console.coordinator.words import language_name
from console.statistics import words
from console.statistics.charts import figures
from console.statistics.gate import readers_only

HERE: Final = "console_reports"
LANGUAGES: Final = ("fi", "sv", "en")
# Reports that tell enough of a single municipality for a page of its own.
WITH_TOWNS: Final = frozenset({"autumn", "small_town", "year"})
OF_SMALL: Final = ("town", "slides")
# Meetings without a report of their own, and the reports that their papers are made from.
MEETINGS: Final = {"start": frozenset({"year", "small_town"}), "may": frozenset({"autumn", "year"})}
CONFLICT: Final = 409


@require_GET
@readers_only
def one(request: HttpRequest, hash: str) -> HttpResponse:  # noqa: A002 - the snapshot's own word for its name
    """The report on a page, with its downloads."""
    area = worker_of(request).area_id
    stored = freezing.snapshot(area=area, hash=hash)
    title = f"{words.plan_name(stored['plan'])} {words.year_name(stored['school_year'])}"
    try:
        view = render.look(
            stored,
            language=tongue(),
            around=Around(earlier=freezing.snapshots(area=area, before=stored["school_year"])),
        )
    except Altered:
        return altered(request, title=title)
    document, drawn = figures(view)
    kept = next(each for each in shelf.frozen(actor=worker_of(request)) if each.hash == hash)
    return page(
        request,
        "statistics/report",
        here=HERE,
        title=title,
        document=document,
        figures=drawn,
        kept=kept,
        frozen=words.day_name(kept.frozen),
        downloads=_downloads(stored["plan"]),
        places=[
            {"code": code, "name": view.label("area", code)}
            for code in view.snapshot.municipalities()
            if code != "unknown" and stored["plan"] in WITH_TOWNS
        ],
        schools=[
            {"code": code, "name": view.label("area", code)}
            for code in view.snapshot.schools()
            if view.text("threads", area=code) is not None
        ],
        languages=[(each, language_name(each)) for each in LANGUAGES],
    )


@require_GET
@readers_only
def file(request: HttpRequest, *, hash: str, kind: str, language: str) -> HttpResponse:  # noqa: A002 - the same
    """One download; `place` asks for a municipality's own page or slides, `meeting` for a meeting's paper."""
    area, place = worker_of(request).area_id, request.GET.get("place", "")
    stored = freezing.snapshot(area=area, hash=hash)
    meeting = request.GET.get("meeting", "")
    if meeting and stored["plan"] not in MEETINGS.get(meeting, ()):
        raise UnknownKind("expected a meeting that this report has a paper for")
    around = Around(
        earlier=freezing.snapshots(area=area, before=stored["school_year"]),
        county=stored if place else None,
        place=place,
        contents=meeting,
    )
    try:
        made = render.render(stored, kind=kind, language=language, around=around)
    except Altered:
        return altered(request, title=words.plan_name(stored["plan"]))
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name) or ""
    return answer


def altered(request: HttpRequest, *, title: str) -> HttpResponse:
    """The answer where a stored report is not what was frozen: nothing of it is shown."""
    return page(request, "statistics/altered", here=HERE, title=title, status=CONFLICT)


def _downloads(plan: str) -> list[dict[str, str]]:
    names = {
        "report": pgettext("worker", "The whole report (PDF)"),
        "text": pgettext("worker", "Words and figures to be pasted, as for the wellbeing report (text)"),
        "town": pgettext("worker", "One page (PDF)"),
        "slides": pgettext("worker", "Four slides (PDF)"),
        "year": pgettext("worker", "The year on one page (PDF)"),
        "xlsx": pgettext("worker", "Tables (XLSX)"),
        "csv": pgettext("worker", "Open data (CSV)"),
        "json-stat": pgettext("worker", "Open data (JSON-stat)"),
    }
    left_out = {"year"} if plan != "year" else set()
    left_out |= set(OF_SMALL) if plan != "small_town" else set()
    files = [{"kind": kind, "name": name, "query": ""} for kind, name in names.items() if kind not in left_out]
    papers = [
        {"kind": "report", "name": f"{words.plan_for(meeting)} (PDF)", "query": f"?meeting={meeting}"}
        for meeting, plans in MEETINGS.items()
        if plan in plans
    ]
    return [files[0], *papers, *files[1:]]
