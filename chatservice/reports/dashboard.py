"""Dashboards: the figures that are looked at through the year, each from the frozen report that tells most of it.

That is the one whose period ends last, among those the one with most rows, the newest among equals. A cell has the same
text in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from chatservice.reports import labels
from chatservice.reports.document import Section, not_in_use, period
from chatservice.reports.plans import section, shows
from chatservice.reports.snapshot import open_snapshot
from chatservice.reports.view import COLUMN, View, view_of
from chatservice.reports.words import say

# What they show, in this order; the map of hours takes the whole width.
PANELS: Final = (
    "terms",
    "months",
    "top_topics",
    "topics",
    "sides",
    "ages",
    "who",
    "answered",
    "hours",
    "doors",
    "rota",
)
BROAD: Final = frozenset({"rota"})


@dataclass(frozen=True, slots=True)
class Panel:
    """A section with the report that it stands in."""

    section: Section
    report: str
    period: str
    frozen: str
    hash: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What a school year's frozen reports show together; `absent` names what none of them has yet."""

    panels: tuple[Panel, ...]
    absent: tuple[str, ...]
    notes: tuple[str, ...]


def dashboard(stored: Iterable[Mapping[str, Any]], *, year: str, language: str) -> Dashboard:
    """Return the dashboard of a school year from an area's frozen reports, the newest first.

    Raises NotASnapshot, Altered, UnknownLanguage.
    """
    every = [open_snapshot(each) for each in stored]
    views = [view_of(each, language=language, earlier=every) for each in every if each.school_year == year]
    found = {key: _panel(key, views) for key in PANELS}
    return Dashboard(
        panels=tuple(panel for panel in found.values() if panel),
        absent=tuple(say(f"heading.{key}", language) for key, panel in found.items() if not panel),
        notes=(
            *(say(f"note.{name}", language) for name in ("protected", "sensitive", "shares", "contact")),
            *_unused(views),
        ),
    )


def _panel(key: str, views: Sequence[View]) -> Panel | None:
    found = [(view, section(view if key in BROAD else replace(view, width=COLUMN), key)) for view in _able(key, views)]
    told = [(view, each) for view, each in found if shows(each)]
    if not told:
        return None
    view, best = max(told, key=lambda pair: (str(pair[0].snapshot.data["period"]["last"]), _rows(pair[1])))
    return Panel(
        section=best,
        report=view.say(f"plan.{view.snapshot.plan}"),
        period=period(view),
        frozen=labels.day(str(view.snapshot.data["frozen"]), view.language),
        hash=view.snapshot.hash,
    )


def _unused(views: Sequence[View]) -> tuple[str, ...]:
    """Tell what the service did not have yet when the newest report was frozen."""
    newest = max(views, key=lambda view: str(view.snapshot.data["period"]["last"]), default=None)
    return (not_in_use(newest),) if newest and newest.snapshot.not_in_use else ()


def _able(key: str, views: Sequence[View]) -> list[View]:
    return [view for view in views if _has(key, view)]


def _rows(each: Section) -> int:
    return sum(len(grid.rows) for grid in each.grids)


def _has(key: str, view: View) -> bool:
    """Tell whether a report can show a panel: terms stand side by side only where both have ended."""
    if key == "terms":
        return all(view.text("contacts", period=term) is not None for term in ("autumn", "spring"))
    if key == "months":
        return bool(view.months())
    return True
