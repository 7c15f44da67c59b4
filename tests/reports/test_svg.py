"""Charts are drawn from published texts: hatched where small, a gap where withheld, never zero, readable by all."""

from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from chatservice.reports import svg
from chatservice.reports.drawing import extent, wrapped
from chatservice.reports.plans import report
from chatservice.reports.render import Around, look
from chatservice.reports.words import LANGUAGES
from tests.reports.invented import county

WORDS = svg.Words("t", "Aiheet", "Kuvio: Aiheet. Määrä: a 25; b alle 5; c ...", "fi", 640)


def parsed(chart: str) -> Element:
    """Return a chart of ours as a tree."""
    return ET.fromstring(chart)  # noqa: S314 - our own drawing, nobody's upload


def drawn(texts: list[str | None]) -> Element:
    """Return a bar chart of one series."""
    return parsed(svg.bars(WORDS, labels=[f"rivi {n}" for n, _ in enumerate(texts)], series=(("Määrä", texts),)))


def shapes(root: Element, kind: str) -> list[Element]:
    """Return the shapes of a class."""
    return [each for each in root.iter() if kind in (each.get("class") or "").split()]


def written(root: Element) -> list[str]:
    """Return the texts of a chart."""
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_what_is_small_is_hatched_and_has_a_height() -> None:
    root = drawn(["100", "alle 5", "alle 10"])
    hatched = shapes(root, "hatch")
    assert all(float(each.get("width", "0")) > 0 for each in hatched)
    assert "alle 5" in written(root)
    assert "alle 10" in written(root)
    assert len(shapes(root, "mark-1")) == 1


def test_what_is_withheld_is_a_labelled_gap() -> None:
    root = drawn(["100", ".."])
    assert len(shapes(root, "mark-1")) == 1
    assert not shapes(root, "hatch")
    assert ".." in written(root)


def test_bars_are_as_long_as_their_figures() -> None:
    first, second = shapes(drawn(["100", "50"]), "mark-1")
    assert float(first.get("width", "0")) == pytest.approx(2 * float(second.get("width", "0")), abs=0.2)


def test_a_month_that_is_withheld_breaks_the_line() -> None:
    texts = ["50", "..", "30", "alle 5"]
    root = parsed(svg.months(WORDS, labels=["elo", "syys", "loka", "marras"], series=(("2026–2027", texts),)))
    assert len(shapes(root, "line-1")) == 1
    assert len(shapes(root, "point-1")) == 3
    assert {"50", "..", "30", "alle 5"} <= set(written(root))


def test_two_years_differ_without_colour() -> None:
    series = (("a", ["50", "60"]), ("b", ["40", "30"]))
    root = parsed(svg.months(WORDS, labels=["elo", "syys"], series=series))
    assert all(each.get("stroke-dasharray") for each in shapes(root, "line-2"))
    assert not any(each.get("stroke-dasharray") for each in shapes(root, "line-1"))
    assert all(each.tag.endswith("circle") for each in shapes(root, "point-1"))
    assert all(each.tag.endswith("rect") for each in shapes(root, "point-2"))


def test_a_map_has_its_figure_in_each_field() -> None:
    texts = [["25", "alle 5"], ["..", "100"]]
    root = parsed(svg.heat(WORDS, rows=["ma", "ti"], columns=["14–16", "16–18"], texts=texts))
    assert {"25", "alle 5", "..", "100"} <= set(written(root))
    assert len(shapes(root, "hatch")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strict_page_may_show_every_chart(language: str) -> None:
    view = look(county(), language=language, around=Around(earlier=[county(year="2025-2026", contacts=2100)]))
    charts = [chart for each in report(view).sections for chart in each.charts]
    keys = []
    for chart in charts:
        root = parsed(chart.svg)
        tags = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert tags <= {"svg", "title", "desc", "defs", "pattern", "path", "rect", "line", "circle", "text"}
        names = {name for each in root.iter() for name in each.attrib}
        assert not any(name == "style" or name.startswith("on") or "href" in name for name in names)
        assert root.get("role") == "img"
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert root.get("aria-labelledby", "").split() == ids[:2]
        keys += ids
    assert len(keys) == len(set(keys)), "two charts of a page share an id"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_chart_runs_out_of_it(language: str) -> None:
    view = look(county(), language=language, around=Around(earlier=[county(year="2025-2026", contacts=2100)]))
    for each in report(view).sections:
        for chart in each.charts:
            root = parsed(chart.svg)
            for text in root.iter("{http://www.w3.org/2000/svg}text"):
                x, wide = float(text.get("x", "0")), extent(text.text or "")
                start = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
                assert start >= -1, (each.key, text.text)
                assert start + wide <= float(root.get("width", "0")) + 1, (each.key, text.text)


def test_long_words_are_wrapped_and_at_last_cut() -> None:
    assert wrapped("Kaverit ja yksinäisyys", width=400) == ["Kaverit ja yksinäisyys"]
    assert len(wrapped("Märkliga eller skrämmande upplevelser (röster, overklighet)", width=200)) == 2
    assert all(extent(line) <= 120 for line in wrapped("epäjärjestelmällisyydellistyttämättömyys" * 2, width=120))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_legend_is_told_to_its_end_on_a_narrow_page(language: str) -> None:
    words = svg.Words("t", "Aiheet", "", language, 385)
    series = (("Syyslukukausi", ["90", "alle 10"]), ("Kevätlukukausi", ["115", ".."]))
    legend = [each for each in parsed(svg.bars(words, labels=["a", "b"], series=series)).iter() if told(each)][:4]
    assert len(legend) == 4
    assert all(float(each.get("x", "0")) + extent(each.text or "") <= words.width for each in legend)
    assert len({each.get("y") for each in legend}) > 1


def test_names_of_months_stand_in_one_line_where_there_is_room() -> None:
    labels = ["elo", "syys", "loka", "marras", "joulu"]
    for width, lines in ((640.0, 1), (200.0, 2)):
        words = svg.Words("t", "Kuukaudet", "", "fi", width)
        root = parsed(svg.months(words, labels=labels, series=(("2026–2027", ["50"] * 5),)))
        assert len({each.get("y") for each in root.iter() if each.text in labels}) == lines


def told(element: Element) -> bool:
    """Tell whether an element is written text."""
    return element.tag.endswith("}text")
