"""The gate: nothing is published before our own attacker has failed on everything published and the draft together.

Findings withdraw cells of the draft until none is left. It ends, because each round withdraws at least one; it is sound
by induction: with all of the draft withdrawn the reader knows what the earlier, clean state told him. It fails closed:
what is refused, stopped, unfinished or contradictory is not clean (statistics.md §4d).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chatservice.disclosure import certificate
from chatservice.disclosure.attack import Contradiction, Unfinished
from chatservice.disclosure.attack.attacker import SECONDS, pinned
from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.nodes import UnknownCode
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.search import Search
from chatservice.disclosure.attack.system import build
from chatservice.disclosure.attack.worlds import Proof
from chatservice.disclosure.cells import Coordinates, Frame, Report, UnreadableText
from chatservice.disclosure.draft import Draft, Refused, admitted, without
from chatservice.disclosure.pools import Members, Pools

Progress = Callable[[str, float], None]
# How much of the way the readers of reports take; the rest is that of schools which put their counts together.
READERS = 0.7


class _Stopped(Exception):
    """Somebody asked to stop."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The gate's answer. `report` may be published only when `clean`; `why` says what stood against it.

    `code` says the same to pages: stopped, contradiction, unfinished, known, refused, proof.
    """

    clean: bool
    report: Report
    withdrawn: tuple[tuple[str, Coordinates], ...] = ()
    certificate: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    code: str = ""


def gate(
    frozen: Sequence[Report],
    draft: Report,
    *,
    frame: Frame,
    progress: Progress,
    stop: Callable[[], bool],
    members: Members | None = None,
) -> Outcome:
    """Return the draft with as many cells withdrawn as it takes, and the proof; or why it cannot be published.

    `frozen`: every report of the school year that was ever published, corrected ones too. `progress` hears a stage
    ("intervals", "worlds") and the share done; `stop` is asked between programs, which take 20 s at most. `members`:
    the schools, each with the true counts of its cells, any of which all others might pool against (pools.py).
    """

    def step(share: float, stage: str = "worlds") -> None:
        if stop():
            raise _Stopped
        progress(stage, share)

    try:
        return _Gate(frozen, admitted(frozen, draft, frame), frame=frame, step=step, members=members or {}).run()
    except _Stopped:
        code, why = "stopped", "stopped before it was finished"
    except Contradiction as wrong:
        code, why = "contradiction", f"no counts agree with everything published: {wrong}"
    except Unfinished as wrong:
        code, why = "unfinished", f"not finished: {wrong}"
    except (Refused, UnreadableText, UnknownCode) as wrong:
        code, why = getattr(wrong, "code", Refused.code), str(wrong)
    return Outcome(clean=False, report=draft, why=why, code=code)


class _Gate:
    """One run: intervals until clean, cells brought back where intervals allow, then worlds until clean."""

    def __init__(
        self,
        frozen: Sequence[Report],
        draft: Report,
        *,
        frame: Frame,
        step: Callable[..., None],
        members: Members,
    ) -> None:
        self._frozen, self._report, self._frame, self._step = frozen, draft, frame, step
        self._system = build([*frozen, draft], frame=frame)
        self._draft = Draft(self._system, frozen, draft)
        self._pools = Pools(self._system, self._draft, members)

    def run(self) -> Outcome:
        self._by_intervals()
        self._pools.by_intervals(lambda: self._step(0.95, "intervals"))
        intervals = Intervals(self._system)
        programs = Programs(self._system, intervals, seconds=SECONDS)
        proof = Proof(self._system)
        share = READERS if self._pools.size else 1.0
        search = Search(proof, programs, step=lambda done: self._step(share * done))
        while True:
            search.collect(intervals)
            unsafe = search.decide(sorted(proof.open))
            if not unsafe:
                break
            self._draft.answer(unsafe)
            intervals = Intervals(self._system)
            programs.relax(intervals)
        self._pools.by_worlds(lambda done: self._step(share + (1 - share) * done))
        return self._clean(proof, programs)

    def _by_intervals(self) -> None:
        """Withdraw until no interval pins a cell down, then bring back, of most worth first, what was not needed."""
        answered: list[tuple[int, int]] = []
        self._step(0.0, "intervals")
        while unsafe := pinned(self._system, Intervals(self._system)):
            answered += self._draft.answer(unsafe)
            self._step(0.5, "intervals")
        for number, figure in sorted(answered, key=lambda each: self._draft.value(*each), reverse=True):
            self._draft.bring_back(number, figure)
            self._step(0.9, "intervals")
            if pinned(self._system, Intervals(self._system)):
                self._draft.withdraw(number)

    def _clean(self, proof: Proof, programs: Programs) -> Outcome:
        """Return the clean outcome, its certificate checked against the report that will be published."""
        keys = self._draft.keys()
        report = without(self._report, set(keys), frame=self._frame)
        asked = programs.asked + self._pools.asked
        proven = certificate.certificate(self._system, proof.needed(), programs=asked, pools=self._pools.size)
        if why := certificate.check(proven, [*self._frozen, report], frame=self._frame):
            return Outcome(clean=False, report=self._report, why=why, code="proof")
        self._step(1.0)
        return Outcome(clean=True, report=report, withdrawn=tuple(keys), certificate=proven)
