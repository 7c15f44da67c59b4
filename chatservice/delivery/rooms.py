"""A conversation on this process: its sockets, each with its own cursor into the log.

A line goes out at once to those who have everything before it; who lacks something reads from the database until it has
all. So a lost, doubled or late nudge is never seen: each socket gets 1..n without holes.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from chatservice.conversations.events import Moved, Presence, Stored
from chatservice.conversations.log import PAGE_ROWS, read_after
from chatservice.conversations.rows import Clear
from chatservice.conversations.sealers import forget
from chatservice.conversations.selectors import Head
from chatservice.delivery import channels
from chatservice.delivery.hub import Hub
from chatservice.delivery.nudges import Nudge, Typing
from chatservice.delivery.views import pages
from chatservice.screening.watch import Watches
from chatservice.store.errors import StoreAway


class Outlet(Protocol):
    """What a room needs of a socket."""

    def push_lines(self, conversation: UUID, seq: int, text: str) -> None: ...

    def moved(self, moved: Moved) -> None: ...

    def ephemeral(self, nudge: Presence | Typing) -> None: ...

    def head(self, head: Head) -> None: ...

    def marked(self, level: int) -> None: ...


class Member:
    """One socket in one conversation. `sent` is the last seq that went out, `epoch` None for the visitor."""

    def __init__(
        self, *, conversation: UUID, reader: UUID, outlet: Outlet, sent: int, epoch: int | None = None
    ) -> None:
        self.conversation = conversation
        self.reader = reader
        self.outlet = outlet
        self.sent = sent
        self.epoch = epoch
        self._wanted = 0
        # Until the first read is done, lines only raise what is wanted: subscribe first, then read, then follow.
        self._reading: asyncio.Task[None] | None = None
        self._open = False

    async def open(self) -> None:
        """Read and send everything after the cursor; from then on follow the nudges. Raises StoreAway."""
        try:
            await self._catch_up(least_one_frame=True)
        finally:
            self._open = True
        self.want(self._wanted)

    def offer(self, clear: Clear, text: str) -> None:
        """A new line: send it when it is the next one, else read."""
        seq = clear.row.seq
        if self.epoch is not None and clear.row.epoch != self.epoch:
            return
        # Another process's line that does not open here (its key is not in use yet) is read from the database.
        if self._open and self._reading is None and seq == self.sent + 1 and clear.payload is not None:
            self.sent = seq
            self.outlet.push_lines(self.conversation, seq, text)
        else:
            self.want(seq)

    def want(self, seq: int) -> None:
        """The log is at least `seq` long: read if that is not here yet."""
        self._wanted = max(self._wanted, seq)
        if self._open and self._reading is None and self._wanted > self.sent:
            self._reading = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        try:
            await self._catch_up()
        except StoreAway:
            pass  # The next healing read wants it again.
        finally:
            self._reading = None

    async def _catch_up(self, *, least_one_frame: bool = False) -> None:
        while True:
            items = await read_after(conversation=self.conversation, reader=self.reader, after=self.sent)
            if not items and not least_one_frame:
                return
            last = max(self._wanted, items[-1].row.seq if items else self.sent)
            for seq, text in pages(
                conversation=self.conversation, items=items, last=last, professional=self.epoch is not None
            ):
                self.sent = max(self.sent, seq)
                self.outlet.push_lines(self.conversation, seq, text)
            if not least_one_frame and (level := level_of(items)):
                self.outlet.marked(level)  # no nudge came; the first read needs none, for the welcome has told
            least_one_frame = False
            if len(items) < PAGE_ROWS and self.sent >= self._wanted:
                return

    def close(self) -> None:
        """Stop reading."""
        if self._reading is not None:
            self._reading.cancel()


class Room:
    """The members of one conversation on this process."""

    def __init__(self, conversation: UUID, watches: Watches) -> None:
        self.conversation = conversation
        self._watches = watches
        self.members: set[Member] = set()

    def hear(self, nudge: Nudge) -> None:
        """Pass a nudge to every member; a line is encoded once for each side."""
        match nudge:
            case Stored(items):
                for clear in items:
                    self._watches.hear(clear)
                    self._offer(clear)
            case Moved():
                for member in tuple(self.members):
                    member.outlet.moved(nudge)
            case Presence() | Typing():
                for member in tuple(self.members):
                    member.outlet.ephemeral(nudge)

    def _offer(self, clear: Clear) -> None:
        texts: dict[bool, str] = {}
        for member in tuple(self.members):
            side = member.epoch is not None
            if side not in texts:
                [(_, texts[side])] = pages(
                    conversation=self.conversation, items=[clear], last=clear.row.seq, professional=side
                )
            member.offer(clear, texts[side])
            if level := level_of([clear]):
                member.outlet.marked(level)  # the line has raised the talk: every tab and desk shows it at once


def level_of(items: Sequence[Clear]) -> int:
    """Return the highest level that moderation marked any of these lines with."""
    marks = [clear.payload.mark for clear in items if clear.payload is not None]
    return max((mark.level for mark in marks if mark is not None), default=0)


class Rooms:
    """All rooms of an event loop."""

    def __init__(self, hub: Hub, watches: Watches) -> None:
        self._hub = hub
        self._watches = watches
        self.open: dict[UUID, Room] = {}

    def join(self, member: Member) -> None:
        """Let a member hear its conversation from now on."""
        room = self.open.get(member.conversation)
        if room is None:
            room = self.open[member.conversation] = Room(member.conversation, self._watches)
            self._hub.join(channels.of_conversation(member.conversation), room.hear)
        room.members.add(member)

    def part(self, member: Member) -> None:
        """Take a member away; the last one closes the room and drops its key."""
        member.close()
        room = self.open.get(member.conversation)
        if room is None:
            return
        room.members.discard(member)
        if not room.members:
            del self.open[member.conversation]
            self._hub.part(channels.of_conversation(member.conversation), room.hear)
            forget(conversation=member.conversation)
