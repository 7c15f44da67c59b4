"""Worry tests whose answer was "safety first" are told of the whole area; of a municipality with the band beside it."""

from typing import Any

from chatservice.reports.plans import section
from chatservice.reports.render import look
from chatservice.reports.snapshot import digest
from chatservice.reports.words import say
from tests.reports import invented

SOON, LAST = say("band.B3S", "fi"), "Turvallisuus ensin"


def gathered(stored: dict[str, Any]) -> dict[str, Any]:
    """A report as it is drafted now: two tables, the two last bands of a municipality in one."""
    [bands] = [table for table in stored["tables"] if table["id"] == "test_bands"]
    towns = [cell for cell in bands["cells"] if cell["at"].get("band") not in {"B3", "BS"}]
    towns += [
        {"at": {**cell["at"], "band": "B3S"}, "text": "35"} for cell in bands["cells"] if cell["at"].get("band") == "BS"
    ]
    county = [cell for cell in bands["cells"] if "area" not in cell["at"]]
    tables = [table for table in stored["tables"] if table["id"] != "test_bands"]
    tables.append({**bands, "cells": towns})
    tables.append({**bands, "id": "county_bands", "dims": ["band", "period"], "cells": county})
    data = {**stored, "tables": tables}
    return {**data, "hash": digest(data)}


def test_it_is_told_apart_for_the_area_and_together_for_a_municipality() -> None:
    view = look(gathered(invented.county()), language="fi")
    [whole] = section(view, "tests").grids
    [town] = section(view.of("kivilahti"), "tests").grids
    bands = [row[0] for row in whole.rows]
    assert LAST in bands
    assert SOON not in bands
    bands = [row[0] for row in town.rows]
    assert SOON in bands
    assert LAST not in bands
