"""The house's rules as its professionals read them: straight from the rule files, nothing added or left out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from chatservice import moderation
from chatservice.moderation.risk.signs import Points
from chatservice.moderation.verdict import CATEGORIES, RANKS, Label, Level

ROOMS: Final = ("risk", "abuse")
FRAMES: Final = {"risk": "frames/*.toml", "abuse": "frames.toml"}
LEMMAS: Final = "lemmas.toml"
LABELS: Final = tuple(str(label) for label in Label if label is not Label.OK)
PARTS: Final = (*CATEGORIES, *LABELS)
# What a sign may speak for; "" stands for no one danger.
PARTS_OF_SIGNS: Final = (*CATEGORIES, "")
FOLDER: Final = Path(moderation.__file__).parent


@dataclass(frozen=True, slots=True)
class Rule:
    """One frame: each of `needs` is a list of concepts of which one must stand there, `-` before what is denied."""

    id: str
    room: str
    part: str
    level: str
    needs: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    within: str
    match: tuple[str, ...]
    miss: tuple[str, ...]
    owner: str
    source: str
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A concept whose points are added up: for a concern, for high, for immediate; `part` is what it speaks for."""

    name: str
    points: Points
    part: str


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return every frame, the highest level first."""
    found = [_rule(room, data, row) for room in ROOMS for data in _files(room) for row in data.get("frame", ())]
    return tuple(sorted(found, key=lambda rule: (PARTS.index(rule.part), -RANKS.get(Level(rule.level), 0), rule.id)))


@lru_cache(maxsize=1)
def signs() -> tuple[Sign, ...]:
    """Return the signs that are added up, by the danger they speak for, those that say most of it first."""
    rows = [(name, row) for data in _files("risk") for name, row in data.get("signs", {}).items()]
    found = [Sign(name, tuple(row[:3]), "".join(row[3:])) for name, row in rows]
    return tuple(sorted(found, key=lambda sign: (PARTS_OF_SIGNS.index(sign.part), -sign.points[1], sign.name)))


def of_part(part: str) -> tuple[Rule, ...]:
    """Return the frames of a category or label."""
    return tuple(rule for rule in rules() if rule.part == part)


def words(room: str, concept: str) -> Mapping[str, tuple[str, ...]]:
    """Return the patterns of a concept, by language; none for a concept that is found by its form."""
    found: dict[str, tuple[str, ...]] = {}
    for language, concepts in _words(room):
        if concept in concepts:
            found[language] = (*found.get(language, ()), *concepts[concept])
    return found


def _files(room: str) -> Iterator[dict[str, Any]]:
    for path in sorted((FOLDER / room / "data").glob(FRAMES[room])):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _words(room: str) -> tuple[tuple[str, dict[str, tuple[str, ...]]], ...]:
    """Each file of words with its language: the folder's name, or the file's; the tables of forms are left out."""
    folder = FOLDER / room / "data"
    paths = [path for path in (*folder.glob("??/*.toml"), *folder.glob("??.toml")) if path.name != LEMMAS]
    return tuple((path.stem if path.parent == folder else path.parent.name, _concepts(path)) for path in sorted(paths))


def _concepts(path: Path) -> dict[str, tuple[str, ...]]:
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("words", {})
    return {name: tuple(str(each) for each in patterns) for name, patterns in found.items()}


def _rule(room: str, data: Mapping[str, Any], row: Mapping[str, Any]) -> Rule:
    header = {**data.get("file", {}), **row}
    return Rule(
        id=str(row["id"]),
        room=room,
        part=str(row.get("category") or row.get("label")),
        level=str(row.get("level", Level.NONE)),
        needs=tuple(tuple(str(part).split("|")) for part in (*row.get("all", ()), *row.get("of", ()))),
        without=tuple(str(each).lstrip("@") for each in (*row.get("none", ()), *row.get("barrier", ()))),
        within=str(row.get("within", "clause")),
        match=tuple(row.get("match", ()) or row.get("examples_match", ())),
        miss=tuple(row.get("miss", ()) or row.get("examples_not", ())),
        owner=str(header.get("owner", "")),
        source=str(header.get("source", "")),
        date=str(header.get("date", "")),
        note=str(header.get("note", "")),
    )
