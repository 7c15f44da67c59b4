"""Staff of all other schools put their counts together against one: what each such pool learns of the last school.

A pool knows the true counts of every member but one, besides everything published. The last member's cells must stay p
wide for it, or cells of the draft are withdrawn (statistics.md §2, A4). No certificate of this is kept: its worlds hold
true counts.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from chatservice.disclosure.attack.attacker import SECONDS, pinned
from chatservice.disclosure.attack.intervals import Intervals
from chatservice.disclosure.attack.nodes import Nodes
from chatservice.disclosure.attack.programs import Programs
from chatservice.disclosure.attack.search import Search, Step
from chatservice.disclosure.attack.system import NO_END, System
from chatservice.disclosure.attack.worlds import Proof, World
from chatservice.disclosure.cells import Key
from chatservice.disclosure.draft import Draft

Members = Mapping[str, Mapping[Key, int]]


class Pools:
    """For each member the pool of all others: what it knows, and what the draft must not tell it."""

    def __init__(self, system: System, draft: Draft, members: Members) -> None:
        self._system, self._draft, self.asked = system, draft, 0
        nodes = Nodes(system.frame)
        self._counts: dict[str, dict[int, int]] = {}
        for name, cells in sorted(members.items()):
            found = {(measure, nodes.canonical(at)): count for (measure, at), count in cells.items()}
            self._counts[name] = {system.index[key]: count for key, count in found.items() if key in system.index}
        self._watched = {name: self._watch(name) for name in self._counts}

    @property
    def size(self) -> int:
        """How many members have cells that a pool could be after."""
        return sum(map(bool, self._watched.values()))

    def by_intervals(self, step: Callable[[], object]) -> None:
        """Withdraw until intervals pin no member down."""
        for name in self._watched:
            step()
            self._widen(name, self._pinned(name))

    def by_worlds(self, step: Step) -> None:
        """Withdraw until every member's cells have worlds that are far enough apart for the pool of all others."""
        if not self.size:
            return
        everybody = self._against("")
        programs = Programs(everybody, Intervals(everybody), seconds=SECONDS)
        start = programs.first()
        self.asked += programs.asked
        for done, name in enumerate(self._watched):
            while unsafe := self._unsafe(name, start, tell=partial(step, done / len(self._watched))):
                self._draft.answer(unsafe, known=self._known(name))

    def _widen(self, name: str, unsafe: Collection[int]) -> None:
        """Withdraw what is next to findings until there is none, then bring back, of most worth first, what may."""
        if not unsafe:
            return
        answered: list[tuple[int, int]] = []
        while unsafe:
            answered += self._draft.clear(unsafe, known=self._known(name))
            unsafe = self._pinned(name)
        system = self._against(name)
        intervals = Intervals(system)
        for number, figure in sorted(answered, key=lambda each: self._draft.value(*each), reverse=True):
            mark = intervals.mark()
            self._draft.bring_back(number, figure)
            if not intervals.assume(number, *self._draft.bounds(number)) or pinned(system, intervals):
                intervals.back_to(mark)
                self._draft.withdraw(number)

    def _unsafe(self, name: str, start: World, *, tell: Callable[[], None]) -> Collection[int]:
        """Return the cells for which no worlds far enough apart were found.

        Withdrawing leaves `start` a world: all members' counts are true in it.
        """
        system = self._against(name)
        intervals, proof = Intervals(system), Proof(system)
        programs = Programs(system, intervals, seconds=SECONDS)
        proof.take(programs.begin(start))
        search = Search(proof, programs, step=lambda _: tell())
        search.collect(intervals)
        unsafe = search.decide(sorted(proof.open))
        self.asked += programs.asked
        return unsafe

    def _watch(self, name: str) -> list[int]:
        """Return a member's cells which the pool does not know too well already, with nothing of the draft shown."""
        own = sorted(self._counts[name].keys() - self._system.never)
        bare = self._against(name, watched=own)
        for number in self._draft.shown.keys() - self._known(name):
            bare.low[number], bare.high[number] = 0, NO_END
        known = pinned(bare, Intervals(bare)) if own else {}
        return [number for number in own if number not in known]

    def _pinned(self, name: str) -> Collection[int]:
        if not self._watched[name]:
            return ()
        system = self._against(name)
        return pinned(system, Intervals(system))

    def _known(self, name: str) -> set[int]:
        """Return the cells whose true counts the pool against a member has; without a name those of all members."""
        every = {number for other, cells in self._counts.items() if other != name for number in cells}
        return every - self._counts.get(name, {}).keys()

    def _against(self, name: str, *, watched: list[int] | None = None) -> System:
        """Return the system of the pool against a member. A pool is promised a width, not that nobody is there."""
        low, high = list(self._system.low), list(self._system.high)
        own = self._watched.get(name, []) if watched is None else watched
        found = replace(self._system, low=low, high=high, watched=own, reach=[0] * len(low))
        for cells in self._counts.values():
            for number, count in cells.items():
                if number not in self._counts.get(name, {}):
                    found.narrow(number, count, count)
        return found
