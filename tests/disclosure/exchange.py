"""The exchange form of published tables (statistics.md §9), read as any outside attacker reads it."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from chatservice.disclosure.cells import Cell, Frame, Report, Table, coordinates

CASE = "case.json"
SHARE = "pct:"


class WrongCase(ValueError):
    """The files are not an exchange of published tables as described in statistics.md §9."""


def read(files: Mapping[str, str], *, joint: Sequence[str] = ()) -> tuple[list[Report], Frame]:
    """Return the reports of an exchange and the frame in which a reader sees them; raise WrongCase."""
    try:
        case = json.loads(files[CASE])
        trees = {name: _tree(files[file]) for name, file in case["hierarchies"].items()}
        bases = {_base(report["noise"]) for report in case["reports"]}
        marks = {mark: (ends[0], ends[1]) for report in case["reports"] for mark, ends in report["marks"].items()}
        reports = [_parsed(report["name"], files[report["file"]]) for report in case["reports"]]
        frame = Frame(
            hierarchies=trees,
            sensitive=tuple(case["sensitive"]),
            k=case["k"],
            p=case["p"],
            base=bases.pop() if bases else 1,
            joint=tuple(joint),
            open=tuple(case.get("open_dimensions", ())),
            marks=marks,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise WrongCase(f"expected the files of an exchange: {wrong!r}") from wrong
    if bases:
        raise WrongCase("expected one noise for all reports")
    return reports, frame


def _parsed(name: str, text: str) -> Report:
    tables: dict[tuple[str, str], list[tuple[dict[str, str], str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        table, value, kind = row.pop("table"), row.pop("value"), row.pop("measure", "count")
        at = {dimension: code for dimension, code in row.items() if code}
        share = kind.removeprefix(SHARE) if kind.startswith(SHARE) else ""
        tables.setdefault((table, share), []).append((at, value))
    return Report(name, tuple(_table(key, rows) for key, rows in tables.items()))


def _table(key: tuple[str, str], rows: Sequence[tuple[dict[str, str], str]]) -> Table:
    name, share = key
    dims = tuple(sorted({dimension for at, _ in rows for dimension in at}))
    return Table(name, "count", dims, tuple(Cell(coordinates(at), text) for at, text in rows), share=share)


def _base(noise: Mapping[str, Any] | None) -> int:
    """Return the base of a rounding; 1: none. A number lies less than the base away from its count."""
    if not noise or noise.get("kind") == "none":
        return 1
    if noise["kind"] != "random_round":
        raise WrongCase(f"expected the noise random_round or none, got {noise['kind']!r}")
    return int(noise["max"]) + 1


def _tree(text: str) -> dict[str, str]:
    return {row["child"]: row["parent"] for row in csv.DictReader(io.StringIO(text))}
