"""Tables that people read: a breakdown with shares, two periods side by side, a cross table. All words, no markup.

Rows in which nothing can be told but "under 5" are named below the table; a table of nothing else is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chatservice.reports.figures import number
from chatservice.reports.labels import dimension, mark
from chatservice.reports.view import View

Texts = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: caption, column heads, rows whose first cell is the row's head, a note below."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def breakdown(view: View, measure: str, name: str, *, codes: Iterable[str], caption: str, total: str | None) -> Grid:
    """Return counts by a dimension, with whole-per-cent shares of `total` where it allows any."""
    rows = [(view.label(name, code), (view.text(measure, **{name: code}),)) for code in codes]
    heads = (dimension(name, view.language), view.say("table.count"))
    grid = told(view, caption=caption, heads=heads, rows=rows)
    if (number(total) or 0) < 50 or not grid.rows:  # noqa: PLR2004 - the rule of figures.share
        return grid
    shares = {label: view.share(texts[0], total) for label, texts in rows}
    wider = tuple((*row, shares[row[0]]) for row in grid.rows)
    return replace(grid, heads=(*heads, view.say("table.share")), rows=wider)


def compared(
    view: View, *, caption: str, head: str, columns: tuple[str, str], rows: Iterable[tuple[str, str | None, str | None]]
) -> Grid:
    """Return two periods side by side with their change, which is told from 10 on only."""
    found = [(label, (first, second)) for label, first, second in rows]
    grid = told(view, caption=caption, heads=(head, *columns), rows=found)
    changes = {label: view.change(first, second) for label, (first, second) in found}
    wider = tuple((*row, changes[row[0]]) for row in grid.rows)
    return replace(grid, heads=(*grid.heads, view.say("table.change")), rows=wider)


def cross(
    view: View, measure: str, *, caption: str, down: tuple[str, Sequence[str]], across: tuple[str, Sequence[str]]
) -> Grid:
    """Return a cross table: `down` and `across` are a dimension and its codes."""
    (rows, row_codes), (columns, column_codes) = down, across
    found = [
        (view.label(rows, row), tuple(view.text(measure, **{rows: row, columns: column}) for column in column_codes))
        for row in row_codes
    ]
    heads = (dimension(rows, view.language), *(view.label(columns, column) for column in column_codes))
    return told(view, caption=caption, heads=heads, rows=found)


def told(
    view: View, *, caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, Texts]], keep: bool = False
) -> Grid:
    """Return a table of published texts; rows without any number are named in the note instead.

    `keep` leaves them in their places, where the order of the rows is what a reader looks for. A row of which the
    report has no cell is left out.
    """
    every = [(label, texts) for label, texts in rows if any(text is not None for text in texts)]
    clear = [(label, texts) for label, texts in every if any(number(text) is not None for text in texts)]
    if keep and clear:
        clear = every
    rest = [(label, texts) for label, texts in every if (label, texts) not in clear]
    hidden = [label for label, texts in rest if ".." not in texts]
    withheld = [(label, texts) for label, texts in rest if ".." in texts]
    shown = clear + withheld if clear else []
    key = "table.rows_small" if clear else "table.all_small"
    names = hidden if clear else [label for label, _ in every]
    note = view.say(key, names="; ".join(names)) if names else ""
    marked = tuple((label, *(mark(text, view.language) for text in texts)) for label, texts in shown)
    return Grid(caption=caption, heads=heads, rows=marked, note=note)


def plain(*, caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Grid:
    """Return a table of words as they are."""
    return Grid(caption=caption, heads=heads, rows=tuple(rows))
