"""The whole attack on a set of reports: intervals first, then worlds, then each stubborn cell exactly."""

from collections.abc import Callable, Collection, Mapping, Sequence

from chatservice.disclosure.attack.findings import Findings, sorted_out
from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.search import Search, Step
from chatservice.disclosure.attack.system import System, build
from chatservice.disclosure.attack.worlds import Proof, is_safe
from chatservice.disclosure.cells import WITHDRAWN, Frame, Key, Report, canonical

SECONDS = 20.0


def attack(
    reports: Sequence[Report],
    *,
    frame: Frame,
    known: Mapping[Key, int] | None = None,
    watch: Collection[Key] | None = None,
    start: Callable[[Key], int] | None = None,
    step: Step = lambda _: None,
) -> Findings:
    """Return what a reader of all these reports learns too well.

    `known`: cells whose true count the reader has from elsewhere (insiders who pool); `watch`: judge these cells only.
    `start`: a count for every cell, from which the search goes on where the solver would not find a world in its time;
    whoever audits has one, the truth. It decides nothing: what it does not agree with is a Contradiction.
    `step` hears how much is done between programs and may raise to stop. Raises Contradiction where no world agrees
    with the reports, Unfinished where the solver could say nothing in its time.
    """
    system = build(reports, frame=frame, known=known)
    if watch is not None:
        system.watched = sorted({system.index[key] for key in watch})
    intervals = Intervals(system)
    unsafe = pinned(system, intervals)
    proof = Proof(system, watched=set(system.watched) - set(unsafe))
    programs = Programs(system, intervals, seconds=SECONDS)
    if start is not None:
        proof.take(programs.begin(tuple(start(name) for name in system.names)))
    search = Search(proof, programs, step=step)
    search.collect(intervals)
    unsafe |= search.decide(sorted(proof.open))
    return sorted_out(system, unsafe, changed=changed(reports, frame))


def changed(reports: Sequence[Report], frame: Frame) -> list[Key]:
    """Return the cells that stand in these reports under two texts; a withdrawn cell has none."""
    first: dict[Key, str] = {}
    found: set[Key] = set()
    for table, cell in (each for report in reports for each in report.cells()):
        key = table.measure, canonical(cell.at, frame.hierarchies)
        if cell.text != WITHDRAWN and not table.share and first.setdefault(key, cell.text) != cell.text:
            found.add(key)
    return sorted(found)


def pinned(system: System, intervals: Intervals) -> dict[int, tuple[int, int]]:
    """Return the watched unknowns that intervals alone pin down, with their intervals."""
    low, high = intervals.low, intervals.high
    return {
        number: (low[number], high[number])
        for number in system.watched
        if not is_safe(system, number, low=low[number], high=high[number])
    }
