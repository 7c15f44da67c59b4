"""Answered and not answered against opening hours: by two hours of the day, beside how long the chat was open then."""

from __future__ import annotations

from typing import Final

from chatservice.reports import figures
from chatservice.reports.document import Section, opening
from chatservice.reports.hours import open_minutes
from chatservice.reports.sections_load import bar_chart, section
from chatservice.reports.tables import told
from chatservice.reports.view import View

ANSWERS: Final = ("yes", "no")
NONE: Final = "–"


def hours(view: View) -> Section:
    """Return the bands of the day in which anything was published, or the chat was open."""
    seen = view.of("")
    week = open_minutes(seen.snapshot.data.get("opening_hours"))
    rows = [(band, _texts(seen, band)) for band in seen.snapshot.codes("contacts", "hour") if _told(seen, band)]
    rows = [(band, texts) for band, texts in rows if (week and band in week) or any(map(figures.number, texts))]
    named = [(band.replace("-", NONE), texts) for band, texts in rows]
    heads = (seen.say("dimension.hour"), *(seen.say(f"answered.{code}") for code in ANSWERS), seen.say("measure.unmet"))
    grid = told(seen, caption=seen.say("heading.hours"), heads=heads, rows=named, keep=True)
    if grid.rows:
        times = {band.replace("-", NONE): _open(seen, week, band) for band, _ in rows}
        shown = tuple((row[0], times[row[0]], *row[1:]) for row in grid.rows)
        grid = type(grid)(grid.caption, (heads[0], seen.say("table.open_week"), *heads[1:]), shown, grid.note)
    series = tuple((seen.say(f"answered.{code}"), [texts[n] for _, texts in rows]) for n, code in enumerate(ANSWERS))
    charts = bar_chart(seen, "hours", names=[name for name, _ in named], series=series)
    return section(view, "hours", limit="hours", lead=opening(seen), grids=(grid,), charts=charts)


def _told(view: View, band: str) -> bool:
    return band != "unknown" and all(view.text("contacts", hour=band, answered=code) is not None for code in ANSWERS)


def _texts(view: View, band: str) -> tuple[str | None, ...]:
    answers = (view.text("contacts", hour=band, answered=code) for code in ANSWERS)
    return (*answers, view.text("unmet", hour=band))


def _open(view: View, week: dict[str, int] | None, band: str) -> str:
    """Return how long the chat was open in a band of an ordinary week, in hours."""
    if week is None:
        return NONE
    minutes = week.get(band, 0)
    if not minutes:
        return view.say("table.shut")
    whole = f"{minutes / 60:g}"
    return view.say("table.hours", number=whole if view.language == "en" else whole.replace(".", ","))
