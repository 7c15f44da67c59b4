"""How much one sender may send. Counted on the loop's clock, in memory, for each socket by itself."""

import time
from collections import OrderedDict
from uuid import UUID

from django.conf import settings

CALLERS = 10_000
ENTRIES_AT_ONCE, ENTRY_EVERY_S = 40, 10
TALKS = 10_000
LINES_TIMES = 2


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


class Lines:
    """Every line of one talk's visitor, from all tabs and whatever it says, before anybody looks at it.

    Words of danger pass a socket's own limit, so this one is wider; but to be read costs time, and all talks share it.
    """

    def __init__(self) -> None:
        self._talks: OrderedDict[UUID, Bucket] = OrderedDict()

    def take(self, conversation: UUID) -> float:
        """Count one line: 0.0 when allowed, else the seconds to wait."""
        bucket = self._talks.pop(conversation, None)
        if bucket is None:
            rate, burst = settings.LIMIT_MESSAGES_PER_SECOND, settings.LIMIT_MESSAGE_BURST
            bucket = Bucket(rate=LINES_TIMES * rate, burst=LINES_TIMES * burst)
        self._talks[conversation] = bucket
        if len(self._talks) > TALKS:
            self._talks.popitem(last=False)
        return bucket.take()
