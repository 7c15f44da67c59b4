"""What the staff of each school know of their own school, for the gate: any of them but one might pool it. Pure.

They know the true counts of everything that is counted by school, shown or not. What came without a school is nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

from chatservice.disclosure.cells import Key, coordinates
from chatservice.statistics.catalogue import THREADS, Set, uncell
from chatservice.statistics.classes import UNKNOWN
from chatservice.statistics.codes import TOTAL, Tree, tree, up
from chatservice.statistics.tables import in_world

SCHOOL = "area@school"


def members(
    counts: Mapping[str, Mapping[str, int]], *, year: str, sets: Iterable[Set], parents: Tree
) -> Mapping[str, Mapping[Key, int]]:
    """Return each school, and "muut koulut" as one, with its cells and their true counts, as the gate names them."""
    towns = {code for code, above in parents.items() if above == TOTAL}
    schools = [code for code, above in parents.items() if above in towns and not code.startswith(f"{UNKNOWN}:")]
    found: dict[str, dict[Key, int]] = {school: {} for school in schools}
    for each in sets:
        if SCHOOL in each.dims:
            dimension = next(dim.partition("@")[0] for dim in each.dims if dim != SCHOOL)
            tally = _tally(counts.get(each.name, {}), dimension, parents=parents, year=year)
            for school, code in product(schools, _codes(dimension, year=year)):
                at = coordinates({"area": school, dimension: code})
                found[school][in_world(THREADS, at)] = tally[school, code]
    return found


def _codes(dimension: str, *, year: str) -> list[str]:
    """Return the codes at which schools are counted: the topmost, and all of them together."""
    return [TOTAL, *(code for code, above in tree(dimension, year=year).items() if above == TOTAL)]


def _tally(cells: Mapping[str, int], dimension: str, *, parents: Tree, year: str) -> Mapping[tuple[str, str], int]:
    """Add up counters at each place and code above them."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for text, count in cells.items():
        at = uncell(text)
        above = up(at["area"], parents=parents), up(at[dimension], parents=tree(dimension, year=year))
        for place, code in product(*above):
            found[place, code] += count
    return found
