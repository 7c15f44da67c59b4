"""The room's words in Finnish, Swedish and English: `words/*.toml`, one entry a text, each in all three languages."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

from chatservice.reports.errors import UnknownLanguage

LANGUAGES: Final = ("fi", "sv", "en")
FOLDER: Final = Path(__file__).parent / "words"


def say(key: str, language: str, **values: str) -> str:
    """Return a text with its places filled; raises KeyError for an unknown text or a place that has no value."""
    return str(entry(key)[known(language)]).format(**values)


def has(key: str) -> bool:
    """Tell whether there is such a text."""
    return key in _all()


def entry(key: str) -> dict[str, str]:
    """Return a text in all its languages."""
    return _all()[key]


def keys() -> tuple[str, ...]:
    """Return the names of all texts."""
    return tuple(_all())


def known(language: str) -> str:
    """Return the language; raises UnknownLanguage for one that the room does not speak."""
    if language not in LANGUAGES:
        raise UnknownLanguage(f"expected one of {', '.join(LANGUAGES)}")
    return language


def places(text: str) -> frozenset[str]:
    """Return the names of the places that a text leaves open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@cache
def _all() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        for group, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found |= {f"{group}.{name}": texts for name, texts in entries.items()}
    return found
