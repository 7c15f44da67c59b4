"""The one text of a count: below the threshold a class, above it a secret, repeatable, unbiased rounding to five.

Like random rounding of official statistics (Stats NZ's RR3), but the dice are an HMAC of the cell's name under the
school year's secret: whoever asks twice learns nothing, and the same cell reads the same in every report.
"""

import hmac

from chatservice.disclosure.cells import SMALL, Coordinates, name_of

BASE = 5
SECRET_BYTES = 32
_DICE_BYTES = 8


class WrongCount(ValueError):
    """A count is a whole number, zero or more, and the year's secret has at least 32 bytes."""


def text_of(count: int, *, at: Coordinates, measure: str, year: str, secret: bytes, threshold: int = 5) -> str:
    """Return the text under which a count is published: "alle <threshold>", or a multiple of five at most four away.

    `at` must be canonical (cells.canonical) and `threshold` at least five - a smaller one would show small counts.
    Zero is "alle 5" like four (statistics.md §4c): a shown zero tells a group what it did not talk about.
    """
    if isinstance(count, bool) or count < 0 or len(secret) < SECRET_BYTES or threshold < BASE:
        raise WrongCount("expected a count of zero or more, 32 bytes of secret and a threshold of at least five")
    if count < threshold:
        return f"{SMALL}{threshold}"
    rest = count % BASE
    up = _dice(name_of(at, measure=measure, year=year), secret) * BASE < rest << 8 * _DICE_BYTES
    return str(count - rest + BASE * up)


def _dice(name: str, secret: bytes) -> int:
    """Return the cell's own throw, even over 0 .. 2^64 - 1."""
    return int.from_bytes(hmac.digest(secret, name.encode(), "sha256")[:_DICE_BYTES], "big")
