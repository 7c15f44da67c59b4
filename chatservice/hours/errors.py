"""What can be wrong with opening hours.

HoursError
├── Missing    no such row in this area (a foreign one answers alike)
└── NotHours   the text is no opening hours; carries the problem's code and the words it is told with
"""

from __future__ import annotations

from chatservice.places.errors import StaleEdit

__all__ = ["HoursError", "NotHours", "StaleEdit"]


class HoursError(Exception):
    """Anything this room refuses."""


class NotHours(HoursError):
    """Expected opening hours in the OSM syntax; `code` names what is wrong, `params` where."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"Expected opening hours in the OSM syntax: {code}.")
        self.code = code
        self.params = params


class Missing(HoursError):
    """Expected a row of the coordinator's own area."""

    def __init__(self) -> None:
        super().__init__("Expected a row of your own area.")
