"""A rule file as it was read, and the error that names the place of a fault in it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatservice.moderation.risk import rows
from chatservice.moderation.risk.model import Origin, RuleError

FILE_KEYS = ("owner", "source", "date", "note")
# Folders of rules whose words are of one language.
LANGUAGES = ("fi", "sv", "en")


@dataclass(slots=True)
class Source:
    """A rule file as it was read."""

    path: Path
    name: str
    language: str
    text: str
    data: dict[str, Any]
    origin: Origin | None = None

    def error(self, what: str, *, rule: str = "") -> RuleError:
        """Return the error for a fault in this file; the line is where the rule's name first stands."""
        line = next((number for number, row in enumerate(self.text.splitlines(), 1) if rule and rule in row), 0)
        place = f"{self.name}:{line}" if line else self.name
        return RuleError(f"{place}: {f'rule {rule}: ' if rule else ''}{what}")


def read(path: Path, folder: Path) -> Source:
    """Read one TOML file."""
    name = path.relative_to(folder).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path, name, path.parent.name if path.parent.name in LANGUAGES else "", text, parsed(text))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{name}: {error}") from error


def parsed(text: str) -> dict[str, Any]:
    """Return a TOML text's content; only what is not written plainly needs the whole of TOML."""
    data = rows.read(text)
    return tomllib.loads(text) if data is None else data


def is_texts(value: Any) -> bool:
    """Tell whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
