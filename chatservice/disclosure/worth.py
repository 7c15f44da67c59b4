"""What a cell is worth to readers: the gate withdraws the least first and a key figure last (docs/statistics.md)."""

from chatservice.disclosure.cells import TOTAL, Coordinates, Frame

SPARE, DETAIL, KEY_FIGURE = range(3)
Worth = tuple[int, tuple[int, ...]]


def worth(at: Coordinates, *, frame: Frame) -> Worth:
    """Return a cell's worth, to be compared: spare dimensions < other details < totals of a place and period.

    Among totals the county's are worth more than a municipality's, and a term's more than a month's.
    """
    dimensions = {dimension for dimension, _ in at}
    if dimensions & set(frame.spare):
        return SPARE, ()
    if not dimensions <= set(frame.keys):
        return DETAIL, ()
    codes = dict(at)
    return KEY_FIGURE, tuple(-_depth(dimension, codes.get(dimension, TOTAL), frame) for dimension in frame.keys)


def _depth(dimension: str, code: str, frame: Frame) -> int:
    """Return how many steps a code stands below the total."""
    parents, depth = frame.hierarchies.get(dimension, {}), 0
    while code in parents:
        code, depth = parents[code], depth + 1
    return depth
