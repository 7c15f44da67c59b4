"""People and places for the tests of queues."""

from tests.people import _process_ends, aino, area, host, petri

__all__ = ["_process_ends", "aino", "area", "host", "petri"]
