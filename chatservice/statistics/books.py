"""The book of a school year: its catalogue, its closed periods, its secret, and what was counted in it."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from django.db import connection

from chatservice.statistics.catalogue import VERSIONS, Set, digest, read, sets_of, version_of, written
from chatservice.statistics.errors import CatalogueChanged, SecretLost
from chatservice.statistics.models import Book, PublishedText
from chatservice.statistics.nightly import moved
from chatservice.vault.errors import KeyMissing
from chatservice.vault.keys import key_directory

CHECK: Final = b"kuulolla year secret v1"
# Those that wait for the night count too, where they will be put.
COUNTED: Final = """
SELECT school_year, name, cell, n, false FROM statistics_counter WHERE area_id = %(area)s AND school_year = %(year)s
UNION ALL
SELECT school_year, name, cell, count(*), true FROM statistics_pending WHERE area_id = %(area)s GROUP BY 1, 2, 3
"""

Counts = Mapping[str, Mapping[str, int]]


def opened(*, area: int, year: str, lock: bool = False) -> Book:
    """Return the year's book, opened with this release's catalogue on first use; `lock` holds it for a transaction.

    A year begun with an older catalogue goes on with that one; its book tells. Raises CatalogueChanged when the year
    was begun with sets that no version of this release has.
    """
    sets = sets_of(year)
    kept = {"version": version_of(year), "digest": digest(sets), "catalogue": written(sets)}
    Book.objects.get_or_create(area_id=area, school_year=year, defaults=kept)
    rows = Book.objects.select_for_update() if lock else Book.objects.all()
    book = rows.get(area_id=area, school_year=year)
    if read(book.catalogue) not in VERSIONS.values():
        raise CatalogueChanged(
            f"the year {year} was begun with catalogue {book.version}: go on with that release's sets"
        )
    return book


def catalogues_of(*, area: int) -> dict[str, tuple[Set, ...]]:
    """Return the sets in which each begun year of the area is counted."""
    rows = Book.objects.filter(area_id=area).values_list("school_year", "catalogue")
    return {year: read(text) for year, text in rows}


def closed_of(*, area: int) -> list[Book]:
    """Return the area's books of years in which a period is closed."""
    return list(Book.objects.filter(area_id=area, closed_until__isnull=False))


def counted(*, area: int, year: str) -> Counts:
    """Return set -> cell -> count of a year, those that still wait among them, as one moment sees them."""
    closed = {book.school_year: book.closed_until for book in closed_of(area=area) if book.closed_until is not None}
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"area": area, "year": year})
        for of, name, at, n, waiting in cursor.fetchall():
            place = moved((of, name, at), closed=closed) if waiting else (of, name, at)
            if place[0] == year:
                found[place[1]][place[2]] += n
    return found


def secret_of(book: Book) -> bytes:
    """Return the year's secret; made for the first figure of a year, never again. Raises SecretLost."""
    area, year = book.area_id, book.school_year
    first = book.secret_check is None and not PublishedText.objects.filter(area_id=area, school_year=year).exists()
    try:
        secret = key_directory().year_secret(area=area, year=year, make=first and not book.ended)
    except KeyMissing:
        raise SecretLost(f"the secret of {year} is not in the key directory: restore it, or report next year") from None
    told = hmac.digest(secret, CHECK, "sha256")
    if book.secret_check is None:
        Book.objects.filter(pk=book.pk, secret_check__isnull=True).update(secret_check=told)
        book.refresh_from_db(fields=["secret_check"])
    if not hmac.compare_digest(bytes(book.secret_check or b""), told):
        raise SecretLost(f"the secret of {year} is not the one its figures were made with: restore that")
    return secret
