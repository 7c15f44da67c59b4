"""How much one sender may send. Counted on the loop's clock, in memory, for each socket by itself."""

import time
from collections import OrderedDict

CALLERS = 10_000
ENTRIES_AT_ONCE, ENTRY_EVERY_S = 40, 10


class Bucket:
    """A token bucket: `rate` a second, `burst` at once."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, *, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._left = burst
        self._at = time.monotonic()

    def take(self) -> float:
        """Take one: 0.0 when there was one, else the seconds until there is."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left >= 1.0:
            self._left -= 1.0
            return 0.0
        return (1.0 - self._left) / self._rate


class Entrances:
    """New visitors of one caller bucket. A whole school is one address: a flood is slowed down, no door is shut."""

    def __init__(self) -> None:
        self._callers: OrderedDict[bytes | str, Bucket] = OrderedDict()

    def take(self, caller: bytes | str) -> float:
        """Count one entrance: 0.0 when allowed, else the seconds to wait."""
        bucket = self._callers.pop(caller, None)
        if bucket is None:
            bucket = Bucket(rate=1 / ENTRY_EVERY_S, burst=ENTRIES_AT_ONCE)
        self._callers[caller] = bucket
        if len(self._callers) > CALLERS:
            self._callers.popitem(last=False)
        return bucket.take()
