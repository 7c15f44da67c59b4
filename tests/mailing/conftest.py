"""People and places for the tests of mail."""

from tests.people import _process_ends, area, host

__all__ = ["_process_ends", "area", "host"]
