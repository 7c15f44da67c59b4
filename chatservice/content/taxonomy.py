"""The codes that a talk is described by: topics by channel, read once from `data/taxonomy.json`.

A published code never gets a new meaning; the file's `rules` tell how one is retired.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).parent / "data" / "taxonomy.json"
NEITHER: Final = "non_counselling"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with its name in the asked language; `within` is the code it belongs under, empty at the top."""

    code: str
    name: str
    within: str


@cache
def topics(*, channel: str, language: str) -> tuple[Topic, ...]:
    """Return the topics of a channel and those that are no counselling, in the order of the file.

    `channel` is youth or parent, `language` fi, sv or en; raises KeyError for others.
    """
    known = file()["topics"]
    return tuple(_walk([*known[channel], *known[NEITHER]], language=language, within=""))


def is_topic(code: str, *, channel: str) -> bool:
    """Tell whether a code may describe a talk of this channel."""
    return any(topic.code == code for topic in topics(channel=channel, language="fi"))


@cache
def file() -> dict[str, Any]:
    """Return the whole file as it stands."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def _walk(nodes: list[dict[str, Any]], *, language: str, within: str) -> list[Topic]:
    found: list[Topic] = []
    for node in nodes:
        if "retired" not in node:
            found.append(Topic(node["code"], node[language], within))
            found += _walk(node.get("children", []), language=language, within=node["code"])
    return found
