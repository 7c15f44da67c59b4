"""One snapshot seen from one place in one language: what the sections ask for their figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from chatservice.reports import figures, labels
from chatservice.reports.errors import UnknownPlace
from chatservice.reports.snapshot import Snapshot
from chatservice.reports.words import known, say

GROUP_PARTS: Final = 2
# Codes of talks that were no counselling: shown in load figures, kept out of topics.
NO_COUNSELLING: Final = "N."
# How wide charts are drawn, in pixels: over a whole page, in one of two columns, on a slide.
WIDE: Final = 640.0
COLUMN: Final = 380.0
SLIDE: Final = 430.0


@dataclass(frozen=True)
class View:
    """`place` is a municipality or school of the snapshot, empty for the whole area; `earlier` are older years.

    `width` is how wide charts are drawn, in pixels. `period` is what is told of, where that is not the snapshot's own:
    beside an autumn stands the autumn of the year before, never that whole year.
    """

    snapshot: Snapshot
    language: str
    earlier: tuple[Snapshot, ...] = ()
    place: str = ""
    width: float = WIDE
    period: Mapping[str, str] | None = None

    @property
    def scope(self) -> Mapping[str, str]:
        """Return the coordinates of the period that is told of."""
        return self.snapshot.scope if self.period is None else self.period

    def text(self, measure: str, **at: str) -> str | None:
        """Return a published text. Without `period` it is that of the report; an empty code is a total."""
        whole = {**self.scope, **({"area": self.place} if self.place else {}), **at}
        return self.snapshot.text(measure, {dimension: code for dimension, code in whole.items() if code})

    def shown(self, measure: str, **at: str) -> str:
        """Return a published text in the reader's language."""
        return labels.mark(self.text(measure, **at), self.language)

    def share(self, part: str | None, total: str | None) -> str:
        """Return a share as it is shown."""
        return labels.percent(figures.share(part, total), self.language)

    def change(self, before: str | None, after: str | None) -> str:
        """Return a change as it is shown."""
        found = figures.change(before, after)
        if found is None:
            return say("table.not_compared", self.language)
        if found == "unclear":
            return say("table.no_clear_change", self.language)
        return f"{'+' if found > 0 else '−'}{labels.grouped(abs(found), self.language)}"

    def label(self, dimension: str, code: str) -> str:
        """Return a code in words."""
        return labels.code(dimension, code, snapshot=self.snapshot, language=self.language)

    def say(self, key: str, **values: str) -> str:
        """Return one of the room's texts."""
        return say(key, self.language, **values)

    def codes(self, measure: str, dimension: str, **at: str) -> tuple[str, ...]:
        """Return the codes of a dimension that have a cell here, in the taxonomy's order."""
        found = (code for code in self.snapshot.codes(measure, dimension))
        return labels.order(dimension, tuple(code for code in found if self.text(measure, **{dimension: code}, **at)))

    def topic_groups(self, measure: str = "contacts", *, start: str = "", **at: str) -> tuple[str, ...]:
        """Return the topic groups (L1) that have a cell here; `start` picks one channel's ("Y.", "P.")."""
        return tuple(code for code in self._topics(measure, at) if is_group(code) and code.startswith(start))

    def single_topics(self, measure: str = "contacts", **at: str) -> tuple[str, ...]:
        """Return the topics (L2) that have a cell here."""
        return tuple(code for code in self._topics(measure, at) if not is_group(code))

    def _topics(self, measure: str, at: Mapping[str, str]) -> Iterable[str]:
        every = self.codes(measure, "topic", **at)
        return (code for code in every if not code.startswith(NO_COUNSELLING) and "." in code)

    def months(self, measure: str = "contacts") -> tuple[str, ...]:
        """Return the months of the snapshot in order."""
        every = self.snapshot.codes(measure, "period")
        return tuple(sorted(code for code in every if "-" in code and self.text(measure, period=code)))

    def base(self, **at: str) -> str | None:
        """Return what shares of a talk's codes are shares of: the answered contacts, None where they are not told."""
        return self.text("contacts", answered="yes", **at)

    def of(self, place: str) -> View:
        """Return the same report seen from another place; raises UnknownPlace."""
        if place and place not in self.snapshot.places:
            raise UnknownPlace(f"expected a place of the snapshot, not {place!r}")
        return replace(self, place=place)

    def before(self) -> View | None:
        """Return the newest earlier report seen from the same place and of the same period, None when there is none."""
        if not self.earlier:
            return None
        return replace(self, snapshot=self.earlier[0], earlier=self.earlier[1:], period=self.scope)


def is_group(topic: str) -> bool:
    """Tell whether a topic is a group (L1)."""
    return topic.count(".") < GROUP_PARTS


def view_of(snapshot: Snapshot, *, language: str, earlier: Iterable[Snapshot] = (), place: str = "") -> View:
    """Return the view; of each earlier school year the report that compares best.

    Raises UnknownLanguage, UnknownPlace.
    """
    best: dict[str, Snapshot] = {}
    for each in sorted(earlier, key=lambda each: _nearness(each, snapshot)):
        if each.school_year < snapshot.school_year:
            best[each.school_year] = each
    older = tuple(best[year] for year in sorted(best, reverse=True))
    return View(snapshot=snapshot, language=known(language), earlier=older).of(place)


def _nearness(each: Snapshot, snapshot: Snapshot) -> tuple[bool, bool, str]:
    """Order what may be compared with a snapshot: same plan last, then the whole period, then the newest correction."""
    whole = each.text("contacts", snapshot.scope) is not None
    return (each.plan == snapshot.plan, whole, str(each.data["frozen"]))
