"""The charts: bars, bars in groups, a line over months, a map of weekday and hour. Drawn from published texts only.

What is small is hatched at the middle of what its mark allows, never at nothing; what is withheld is a gap with "..".
Each is told in a title and a description, and stands beside a table of the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from chatservice.reports.drawing import (
    FIRST,
    INK,
    LEAST,
    PAPER,
    SECOND,
    Canvas,
    amount,
    canvas,
    extent,
    small,
    wrapped,
)
from chatservice.reports.figures import WITHHELD, number
from chatservice.reports.labels import mark
from chatservice.reports.words import say

LABELS: Final = 0.36
ENDS: Final = 64.0
# The look of legend entries that are no series; the room of a key before its words; the height of a line of them.
HATCHED: Final = "hatched"
KEY: Final = 31.0
LEGEND: Final = 20.0
Texts = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart is called: `key` for its ids, the title, what it tells, the language of its marks, its width."""

    key: str
    title: str
    told: str
    language: str
    width: float


def bars(words: Words, *, labels: Sequence[str], series: Sequence[tuple[str, Texts]]) -> str:
    """Return horizontal bars, one for each label and series (at most two series, each with a text for every label)."""
    thick = 20.0 if len(series) == 1 else 15.0
    step = thick * len(series) + 14
    top = _legend_height(words, series)
    left, high = words.width * LABELS, top + step * len(labels)
    chart = canvas(key=words.key, title=words.title, told=words.told, width=words.width, height=high + 4)
    _legend(chart, series, words.language)
    unit = (words.width - left - ENDS) / _most([texts for _, texts in series])
    for place, label in enumerate(labels):
        y = top + step * place + 4
        _label(chart, label, middle=y + thick * len(series) / 2)
        for turn, (_, texts) in enumerate(series):
            box = (left, y + thick * turn, unit, thick - 2)
            _bar(chart, texts[place], box=box, series=turn, language=words.language)
    chart.line((left, top), (left, high), kind="rule")
    return chart.done()


def months(words: Words, *, labels: Sequence[str], series: Sequence[tuple[str, Texts]]) -> str:
    """Return a line over months, two series at most: solid with dots, dashed with squares; points are labelled."""
    top, left = _legend_height(words, series, line=True) + 24, 12.0
    bottom = max(60.0, top + 8) + 0.3 * words.width
    chart = canvas(key=words.key, title=words.title, told=words.told, width=words.width, height=bottom + 44)
    _legend(chart, series, words.language, line=True)
    chart.line((left, bottom), (words.width - left, bottom))
    step = (words.width - 2 * left - 44) / max(1, len(labels) - 1)
    across = [left + 22 + step * place for place in range(len(labels))]
    crowded = any((extent(one) + extent(other)) / 2 + 4 > step for one, other in pairwise(labels))
    for place, (x, label) in enumerate(zip(across, labels, strict=True)):
        chart.text((x, bottom + (24 if crowded and place % 2 else 38)), label, anchor="middle", kind="muted")
    unit = (bottom - top) / _most([texts for _, texts in series])
    lines = [
        [_point(text, x, bottom=bottom, unit=unit) for x, text in zip(across, texts, strict=True)]
        for _, texts in series
    ]
    for turn, points in enumerate(lines):
        for start, end in pairwise(points):
            if start and end:
                chart.line(start, end, kind=f"line-{turn + 1}", dash="5 4" if turn else "")
    for place, x in enumerate(across):
        here = [(texts[place], points[place]) for (_, texts), points in zip(series, lines, strict=True)]
        for turn, (text, point) in enumerate(here):
            below = any(other and point and other[1] < point[1] for _, other in here[:turn] + here[turn + 1 :])
            _dot(chart, text, point or (x, bottom), look=(turn, below), language=words.language)
    return chart.done()


def heat(words: Words, *, rows: Sequence[str], columns: Sequence[str], texts: Sequence[Texts]) -> str:
    """Return a map of figures: the number stands in each field, the darker the more."""
    left, top, high = 110.0, 26.0, 34.0
    wide = min(92.0, (words.width - left) / max(1, len(columns)))
    chart = canvas(
        key=words.key, title=words.title, told=words.told, width=words.width, height=top + high * len(rows) + 6
    )
    for place, column in enumerate(columns):
        chart.text((left + wide * (place + 0.5), top - 8), column, anchor="middle", kind="muted")
    most = _most(texts)
    for line, (row, across) in enumerate(zip(rows, texts, strict=True)):
        y = top + high * line
        chart.text((0, y + high / 2 + 5), row)
        for place, text in enumerate(across):
            _field(chart, text, box=(left + wide * place + 1, y + 1, wide - 2, high - 2), most=most, words=words)
    return chart.done()


STEPS: Final = ("#e8f0f4", "#b9d3df", "#7fb0c6", "#35738f", "#1c5f7a")
DARK: Final = 3


def _field(
    chart: Canvas, text: str | None, *, box: tuple[float, float, float, float], most: float, words: Words
) -> None:
    x, y, wide, high = box
    found = number(text)
    middle = (x + wide / 2, y + high / 2 + 4.5)
    if found is not None:
        step = min(len(STEPS) - 1, int(found / most * len(STEPS)))
        chart.rect(box, kind=f"step-{step}", fill=STEPS[step])
        chart.text(middle, mark(text, words.language), anchor="middle", kind="light" if step >= DARK else "ink")
        return
    if small(text):
        chart.hatched(box)
        half = extent(mark(text, words.language)) / 2 + 5
        chart.rect((middle[0] - half, y + 7, 2 * half, high - 14), kind="paper", fill=PAPER)
    chart.text(middle, mark(text, words.language) if text else "", anchor="middle", kind="ink" if text else "muted")


def _bar(
    chart: Canvas, text: str | None, *, box: tuple[float, float, float, float], series: int, language: str
) -> None:
    x, y, unit, high = box
    size = amount(text)
    if size is not None:
        long = max(LEAST, size * unit)
        if small(text):
            chart.hatched((x, y, long, high))
        else:
            fill, edge = ((FIRST, FIRST), (SECOND, INK))[series]
            chart.rect((x, y, long, high), kind=f"mark-{series + 1}", fill=fill, stroke=edge)
    else:
        long = 0
    chart.text((x + long + 6, y + high / 2 + 4.5), mark(text, language), kind="ink" if size is not None else "muted")


def _dot(chart: Canvas, text: str | None, at: tuple[float, float], *, look: tuple[int, bool], language: str) -> None:
    if text is None:
        return
    series, below = look
    if text != WITHHELD:
        chart.marker(at, series=series, small=small(text))
    chart.text((at[0], at[1] + (18 if below else -9)), mark(text, language), anchor="middle", halo=True)


def _point(text: str | None, x: float, *, bottom: float, unit: float) -> tuple[float, float] | None:
    size = amount(text)
    return None if size is None else (x, bottom - size * unit)


def _label(chart: Canvas, label: str, *, middle: float) -> None:
    left = chart.width * LABELS
    lines = wrapped(label, width=left - 12)
    for place, line in enumerate(lines):
        chart.text((left - 10, middle + 4 + (place - (len(lines) - 1) / 2) * 14), line, anchor="end")


def _legend(chart: Canvas, series: Sequence[tuple[str, Texts]], language: str, *, line: bool = False) -> None:
    for (x, y), look, name in _places(_entries(series, language, line=line), chart.width):
        if look == HATCHED:
            chart.hatched((x, y, 24, 12))
        elif look != WITHHELD and line:
            chart.line((x, y + 6), (x + 24, y + 6), kind=f"line-{look}", dash="5 4" if look == "2" else "")
            chart.marker((x + 12, y + 6), series=int(look) - 1, small=False)
        elif look != WITHHELD:
            fill, edge = ((FIRST, FIRST), (SECOND, INK))[int(look) - 1]
            chart.rect((x, y, 24, 12), kind=f"mark-{look}", fill=fill, stroke=edge)
        kind = "muted" if look in (HATCHED, WITHHELD) else "ink"
        chart.text((x if look == WITHHELD else x + KEY, y + 10.5), name, kind=kind)


def _entries(series: Sequence[tuple[str, Texts]], language: str, *, line: bool) -> list[tuple[str, str]]:
    """Return what a legend tells: how it looks ("1", "2" for the series), and in words."""
    entries = [(str(turn + 1), name) for turn, (name, _) in enumerate(series if len(series) > 1 else ())]
    if any(small(text) for _, texts in series for text in texts) and not line:
        entries.append((HATCHED, say("table.hatched", language)))
    if any(text == WITHHELD for _, texts in series for text in texts):
        entries.append((WITHHELD, say("table.withheld", language)))
    return entries


def _places(entries: Sequence[tuple[str, str]], width: float) -> list[tuple[tuple[float, float], str, str]]:
    """Return where each entry stands: what no longer fits in a line begins the next one."""
    placed: list[tuple[tuple[float, float], str, str]] = []
    x, y = 0.0, 4.0
    for look, name in entries:
        wide = extent(name) + (0 if look == WITHHELD else KEY)
        if x and x + wide > width:
            x, y = 0.0, y + LEGEND
        placed.append(((x, y), look, name))
        x += wide + 26
    return placed


def _legend_height(words: Words, series: Sequence[tuple[str, Texts]], *, line: bool = False) -> float:
    plain = all(number(text) is not None or text is None for _, texts in series for text in texts)
    if plain and len(series) == 1:
        return 4.0
    lines = [y for (_, y), _, _ in _places(_entries(series, words.language, line=line), words.width)]
    return 24.0 + max(lines, default=4.0)


def _most(texts: Sequence[Texts]) -> float:
    return max([10.0, *(amount(text) or 0 for row in texts for text in row)])
