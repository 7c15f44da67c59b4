"""A text as the finders read it: digits of every kind as 0-9, invisible signs gone, letters and their case kept.

Unlike the views of the risk rules it keeps capitals (a name needs them) and is never cut: what lies beyond a cap
would be shown.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# Everything but the signs that need no second look: ASCII, Latin letters with marks, common punctuation.
SPECIAL = re.compile(
    "[^\t\n\r -~\u00a1-\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba-\u012f\u0131-\u017f"
    "\u2010-\u2015\u2018-\u201f\u2026\u20ac]"
)
FIGURE = re.compile("[0-9]")
LETTERS = re.compile(r"[^\W\d_]+")
CAPITAL = re.compile(r"[^\W\d_a-zåäö]")
UNSEEN = frozenset({"Cf", "Mn", "Me", "Cs", "Cc"})


class Plain(NamedTuple):
    """`text` and its lower case `low`, of the same length.

    `offsets[i]` is the place of sign i in the original; `figures` tells that there are digits; `runs` are the letters
    that stand together in `low`, `starts` the first three of each; `alone` counts the signs that stand between two
    spaces; `capitals` tells that there are letters other than our small ones.
    """

    text: str
    low: str
    offsets: Sequence[int]
    figures: bool
    runs: list[str]
    alone: int
    starts: set[str]
    capitals: bool

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where [start, end) stands in the text as written, signs that were left out behind it included."""
        return self.offsets[start], self.offsets[end]


def of(text: str) -> Plain:
    """Return the plain form of a text, in linear time."""
    if not SPECIAL.search(text):
        return _plain(text, text.lower(), range(len(text) + 1))
    return _decoded(text)


def _plain(text: str, low: str, offsets: Sequence[int]) -> Plain:
    alone = list(map(len, low.split())).count(1)
    runs = LETTERS.findall(low)
    starts = {run[:3] for run in runs}
    return Plain(text, low, offsets, bool(FIGURE.search(text)), runs, alone, starts, bool(CAPITAL.search(text)))


def _decoded(text: str) -> Plain:
    pieces: list[str] = []
    offsets: list[int] = []
    known: dict[str, str] = {}
    last = 0
    for match in SPECIAL.finditer(text):
        place = match.start()
        pieces.append(text[last:place])
        offsets += range(last, place)
        sign = known.get(text[place])
        if sign is None:
            sign = known[text[place]] = _sign(text[place])
        if not sign and pieces and (joined := _composed(pieces, text[place])):
            pieces[-1] = joined
        pieces.append(sign)
        offsets += [place] * len(sign)
        last = place + 1
    pieces.append(text[last:])
    offsets += range(last, len(text) + 1)
    plain = "".join(pieces)
    return _plain(plain, _lower(plain), offsets)


def _sign(sign: str) -> str:
    """Return what a special sign reads as: digits as 0-9, wide or styled ASCII as plain, the unseen as nothing."""
    value = unicodedata.numeric(sign, -1.0)
    if 0 <= value <= 20 and value == int(value) and unicodedata.category(sign) in {"Nd", "No"}:  # noqa: PLR2004 - circled numbers end at 20
        return str(int(value))
    if sign == "\U0001f51f":
        return "10"
    if unicodedata.category(sign) in UNSEEN:
        return ""
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def _composed(pieces: list[str], mark: str) -> str:
    """Return the last piece with a mark set on its last letter, where Unicode has such a letter."""
    if not pieces[-1] or not unicodedata.combining(mark):
        return ""
    letter = unicodedata.normalize("NFC", pieces[-1][-1] + mark)
    return pieces[-1][:-1] + letter if len(letter) == 1 else ""


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
