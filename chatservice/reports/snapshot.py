"""A frozen snapshot, opened: its hash compared, its cells found by what they are, never by where they stand.

The stored form is told in docs/reports.md. A cell is its measure and its coordinates; a total is simply absent among
the coordinates, and the same cell has the same text in every table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from chatservice.reports.errors import Altered, NotASnapshot, UnknownPlace

SCHEMA: Final = 1
NEEDED: Final = ("area", "school_year", "plan", "period", "nodes", "tables", "frozen", "hash")
MEASURES: Final = ("contacts", "threads", "unmet", "tests", "library")
MARKS: Final = ("alle 5", "alle 10", "..")
Coordinates = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A published cell: its coordinates, sorted by dimension, and its text."""

    at: Coordinates
    text: str

    def code(self, dimension: str) -> str:
        """Return the code along a dimension; empty for the total."""
        return dict(self.at).get(dimension, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A published table as it was frozen."""

    id: str
    measure: str
    dims: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Snapshot:
    """What one frozen report says. Made by `open_snapshot` only."""

    data: Mapping[str, Any]
    tables: tuple[Table, ...]
    cells: Mapping[tuple[str, Coordinates], str]

    def text(self, measure: str, at: Mapping[str, str]) -> str | None:
        """Return the published text of a cell, None when the report does not have it."""
        return self.cells.get((measure, tuple(sorted(at.items()))))

    def codes(self, measure: str, dimension: str) -> tuple[str, ...]:
        """Return the codes that occur along a dimension, sorted."""
        return self._codes.get((measure, dimension), ())

    @property
    def hash(self) -> str:
        """The hash that names the snapshot."""
        return str(self.data["hash"])

    @property
    def school_year(self) -> str:
        """As "2026-2027"."""
        return str(self.data["school_year"])

    @property
    def plan(self) -> str:
        """The plan of the annual clock that the report follows."""
        return str(self.data["plan"])

    @property
    def not_in_use(self) -> tuple[str, ...]:
        """What the service did not have yet, of which the report would have told: "tests", "library", "feedback"."""
        return tuple(str(name) for name in self.data.get("not_in_use", ()))

    @cached_property
    def scope(self) -> dict[str, str]:
        """Return the coordinates of the longest period that has a total: the year, the spring, the autumn or none."""
        for measure in MEASURES:
            for period in ({}, {"period": "spring"}, {"period": "autumn"}):
                if self.text(measure, period) is not None:
                    return dict(period)
        return {}

    @cached_property
    def places(self) -> Mapping[str, Mapping[str, Any]]:
        """Return municipalities and schools by their codes."""
        found: Mapping[str, Mapping[str, Any]] = self.data["nodes"].get("area", {})
        return found

    def municipalities(self) -> tuple[str, ...]:
        """Return the codes right below the area, in the order of the snapshot."""
        return tuple(code for code, node in self.places.items() if code != "Total" and not self._within(node))

    def schools(self, municipality: str | None = None) -> tuple[str, ...]:
        """Return the codes of schools, of one municipality or of all."""
        inside = ((code, self._within(node)) for code, node in self.places.items() if code != "Total")
        return tuple(code for code, parent in inside if parent and municipality in {None, parent})

    def parent(self, place: str) -> str:
        """Return the municipality of a school, empty for a municipality; raises UnknownPlace."""
        if place not in self.places:
            raise UnknownPlace(f"expected a place of the snapshot, not {place!r}")
        return self._within(self.places[place])

    def pupils(self, place: str) -> int | None:
        """Return how many pupils a place has, None when nobody told it."""
        number = self.places.get(place, {}).get("pupils")
        return number if isinstance(number, int) and number > 0 else None

    @cached_property
    def _codes(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], set[str]] = {}
        for measure, at in self.cells:
            for dimension, code in at:
                found.setdefault((measure, dimension), set()).add(code)
        return {key: tuple(sorted(codes)) for key, codes in found.items()}

    def _within(self, node: Mapping[str, Any]) -> str:
        parent = node.get("parent") or ""
        return parent if parent != "Total" and parent in self.places else ""


def open_snapshot(data: Mapping[str, Any]) -> Snapshot:
    """Return the snapshot, its form and hash compared. Raises NotASnapshot, Altered."""
    missing = [name for name in NEEDED if name not in data]
    if missing or data.get("schema") != SCHEMA:
        raise NotASnapshot(f"expected a snapshot of schema {SCHEMA}; missing: {', '.join(missing) or 'the schema'}")
    if digest(data) != data["hash"]:
        raise Altered("expected the hash of the contents: this snapshot was changed after it was frozen")
    tables = tuple(_tables(data["tables"]))
    cells: dict[tuple[str, Coordinates], str] = {}
    for table in tables:
        for cell in table.cells:
            if cells.setdefault((table.measure, cell.at), cell.text) != cell.text:
                raise NotASnapshot(f"expected one text for each cell: {table.id} gives another")
    return Snapshot(data=data, tables=tables, cells=cells)


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical form (sorted keys, no blanks, UTF-8) of everything but the hash."""
    rest = {key: value for key, value in data.items() if key != "hash"}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _tables(tables: Any) -> Iterator[Table]:
    try:
        for table in tables:
            cells = tuple(_cell(cell) for cell in table["cells"])
            yield Table(str(table["id"]), str(table["measure"]), tuple(table["dims"]), cells)
    except (KeyError, TypeError, AttributeError) as fault:
        raise NotASnapshot("expected tables with id, measure, dims and cells") from fault


def _cell(cell: Mapping[str, Any]) -> Cell:
    text = str(cell["text"])
    if not text.isascii() or not (text.isdigit() or text in MARKS):
        raise NotASnapshot("expected digits or a mark as the text of a cell")
    return Cell(tuple(sorted((str(key), str(code)) for key, code in cell["at"].items())), text)
