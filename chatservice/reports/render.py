"""Everything that a frozen snapshot is rendered into. Nothing is rendered from anything else.

`render(stored, kind="report", language="fi")` gives the bytes, their media type and a file name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from chatservice.reports import one_page
from chatservice.reports.errors import UnknownKind
from chatservice.reports.json_stat import json_stat_file
from chatservice.reports.long_form import csv_file
from chatservice.reports.pdf import pdf
from chatservice.reports.plain_text import plain_text
from chatservice.reports.plans import report
from chatservice.reports.snapshot import open_snapshot
from chatservice.reports.view import View, view_of
from chatservice.reports.xlsx_file import xlsx_file


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered snapshot: what a download answers with."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a rendering may look at besides its snapshot; every part is a stored snapshot of its own or a code of one.

    `earlier`: older years' snapshots, for trends. `county`: the snapshot whose shares a small town shows. `place`: a
    municipality or school. `contents`: a meeting of the annual clock in place of the snapshot's own plan.
    """

    earlier: Iterable[Mapping[str, Any]] = ()
    county: Mapping[str, Any] | None = None
    place: str = ""
    contents: str = ""


NOTHING: Final = Around()
PDF: Final = "application/pdf"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Maker = Callable[[View, Around], bytes]
# Kind -> how it is made, its media type, how its file name ends.
MAKERS: Final[Mapping[str, tuple[Maker, str, str]]] = {
    "report": (lambda view, around: pdf(report(view, contents=around.contents), sheet="report"), PDF, ".pdf"),
    "town": (lambda view, around: pdf(one_page.town(view, around=_county(view, around)), sheet="page"), PDF, ".pdf"),
    "slides": (
        lambda view, around: pdf(one_page.slides(view, around=_county(view, around)), sheet="slides"),
        PDF,
        ".pdf",
    ),
    "year": (lambda view, _: pdf(one_page.year(view), sheet="page"), PDF, ".pdf"),
    "text": (
        lambda view, around: plain_text(report(view, contents=around.contents)).encode(),
        "text/plain; charset=utf-8",
        ".txt",
    ),
    "xlsx": (lambda view, _: xlsx_file(view), XLSX, ".xlsx"),
    "csv": (lambda view, _: csv_file(view), "text/csv; charset=utf-8", ".csv"),
    "json-stat": (lambda view, _: json_stat_file(view), "application/json", ".json"),
}
KINDS: Final = tuple(MAKERS)
# What every frozen report is offered as; the short forms need a whole year.
FOR_ALL: Final = ("report", "text", "xlsx", "csv", "json-stat")
OF_A_YEAR: Final = frozenset({"year", "small_town"})


def render(stored: Mapping[str, Any], *, kind: str, language: str, around: Around = NOTHING) -> Rendered:
    """Return a snapshot rendered. Raises one of `errors`: all are ReportsError."""
    if kind not in MAKERS:
        raise UnknownKind(f"expected one of {', '.join(KINDS)}, not {kind!r}")
    view = look(stored, language=language, around=around)
    make, media_type, ending = MAKERS[kind]
    snapshot = view.snapshot
    plan = around.contents or snapshot.plan
    parts = (snapshot.data["area"], snapshot.school_year, plan, around.place, kind, language)
    name = "-".join(str(part) for part in parts if part).replace(":", "-").replace(" ", "-")
    return Rendered(make(view, around), media_type, f"{name}{ending}")


def offered(plan: str) -> tuple[str, ...]:
    """Return the kinds that make sense for the reports of a plan."""
    return KINDS if plan in OF_A_YEAR else FOR_ALL


def look(stored: Mapping[str, Any], *, language: str, around: Around = NOTHING) -> View:
    """Return a stored snapshot as the pages' sections see it, every hash compared."""
    earlier = [open_snapshot(each) for each in around.earlier]
    return view_of(open_snapshot(stored), language=language, earlier=earlier, place=around.place)


def _county(view: View, around: Around) -> View | None:
    if around.county is None:
        return None
    return view_of(open_snapshot(around.county), language=view.language)
