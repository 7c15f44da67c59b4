"""What a rule's `@name` stands for: written out from a language's `lemmas.toml` when the rules are read."""

from collections.abc import Mapping
from typing import Any

from chatservice.moderation.risk.forms import english, finnish, swedish

MAKERS = {"fi": finnish.forms, "sv": swedish.forms, "en": english.forms}
Lemmas = Mapping[str, Mapping[str, Any]]


def forms(name: str, *, language: str, lemmas: Lemmas) -> list[str]:
    """Return all forms of a name in a language; raises LookupError or ValueError where `lemmas` does not give them."""
    if language not in MAKERS:
        raise ValueError("only the words of a language may name forms")
    return MAKERS[language](name, lemmas)
