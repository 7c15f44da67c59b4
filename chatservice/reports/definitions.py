"""What every metric is, where it comes from and what it does not tell: one source for the page and for the reports."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
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
    "side": "worker",
    "role": "worker",
    "stage": "worker",
    "risk": "worker",
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
# What is counted for the work at the desk and stands in no report.
UNPUBLISHED: Final[Mapping[str, str]] = {"load": "queue", "common": "worker", "agreement": "worker"}
FROM: Final[Mapping[str, str]] = {**SOURCES, **UNPUBLISHED}
# Which metrics a section shows besides contacts and protected figures, which every report has.
OF_SECTION: Final[Mapping[str, tuple[str, ...]]] = {
    "key_figures": ("answered", "unmet", "wait", "outcome", "tests", "share", "median"),
    "doors": ("unmet", "answered", "share"),
    "answered": ("answered", "share"),
    "waits": ("wait", "share", "median"),
    "lengths": ("length", "share", "median"),
    "tests": ("tests", "share"),
    "library": ("library", "share"),
    "terms": ("topic", "change"),
    "topics": ("topic", "share", "change"),
    "top_topics": ("topic", "share"),
    "ages": ("age", "share"),
    "sides": ("side",),
    "who": ("role", "stage", "risk", "share"),
    "feedback": ("feedback", "share"),
    "outcomes": ("outcome", "share"),
    "municipality_months": ("area",),
    "municipalities": ("area", "per_thousand"),
    "own_school": ("threads", "area"),
    "school_threads": ("threads", "area"),
    "schools": ("threads", "area", "topic"),
    "professions": ("profession", "outcome"),
    "rota": ("rota", "unmet"),
    "hours": ("rota", "answered", "unmet"),
    "topics_ages": ("topic", "age"),
    "topic_outcomes": ("topic", "outcome"),
    "parents": ("topic", "share"),
    "together": ("topic",),
}
ALWAYS: Final = ("contacts", "protected", "frozen")


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric in one language; `use` tells where the service does not have it yet."""

    key: str
    name: str
    meaning: str
    source: str
    limits: str
    use: str = ""


def definitions(language: str, *, absent: Container[str] = ()) -> tuple[Definition, ...]:
    """Return every metric, those that are `absent` told to be so; raises UnknownLanguage."""
    return tuple(definition(key, known(language), absent=key in absent) for key in SOURCES)


def unpublished(language: str) -> tuple[Definition, ...]:
    """Return what is counted and never published; raises UnknownLanguage."""
    return tuple(definition(key, known(language)) for key in UNPUBLISHED)


def of_sections(sections: Iterable[str], language: str, *, absent: Container[str] = ()) -> tuple[Definition, ...]:
    """Return the metrics that these sections show, in the order of all, without those that are `absent`."""
    shown = {*ALWAYS, *(key for section in sections for key in OF_SECTION.get(section, ()))}
    return tuple(each for each in definitions(language) if each.key in shown and each.key not in absent)


def definition(key: str, language: str, *, absent: bool = False) -> Definition:
    """Return one metric; raises KeyError for an unknown one."""
    return Definition(
        key=key,
        name=say(f"metric_name.{key}", language),
        meaning=say(f"metric_is.{key}", language),
        source=say(f"metric_from.{FROM[key]}", language),
        limits=say(f"metric_limit.{key}", language),
        use=say("definitions.not_in_use", language) if absent else "",
    )
