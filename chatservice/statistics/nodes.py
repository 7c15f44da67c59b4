"""The municipalities and schools of a school year, and under which name a small school may be seen.

A school under 60 pupils, of a number that nobody told, or under 20 threads a year has no figures of its own: two or
more of a municipality are "muut koulut" (other schools) together, a single one is seen in its municipality only. The
first frozen report with schools decides for the whole year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from chatservice.places.models import Municipality, School
from chatservice.statistics.catalogue import uncell
from chatservice.statistics.classes import UNKNOWN
from chatservice.statistics.codes import TOTAL
from chatservice.statistics.models import Node

LEAST_PUPILS: Final = 60
LEAST_THREADS: Final = 20
OTHERS: Final = "muut koulut:"
LONGEST: Final = 60
NAMES: Final = {
    UNKNOWN: ("Ei tiedossa", "Okänd"),
    OTHERS: ("Muut koulut", "Andra skolor"),
}


@dataclass(frozen=True, slots=True)
class Nodes:
    """A year's places: child -> parent, the schools that are shown, and all names."""

    parents: Mapping[str, str]
    shown_schools: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]
    pupils: Mapping[str, int | None]

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities by code, the unknown one last where anything was counted in it."""
        return tuple(sorted((code for code, up in self.parents.items() if up == TOTAL), key=_unknown_last))

    def described(self, codes: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return what a snapshot tells of these places."""
        return {
            code: {
                "fi": self.names[code][0],
                "sv": self.names[code][1],
                "parent": self.parents[code],
                "pupils": self.pupils.get(code),
            }
            for code in sorted(set(codes) & set(self.parents))
        }

    def below(self, codes: Iterable[str]) -> dict[str, str]:
        """Return child -> parent of these places and all beside them: what adds up to a shown one, hidden or not."""
        shown = set(codes) & set(self.parents)
        parents = {self.parents[code] for code in shown}
        return {code: up for code, up in sorted(self.parents.items()) if up in parents or code in parents}


def is_code(code: str) -> bool:
    """Tell whether a loaded place may be called so."""
    taken = code in {TOTAL, UNKNOWN} or code.startswith((OTHERS, f"{UNKNOWN}:"))
    return 0 < len(code) <= LONGEST and code.isprintable() and not set(code) & set("|=,;\"'") and not taken


def ensure(*, area: int, year: str) -> None:
    """Take over the municipalities and schools that the area has now; those of the year stay as they are."""
    towns = Municipality.objects.filter(area_id=area)
    rows = [
        Node(area_id=area, school_year=year, code=town.code, name_fi=town.name_fi, name_sv=town.name_sv)
        for town in towns
    ]
    for school in School.objects.filter(area_id=area).select_related("municipality"):
        code = f"{school.municipality.code}-{school.pk}"
        names = {"name_fi": school.name, "name_sv": school.name}
        rows.append(Node(area_id=area, school_year=year, code=code, parent=school.municipality.code, **names))
    Node.objects.bulk_create(rows, ignore_conflicts=True)


def of_year(*, area: int, year: str, counts: Mapping[str, Mapping[str, int]]) -> Nodes:
    """Return the places of a year; the counters tell which schools are small and whether any place is unknown."""
    ensure(area=area, year=year)
    threads: dict[str, int] = defaultdict(int)
    for at, n in counts.get("school_threads", {}).items():
        threads[uncell(at)["area"]] += n
    towns = {
        uncell(at)["area"]
        for name, cells in counts.items()
        if name.startswith(("municipality_", "door_"))
        for at in cells
        if "area=" in at
    }
    rows = Node.objects.filter(area_id=area, school_year=year).order_by("code")
    return arranged(rows, threads=threads, named=towns | set(threads))


def arranged(rows: Iterable[Node], *, threads: Mapping[str, int], named: Iterable[str]) -> Nodes:
    """Put the places under each other; `named`: places in which something was counted. Pure."""
    rows = list(rows)
    parents = {row.code: row.parent for row in rows}
    names = {row.code: (row.name_fi, row.name_sv) for row in rows}
    schools = [row for row in rows if row.parent != TOTAL]
    for town in [row.code for row in rows if row.parent == TOTAL]:
        small = [row.code for row in schools if row.parent == town and not is_own(row, threads=threads)]
        if len(small) > 1:
            others = f"{OTHERS}{town}"
            parents |= {others: town} | dict.fromkeys(small, others)
            names[others] = NAMES[OTHERS]
    for code in sorted(named):
        if code not in parents:  # the unknown municipality, and the unknown school of a known one
            parents[code] = TOTAL if code == UNKNOWN else code.partition(":")[2]
            names[code] = NAMES[UNKNOWN]
    own = [row.code for row in schools if is_own(row, threads=threads)]
    groups = [code for code in parents if code.startswith(OTHERS)]
    pupils = {row.code: row.pupils for row in rows}
    for row in rows:
        inside = [school.pupils for school in schools if school.parent == row.code]
        if row.pupils is None and inside and None not in inside:
            pupils[row.code] = sum(filter(None, inside))
    return Nodes(parents, tuple(sorted(own) + sorted(groups)), names, pupils)


def is_own(row: Node, *, threads: Mapping[str, int]) -> bool:
    """Tell whether a school has figures of its own in this year."""
    if row.own is not None:
        return row.own
    # Of a school of the service nobody told how many pupils it has: it may be a village's. A place known by its code
    # alone comes from a file of contacts, which has no pupils: whoever loads one answers for them.
    large = row.name_fi == row.code if row.pupils is None else row.pupils >= LEAST_PUPILS
    return large and threads.get(row.code, 0) >= LEAST_THREADS


def settle(*, area: int, year: str, nodes: Nodes) -> None:
    """Keep for the year which schools have figures of their own. Called when a report that shows them is frozen."""
    open_rows = Node.objects.filter(area_id=area, school_year=year, own__isnull=True).exclude(parent=TOTAL)
    shown = set(nodes.shown_schools)
    for row in open_rows:
        row.own = row.code in shown
        row.save(update_fields=["own"])


def _unknown_last(code: str) -> tuple[bool, str]:
    return (code == UNKNOWN, code)
