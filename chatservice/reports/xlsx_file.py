"""XLSX: a sheet of notes first, then one sheet for each frozen table, as a real table with its head row."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as SheetTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from chatservice.reports import labels
from chatservice.reports.definitions import definitions
from chatservice.reports.document import marks, notes, period, small_print
from chatservice.reports.figures import number
from chatservice.reports.long_form import TOTAL, safe
from chatservice.reports.snapshot import Table
from chatservice.reports.view import View

WIDEST: Final = 48
NAME: Final = 31
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def xlsx_file(view: View) -> bytes:
    """Return the workbook. A number is a number; a mark is its text in the language, never an empty field."""
    book = Workbook()
    frozen = datetime.fromisoformat(str(view.snapshot.data["frozen"]))
    book.properties.title = f"{view.say('document.table_file')}, {labels.area(view.snapshot, view.language)}"
    book.properties.creator = labels.area(view.snapshot, view.language)
    book.properties.language = view.language
    book.properties.created = frozen
    first = book.worksheets[0]
    _notes(first, view)
    _defined(book.create_sheet(view.say("definitions.title")[:NAME]), view)
    for place, table in enumerate(view.snapshot.tables, start=1):
        _table(book.create_sheet(_name(table, place)), table, place=place, view=view)
    file = io.BytesIO()
    book.save(file)
    return _steady(file.getvalue(), frozen)


def _notes(sheet: Worksheet, view: View) -> None:
    sheet.title = view.say("document.about")[:NAME]
    sheet.append([f"{view.say('document.table_file')}: {labels.area(view.snapshot, view.language)}"])
    sheet.append([period(view)])
    for line in (*notes(view), *small_print(view)):
        sheet.append([safe(line)])
    sheet.append([view.say("document.marks")])
    for mark, meaning in marks(view):
        sheet.append([f"{mark}: {meaning}"])
    sheet.append([view.say("document.snapshot", id=view.snapshot.hash)])
    for place, table in enumerate(view.snapshot.tables, start=1):
        name, (*dims, measure) = _name(table, place), _heads(table, view)
        sheet.append([f"{name}: {measure} ({', '.join(dims)})"])
        sheet.cell(sheet.max_row, 1).hyperlink = Hyperlink(ref=f"A{sheet.max_row}", location=f"'{name}'!A1")
    sheet.column_dimensions["A"].width = 100
    for (cell,) in sheet.iter_rows(max_col=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)


def _defined(sheet: Worksheet, view: View) -> None:
    sheet.append([view.say(f"definitions.{name}") for name in ("metric", "meaning", "source", "limits")])
    for each in definitions(view.language, absent=view.snapshot.not_in_use):
        sheet.append([each.name, each.use or each.meaning, each.source, each.limits])
    for letter, width in zip("ABCD", (26, 60, 40, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1 or cell.column == 1)


def _table(sheet: Worksheet, table: Table, *, place: int, view: View) -> None:
    heads = _heads(table, view)
    sheet.append(heads)
    for cell in table.cells:
        found = number(cell.text)
        words = [safe(view.label(name, cell.code(name) or TOTAL)) for name in table.dims]
        sheet.append([*words, labels.mark(cell.text, view.language) if found is None else found])
    for column, head in enumerate(heads, start=1):
        letter = get_column_letter(column)
        longest = max((len(str(each.value)) for each in sheet[letter]), default=len(head))
        sheet.column_dimensions[letter].width = min(WIDEST, longest + 3)
    for row in sheet.iter_rows(min_row=2, min_col=len(heads), max_col=len(heads)):
        row[0].alignment = Alignment(horizontal="right")
    sheet.freeze_panes = "A2"
    if table.cells:
        area = f"A1:{get_column_letter(len(heads))}{len(table.cells) + 1}"
        real = SheetTable(displayName=f"Table{place}", ref=area)
        real.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(real)


def _heads(table: Table, view: View) -> list[str]:
    return [labels.dimension(name, view.language) for name in table.dims] + [view.say(f"measure.{table.measure}")]


def _name(table: Table, place: int) -> str:
    return f"{place} {re.sub(r'[^0-9A-Za-z_]', '', table.id)}"[:NAME]


def _steady(file: bytes, frozen: datetime) -> bytes:
    """Return the file with the day of freezing in place of the moment of writing: same snapshot, same bytes."""
    steady = io.BytesIO()
    moment = f"{frozen:%Y-%m-%dT%H:%M:%SZ}".encode()
    with ZipFile(io.BytesIO(file)) as old, ZipFile(steady, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, content)
            new.writestr(ZipInfo(name, EARLIEST), content, ZIP_DEFLATED)
    return steady.getvalue()
