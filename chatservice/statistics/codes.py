"""The codes of each dimension and how they lie under each other, from the taxonomy and the service's own words.

Every dimension is a tree with the root "Total". A code that may be raised but has finer ones below it gets a child of
its own for what was not told more exactly, so that children always add up to their parent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from chatservice.content.taxonomy import FILE
from chatservice.statistics.classes import HOURS, LENGTHS, TERMS, UNKNOWN, WAITS, WEEKDAYS, months, term_of_month

TOTAL: Final = "Total"
REST: Final = ".UNSPEC"
SENSITIVE: Final = 10
YES, NO = "yes", "no"
LEFT_QUEUE, TURNED_AWAY, NO_REASON = "left_queue", "turned_away", "no_reason"
DOOR_CLOSED, DOOR_FULL = "door_closed", "door_full"
NOT_ANSWERED: Final = (LEFT_QUEUE, TURNED_AWAY, NO_REASON)
DOORS: Final = (DOOR_CLOSED, DOOR_FULL)
CHANNELS: Final = ("youth", "parent")
PROFESSIONS: Final = ("curator", "psychologist", "nurse")
FEEDBACK: Final = ("better", "same", "worse", "none")
BANDS: Final = ("B1", "B2", "B3", "BS")
# "Safety first" is told of the whole area only; a municipality tells it together with "talk to somebody soon".
SOON: Final = "B3S"
SOON_BANDS: Final = ("B3", "BS")
NOBODY: Final = "none"
# What a talk came to, in classes that a small area can show too. Duties and emergencies are one sensitive class.
OUTCOMES: Final = {
    "support": ("O_HEARD", "O_INFO", "O_SELFH", "O_TRUST"),
    "school": ("O_CUR", "O_PSY", "O_NUR", "O_SCHOOL"),
    "services": ("O_FAMC", "O_MHS", "O_YOUTH", "O_NGO"),
    "follow_up": ("O_BOOK", "O_HANDOVER", "O_EXPERT"),
    "safety": ("O_SOCEM", "O_112V", "O_112W", "O_CPN", "O_SSN", "O_POL", "O_DUTY_NOID"),
    "unfinished": ("O_OPEN", "O_DECL"),
    "unanswered": ("O_QUIT", "O_UNANS"),
}
# The taxonomy lets no finer judgement of danger be published than these two halves.
RISKS: Final = {"R01": ("R0", "R1"), "R23": ("R2", "R3")}
# A worry or a danger that the professional saw is as sensitive as a duty that followed from it.
SENSITIVE_CLASSES: Final = frozenset({"safety", "R23", *RISKS["R23"]})

Tree = Mapping[str, str]


@cache
def tree(dimension: str, *, year: str) -> Tree:
    """Return child -> parent of a dimension; `area` is the year's own (see nodes). Raises KeyError for others."""
    return MappingProxyType(_topics() if dimension in {"topic", "side"} else _others(year)[dimension])


def up(code: str, *, parents: Tree) -> Iterator[str]:
    """Yield a code and everything above it, "Total" at last; raises KeyError for an unknown one."""
    while code != TOTAL:
        yield code
        code = parents[code]
    yield TOTAL


def leaf(dimension: str, code: str) -> str:
    """Return the code under which a contact is counted; raises KeyError for an unknown one."""
    if dimension not in {"topic", "side"}:
        found = tree(dimension, year="2026-2027")
        return code if code in found else _missing(dimension, code)
    known = topic_codes()
    if code not in known:
        _missing(dimension, code)
    group, _, rest = known[code].partition("|")
    return f"{group}{REST}" if not rest and f"{group}{REST}" in _topics() else rest or group


def group_of(topic: str) -> str:
    """Return the topic group (L1) of a counted topic."""
    return next(code for code in up(topic, parents=_topics()) if _topics()[code] == TOTAL)


def class_of(outcome: str) -> str:
    """Return the class of a counted outcome."""
    parent = tree("outcome", year="2026-2027")[outcome]
    return outcome if parent == TOTAL else parent


def band_class(band: str) -> str:
    """Return the class in which a municipality's worry tests are counted."""
    return SOON if band in SOON_BANDS else band


@cache
def sensitive_codes() -> frozenset[str]:
    """Return the codes under the higher threshold."""
    topics = {code for code, least, *_ in _walk() if least >= SENSITIVE}
    rests = {f"{code}{REST}" for code in topics}
    outcomes = {value["code"] for value in _dimension("OUTCOME") if value.get("min_cell", 0) >= SENSITIVE}
    return frozenset(topics | (rests & set(_topics())) | outcomes | SENSITIVE_CLASSES)


@cache
def topic_codes() -> Mapping[str, str]:
    """Return every code of the taxonomy, deeper ones too, with "group|L2" or "group" as its value."""
    return MappingProxyType({code: f"{group}|{second}" if second else group for code, _, group, second in _walk()})


@cache
def _topics() -> dict[str, str]:
    found: dict[str, str] = {UNKNOWN: TOTAL}
    for code, _, group, second in _walk():
        if not second:
            found[code] = TOTAL
        elif code == second:
            found[code] = group
            found[f"{group}{REST}"] = group
    return found


@cache
def _others(year: str) -> dict[str, dict[str, str]]:
    outcomes = {code: name for name, codes in OUTCOMES.items() for code in codes} | dict.fromkeys(OUTCOMES, TOTAL)
    terms = dict.fromkeys(TERMS, TOTAL) | {month: term_of_month(month) for month in months(year)}
    risks = {code: name for name, codes in RISKS.items() for code in codes} | dict.fromkeys(RISKS, TOTAL)
    themes = [*_file()["themes"]["keys"], UNKNOWN]
    return {
        "period": terms,
        "age": _flat(value["code"] for value in _dimension("AGE")),
        "channel": _flat(CHANNELS),
        "profession": _flat((*PROFESSIONS, NOBODY)),
        "outcome": outcomes | {UNKNOWN: TOTAL},
        "wait": _flat((*(code for _, code in WAITS), UNKNOWN)),
        "length": _flat((*(code for _, code in LENGTHS), UNKNOWN)),
        "feedback": _flat((*FEEDBACK, UNKNOWN)),
        "weekday": _flat((*WEEKDAYS, UNKNOWN)),
        "hour": _flat((*HOURS, UNKNOWN)),
        "answered": {YES: TOTAL, NO: TOTAL} | dict.fromkeys(NOT_ANSWERED, NO),
        "kind": _flat(DOORS),
        "band": _flat((*BANDS, SOON)) | dict.fromkeys(SOON_BANDS, SOON),
        "theme": _flat(themes),
        "thread": _flat(("0", "1")),
        "role": _flat(value["code"] for value in _dimension("ROLE")),
        "stage": _flat(value["code"] for value in _dimension("STAGE")),
        "risk": risks | {UNKNOWN: TOTAL},
    }


def _flat(codes: Any) -> dict[str, str]:
    return dict.fromkeys(codes, TOTAL)


def _missing(dimension: str, code: str) -> str:
    raise KeyError(f"{dimension} has no code {code!r}")


def _walk() -> Iterator[tuple[str, int, str, str]]:
    """Yield (code, least cell, group, L2 or "") of every topic of the file."""
    for nodes in _file()["topics"].values():
        for group in nodes:
            yield group["code"], group["min_cell"], group["code"], ""
            for second in group.get("children", ()):
                for node in (second, *second.get("children", ())):
                    yield node["code"], node["min_cell"], group["code"], second["code"]


def _dimension(code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(each["values"] for each in _file()["dimensions"] if each["code"] == code)
    return found


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
