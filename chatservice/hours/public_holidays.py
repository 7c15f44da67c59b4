"""The names of Finland's public holidays in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays

# Named always: without a name of its own the library follows the machine's locale.
LOCALES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


def names(*, days: Iterable[date], language: str) -> dict[date, str]:
    """Return which of these days are public holidays, and their names."""
    return {day: found[day] for day in days if day in (found := of_year(day.year, language))}


@lru_cache(maxsize=64)
def of_year(year: int, language: str) -> dict[date, str]:
    """Return a year's public holidays by date; unknown languages read Finnish."""
    return dict(holidays.country_holidays("FI", years=year, language=LOCALES.get(language, "fi")))
