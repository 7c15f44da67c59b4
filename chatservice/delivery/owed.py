"""What a client has been sent and has not acknowledged: the server has no other way to see that it does not read."""

import time
from collections import deque
from uuid import UUID

LATE_S = 30.0


class Owed:
    """Unacknowledged lines of one socket."""

    __slots__ = ("_bytes", "_lines")

    def __init__(self) -> None:
        self._bytes = 0
        self._lines: dict[UUID, deque[tuple[int, int, float]]] = {}

    def owe(self, conversation: UUID, seq: int, size: int) -> int:
        """Add lines up to `seq` and return all bytes owed now."""
        self._lines.setdefault(conversation, deque()).append((seq, size, time.monotonic()))
        self._bytes += size
        return self._bytes

    def paid(self, conversation: UUID, seq: int) -> None:
        """The client has applied everything up to `seq`."""
        lines = self._lines.get(conversation)
        while lines and lines[0][0] <= seq:
            self._bytes -= lines.popleft()[1]
        if not lines:
            self._lines.pop(conversation, None)

    def is_late(self) -> bool:
        """Whether the oldest line is owed for 30 s."""
        limit = time.monotonic() - LATE_S
        return any(lines[0][2] < limit for lines in self._lines.values())
