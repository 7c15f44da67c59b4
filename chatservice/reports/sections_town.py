"""What can be said of a small town's talks: topic groups of three years together, or in one sentence that nothing can.

Each figure is the frozen text of its own year. Nothing is added up but what they are at least: the least that a
published number admits, small and withheld ones as none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatservice.reports import labels
from chatservice.reports.document import Section, compared_with
from chatservice.reports.figures import at_least
from chatservice.reports.sections_load import section
from chatservice.reports.tables import Grid, told
from chatservice.reports.view import View

TOGETHER: Final = 2  # earlier years, beside the report's own
MOST: Final = 6
BASE: Final = 5


def together(view: View) -> Section:
    """Return the topic groups that had a number in this year or the two before, year by year and at least in all."""
    years = _years(view)
    grid = _table(view, years)
    if not grid.rows:
        key = "lead.no_topics_years" if len(years) > 1 else "lead.no_topics"
        return replace(section(view, "together", limit="topic"), says=(view.say(key),))
    return section(view, "together", limit="together" if len(years) > 1 else "topic", grids=(grid,))


def _years(view: View) -> list[View]:
    """Return the years from the earliest on, each seen in its whole."""
    seen = replace(view, earlier=view.earlier[:TOGETHER])
    found = [seen]
    while (older := found[-1].before()) is not None:
        found.append(older)
    return found[::-1]


def _table(view: View, years: list[View]) -> Grid:
    groups = dict.fromkeys(code for each in reversed(years) for code in each.topic_groups())
    texts = {code: [each.text("contacts", topic=code) for each in years] for code in groups}
    least = {code: sum(at_least(text) for text in every) for code, every in texts.items()}
    shown = sorted((code for code in groups if least[code]), key=lambda code: -least[code])
    names = [labels.years(each.snapshot.school_year) for each in years]
    heads = (view.say("dimension.topic"), *names)
    rows = [(view.label("topic", code), texts[code]) for code in shown[:MOST]]
    grid = told(view, caption=view.say("table.by_year"), heads=heads, rows=rows)
    if len(years) == 1 or not grid.rows:
        return grid
    totals = (str(least[code] // BASE * BASE) for code in shown)
    wider = tuple((*row, total) for row, total in zip(grid.rows, totals, strict=False))
    note = " ".join(filter(None, (grid.note, view.say("table.others_small"), compared_with(view))))
    return replace(grid, heads=(*heads, view.say("table.together")), rows=wider, note=note)
