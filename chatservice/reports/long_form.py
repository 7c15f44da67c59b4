"""The published cells as rows of a file: one for each cell of each table, its text as it was frozen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chatservice.reports import labels
from chatservice.reports.snapshot import Snapshot, Table
from chatservice.reports.view import View

# Excel opens UTF-8 with this sign and this separator the way people here expect.
MARK_OF_UTF8: Final = "\ufeff"
SEPARATOR: Final = ";"
TOTAL: Final = "Total"
# What stands in a file for what the service does not have yet: no figure, and no mark of a small one.
NOT_IN_USE: Final = "."
# What a spreadsheet would run as a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A cell of a table: codes and their words by dimension, the frozen text."""

    table: Table
    codes: dict[str, str]
    words: dict[str, str]
    text: str


def rows(view: View) -> Iterator[Row]:
    """Yield every cell of every table, in the order of the snapshot."""
    for table in view.snapshot.tables:
        for cell in table.cells:
            codes = {name: cell.code(name) or TOTAL for name in table.dims}
            yield Row(table, codes, {name: view.label(name, code) for name, code in codes.items()}, cell.text)


def dimensions(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the dimensions of the snapshot's tables, each once."""
    return tuple(dict.fromkeys(name for table in snapshot.tables for name in table.dims))


def csv_file(view: View) -> bytes:
    """Return the cells as CSV: codes and words by dimension, `value` as frozen, `shown` in the language.

    A dimension that a table does not have is empty; its total is "Total". What is not in use yet is a row of its own.
    """
    dims = dimensions(view.snapshot)
    file = io.StringIO()
    file.write(MARK_OF_UTF8)
    writer = csv.writer(file, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(["table", "measure", *(head for name in dims for head in (name, f"{name}_name")), "value", "shown"])
    for row in rows(view):
        across = [text for name in dims for text in (row.codes.get(name, ""), safe(row.words.get(name, "")))]
        shown = labels.mark(row.text, view.language)
        writer.writerow([row.table.id, row.table.measure, *across, row.text, shown])
    for name in view.snapshot.not_in_use:
        nowhere = [""] * (2 * len(dims))
        writer.writerow(["not_in_use", name, *nowhere, NOT_IN_USE, view.say("mark.not_in_use")])
    return file.getvalue().encode()


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
