"""What a change of an area's terms would do to the development messages, before anybody writes by it.

The messages are made up, one by one, with the level each should get; nobody's words are among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chatservice.moderation import views
from chatservice.moderation.pipeline import Ruleset, Term, default, screen
from chatservice.moderation.verdict import Level
from chatservice.moderation.words import words_of
from chatservice.places.models import LANGUAGES

SETS: Final = "risk/dev-*.jsonl"


@dataclass(frozen=True, slots=True)
class Sample:
    """A development message and the level it should get."""

    id: str
    language: str
    text: str
    level: Level


@dataclass(frozen=True, slots=True)
class Moved:
    """A message that a change moves from one level to another."""

    sample: Sample
    before: Level
    after: Level


@dataclass(frozen=True, slots=True)
class Change:
    """What a change does to the development messages: how many there are, and which rise and fall."""

    messages: int
    rises: tuple[Moved, ...]
    falls: tuple[Moved, ...]

    @property
    def harmless(self) -> tuple[Moved, ...]:
        """Those that rise although nothing is wrong in them: false alarms."""
        return tuple(each for each in self.rises if each.sample.level is Level.NONE)


def samples(folder: Path) -> tuple[Sample, ...]:
    """Return the development messages below a folder; none where they are not there or cannot be read."""
    try:
        return tuple(sample for path in sorted(folder.glob(SETS)) for sample in _read(path))
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def change(*, before: tuple[Term, ...], after: tuple[Term, ...], found: tuple[Sample, ...]) -> Change:
    """Screen the messages with the terms of before and of after; those without a changed term cannot have moved."""
    old, new = default().with_terms(before), default().with_terms(after)
    changed = default().with_terms(set(before) ^ set(after))
    touched = [each for each in found if _holds(each.text, changed)]
    moved = [Moved(each, _level(each, old), _level(each, new)) for each in touched]
    rises = tuple(each for each in moved if each.after.rank > each.before.rank)
    return Change(len(found), rises, tuple(each for each in moved if each.after.rank < each.before.rank))


def _holds(text: str, rules: Ruleset) -> bool:
    words = words_of(views.of(text).joined).words
    return rules.matcher is not None and any(True for _ in rules.matcher.hits(words))


def _level(sample: Sample, rules: Ruleset) -> Level:
    return screen(sample.text, language=sample.language, rules=rules).level


def _read(path: Path) -> Iterator[Sample]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            language = row["lang"] if row["lang"] in LANGUAGES else LANGUAGES[0]
            yield Sample(str(row["id"]), language, str(row["text"]), Level(row["level"]))
