"""A report as plain text, to be pasted into a wellbeing report, minutes or a mail."""

from __future__ import annotations

from collections.abc import Iterator

from chatservice.reports.document import Document, Section
from chatservice.reports.tables import Grid
from chatservice.reports.words import say


def plain_text(document: Document) -> str:
    """Return the report's words and figures: each table as lines, each section with its limit."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"{document.title}: {document.area}"
    yield document.period
    for section in document.sections:
        yield from ("", section.heading.upper(), *section.says)
        yield from _figures(section)
        yield f"{say('document.limit', document.language)} {section.limit}"
    if document.quiet:
        yield from ("", document.quiet)
    yield from ("", say("document.questions", document.language).upper())
    yield from (f"{number}. {question}" for number, question in enumerate(document.questions, start=1))
    yield from ("", say("document.about", document.language).upper(), *document.notes)
    yield document.small_print[-1]


def _figures(section: Section) -> Iterator[str]:
    for grid in section.grids:
        yield from (f"- {_row(grid, row)}" for row in grid.rows)
        if grid.note:
            yield grid.note


def _row(grid: Grid, row: tuple[str, ...]) -> str:
    """Return a row as "head: value", each value with its column where there are several."""
    head, *values = row
    if len(values) == 1:
        return f"{head}: {values[0]}"
    columns = zip(grid.heads[1:], values, strict=True)
    return f"{head}: {', '.join(f'{column} {value}' for column, value in columns)}"
