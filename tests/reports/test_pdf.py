"""PDFs are tagged, know their language, hold their text, and show no figure that is not in the snapshot."""

import io
import re
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from chatservice.reports import labels
from chatservice.reports.plans import report
from chatservice.reports.render import Around, look, render
from chatservice.reports.snapshot import digest
from chatservice.reports.words import LANGUAGES, entry
from tests.reports.invented import county, town

EARLIER = {"county": [county(year="2025-2026", contacts=2100)], "town": [town(year="2025-2026", talks=14)]}
STORED = {"county": county(), "town": town()}
# What is a number and no figure: times, days, years, ages, thresholds, pages.
NO_FIGURE = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}–\d{4}|\d{1,2}–\d{1,2}|(?:[Aa]lle|Yli) \d+|\d+ min|\b8 h\b|sivu \d+ / \d+|"
    r"\d+ §|1 000 oppilasta|(?:vähintään|raja on|Alle) \d+|0–\d|\b[0-9a-f]{12}\b|\n\d\.\s|Alle 10:n|viiteen"
)


@cache
def made(name: str, kind: str, language: str) -> bytes:
    """Return a rendered PDF, made once."""
    around = Around(earlier=EARLIER[name], county=STORED["county"] if name == "town" else None)
    return render(STORED[name], kind=kind, language=language, around=around).content


def read(name: str, kind: str, language: str) -> PdfReader:
    """Return the PDF as a reader opens it."""
    return PdfReader(io.BytesIO(made(name, kind, language)))


def words(reader: PdfReader) -> str:
    """Return the text of all pages."""
    return "\n".join(page.extract_text() for page in reader.pages)


@cache
def pages(name: str, kind: str, language: str) -> tuple[str, ...]:
    """Return the text of each page, read once."""
    return tuple(page.extract_text() for page in read(name, kind, language).pages)


def tags(node: Any) -> set[str]:
    """Return the kinds of the structure's elements."""
    node = node.get_object()
    if isinstance(node, list):
        return set().union(*(tags(each) for each in node)) if node else set()
    if not isinstance(node, DictionaryObject):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (tags(node["/K"]) if "/K" in node else set())


@pytest.mark.parametrize(
    ("name", "kind", "language"),
    [("county", "report", "fi"), ("town", "report", "sv"), ("town", "town", "en"), ("town", "slides", "sv")],
)
def test_a_pdf_is_tagged_and_knows_its_language_and_title(name: str, kind: str, language: str) -> None:
    reader = read(name, kind, language)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in made(name, kind, language)
    assert {"/Table", "/TH", "/TD", "/H1", "/Figure", "/P"} <= tags(root["/StructTreeRoot"])
    assert reader.metadata
    assert reader.metadata.title


def test_each_chart_tells_its_figures_to_those_who_do_not_see_it() -> None:
    view = look(STORED["county"], language="fi")
    charts = [chart for each in report(view).sections for chart in each.charts]
    assert charts
    assert all(re.search(r"\d", chart.alt) and chart.alt.startswith("Kuvio: ") for chart in charts)


@pytest.mark.parametrize(("name", "kind"), [("county", "report"), ("county", "year"), ("town", "town")])
def test_no_figure_is_shown_that_the_snapshot_does_not_give(name: str, kind: str) -> None:
    stored = [STORED[name], STORED["county"], *EARLIER[name]]
    texts = {cell["text"] for each in stored for table in each["tables"] for cell in table["cells"]}
    pupils = {str(node.get("pupils")) for each in stored for node in each["nodes"]["area"].values()}
    text = re.sub(r"(?<=\d)\u00a0(?=\d{3})", "", "\n".join(pages(name, kind, "fi"))).replace("\u00a0", " ")
    text = NO_FIGURE.sub(" ", text)
    shown = set(re.findall(r"\d+", re.sub(r"[+−]\d+|\d+ ?%", " ", text)))
    rates = {number for number in shown - texts - pupils if int(number) < 1000}
    view = look(STORED[name], language="fi")
    per_thousand = {
        row[3] for each in report(view).sections if each.key == "municipalities" for row in each.grids[0].rows
    }
    assert rates <= per_thousand | {"1", "2", "3"}
    assert shown - texts - pupils <= rates


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_footer_stand_on_the_pages(language: str) -> None:
    found = [page.replace("\n", " ") for page in pages("town", "report", language)]
    assert entry("heading.key_figures")[language] in found[0]
    assert all(STORED["town"]["hash"][:12] in page for page in found)
    assert all(labels.day("2026-08-01", language) in page for page in found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [("county", "year", 1), ("town", "year", 1), ("town", "town", 1), ("county", "town", 1), ("town", "slides", 4)],
)
def test_one_page_is_one_page_and_four_slides_are_four(name: str, kind: str, count: int, language: str) -> None:
    assert len(read(name, kind, language).pages) == count


@pytest.mark.parametrize(("talks", "language"), [(20, "fi"), (2, "sv")])
def test_a_town_without_a_county_has_four_slides_too(talks: int, language: str) -> None:
    content = render(town(talks=talks), kind="slides", language=language).content
    assert len(PdfReader(io.BytesIO(content)).pages) == 4


def test_what_looks_like_markup_stays_text() -> None:
    sly = "#panic() *Rivi* $x$ @koulu \\ <b>"
    nodes = {**STORED["town"]["nodes"]["area"], "Total": {"fi": sly, "sv": sly}}
    changed = {**STORED["town"], "nodes": {"area": nodes}, "notes": {"fi": sly, "sv": "", "en": ""}}
    content = render({**changed, "hash": digest(changed)}, kind="report", language="fi").content
    assert "#panic() *Rivi* $x$ @koulu" in words(PdfReader(io.BytesIO(content)))
