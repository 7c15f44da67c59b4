"""Counters wait here until the night: rows without time, key or order, inserted in the caller's transaction.

One contact raises one cell of each set of its year's catalogue. The rows of all contacts counted together are shuffled
before they are written, and each has a random number for its only key.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatservice.statistics.catalogue import Contact, Set, cell, digest, read, sets_of, version_of, written
from chatservice.store.pool import Connection

OPEN_BOOK: Final = """
INSERT INTO statistics_book (area_id, school_year, version, digest, catalogue, ended)
VALUES (%(area)s, %(year)s, %(version)s, %(digest)s, %(catalogue)s, false) ON CONFLICT (area_id, school_year) DO NOTHING
"""
CATALOGUE: Final = "SELECT catalogue FROM statistics_book WHERE area_id = %(area)s AND school_year = %(year)s"
RAISE: Final = """
INSERT INTO statistics_pending (id, area_id, school_year, name, cell)
SELECT gen_random_uuid(), * FROM unnest(%(areas)s::bigint[], %(years)s::text[], %(names)s::text[], %(cells)s::text[])
"""
SHUFFLER: Final = random.SystemRandom()


@dataclass(frozen=True, kw_only=True, slots=True)
class Raise:
    """One cell of a set to be raised by one."""

    area: int
    year: str
    name: str
    cell: str


async def count(connection: Connection, *, area: int, year: str, contact: Contact) -> None:
    """Count one contact inside the caller's transaction, in each set of its school year once."""
    sets = await catalogue(connection, area=area, year=year)
    await put(connection, raises=raised(area=area, year=year, contact=contact, sets=sets))


def raised(*, area: int, year: str, contact: Contact, sets: Sequence[Set]) -> list[Raise]:
    """Return the cells that a contact raises."""
    return [Raise(area=area, year=year, name=each.name, cell=at) for each in sets for at in contact.raises(each)]


async def count_cell(connection: Connection, *, area: int, year: str, name: str, at: dict[str, str]) -> None:
    """Count one thing that is no contact (a door, a test, a page of the library) in one set, if the year has it."""
    sets = await catalogue(connection, area=area, year=year)
    if any(each.name == name for each in sets):
        await put(connection, raises=[Raise(area=area, year=year, name=name, cell=cell(at))])


async def catalogue(connection: Connection, *, area: int, year: str) -> tuple[Set, ...]:
    """Return the sets of a year: those of the code for its first count, those kept in its book from then on."""
    asked = {"area": area, "year": year}
    row = await (await connection.execute(CATALOGUE, asked)).fetchone()
    if row is None:
        sets = sets_of(year)
        opened = {"version": version_of(year), "digest": digest(sets), "catalogue": written(sets)}
        await connection.execute(OPEN_BOOK, {**asked, **opened})
        row = await (await connection.execute(CATALOGUE, asked)).fetchone()
    assert row is not None, "the book was opened by us or by another in this moment"
    return read(row[0])


async def put(connection: Connection, *, raises: list[Raise]) -> None:
    """Write what is to be raised, in an order that tells nothing."""
    SHUFFLER.shuffle(raises)
    columns = {
        "areas": [each.area for each in raises],
        "years": [each.year for each in raises],
        "names": [each.name for each in raises],
        "cells": [each.cell for each in raises],
    }
    await connection.execute(RAISE, columns)
