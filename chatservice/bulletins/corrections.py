"""Which frozen report explains another one anew: a bulletin quotes the newest, and a published one tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chatservice.statistics.models import Snapshot


@dataclass(frozen=True, slots=True)
class Correction:
    """A frozen report that corrects another: its snapshot, when it was frozen."""

    snapshot: int
    day: date


def of_area(area: int) -> dict[int, Correction]:
    """Return the newest correction of each corrected snapshot of an area, corrections of corrections followed."""
    rows = list(Snapshot.objects.filter(area_id=area).select_related("report").defer("body").order_by("pk"))
    after = {row.report.corrects_id: row for row in rows if row.report.corrects_id}
    found: dict[int, Correction] = {}
    for row in rows:
        newest = row
        while (newer := after.get(newest.report_id)) is not None:
            newest = newer
        if newest is not row:
            found[row.pk] = Correction(newest.pk, newest.frozen)
    return found
