"""The area of these tests."""

from tests.people import _process_ends, area

__all__ = ["_process_ends", "area"]
