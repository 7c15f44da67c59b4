"""Arithmetic on what was published, and on nothing else (design rule: a figure is never computed from a hidden one).

Shares are whole per cent of totals of 50 and more; a change under 10 is no clear change; a median is the name of a
class, for 20 and more; rounded cells are never added up to something that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

LEAST_FOR_SHARE: Final = 50
LEAST_FOR_MEDIAN: Final = 20
LEAST_FOR_RATE: Final = 20
CLEAR_CHANGE: Final = 10
LEAST_NUMBER: Final = 5
FURTHEST: Final = 4
WITHHELD: Final = ".."
# The most that a mark can hide: "alle 5" is 0 to 4.
MOST: Final = {"alle 5": 4, "alle 10": 9}
Change = int | Literal["unclear"] | None


def number(text: str | None) -> int | None:
    """Return a published number, None for a mark or a cell that is not there."""
    return int(text) if text is not None and text.isdigit() else None


def at_least(text: str | None) -> int:
    """Return the least count that a text admits: a number is at most four too high, and never below five."""
    found = number(text)
    return 0 if found is None else max(LEAST_NUMBER, found - FURTHEST)


def is_small(text: str | None) -> bool:
    """Tell whether the text says only that the number is small."""
    return text in MOST


def share(part: str | None, total: str | None) -> int | None:
    """Return whole per cent of a published part in a published total of at least 50; None where that is not allowed."""
    some, whole = number(part), number(total)
    if some is None or whole is None or whole < LEAST_FOR_SHARE:
        return None
    return min(100, (200 * some + whole) // (2 * whole))


def change(before: str | None, after: str | None) -> Change:
    """Return the difference of two published numbers, "unclear" when under 10, None when one is no number."""
    first, second = number(before), number(after)
    if first is None or second is None:
        return None
    return second - first if abs(second - first) >= CLEAR_CHANGE else "unclear"


def median_class(classes: Iterable[tuple[str, str | None]], *, total: str | None) -> str | None:
    """Return the class in which the middle contact lies, by published counts in the order of the classes.

    Small classes may hold nothing or as much as their mark allows; only a class that is the middle in both cases is
    named. None under 20 contacts, or when a class is withheld.
    """
    counted = list(classes)
    whole = number(total)
    if whole is None or whole < LEAST_FOR_MEDIAN or any(text in {None, WITHHELD} for _, text in counted):
        return None
    least = _middle([(code, number(text) or 0) for code, text in counted])
    most = _middle([(code, MOST.get(text or "", number(text) or 0)) for code, text in counted])
    return least if least == most else None


def per_thousand(count: str | None, people: int | None) -> int | None:
    """Return a published number of 20 and more per 1,000 pupils, as a whole number."""
    some = number(count)
    if some is None or some < LEAST_FOR_RATE or not people:
        return None
    return (2000 * some + people) // (2 * people)


def _middle(counted: list[tuple[str, int]]) -> str | None:
    half, passed = sum(count for _, count in counted) / 2, 0
    for code, count in counted:
        passed += count
        if count and passed >= half:
            return code
    return None
