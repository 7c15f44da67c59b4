"""How long those waited whose talks ended in the last six hours, in classes: for steering the day, never published.

Read from what is kept of a talk until it is counted (`Closing`); so nothing more is stored for it.
"""

from __future__ import annotations

from typing import Final

from django.db.models import Count

from chatservice.statistics.models import Closing

CLASSES: Final = ("W_U2", "W_2_4", "W_5_14", "W_15_29", "W_30")


def lately(*, area: int) -> dict[str, int]:
    """Return how many talks had each class of wait, every class named."""
    rows = Closing.objects.filter(area_id=area).values_list("wait").annotate(Count("pk"))
    found = dict(rows.values_list("wait", "pk__count"))
    return {code: found.get(code, 0) for code in CLASSES}
