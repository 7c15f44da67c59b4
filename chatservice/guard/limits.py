"""The numbers a guard works with, and the flag that turns newcomers away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

NORMAL = 1000
PROTOCOL = 4000
FLOOD = 4008
TOO_BIG = 4009
DRAINING = 4012
TRY_LATER = 4013
LIMITED = 4029

WAITING_FRAMES = 64  # of 16 KiB each: 1 MiB for a socket whose handler is busy


@dataclass(frozen=True, slots=True)
class Limits:
    """What one socket, one caller and one request may use; times in seconds."""

    frames_per_second: float = 12
    frame_burst: float = 24
    frame_bytes: int = 16_384
    outgoing_bytes: int = 32_768  # the server's own limit, which would close with 1011
    waiting_frames: int = WAITING_FRAMES
    sockets: int = 2000
    sockets_per_caller: int = 60
    socket_life: float = 12 * 3600
    grace: float = 4  # for the application to end after its socket; below the server's own time-out
    body_bytes: int = 65_536


class Drain:
    """Shared with whoever stops the service: once begun, new sockets are refused with 4012."""

    __slots__ = ("active",)

    def __init__(self) -> None:
        self.active = False

    def begin(self) -> None:
        """Refuse new sockets from now on."""
        self.active = True
