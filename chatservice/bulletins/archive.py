"""What everybody may read: the published bulletins of an area. Drafts are in another table and cannot come here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from chatservice.bulletins import corrections
from chatservice.bulletins.corrections import Correction
from chatservice.bulletins.models import Published
from chatservice.places.models import Area

SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Issue:
    """A published bulletin. `texts` by language: title, period, items (two sentences each), note; none when withdrawn.

    `newer` is the one that took its place and still stands. `corrected`: since when another report explains its figures
    anew; `see`: the newest bulletin of that one, if any stands.
    """

    number: int
    day: date
    identity: str
    texts: Mapping[str, Mapping[str, Any]]
    follows: int | None
    newer: int | None
    withdrawn: date | None = None
    reason: str = ""
    corrected: date | None = None
    see: int | None = None

    def language(self, wanted: str) -> str:
        """Return the language in which it can be read: the wanted one, or Finnish where it was not written in that."""
        return wanted if wanted in self.texts else "fi"


@dataclass(frozen=True, slots=True)
class Archive:
    """An area's bulletins, the newest first."""

    names: Mapping[str, str]
    issues: tuple[Issue, ...]

    def issue(self, number: int) -> Issue | None:
        """Return one by its number."""
        return next((each for each in self.issues if each.number == number), None)


def of_area(slug: str) -> Archive | None:
    """Return what an area has published, at most the last 200; None for an unknown area."""
    area = Area.objects.filter(slug=slug).first()
    if area is None:
        return None
    every = Published.objects.filter(area=area).select_related("snapshot", "follows", "withdrawal")
    rows = list(every.order_by("-number")[:SHOWN])
    newer = {row.follows.number: row.number for row in reversed(rows) if row.follows and not hasattr(row, "withdrawal")}
    names = {"fi": area.name_fi, "sv": area.name_sv, "en": area.name_en}
    newest = corrections.of_area(area.pk)
    standing = {row.snapshot_id: row.number for row in reversed(rows) if not hasattr(row, "withdrawal")}
    issues = (_issue(row, newer.get(row.number)) for row in rows)
    told = (_told(issue, newest.get(row.snapshot_id), standing) for issue, row in zip(issues, rows, strict=True))
    return Archive(names, tuple(told))


def _told(issue: Issue, correction: Correction | None, standing: Mapping[int, int]) -> Issue:
    if correction is None:
        return issue
    return replace(issue, corrected=correction.day, see=standing.get(correction.snapshot))


def _issue(row: Published, newer: int | None) -> Issue:
    down = getattr(row, "withdrawal", None)
    return Issue(
        number=row.number,
        day=row.day,
        identity=row.snapshot.hash,
        texts={} if down else row.body,
        follows=row.follows.number if row.follows else None,
        newer=newer,
        withdrawn=down.day if down else None,
        reason=down.reason if down else "",
    )
