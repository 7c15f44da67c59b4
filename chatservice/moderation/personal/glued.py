"""First and last name written as one word ("maijavirtanen", "maija_virtanen") or letter by letter."""

import re
from collections.abc import Iterator

from chatservice.moderation.personal import lexicon
from chatservice.moderation.personal.codes import Hit
from chatservice.moderation.personal.plain import Plain

GLUED = re.compile(r"(?<![^\W_])(?:[^\W\d_]{9,40}|[^\W\d_]{3,20}[._\-][^\W\d_]{4,24})(?![^\W_])")
SHORTEST_GLUED, LONGEST_GLUED = 9, 40
WITHIN = re.compile(r"[._\-][^\W\d_]")
LETTERS_APART = re.compile(r"(?<![^\W_])(?:[^\W\d_]\s{1,3}){7,40}[^\W\d_](?![^\W_])")
# So many of them stand between two spaces each.
LEAST_ALONE = 6


def find(plain: Plain) -> Iterator[Hit]:
    """Yield names that are one word, or letters apart."""
    low = plain.low
    for match in GLUED.finditer(low) if _holds_any(plain) else ():
        if match[0][: lexicon.FEWEST] in lexicon.STARTS and lexicon.glued(re.sub(r"[._\-]", "", match[0])):
            yield *match.span(), "name"
    for match in LETTERS_APART.finditer(low) if plain.alone >= LEAST_ALONE else ():
        if lexicon.glued("".join(match[0].split())):
            yield *match.span(), "name"


def _holds_any(plain: Plain) -> bool:
    """Tell whether a long word is two names, or signs stand between letters: else nothing is written as one word."""
    long = (run for run in plain.runs if SHORTEST_GLUED <= len(run) <= LONGEST_GLUED)
    return any(map(lexicon.glued, long)) or WITHIN.search(plain.low) is not None
