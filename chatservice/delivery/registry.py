"""All sockets of an event loop, and what is looked after for all of them in one query."""

import asyncio
from contextlib import suppress
from typing import Protocol
from uuid import UUID

from chatservice.conversations.selectors import Head, heads
from chatservice.delivery.rooms import Rooms
from chatservice.delivery.sessions import ended_sessions


class Socket(Protocol):
    """What the registry needs of a socket."""

    @property
    def session(self) -> tuple[int, str] | None: ...

    def close(self, code: int, reason: str) -> None: ...

    def drain(self, in_ms: int) -> None: ...

    def look_again(self) -> None: ...

    def check_owed(self) -> None: ...


class Registry:
    """The sockets of one event loop."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.sockets: set[Socket] = set()
        self._none = asyncio.Event()
        self._none.set()

    def add(self, socket: Socket) -> None:
        """A socket is open."""
        self.sockets.add(socket)
        self._none.clear()

    def discard(self, socket: Socket) -> None:
        """A socket is gone."""
        self.sockets.discard(socket)
        if not self.sockets:
            self._none.set()

    async def empty(self, *, within_s: float) -> None:
        """Wait until no socket is open, at most `within_s` seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._none.wait(), max(0.0, within_s))

    async def heal(self) -> None:
        """Ask in one query how long the logs are; whoever lacks something reads it. Raises StoreAway."""
        conversations = list(self._rooms.open)
        found = {head.conversation: head for head in await heads(conversations=conversations)} if conversations else {}
        for conversation, head in found.items():
            self._want(conversation, head)
        for socket in tuple(self.sockets):
            socket.look_again()

    async def watch(self) -> None:
        """Close the sockets of sessions that ended, and those that owe too many acknowledgements. Raises StoreAway."""
        for socket in tuple(self.sockets):
            socket.check_owed()
        signed_in = [(socket, socket.session) for socket in self.sockets if socket.session is not None]
        if not signed_in:
            return
        over = await ended_sessions(sessions={session for _, session in signed_in if session is not None})
        for socket, session in signed_in:
            if session in over:
                socket.close(4010, "signed out")

    def _want(self, conversation: UUID, head: Head) -> None:
        room = self._rooms.open.get(conversation)
        for member in tuple(room.members if room is not None else ()):
            if member.epoch is None or member.epoch == head.epoch:
                member.want(head.last_seq)
            member.outlet.head(head)
