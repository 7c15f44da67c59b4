"""The frozen tables of a year in a form that any outside attacker program can read (docs/statistics.md, "Exchange").

Contacts and threads stand in one case: a thread is a contact with `thread` 1, the first of its term, so the two never
add up to anything wrong. Doors, worry tests and library views are other populations, each a case in its own folder.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from chatservice.disclosure.cells import Report, Table
from chatservice.statistics import codes, drafting
from chatservice.statistics.catalogue import CONTACTS, LIBRARY, SIDES, TESTS, UNMET
from chatservice.statistics.codes import TOTAL
from chatservice.statistics.models import Snapshot

CASES: Final = {CONTACTS: "", UNMET: "doors", TESTS: "tests", LIBRARY: "library", SIDES: "sides"}
MARKS: Final = {f"alle {least}": [0, least - 1] for least in (drafting.K, drafting.K_SENSITIVE)} | {"..": [0, None]}
NOISE: Final = {"kind": "random_round", "base": drafting.BASE, "max": drafting.BASE - 1}
COUNT: Final = "count"

Trees = Mapping[str, Mapping[str, str]]


def export(*, area: int, year: str, folder: Path) -> list[Path]:
    """Write a year's frozen reports into a folder, made where it is missing; returns the files. Raises OSError."""
    rows = list(Snapshot.objects.filter(area_id=area, school_year=year).order_by("pk"))
    bodies = [json.loads(row.body) for row in rows]
    reports = [
        drafting.for_gate(f"{number:02}-{body['plan']}", drafting.read(body["tables"]))
        for number, body in enumerate(bodies, start=1)
    ]
    trees = _trees(bodies, year=year)
    files: list[Path] = []
    for measure, name in CASES.items():
        told = [(report.name, [table for table in report.tables if table.measure == measure]) for report in reports]
        told = [(report, tables) for report, tables in told if tables]
        if told or not name:
            files += _case(folder / name, told, trees)
    return files


def case_of(reports: Sequence[Report], dims: Sequence[str]) -> dict[str, Any]:
    """Return what case.json says of these reports."""
    return {
        "k": drafting.K,
        "p": drafting.P,
        "sensitive": [name for name in drafting.SENSITIVE if name in dims],
        "hierarchies": {name: f"{name}.csv" for name in dims},
        "open_dimensions": [],
        "protect_zeros": True,
        "reports": [
            {"name": report.name, "file": f"{report.name}.csv", "noise": NOISE, "marks": MARKS} for report in reports
        ],
    }


def _case(folder: Path, told: Sequence[tuple[str, list[Table]]], trees: Trees) -> list[Path]:
    dims = sorted({dim for _, tables in told for table in tables for dim in table.dims})
    reports = [Report(name, tuple(tables)) for name, tables in told]
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"case.json": json.dumps(case_of(reports, dims), ensure_ascii=False, indent=1) + "\n"}
    for name in dims:
        texts[f"{name}.csv"] = _csv(("child", "parent"), sorted(trees[name].items()))
    for report in reports:
        texts[f"{report.name}.csv"] = _csv(("table", *dims, "measure", "value"), _lines(report, dims))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _lines(report: Report, dims: Sequence[str]) -> list[tuple[str, ...]]:
    lines = []
    for table, cell in report.cells():
        at = dict(cell.at)
        where = (at.get(dim, TOTAL) if dim in table.dims else "" for dim in dims)
        lines.append((table.name, *where, COUNT, cell.text))
    return lines


def _csv(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return text.getvalue()


def _trees(bodies: Sequence[Mapping[str, Any]], *, year: str) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {name: codes.tree(name, year=year) for name in drafting.DIMENSIONS}
    area: dict[str, str] = {}
    for body in bodies:
        area |= body["hierarchies"]["area"]
    return {**found, "area": area}
