"""What the charts are drawn with: an SVG tree without script or style, readable without colour, text kept as text.

Colours are presentation attributes, so a page's own style sheet may set others by class: `ink`, `muted`, `rule`,
`mark-1`, `mark-2`, `edge`, `hatch`, `step-0` to `step-4`, `paper`,
`halo` (a stroke around text), `line-1`, `line-2`, `point-1`, `point-2`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from chatservice.reports.figures import is_small, number

INK: Final = "#1d2528"
MUTED: Final = "#556167"
RULE: Final = "#c9d2d6"
FIRST: Final = "#1c5f7a"
SECOND: Final = "#cfe1ea"
PAPER: Final = "#ffffff"
FONT: Final = "Source Sans Pro, system-ui, sans-serif"
SIZE: Final = 13
# Heights of what is only known to be small: the middle of what the mark allows, never nothing.
SMALL: Final = {"alle 5": 2, "alle 10": 4}
LEAST: Final = 9.0
# How wide a letter is in the widest typefaces that a page may fall back to; Source Sans is narrower.
EM: Final = 0.6


@dataclass(frozen=True)
class Canvas:
    """An SVG under construction; `key` keeps its ids apart from those of other charts on a page."""

    root: Element
    key: str
    width: float

    def rect(self, box: tuple[float, float, float, float], *, kind: str, fill: str, stroke: str = "none") -> None:
        """Draw a rectangle (x, y, width, height)."""
        x, y, width, height = map(_n, box)
        shape = {"x": x, "y": y, "width": width, "height": height}
        SubElement(self.root, "rect", {**shape, "class": kind, "fill": fill, "stroke": stroke})

    def hatched(self, box: tuple[float, float, float, float]) -> None:
        """Draw what is small: outlined and hatched."""
        self.rect(box, kind="paper", fill=PAPER)
        self.rect(box, kind="hatch edge", fill=f"url(#{self.key}-hatch)", stroke=FIRST)

    def line(self, start: tuple[float, float], end: tuple[float, float], *, kind: str = "rule", dash: str = "") -> None:
        """Draw a straight line."""
        ends = {"x1": _n(start[0]), "y1": _n(start[1]), "x2": _n(end[0]), "y2": _n(end[1])}
        stroke = {"stroke": RULE, "stroke-width": "1"} if kind == "rule" else {"stroke": FIRST, "stroke-width": "2"}
        SubElement(self.root, "line", {**ends, "class": kind, **stroke, **({"stroke-dasharray": dash} if dash else {})})

    def text(
        self, at: tuple[float, float], words: str, *, anchor: str = "start", kind: str = "ink", halo: bool = False
    ) -> None:
        """Write one line of text with its baseline at a point; `halo` keeps it legible over a line."""
        fill = {"ink": INK, "muted": MUTED, "light": PAPER}[kind]
        place = {
            "x": _n(at[0]),
            "y": _n(at[1]),
            "text-anchor": anchor,
            "class": f"{kind} halo" if halo else kind,
            "fill": fill,
        }
        around = {"stroke": PAPER, "stroke-width": "3", "paint-order": "stroke", "stroke-linejoin": "round"}
        SubElement(self.root, "text", {**place, **(around if halo else {})}).text = words

    def marker(self, at: tuple[float, float], *, series: int, small: bool) -> None:
        """Draw a point of a line: a dot for the first series, a square for the second, hollow when small."""
        fill = PAPER if small else FIRST
        look = {"class": f"point-{series + 1}", "fill": fill, "stroke": FIRST, "stroke-width": "1.5"}
        if series == 0:
            SubElement(self.root, "circle", {"cx": _n(at[0]), "cy": _n(at[1]), "r": "4", **look})
        else:
            square = {"x": _n(at[0] - 4), "y": _n(at[1] - 4), "width": "8", "height": "8"}
            SubElement(self.root, "rect", {**square, **look})

    def done(self) -> str:
        """Return the chart as text."""
        return tostring(self.root, encoding="unicode")


def canvas(*, key: str, title: str, told: str, width: float, height: float) -> Canvas:
    """Return an empty chart with its title and description for those who do not see it."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_n(width)} {_n(height)}",
            "width": _n(width),
            "height": _n(height),
            "class": "chart",
            "role": "img",
            "aria-labelledby": f"{key}-title {key}-desc",
            "font-family": FONT,
            "font-size": str(SIZE),
        },
    )
    SubElement(root, "title", {"id": f"{key}-title"}).text = title
    SubElement(root, "desc", {"id": f"{key}-desc"}).text = told
    pattern = SubElement(
        SubElement(root, "defs"),
        "pattern",
        {"id": f"{key}-hatch", "width": "5", "height": "5", "patternUnits": "userSpaceOnUse"},
    )
    for start, end in (("-1 6", "6 -1"), ("-1 1", "1 -1"), ("4 6", "6 4")):
        path = f"M{start}L{end}"
        SubElement(pattern, "path", {"d": path, "class": "edge", "stroke": FIRST, "stroke-width": "1", "fill": "none"})
    return Canvas(root=root, key=key, width=width)


def amount(text: str | None) -> float | None:
    """Return how high a published text stands in a chart, None for a gap."""
    found = number(text)
    return float(found) if found is not None else SMALL.get(text or "")


def small(text: str | None) -> bool:
    """Tell whether a text is drawn hatched."""
    return is_small(text)


def wrapped(words: str, *, width: float, most: int = 2) -> list[str]:
    """Return words in lines of at most this many pixels; what does not fit in the last line ends in an ellipsis."""
    lines: list[str] = []
    for word in words.split():
        if lines and extent(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [_cut(line, width) for line in lines]


def extent(words: str) -> float:
    """Return about how wide a text is drawn."""
    wide = sum(1.35 if letter in "mwMWÅÄÖOQ%" else 0.55 if letter in "iljtf.,:;-–()'! " else 1 for letter in words)
    return wide * SIZE * EM


def _cut(line: str, width: float) -> str:
    if extent(line) <= width:
        return line
    while line and extent(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
