"""The area of these tests."""

from tests.people import _process_ends, aino, area, host, petri

__all__ = ["_process_ends", "aino", "area", "host", "petri"]
