"""Charts on a page: a drawn SVG becomes a tree whose every name and value a template writes out as text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element, fromstring

from chatservice.reports import plans
from chatservice.reports.dashboard import BROAD
from chatservice.reports.document import Document, Section
from chatservice.reports.tables import Grid
from chatservice.reports.view import COLUMN, View

# What reports/drawing.py draws with; anything else is left out, scripts and links among it.
ELEMENTS: Final = frozenset({"svg", "title", "desc", "defs", "pattern", "path", "rect", "line", "text", "circle"})
ATTRIBUTES: Final = frozenset(
    {
        *("viewBox", "width", "height", "class", "role", "aria-labelledby", "font-family", "font-size", "id"),
        *("patternUnits", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "text-anchor"),
        *("fill", "stroke", "stroke-width", "stroke-dasharray", "paint-order", "stroke-linejoin"),
    }
)


@dataclass(frozen=True, slots=True)
class Node:
    """An element of a chart."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    inside: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart as a page writes it."""

    title: str
    root: Node


@dataclass(frozen=True, slots=True)
class Figure:
    """A section of a report as a page shows it."""

    key: str
    heading: str
    says: tuple[str, ...]
    limit: str
    grids: tuple[Grid, ...]
    charts: tuple[Shown, ...]
    broad: bool


def figures(view: View) -> tuple[Document, list[Figure]]:
    """Return a snapshot's report and its sections for a page: charts in a column beside their tables, maps above."""
    document = plans.report(replace(view, width=COLUMN))
    return document, [
        figure(plans.section(view, each.key) if each.key in BROAD else each) for each in document.sections
    ]


def figure(section: Section) -> Figure:
    """Return a section with its charts as trees."""
    return Figure(
        key=section.key,
        heading=section.heading,
        says=section.says,
        limit=section.limit,
        grids=section.grids,
        charts=tuple(Shown(chart.title, tree(chart.svg)) for chart in section.charts),
        broad=section.key in BROAD,
    )


def tree(svg: str) -> Node:
    """Return a chart's tree; only known elements and attributes come through."""
    return _node(fromstring(svg))  # noqa: S314 - drawn by chatservice.reports, from nobody's file


def _node(element: Element) -> Node:
    return Node(
        name=_name(element),
        attributes=tuple((name, value) for name, value in element.attrib.items() if name in ATTRIBUTES),
        text=element.text or "",
        inside=tuple(_node(child) for child in element if _name(child) in ELEMENTS),
    )


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
