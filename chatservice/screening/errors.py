"""What this room refuses.

ScreeningError
└── NoTerm    no such term of the coordinator's own area
"""

from __future__ import annotations

from chatservice.places.errors import StaleEdit

__all__ = ["NoTerm", "ScreeningError", "StaleEdit"]


class ScreeningError(Exception):
    """Anything this room refuses."""


class NoTerm(ScreeningError):
    """Expected a term of your own area, and a version that it had; a foreign one answers alike."""

    def __init__(self) -> None:
        super().__init__("Expected a term of your own area.")
