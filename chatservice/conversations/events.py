"""What this room announces after a commit, and to whom. Nobody hears of what was not stored.

Listeners are registered in composition (`apps.py` of the rooms above); this room imports none of them.
"""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

import msgspec

from chatservice.conversations.rows import Clear
from chatservice.conversations.states import State


class Stored(msgspec.Struct, frozen=True):
    """New lines of the log, in their order."""

    items: tuple[Clear, ...]


class Moved(msgspec.Struct, frozen=True):
    """A conversation changed its state, claim, presence or risk. `workers` are those whose desks must look again.

    `risk` (0 to 3) is there when it was raised by a line or lowered by the professional.
    """

    conversation: UUID
    area: int
    state: State
    epoch: int
    workers: tuple[int, ...] = ()
    reason: str = ""
    risk: int | None = None


class Presence(msgspec.Struct, frozen=True):
    """Somebody came or went: link is here, away or left_quickly."""

    conversation: UUID
    side: int
    link: str


class Desks(msgspec.Struct, frozen=True):
    """The desks of these workers must look again; nothing that a visitor could see has changed."""

    workers: tuple[int, ...]


Announcement = Stored | Moved | Presence | Desks


class Listener(Protocol):
    """Hears an announcement; must not block and must not raise."""

    def __call__(self, announcement: Announcement, /) -> None: ...


_listeners: list[Listener] = []


def listen(listener: Listener) -> Callable[[], None]:
    """Register a listener and return what takes it away again."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def announce(*announcements: Announcement) -> None:
    """Tell every listener; called after the commit only."""
    for announcement in announcements:
        for listener in _listeners:
            listener(announcement)
