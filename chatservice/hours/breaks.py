"""The breaks of a stored school calendar as the evaluation takes them, named in the visitor's language."""

from __future__ import annotations

from chatservice.hours.evaluate import Break, Reason
from chatservice.places import calendars
from chatservice.places.models import BreakKind, SchoolCalendar

NAMES = {
    BreakKind.AUTUMN: Reason("syysloma", "höstlov", "autumn break"),
    BreakKind.CHRISTMAS: Reason("joululoma", "jullov", "Christmas break"),
    BreakKind.WINTER: Reason("talviloma", "sportlov", "winter break"),
    BreakKind.EASTER: Reason("pääsiäisloma", "påsklov", "Easter break"),
    BreakKind.SUMMER: Reason("kesäloma", "sommarlov", "summer break"),
}


def breaks(*, area: int, town: int | None, stage: str, language: str) -> tuple[Break, ...]:
    """Return the breaks of a town, or of the whole area."""
    rows = calendars.breaks(area=area, town=town, stage=stage)
    return tuple(Break(row.first, row.last, name(row, language=language)) for row in rows)


def name(row: SchoolCalendar, *, language: str) -> str:
    """Return a break's name; one of another kind has only its label."""
    found = NAMES.get(BreakKind(row.kind))
    return found.text(language=language) if found else row.label
