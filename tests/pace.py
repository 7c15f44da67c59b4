"""How long a promised time may take where every core is busy with other tests."""

import os

CROWD_S = 4.0


def longer(seconds: float) -> float:
    """The promised seconds, and what waiting for a core may add to them: more where more processes want one.

    `make bench` measures the promise itself, alone on the machine. In a crowd a test can only tell it from a wait of
    another kind: for the next try, the next beat, a time-out.
    """
    return seconds + CROWD_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
