"""PDF through Typst: tagged, with language and title, after PDF/UA-1, with fonts that need no network.

Data goes in as JSON; no word or figure of it is ever read as Typst's markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

import typst

from chatservice.reports.document import Document
from chatservice.reports.words import say

FOLDER: Final = Path(__file__).parent / "typst"
FONTS: Final = "font_source_sans_pro"
Sheet = Literal["report", "page", "slides"]
WORDS: Final = ("report", "page", "limit", "questions", "about", "marks")
DEFINED: Final = ("title", "source", "limits")


def pdf(document: Document, *, sheet: Sheet) -> bytes:
    """Return the document as a tagged PDF; the same document gives the same bytes."""
    words = {name: say(f"document.{name}", document.language) for name in WORDS}
    words |= {f"defined_{name}": say(f"definitions.{name}", document.language) for name in DEFINED}
    data = json.dumps({**asdict(document), "words": words}, ensure_ascii=False)
    frozen = datetime.fromisoformat(document.frozen).replace(tzinfo=UTC)
    made = typst.compile(
        str(FOLDER / f"{sheet}.typ"),
        root=str(FOLDER),
        font_paths=_fonts(),
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(frozen.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("expected one file of bytes from Typst")
    return made


@cache
def _fonts() -> typst.Fonts:
    """Return Source Sans from its package beside the fonts inside Typst; the machine's own fonts stay out."""
    spec = find_spec(FONTS)
    folders = [str(Path(place) / "files") for place in (spec.submodule_search_locations or ())] if spec else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
