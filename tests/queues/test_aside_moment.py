"""The moment between stepping out and the desk's next look: the nudge still comes, the line does not."""

import asyncio
from uuid import UUID

from chatservice.accounts.models import Worker
from chatservice.conversations.events import Moved, Presence
from chatservice.conversations.selectors import Head
from chatservice.delivery import process
from chatservice.delivery.asides import Beside, NotesReader
from chatservice.delivery.nudges import Typing
from chatservice.places.models import Host
from chatservice.queues import offers
from tests.people import answer, in_talk, on_duty, part_of, sql
from tests.queues.test_aside_leaks import whisper

ENDED = "UPDATE conversations_participant SET ended = true WHERE id = %(id)s"


class Ear:
    """A socket that keeps what it is given."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.came = asyncio.Event()

    def push(self, text: str) -> None:
        """A frame."""
        self.heard.append(text)
        self.came.set()

    def push_lines(self, conversation: UUID, seq: int, text: str) -> None:
        """Lines of a log."""
        self.push(text)

    def moved(self, moved: Moved) -> None:
        """Not of interest here: nobody looks again."""

    def ephemeral(self, nudge: Presence | Typing) -> None:
        """Not of interest here."""

    def head(self, head: Head) -> None:
        """Not of interest here."""

    async def next(self, text: str) -> None:
        """Wait for a frame with these words."""
        while not any(text in frame for frame in self.heard):
            self.came.clear()
            await asyncio.wait_for(self.came.wait(), 60)


async def test_a_part_that_has_ended_shows_no_line_that_is_still_told(host: Host, aino: Worker, petri: Worker) -> None:
    await on_duty(aino, petri)
    mia, held = await in_talk(host, aino)
    asked = await offers.ask(conversation=mia.cid, worker=aino.pk, epoch=held.epoch, colleague=petri.pk)
    await offers.accept(offer=asked, worker=petri.pk)
    part, hub = await part_of(petri, mia.cid), process.current().hub
    ear, notes_ear = Ear(), Ear()
    member = Beside(conversation=mia.cid, reader=part, outlet=ear, sent=0, epoch=held.epoch)
    process.current().rooms.join(member)
    await member.open()
    reader = NotesReader(hub=hub, conversation=mia.cid, reader=part, desk=notes_ear, sent=0)
    await answer(aino, held, "hei")
    await ear.next("hei")
    await whisper(aino, mia.cid, held.epoch)
    await notes_ear.next("kuiskaus")
    before = len(ear.heard), len(notes_ear.heard)
    await sql(ENDED, id=part)
    await mia.write("salaisuus")
    await whisper(aino, mia.cid, held.epoch)
    for reading in (member._reading, reader._reading):
        if reading is not None:
            await reading
    assert (len(ear.heard), len(notes_ear.heard)) == before
    process.current().rooms.part(member)
    reader.close()
