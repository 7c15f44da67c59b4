"""The draft under the gate: which of its cells can still be withdrawn, and which of them a finding asks for."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from chatservice.disclosure.attack.search import beside
from chatservice.disclosure.attack.system import NO_END, System
from chatservice.disclosure.cells import SMALL, WITHDRAWN, Frame, Key, Report, canonical
from chatservice.disclosure.worth import Worth, worth

Value = tuple[Worth, int]


class Refused(ValueError):
    """The draft may not be published as it stands, whatever is withdrawn; `code` tells pages which words to use."""

    code = "refused"


class TooLate(Refused):
    """What is to be hidden is known from earlier reports alone."""

    code = "known"


class Draft:
    """The shown cells of a draft as unknowns of the reader's system; withdrawing widens the system."""

    def __init__(self, system: System, frozen: Sequence[Report], draft: Report) -> None:
        self._system = system
        before = {key for report in frozen for key in texts(report, system.frame)}
        self._bounds: dict[int, tuple[int, int]] = {}
        self.shown: dict[int, int] = {}
        self.withdrawn: list[int] = []
        for key, text in texts(draft, system.frame).items():
            number = system.index[key]
            if key not in before and text != WITHDRAWN and number not in system.never:
                self.shown[number] = 0 if text.startswith(SMALL) else int(text)
                self._bounds[number] = system.low[number], system.high[number]
        self._worth = {number: worth(system.names[number][1], frame=system.frame) for number in self.shown}
        self._beside = beside(system)

    def value(self, number: int, figure: int) -> Value:
        """Return what a cell of the draft with this figure is worth; the least goes first and comes back last."""
        return self._worth[number], figure

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the least and most true count that a cell of the draft admits when it is shown."""
        return self._bounds[number]

    def withdraw(self, number: int) -> None:
        """Take a cell out of the draft: the reader knows nothing of it but what others tell."""
        del self.shown[number]
        self.withdrawn.append(number)
        self._system.low[number], self._system.high[number] = 0, NO_END

    def bring_back(self, number: int, figure: int) -> None:
        """Show a withdrawn cell again."""
        self.withdrawn.remove(number)
        self.shown[number] = figure
        self._system.low[number], self._system.high[number] = self._bounds[number]

    def answer(self, unsafe: Iterable[int], *, known: Collection[int] = ()) -> list[tuple[int, int]]:
        """Withdraw one cell for each finding that shares no relation with an answered one; return (cell, figure) pairs.

        Of the cell itself and the shown ones next to it the least worth goes: the cell itself among equals, else the
        smallest figure; so a total goes only where nothing else of the draft is left beside it. What is `known` from
        elsewhere stays, for hiding it helps nobody. Raises Refused when a finding has no shown cell of the draft
        anywhere near: then older reports gave it away.
        """
        done: list[tuple[int, int]] = []
        settled: set[int] = set()
        for number in sorted(unsafe):
            if number in settled:
                continue
            chosen = self._chosen(number, known=known)
            settled.update(self._ring(chosen))
            done.append((chosen, self.shown[chosen]))
            self.withdraw(chosen)
        return done

    def clear(self, unsafe: Iterable[int], *, known: Collection[int]) -> list[tuple[int, int]]:
        """Do as `answer`, with all that is shown next to the findings; the caller brings back what may be shown."""
        near = {each for number in unsafe for each in self._near(number, known=known)}
        done = [(number, self.shown[number]) for number in sorted(near)]
        for number in near:
            self.withdraw(number)
        return done

    def keys(self) -> list[Key]:
        """Return the names of the withdrawn cells, sorted."""
        return sorted(self._system.names[number] for number in self.withdrawn)

    def _chosen(self, number: int, *, known: Collection[int]) -> int:
        """Return what goes for a finding: the least worth of the cell itself and its nearest shown neighbours."""
        near = self._near(number, known=known)
        return min(near, key=lambda each: (self._worth[each], each != number, self.shown[each], each))

    def _near(self, number: int, *, known: Collection[int]) -> set[int]:
        """Return the nearest shown cells, the cell itself among them where it is shown."""
        shown = self.shown.keys() - known
        seen = ring = self._ring(number)
        near = ring & shown
        while ring and not near:
            ring = {each for one in ring for each in self._ring(one)} - seen
            seen, near = seen | ring, ring & shown
        if not near:
            raise TooLate("a cell is known too well from earlier reports alone")
        return near

    def _ring(self, number: int) -> set[int]:
        """Return the unknowns that share a relation with this one, itself included."""
        return {number}.union(*self._beside[number])


def texts(report: Report, frame: Frame) -> Mapping[Key, str]:
    """Return each cell's text under its canonical name; raise Refused when the report gives one cell two texts."""
    found: dict[Key, str] = {}
    for table, cell in report.cells():
        key = table.measure, canonical(cell.at, frame.hierarchies)
        if found.setdefault(key, cell.text) != cell.text:
            raise Refused(f"one cell has two texts in {report.name}: {key}")
    return found


def admitted(frozen: Sequence[Report], draft: Report, frame: Frame) -> Report:
    """Return the draft with ".." where an earlier report withdrew the cell; raise Refused on a text that may not be.

    A published text is a class of its threshold or a multiple of the base from the threshold upwards, the same in
    every report, and never a share: shares are computed by readers from published figures.
    """
    if shares := [table.name for table in draft.tables if table.share]:
        raise Refused(f"shares are not published: {shares[0]}")
    before: dict[Key, str] = {}
    for report in frozen:
        before |= texts(report, frame)
    gone = {key for key, text in before.items() if text == WITHDRAWN}
    for key, text in texts(draft, frame).items():
        threshold = frame.threshold(key[1])
        shown = text.isdecimal() and int(text) >= threshold and int(text) % frame.base == 0
        if not shown and text not in {f"{SMALL}{threshold}", WITHDRAWN}:
            raise Refused(f"{text!r} is no text of a cell with threshold {threshold}: {key}")
        if before.get(key, text) not in {text, WITHDRAWN}:
            raise Refused(f"a frozen cell would change its text: {key}")
    return without(draft, gone, frame=frame)


def without(report: Report, gone: Collection[Key], *, frame: Frame) -> Report:
    """Return a report with ".." in these canonical cells, under every name that the report shows them by."""
    shown = {(table.measure, cell.at) for table, cell in report.cells()}
    return report.without({(name, at) for name, at in shown if (name, canonical(at, frame.hierarchies)) in gone})
