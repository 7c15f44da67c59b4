"""What is published, as everybody names it: a cell, its table, its report, and the frame in which a reader sees them.

A cell is a measure with coordinates: sorted pairs of dimension and code, a total simply absent. The same cell has the
same name in every table and report, so that it can have one text for ever (docs/statistics.md, "The gate").
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from chatservice.disclosure.identity import Identity

TOTAL = "Total"
WITHDRAWN = ".."
SMALL = "alle "

Coordinates = tuple[tuple[str, str], ...]
Key = tuple[str, Coordinates]


class UnreadableText(ValueError):
    """A cell's text must be digits, "alle <number>" or ".."."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One published figure: where it stands and its text ("25", "alle 5", "alle 10" or "..")."""

    at: Coordinates
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of one measure. `share`: the texts are percentages over this dimension (foreign publishers only)."""

    name: str
    measure: str
    dims: tuple[str, ...]
    cells: tuple[Cell, ...]
    share: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Tables that are published together."""

    name: str
    tables: tuple[Table, ...]

    def cells(self) -> Iterator[tuple[Table, Cell]]:
        """Yield each cell with its table, in the order of publication."""
        for table in self.tables:
            for cell in table.cells:
                yield table, cell

    def without(self, withdrawn: Sequence[Key] | set[Key]) -> "Report":
        """Return this report with ".." in place of these cells, in every table that shows them."""
        gone = set(withdrawn)
        return replace(self, tables=tuple(_masked(table, gone) for table in self.tables))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a reader knows of the publication's make: hierarchies, thresholds, how wide an interval must stay.

    `hierarchies`: dimension -> child -> parent, root "Total"; children are exhaustive unless the dimension is `open`.
    `sensitive`: dimensions in which a group may not fall into one category. `sensitive_codes`: codes under the higher
    threshold. `joint`: dimensions crossed although no table crosses them ("area@1": down to level 1 only).
    `within`: measures of which the second counts at least what the first counts in every cell ("threads" within
    "contacts"); a third word names a dimension of the first alone, in whose leaves that holds ("sides" within
    "contacts" for each "side"). `marks`: what further texts mean, where another publisher has marks of its own.
    `identities`: what holds between the tables by the way of counting (identity.py).
    What the gate withdraws last and first (worth.py): `keys` are the dimensions of a key figure, the place first; a
    cell with one of the `spare` dimensions goes before all others.
    """

    hierarchies: Mapping[str, Mapping[str, str]]
    sensitive: tuple[str, ...] = ("topic", "outcome")
    k: int = 5
    k_sensitive: int = 10
    p: int = 3
    base: int = 5
    joint: tuple[str, ...] = ()
    sensitive_codes: frozenset[str] = field(default_factory=frozenset)
    open: tuple[str, ...] = ()
    within: tuple[tuple[str, ...], ...] = ()
    identities: tuple[Identity, ...] = ()
    marks: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    keys: tuple[str, ...] = ("area", "period")
    spare: tuple[str, ...] = ()

    def threshold(self, at: Coordinates) -> int:
        """Return the smallest count that is shown as a number in this cell."""
        return self.k_sensitive if any(code in self.sensitive_codes for _, code in at) else self.k

    def bounds(self, text: str, at: Coordinates) -> tuple[int, int | None]:
        """Return the least and most true count that this text admits in this cell; None: no upper end."""
        if text in self.marks:
            return self.marks[text]
        return bounds(text, threshold=self.threshold(at), base=self.base)


def coordinates(at: Mapping[str, str]) -> Coordinates:
    """Return the canonical coordinates of a mapping: sorted, totals left out."""
    return tuple(sorted((dimension, code) for dimension, code in at.items() if code not in {"", TOTAL}))


def canonical(at: Mapping[str, str] | Coordinates, hierarchies: Mapping[str, Mapping[str, str]]) -> Coordinates:
    """Return coordinates in which an only child has taken its parent's place.

    One school in a municipality *is* the municipality: two texts for one number would be two roundings of it
    (statistics.md §4c). `hierarchies` must hold every node of the year, whether anything was counted in it or not.
    """
    raised = {}
    for dimension, code in dict(at).items():
        only = only_children(tuple(sorted(hierarchies.get(dimension, {}).items())))
        node = code
        while node in only:
            node = only[node]
        raised[dimension] = node
    return coordinates(raised)


@lru_cache(maxsize=256)
def only_children(parents: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return the children that have no sibling, each with its parent."""
    children: dict[str, list[str]] = {}
    for child, parent in parents:
        children.setdefault(parent, []).append(child)
    return {found[0]: parent for parent, found in children.items() if len(found) == 1}


def name_of(at: Coordinates, *, measure: str, year: str) -> str:
    """Return a cell's text for hashing and for people: "contacts|2026-2027|age=A13_15|period=autumn"."""
    return "|".join([measure, year, *(f"{dimension}={code}" for dimension, code in at)])


def bounds(text: str, *, threshold: int, base: int) -> tuple[int, int | None]:
    """Return the least and most true count that a text admits; None: no upper end.

    A number tells two things: the rounding moved it by less than `base`, and it had reached the threshold - unless it
    is itself below, which shows that this publisher has none.
    """
    if text == WITHDRAWN:
        return 0, None
    if text.startswith(SMALL) and text[len(SMALL) :].isdecimal():
        return 0, int(text[len(SMALL) :]) - 1
    if text.isdecimal():
        number = int(text)
        return max(number - base + 1, threshold if number >= threshold else 0), number + base - 1
    raise UnreadableText(f'expected digits, "alle <number>" or "..", got {text!r}')


def _masked(table: Table, gone: set[Key]) -> Table:
    cells = tuple(Cell(cell.at, WITHDRAWN) if (table.measure, cell.at) in gone else cell for cell in table.cells)
    return replace(table, cells=cells)
