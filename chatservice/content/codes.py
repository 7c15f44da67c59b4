"""The codes beside the topics: roles, ages, stages, outcomes and the like, read from the same `data/taxonomy.json`.

Nothing here is a text that somebody wrote; a retired code is not given any more.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from chatservice.content.taxonomy import file

# What a talk that ended has by itself: nobody chooses that it was left in the queue.
OF_THE_QUEUE: Final = frozenset({"O_QUIT", "O_UNANS"})


class Dimension(StrEnum):
    """The dimensions that a professional names."""

    AGE = "AGE"
    ROLE = "ROLE"
    STAGE = "STAGE"
    LANGUAGE = "LANG"
    OUTCOME = "OUTCOME"
    RISK_KIND = "RISKTYPE"


UNKNOWN_AGE: Final = "AUNK"


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its name in the asked language."""

    code: str
    name: str


@cache
def codes(dimension: Dimension, *, language: str) -> tuple[Code, ...]:
    """Return the codes of a dimension that may be given, in the order of the file; `language` is fi, sv or en."""
    return tuple(Code(value["code"], value[language]) for value in _values(dimension) if _is_given(value))


def is_code(code: str, *, dimension: Dimension) -> bool:
    """Tell whether a professional may give this code."""
    return any(known.code == code for known in codes(dimension, language="fi"))


def _is_given(value: dict[str, Any]) -> bool:
    return "retired" not in value and value["code"] not in OF_THE_QUEUE


def _values(dimension: Dimension) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(one["values"] for one in file()["dimensions"] if one["code"] == dimension)
    return found
