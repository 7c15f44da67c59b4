"""What a rule's `@name` stands for: written out from a language's `lemmas.toml` when the rules are read."""

from collections.abc import Mapping
from typing import Any

from chatservice.moderation.risk.forms import english, finnish, swedish
from chatservice.moderation.risk.forms.slots import Row

MAKERS = {"fi": finnish.rows, "sv": swedish.rows, "en": english.rows}
Lemmas = Mapping[str, Mapping[str, Any]]


def forms(name: str, *, language: str, lemmas: Lemmas) -> list[str]:
    """Return all forms of a name in a language; raises LookupError or ValueError where `lemmas` does not give them."""
    made = rows(name, language=language, lemmas=lemmas)
    return [
        form for row in made for form in (*(f"{head} {tail}" for head in row.heads for tail in row.tails), *row.alone)
    ]


def rows(name: str, *, language: str, lemmas: Lemmas) -> list[Row]:
    """Return the same as rows of heads and tails; a form that stands alone may bear the mark `~`."""
    if language not in MAKERS:
        raise ValueError("only the words of a language may name forms")
    return MAKERS[language](name, lemmas)
