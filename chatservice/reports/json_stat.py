"""JSON-stat 2.0: a collection with one embedded dataset for each frozen table. Written by hand; it is small.

A number is a value; a mark is a null value whose status is the frozen text, explained in the extension.
"""

from __future__ import annotations

import json
from typing import Any, Final

from chatservice.reports import labels
from chatservice.reports.document import not_in_use, period
from chatservice.reports.figures import number
from chatservice.reports.long_form import NOT_IN_USE, TOTAL
from chatservice.reports.snapshot import Table
from chatservice.reports.view import View

VERSION: Final = "2.0"
ROLES: Final = {"period": "time", "area": "geo"}


def json_stat_file(view: View) -> bytes:
    """Return the snapshot's tables as a JSON-stat collection."""
    collection = {
        "version": VERSION,
        "class": "collection",
        "label": f"{labels.area(view.snapshot, view.language)} {labels.years(view.snapshot.school_year)}",
        "updated": str(view.snapshot.data["frozen"]),
        "link": {
            "item": [
                *(dataset(table, view) for table in view.snapshot.tables),
                *(unused(name, view) for name in view.snapshot.not_in_use),
            ]
        },
        "extension": {"snapshot": view.snapshot.hash},
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def dataset(table: Table, view: View) -> dict[str, Any]:
    """Return one table as a dataset; cells that were not published have neither value nor status."""
    codes = {name: _codes(table, name) for name in table.dims}
    size = [len(codes[name]) for name in table.dims]
    values: dict[str, int] = {}
    status: dict[str, str] = {}
    for cell in table.cells:
        place = _place([codes[name].index(cell.code(name) or TOTAL) for name in table.dims], size)
        found = number(cell.text)
        if found is None:
            status[str(place)] = cell.text
        else:
            values[str(place)] = found
    roles = {role: [name for name in table.dims if ROLES.get(name) == role] for role in ("time", "geo")}
    return {
        "version": VERSION,
        "class": "dataset",
        "label": view.say(f"measure.{table.measure}"),
        "source": labels.area(view.snapshot, view.language),
        "updated": str(view.snapshot.data["frozen"]),
        "id": list(table.dims),
        "size": size,
        "role": {role: names for role, names in roles.items() if names},
        "dimension": {name: _dimension(name, codes[name], view) for name in table.dims},
        "value": values,
        "status": status,
        "note": [view.say("note.protected"), view.say("note.sensitive"), view.say("note.contact")],
        "extension": {"table": table.id, "measure": table.measure, "marks": _marks(view)},
    }


def unused(name: str, view: View) -> dict[str, Any]:
    """Return a dataset without a value for what the service does not have yet: its status tells it."""
    last = view.snapshot.data["period"]["last"]
    label = view.say(f"metric_name.{name}")
    return {
        "version": VERSION,
        "class": "dataset",
        "label": label,
        "source": labels.area(view.snapshot, view.language),
        "updated": str(view.snapshot.data["frozen"]),
        "id": ["period"],
        "size": [1],
        "role": {"time": ["period"]},
        "dimension": {
            "period": {
                "label": labels.dimension("period", view.language),
                "category": {"index": [last], "label": {last: period(view)}},
            }
        },
        "value": {},
        "status": {"0": NOT_IN_USE},
        "note": [not_in_use(view)],
        "extension": {
            "table": "not_in_use",
            "measure": name,
            "marks": {NOT_IN_USE: view.say("mark_meaning.not_in_use")},
        },
    }


def _dimension(name: str, codes: list[str], view: View) -> dict[str, Any]:
    words = {code: view.label(name, code) for code in codes}
    return {"label": labels.dimension(name, view.language), "category": {"index": codes, "label": words}}


def _codes(table: Table, name: str) -> list[str]:
    found = dict.fromkeys(cell.code(name) or TOTAL for cell in table.cells)
    ordered = labels.order(name, tuple(code for code in found if code != TOTAL))
    return [*((TOTAL,) if TOTAL in found else ()), *ordered]


def _place(indexes: list[int], size: list[int]) -> int:
    """Return the row-major place of a cell."""
    place = 0
    for index, length in zip(indexes, size, strict=True):
        place = place * length + index
    return place


def _marks(view: View) -> dict[str, str]:
    names = {"alle 5": "alle_5", "alle 10": "alle_10", "..": ".."}
    return {text: view.say(f"mark_meaning.{name}") for text, name in names.items()}
