"""What this room refuses.

ContentError
├── BrokenContacts   the file of contacts is wrong; says the line
└── Missing          no such contact of the coordinator's own area
"""

from __future__ import annotations

from chatservice.places.errors import StaleEdit

__all__ = ["BrokenContacts", "ContentError", "Missing", "StaleEdit"]


class ContentError(Exception):
    """Anything this room refuses."""


class BrokenContacts(ContentError):
    """A line of the file is wrong: `line` counts from 1."""

    def __init__(self, *, line: int, expected: str) -> None:
        super().__init__(f"contacts, line {line}: expected {expected}")
        self.line = line


class Missing(ContentError):
    """Expected a contact of your own area."""

    def __init__(self) -> None:
        super().__init__("Expected a contact of your own area.")
