"""What holds between figures of different tables because of how things are counted, whatever the counts are.

"Nobody answered" is the outcome "unanswered"; a topic of young people is told in their channel only. A reader knows
that as well as he knows the hierarchies, and can find a child by it, so the attacker uses it (docs/statistics.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Tree = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Those whom any of these codes of a dimension counts; without a dimension everybody whom the measure counts.

    The codes exclude each other. What lies below a code in its hierarchy belongs to it.
    """

    measure: str
    dimension: str = ""
    codes: tuple[str, ...] = ()

    def tells(self, code: str, *, tree: Tree) -> bool | None:
        """Tell whether whoever has this code belongs here; None where the code alone does not decide it."""
        if not set(above(code, tree=tree)).isdisjoint(self.codes):
            return True
        return None if any(code in above(each, tree=tree) for each in self.codes) else False


@dataclass(frozen=True, slots=True)
class Identity:
    """`inner` is counted within `outer`, in every place and period.

    `equal`: the two are the same. `each`: every code of `inner` by itself, because one may have several of them.
    `times`: one of `outer` counts up to so often in `inner`. No `outer`: nobody is ever counted in `inner`.
    """

    name: str
    inner: Part
    outer: Part | None
    equal: bool = False
    each: bool = False
    times: int = 1

    def excludes(self, codes: Mapping[str, str], *, trees: Mapping[str, Tree]) -> bool:
        """Tell whether nobody can be in a cell of the inner measure with these codes, by dimension."""
        inner, outer = self.inner, self.outer
        within = _tells(inner, codes, trees)
        if outer is None:
            return within is True
        if outer.measure != inner.measure or not outer.dimension:
            return False
        around = _tells(outer, codes, trees)
        return (within is True and around is False) or (self.equal and within is False and around is True)


def identity_of(written: Mapping[str, Any]) -> Identity:
    """Return an identity that was written down as plain data (`dataclasses.asdict`). Raises KeyError, TypeError."""
    inner, outer = (_part_of(written[name]) for name in ("inner", "outer"))
    if inner is None:
        raise TypeError("expected an inner part")
    rest = {name: written[name] for name in ("equal", "each", "times")}
    return Identity(written["name"], inner, outer, **rest)


def _part_of(written: Mapping[str, Any] | None) -> Part | None:
    if written is None:
        return None
    return Part(written["measure"], written["dimension"], tuple(written["codes"]))


def above(code: str, *, tree: Tree) -> Sequence[str]:
    """Return a code and what it lies under, the total left out."""
    found = [code]
    while (up := tree.get(found[-1])) is not None and up in tree:
        found.append(up)
    return found


def _tells(part: Part, codes: Mapping[str, str], trees: Mapping[str, Tree]) -> bool | None:
    if part.dimension not in codes:
        return None
    return part.tells(codes[part.dimension], tree=trees[part.dimension])
