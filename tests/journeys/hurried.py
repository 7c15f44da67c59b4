"""The server process of the journeys: what it does by the clock comes sooner, and one caller may begin many talks.

`python -m tests.journeys.hurried`, with the arguments of `chatservice.serve`.
"""

# isort: off
# First of all: it chooses the reactor, which every later import finds in place.
from chatservice.serve import main
# isort: on

import sys

import django

django.setup()

from chatservice.delivery import limits, process  # noqa: E402 - models load after django.setup

PACE_S = {"NEWS_S": 0.25, "COLLEAGUES_S": 0.5, "ALERTS_S": 0.5, "SWEEP_S": 1.0, "WATCH_S": 1.0}


def hurry() -> None:
    """Shorten what people wait for, and nothing that they see."""
    for name, seconds in PACE_S.items():
        assert getattr(process, name) > seconds
        setattr(process, name, seconds)
    limits.ENTRIES_AT_ONCE = 100_000


if __name__ == "__main__":
    hurry()
    main(sys.argv[1:])
