"""The Swedish phrases of the risk rules, slot by slot.

`risk/data/sv/lemmas.toml` holds `[sets]` (a name and the words or verb forms it stands for) and `[phrases]` (a name
and rows of slots: `@skära -|jag|hon mig|sig`, each slot one of its alternatives, `@` a set, `-` nothing, `_` a space).
The rules name a set or a phrase as `@skära sig`.
"""

from collections.abc import Mapping
from typing import Any

from chatservice.moderation.risk.forms.slots import Row, halved


def rows(name: str, lemmas: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """Return what a set or a phrase of `lemmas` stands for; raises KeyError for what is not there."""
    written = lemmas["phrases"].get(name) or [f"@{name}"]
    return [halved([alternatives(slot, lemmas["sets"]) for slot in row.split()]) for row in written]


def alternatives(slot: str, sets: Mapping[str, str]) -> list[str]:
    """Return what one slot of a row may be."""
    words = [word for part in slot.split("|") for word in (sets[part[1:]].split() if part[0] == "@" else [part])]
    return ["" if word == "-" else word.replace("_", " ") for word in words]
