"""The texts of a report: from counters, by the plan, rounded; a cell that was published keeps its text for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from chatservice.disclosure.cells import Cell, Coordinates, Frame, Key, Report, Table, canonical, name_of
from chatservice.disclosure.identity import Identity
from chatservice.disclosure.rounding import text_of
from chatservice.statistics import books, catalogue, codes, nodes, rooms
from chatservice.statistics.errors import Changed
from chatservice.statistics.models import Answerer, Book, PublishedText, Snapshot
from chatservice.statistics.nodes import Nodes
from chatservice.statistics.plans import Plan, Spec, plan_of
from chatservice.statistics.tables import Axes, counts_of, dims_of, in_world, out_of_world, specs_of

K: Final = 5
K_SENSITIVE: Final = 10
P: Final = 3
BASE: Final = 5
LEAST_STAFF: Final = 3
SENSITIVE: Final = ("topic", "outcome", "side", "risk")
# What the gate gives up last, a thread being a measure of its own, and first: the tables that came last.
KEYS: Final = ("area", "period", "thread")
SPARE: Final = ("side", "role", "stage", "risk")
STAFF_TABLE: Final = "county_professions"
DIMENSIONS: Final = (
    *("period", "topic", "age", "channel", "profession", "outcome", "wait", "length", "feedback", "weekday", "hour"),
    *("answered", "kind", "band", "theme", "thread", "side", "role", "stage", "risk"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A drafted report: its tables in texts, the places, the year's catalogue.

    `basis`: a digest of the counts behind the texts and of what is published already, which is what a check was of.
    """

    tables: tuple[Table, ...]
    nodes: Nodes
    basis: str
    version: str


def make(*, area: int, year: str, plan: str, schools: bool = False) -> Made:
    """Return the tables of a plan with their texts; counts nothing and publishes nothing.

    Raises WrongReport, CatalogueChanged, SecretLost (a new figure of a year whose secret is gone), Changed.
    """
    book = books.opened(area=area, year=year)
    counts = books.counted(area=area, year=year)
    places = nodes.of_year(area=area, year=year, counts=counts)
    axes = Axes(year, plan_of(plan), places)
    every = specs_of(axes.plan, schools=schools, sets=catalogue.read(book.catalogue))
    shown = rooms.without(every, used=rooms.in_use(area=area, year=year))
    specs = [each for each in shown if each.id != STAFF_TABLE or staffed(book, axes.plan)]
    counted = {spec.id: counts_of(spec, counts.get(spec.source, {}), axes=axes) for spec in specs}
    cells = _together(specs, counted)
    texts = _texts(book, cells, frame=frame(year=year, parents=places.parents))
    tables = tuple(_table(spec, counted[spec.id], texts) for spec in specs)
    beside = Snapshot.objects.filter(area_id=area, school_year=year).order_by("hash").values_list("hash", flat=True)
    return Made(tables, places, _basis(cells, beside=list(beside)), book.version)


def staffed(book: Book, plan: Plan) -> bool:
    """Tell whether three of each profession answered in every term of a report (A6): no figure is one worker's."""
    for term in plan.terms:
        if term == codes.TOTAL:
            continue
        rows = Answerer.objects.filter(area_id=book.area_id, school_year=book.school_year, term=term)
        found: dict[str, set[str]] = {}
        for profession, who in rows.values_list("profession", "who"):
            found.setdefault(profession, set()).add(who)
        if not found or any(len(workers) < LEAST_STAFF for workers in found.values()):
            return False
    return True


def frame(*, year: str, parents: Mapping[str, str], identities: tuple[Identity, ...] = ()) -> Frame:
    """Return what a reader of the year's reports knows of their make."""
    trees = {dimension: codes.tree(dimension, year=year) for dimension in DIMENSIONS}
    return Frame(
        hierarchies={**trees, "area": dict(parents)},
        sensitive=SENSITIVE,
        k=K,
        k_sensitive=K_SENSITIVE,
        p=P,
        base=BASE,
        sensitive_codes=codes.sensitive_codes(),
        # A topic is a side topic of no more contacts than there were.
        within=((catalogue.SIDES, catalogue.CONTACTS, "side"),),
        identities=identities,
        keys=KEYS,
        spare=SPARE,
    )


def threshold(at: Coordinates) -> int:
    """Return the smallest count that is shown as a number."""
    return K_SENSITIVE if any(code in codes.sensitive_codes() for _, code in at) else K


def key_of(measure: str, at: Coordinates, *, year: str) -> str:
    """Return the name under which a cell's one text is kept."""
    measure, at = in_world(measure, at)
    return name_of(at, measure=measure, year=year)


def written(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Return tables as a snapshot holds them."""
    return [
        {
            "id": table.name,
            "measure": table.measure,
            "dims": list(table.dims),
            "cells": [{"at": dict(cell.at), "text": cell.text} for cell in table.cells],
        }
        for table in tables
    ]


def read(tables: Iterable[Mapping[str, Any]]) -> tuple[Table, ...]:
    """Return tables that were written."""
    return tuple(
        Table(
            each["id"],
            each["measure"],
            tuple(each["dims"]),
            tuple(Cell(tuple(sorted(cell["at"].items())), cell["text"]) for cell in each["cells"]),
        )
        for each in tables
    )


def for_gate(name: str, tables: Iterable[Table]) -> Report:
    """Return a report as the gate and outside readers see it."""
    found = []
    for table in tables:
        cells = [(in_world(table.measure, cell.at), cell.text) for cell in table.cells]
        measure = cells[0][0][0] if cells else table.measure
        dims = tuple(sorted({*table.dims, *({"thread"} if measure != table.measure else ())}))
        found.append(Table(table.name, measure, dims, tuple(Cell(at, text) for (_, at), text in cells)))
    return Report(name, tuple(found))


def from_gate(report: Report) -> tuple[Table, ...]:
    """Return what the gate let through, as it is published."""
    found = []
    for table in report.tables:
        cells = [(out_of_world(table.measure, cell.at), cell.text) for cell in table.cells]
        measure = cells[0][0][0] if cells else table.measure
        dims = tuple(each for each in table.dims if each != "thread")
        found.append(Table(table.name, measure, dims, tuple(Cell(at, text) for (_, at), text in cells)))
    return tuple(found)


def _together(specs: Iterable[Spec], counted: Mapping[str, Mapping[Coordinates, int]]) -> dict[Key, int]:
    """Return each cell once; tables made of different sets must agree on it."""
    found: dict[Key, int] = {}
    for spec in specs:
        for at, count in counted[spec.id].items():
            if found.setdefault((spec.measure, at), count) != count:
                raise Changed(f"the counters of {spec.source} do not agree with others of the year")
    return found


def _texts(book: Book, cells: Mapping[Key, int], *, frame: Frame) -> dict[Key, str]:
    year = book.school_year
    kept = PublishedText.objects.filter(area_id=book.area_id, school_year=year)
    taken = dict(kept.values_list("cell", "text"))
    found: dict[Key, str] = {}
    secret = b""
    for (measure, at), count in cells.items():
        world, where = in_world(measure, at)
        own = canonical(where, frame.hierarchies)
        names = (name_of(where, measure=world, year=year), name_of(own, measure=world, year=year))
        text = taken.get(names[0]) or taken.get(names[1])
        if text is None:
            secret = secret or books.secret_of(book)
            text = text_of(count, at=own, measure=world, year=year, secret=secret, threshold=threshold(own))
        found[measure, at] = text
    return found


def _table(spec: Spec, counted: Mapping[Coordinates, int], texts: Mapping[Key, str]) -> Table:
    cells = tuple(Cell(at, texts[spec.measure, at]) for at in counted)
    return Table(spec.id, spec.measure, dims_of(spec), cells)


def _basis(cells: Mapping[Key, int], *, beside: list[str]) -> str:
    # Two reports that passed apart may give a cell away together: what is published since makes a check void.
    text = json.dumps([sorted((measure, at, count) for (measure, at), count in cells.items()), beside])
    return hashlib.sha256(text.encode()).hexdigest()
