"""Two people press in the same moment: synchronous acts in threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts together and return what each gave, or what it raised."""
    starts = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        starts.wait(10)
        try:
            return act()
        except Exception as refusal:  # noqa: BLE001 - what it raised is the outcome
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
