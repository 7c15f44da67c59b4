"""The whole attack on a set of reports: intervals first, then worlds, then each stubborn cell exactly."""

from collections.abc import Collection, Mapping, Sequence

from chatservice.disclosure.attack.findings import Findings, sorted_out
from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.search import Step, collect, decide
from chatservice.disclosure.attack.system import System, build
from chatservice.disclosure.attack.worlds import Proof, is_safe
from chatservice.disclosure.cells import Frame, Key, Report

SECONDS = 20.0


def attack(
    reports: Sequence[Report],
    *,
    frame: Frame,
    known: Mapping[Key, int] | None = None,
    watch: Collection[Key] | None = None,
    step: Step = lambda _: None,
) -> Findings:
    """Return what a reader of all these reports learns too well.

    `known`: cells whose true count the reader has from elsewhere (insiders who pool); `watch`: judge these cells only.
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
    collect(proof, programs, intervals, step=step)
    unsafe |= decide(proof, programs, sorted(proof.open), step=step)
    return sorted_out(system, unsafe)


def pinned(system: System, intervals: Intervals) -> dict[int, tuple[int, int]]:
    """Return the watched unknowns that intervals alone pin down, with their intervals."""
    low, high = intervals.low, intervals.high
    return {
        number: (low[number], high[number])
        for number in system.watched
        if not is_safe(system, number, low=low[number], high=high[number])
    }
