"""The Swedish phrases of the risk rules, slot by slot.

`risk/data/sv/lemmas.toml` holds `[sets]` (a name and the words or verb forms it stands for) and `[phrases]` (a name
and rows of slots: `@skära -|jag|hon mig|sig`, each slot one of its alternatives, `@` a set, `-` nothing, `_` a space).
The rules name a set or a phrase as `@skära sig`.
"""

from collections.abc import Mapping
from itertools import product
from typing import Any


def forms(name: str, lemmas: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return what a set or a phrase of `lemmas` stands for; raises KeyError for what is not there."""
    rows = lemmas["phrases"].get(name) or [f"@{name}"]
    return [form for row in rows for form in written_out(row, lemmas["sets"])]


def written_out(row: str, sets: Mapping[str, str]) -> list[str]:
    """Return every phrase that a row of slots stands for."""
    return [" ".join(filter(None, chosen)) for chosen in product(*(alternatives(slot, sets) for slot in row.split()))]


def alternatives(slot: str, sets: Mapping[str, str]) -> list[str]:
    """Return what one slot of a row may be."""
    words = [word for part in slot.split("|") for word in (sets[part[1:]].split() if part[0] == "@" else [part])]
    return ["" if word == "-" else word.replace("_", " ") for word in words]
