"""Open time on the wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when by the clock on the wall, and why."""

    opens: datetime
    closes: datetime
    reason: str = ""
