"""What an attack finds: cells known exactly, too narrowly or not to be empty; groups that fall into one category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatservice.disclosure.attack.system import NO_END, System
from chatservice.disclosure.attack.worlds import is_safe
from chatservice.disclosure.cells import Key


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell and the interval in which a reader knows its true count to lie; no `high`: no end."""

    measure: str
    at: tuple[tuple[str, str], ...]
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reader learns too well. A cell is named once, by the first of exact, narrow, presence that it is.

    `exact`: one count is possible. `narrow`: fewer than p + 1 counts from end to end. `presence`: certainly somebody,
    certainly fewer than the threshold. `group`: (the group, the one category that all of it falls into). `changed`:
    cells that were published under two texts, which whoever asks often enough averages away.
    """

    exact: tuple[Finding, ...] = ()
    narrow: tuple[Finding, ...] = ()
    presence: tuple[Finding, ...] = ()
    group: tuple[tuple[Finding, Finding], ...] = ()
    changed: tuple[Key, ...] = ()

    @property
    def clean(self) -> bool:
        """Tell that nothing was found."""
        return not (self.exact or self.narrow or self.presence or self.group or self.changed)


Ranges = Mapping[int, tuple[int, int]]


def sorted_out(system: System, unsafe: Ranges, *, changed: Sequence[Key] = ()) -> Findings:
    """Return the findings among these ranges; every unknown that is not among them is safe."""
    exact, narrow, presence = [], [], []
    for number, (low, high) in sorted(unsafe.items()):
        if low == high:
            exact.append(finding(system, number, low=low, high=high))
        elif high - low < system.frame.p:
            narrow.append(finding(system, number, low=low, high=high))
        elif not is_safe(system, number, low=low, high=high):
            presence.append(finding(system, number, low=low, high=high))
    return Findings(tuple(exact), tuple(narrow), tuple(presence), tuple(_groups(system, unsafe)), tuple(changed))


def _groups(system: System, unsafe: Ranges) -> list[tuple[Finding, Finding]]:
    """A group that may hold somebody falls into one category when all the others are known to be empty."""
    found = []
    for parent, children in system.groups:
        filled = [child for child in children if unsafe.get(child, (0, 1))[1] > 0]
        if len(filled) == 1 and unsafe.get(parent, (0, 1))[1] > 0:
            low, high = unsafe.get(parent, (system.low[parent], system.high[parent]))
            only = unsafe.get(filled[0], (low, high))
            group = finding(system, parent, low=low, high=high)
            found.append((group, finding(system, filled[0], low=only[0], high=only[1])))
    return found


def finding(system: System, number: int, *, low: int, high: int) -> Finding:
    """Return a finding about one unknown."""
    measure, at = system.names[number]
    return Finding(measure, at, low, None if high >= NO_END else high)


def key_of(found: Finding) -> Key:
    """Return the name of a finding's cell."""
    return found.measure, found.at
