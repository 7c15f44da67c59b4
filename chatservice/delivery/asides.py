"""The notes of a talk on one desk, and the lines of a talk for who only sits beside it.

Both read from the database for every line, where the right is asked anew: a part that has ended in this moment shows
nothing more, whatever nudge is still on its way.
"""

import asyncio
from typing import Protocol
from uuid import UUID

from chatservice.conversations import notes
from chatservice.conversations.events import Stored
from chatservice.conversations.rows import Clear
from chatservice.delivery import channels
from chatservice.delivery.frames import Notes, encode
from chatservice.delivery.hub import Hub
from chatservice.delivery.nudges import Nudge
from chatservice.delivery.rooms import Member
from chatservice.delivery.views import item
from chatservice.store.errors import StoreAway

PAGE = 50


class Beside(Member):
    """A colleague's place in a room: never the quick way past the database."""

    def offer(self, clear: Clear, text: str) -> None:  # noqa: ARG002 - the quick way's text is not used
        """A new line: read it, if this part still may."""
        self.want(clear.row.seq)


class Desk(Protocol):
    """A worker's socket."""

    def push(self, text: str) -> None: ...


class NotesReader:
    """One desk's cursor into the notes of one talk; `close` takes it away."""

    def __init__(self, *, hub: Hub, conversation: UUID, reader: UUID, desk: Desk, sent: int) -> None:
        self.conversation = conversation
        self.reader = reader
        self.sent = sent
        self._hub = hub
        self._desk = desk
        self._wanted = 0
        self._reading: asyncio.Task[None] | None = None
        hub.join(channels.of_notes(conversation), self.hear)

    def hear(self, nudge: Nudge) -> None:
        """New notes: read them."""
        if isinstance(nudge, Stored):
            self.want(max(clear.row.seq for clear in nudge.items))

    def want(self, seq: int) -> None:
        """There are `seq` notes: read if they are not here yet."""
        self._wanted = max(self._wanted, seq)
        if self._wanted > self.sent and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        try:
            while self.sent < self._wanted:
                found = await notes.read(conversation=self.conversation, reader=self.reader, after=self.sent)
                if not found:
                    return
                self._tell(found)
        except StoreAway:
            return  # The next look wants it again.

    def _tell(self, found: list[Clear]) -> None:
        last = max(self._wanted, found[-1].row.seq)
        for begin in range(0, len(found), PAGE):
            page = found[begin : begin + PAGE]
            self.sent = page[-1].row.seq
            self._desk.push(encode(Notes(cid=self.conversation, items=[item(one) for one in page], last=last)))

    def close(self) -> None:
        """Hear and read no more."""
        self._hub.part(channels.of_notes(self.conversation), self.hear)
        if self._reading is not None:
            self._reading.cancel()
