"""How much one sender may send. Counted on the loop's clock, in memory, for each socket by itself."""

import time
from collections import OrderedDict
from typing import TypeVar
from uuid import UUID

from django.conf import settings

CALLERS = 10_000
ENTRIES_AT_ONCE, ENTRY_EVERY_S = 40, 10
TALKS = 10_000
LINES_TIMES = 2
# Seconds of reading that a talk and a caller bucket earn each second, and the most that they save up.
TALK_EARNS, TALK_MOST = 0.02, 0.25
CALLER_EARNS, CALLER_MOST = 0.1, 1.0
# A talk that costs no more than this is nobody's attack: ordinary lines cost it a tenth.
QUIET_EARNS, QUIET_MOST = 0.001, 0.05
TINY = 0.001

Key = TypeVar("Key")


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


class Account:
    """Seconds of work: `rate` of them are earned each second, up to `most`; work done may overdraw it."""

    __slots__ = ("_at", "_left", "_most", "_rate")

    def __init__(self, *, rate: float, most: float) -> None:
        self._rate, self._most = rate, most
        self._left = most
        self._at = time.monotonic()

    def wait(self) -> float:
        """Return 0.0 when there is something left, else the seconds until there is."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._left > 0 else (TINY - self._left) / self._rate

    def spend(self, seconds: float) -> None:
        """Take what the work has cost."""
        self._left -= seconds


class Readings:
    """What it costs to look at the lines of one talk, and of all talks of one caller bucket.

    An ordinary line costs half a millisecond, a text made to be slow a hundred times that. One talk can be slowed down
    by its own texts only; a caller's many talks together only where the talk itself sends such texts, so that the
    child at the next desk of the same school is never refused for an attack from there.
    """

    def __init__(self) -> None:
        self._talks: OrderedDict[UUID, Account] = OrderedDict()
        self._quiet: OrderedDict[UUID, Account] = OrderedDict()
        self._callers: OrderedDict[str, Account] = OrderedDict()

    def wait(self, conversation: UUID, caller: str) -> float:
        """Return 0.0 when a line may be looked at now, else the seconds to wait."""
        wait = self._of_talk(conversation).wait()
        return wait if wait or not self._of_quiet(conversation).wait() else self._of_caller(caller).wait()

    def spent(self, conversation: UUID, caller: str, seconds: float) -> None:
        """Book what a line has cost."""
        self._of_talk(conversation).spend(seconds)
        self._of_quiet(conversation).spend(seconds)
        self._of_caller(caller).spend(seconds)

    def _of_talk(self, conversation: UUID) -> Account:
        return _kept(self._talks, conversation, rate=TALK_EARNS, most=TALK_MOST)

    def _of_quiet(self, conversation: UUID) -> Account:
        return _kept(self._quiet, conversation, rate=QUIET_EARNS, most=QUIET_MOST)

    def _of_caller(self, caller: str) -> Account:
        return _kept(self._callers, caller, rate=CALLER_EARNS, most=CALLER_MOST)


def _kept(accounts: OrderedDict[Key, Account], key: Key, *, rate: float, most: float) -> Account:
    account = accounts.pop(key, None) or Account(rate=rate, most=most)
    accounts[key] = account
    if len(accounts) > TALKS:
        accounts.popitem(last=False)
    return account


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
