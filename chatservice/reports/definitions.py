"""What every metric is, where it comes from and what it does not tell: one source for the page and for the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chatservice.reports.words import known, say

# Metric -> where it comes from, in the order in which a reader meets them.
SOURCES: Final[Mapping[str, str]] = {
    "contacts": "chat",
    "answered": "chat",
    "threads": "chat",
    "unmet": "door",
    "wait": "chat",
    "length": "chat",
    "topic": "worker",
    "age": "visitor",
    "outcome": "worker",
    "feedback": "visitor",
    "profession": "chat",
    "area": "entrance",
    "rota": "chat",
    "tests": "door",
    "library": "door",
    "share": "published",
    "change": "published",
    "median": "published",
    "per_thousand": "published",
    "protected": "method",
    "frozen": "method",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric in one language."""

    key: str
    name: str
    meaning: str
    source: str
    limits: str


def definitions(language: str) -> tuple[Definition, ...]:
    """Return every metric; raises UnknownLanguage."""
    return tuple(definition(key, known(language)) for key in SOURCES)


def definition(key: str, language: str) -> Definition:
    """Return one metric; raises KeyError for an unknown one."""
    return Definition(
        key=key,
        name=say(f"metric_name.{key}", language),
        meaning=say(f"metric_is.{key}", language),
        source=say(f"metric_from.{SOURCES[key]}", language),
        limits=say(f"metric_limit.{key}", language),
    )
