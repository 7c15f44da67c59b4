"""The exchange form of published tables (statistics.md §9), so that any outside attacker can be run on them.

Pure: file names and texts in, file names and texts out. What counts (contacts, threads, ...) travels as one more
dimension `counted`, open, because no total over it is ever published.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chatservice.disclosure.cells import SMALL, TOTAL, WITHDRAWN, Cell, Frame, Report, Table, coordinates

CASE = "case.json"
COUNTED = "counted"
SHARE = "pct:"


class WrongCase(ValueError):
    """The files are not an exchange of published tables as described in statistics.md §9."""


def write(reports: Sequence[Report], *, frame: Frame) -> dict[str, str]:
    """Return the files of an exchange: case.json, one CSV per report, one per hierarchy."""
    measures = sorted({table.measure for report in reports for table in report.tables})
    trees = dict(frame.hierarchies) | {COUNTED: dict.fromkeys(measures, TOTAL)}
    files = {f"hierarchy-{name}.csv": _rows(["child", "parent"], sorted(tree.items())) for name, tree in trees.items()}
    marks: dict[str, list[int | None]] = {
        f"{SMALL}{threshold}": [0, threshold - 1] for threshold in (frame.k, frame.k_sensitive)
    }
    marks[WITHDRAWN] = [0, None]
    noise = {"kind": "random_round", "base": frame.base, "max": frame.base - 1}
    listed = []
    for number, report in enumerate(reports, start=1):
        file = f"report-{number:02}.csv"
        files[file] = _report(report, dimensions=sorted(trees))
        listed.append({"name": report.name, "file": file, "noise": noise, "marks": marks})
    case = {
        "k": frame.k,
        "p": frame.p,
        "sensitive": list(frame.sensitive),
        "hierarchies": {name: f"hierarchy-{name}.csv" for name in sorted(trees)},
        "open_dimensions": sorted({*frame.open, COUNTED}),
        "protect_zeros": True,
        "reports": listed,
    }
    return {CASE: json.dumps(case, ensure_ascii=False, indent=1, sort_keys=True) + "\n", **files}


def read(files: Mapping[str, str], *, joint: Sequence[str] = ()) -> tuple[list[Report], Frame]:
    """Return the reports of an exchange and the frame in which a reader sees them; raise WrongCase."""
    try:
        case = json.loads(files[CASE])
        trees = {name: _tree(files[file]) for name, file in case["hierarchies"].items()}
        bases = {_base(report["noise"]) for report in case["reports"]}
        marks = {mark: (ends[0], ends[1]) for report in case["reports"] for mark, ends in report["marks"].items()}
        reports = [_parsed(report["name"], files[report["file"]]) for report in case["reports"]]
        frame = Frame(
            hierarchies={name: tree for name, tree in trees.items() if name != COUNTED},
            sensitive=tuple(case["sensitive"]),
            k=case["k"],
            p=case["p"],
            base=bases.pop() if bases else 1,
            joint=tuple(joint),
            open=tuple(name for name in case.get("open_dimensions", ()) if name != COUNTED),
            marks=marks,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise WrongCase(f"expected the files of an exchange: {wrong!r}") from wrong
    if bases:
        raise WrongCase("expected one noise for all reports")
    return reports, frame


def _report(report: Report, *, dimensions: Sequence[str]) -> str:
    rows = []
    for table in report.tables:
        fixed = {name: TOTAL if name in table.dims else "" for name in dimensions} | {COUNTED: table.measure}
        measure = f"{SHARE}{table.share}" if table.share else "count"
        for cell in table.cells:
            row = fixed | dict(cell.at)
            rows.append([table.name, *(row[name] for name in dimensions), cell.text, measure])
    return _rows(["table", *dimensions, "value", "measure"], rows)


def _parsed(name: str, text: str) -> Report:
    tables: dict[tuple[str, str, str], list[tuple[dict[str, str], str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        table, value, kind = row.pop("table"), row.pop("value"), row.pop("measure", "count")
        at = {dimension: code for dimension, code in row.items() if code}
        counted = at.pop(COUNTED, "contacts")
        share = kind.removeprefix(SHARE) if kind.startswith(SHARE) else ""
        tables.setdefault((table, counted, share), []).append((at, value))
    return Report(name, tuple(_table(key, rows) for key, rows in tables.items()))


def _table(key: tuple[str, str, str], rows: Sequence[tuple[dict[str, str], str]]) -> Table:
    name, counted, share = key
    dims = tuple(sorted({dimension for at, _ in rows for dimension in at}))
    return Table(name, counted, dims, tuple(Cell(coordinates(at), text) for at, text in rows), share=share)


def _base(noise: Mapping[str, Any] | None) -> int:
    """Return the base of a rounding; 1: none. A number lies less than the base away from its count."""
    if not noise or noise.get("kind") == "none":
        return 1
    if noise["kind"] != "random_round":
        raise WrongCase(f"expected the noise random_round or none, got {noise['kind']!r}")
    return int(noise["max"]) + 1


def _tree(text: str) -> dict[str, str]:
    return {row["child"]: row["parent"] for row in csv.DictReader(io.StringIO(text))}


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
