"""Giving a talk back to a queue: its own or another of the same channel and language, with a note for the next one."""

from dataclasses import dataclass
from uuid import UUID

from chatservice.conversations import access, notes, sides
from chatservice.conversations.access import Talk
from chatservice.conversations.events import Announcement, Stored, announce
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Kind, Payload, Side
from chatservice.conversations.talk import give_back
from chatservice.queues.errors import OtherQueue
from chatservice.store.pool import Connection, transaction

# The professional's choice of queue stands over the visitor's wish, which would hold the talk back there.
MOVE = """
UPDATE conversations_conversation talk SET queue_id = queue.id, wish = '', overflow_at = talk.arrived
FROM queues_queue queue
WHERE talk.id = %(conversation)s AND queue.id = %(queue)s AND queue.active AND queue.area_id = talk.area_id
    AND queue.channel = talk.channel AND queue.language = talk.language RETURNING queue.id
"""
# Before `MOVE` reads it: a queue that is taken out of use in this moment is waited for, and then takes nobody.
HOLD = "SELECT 1 FROM queues_queue WHERE id = %(queue)s FOR SHARE"


@dataclass(frozen=True, slots=True)
class Words:
    """What the one who gives back says: a note for the next professional, and which queue."""

    note: str = ""
    queue: int | None = None


async def release(*, conversation: UUID, worker: int, epoch: int, words: Words) -> None:
    """Back to the head of its class in a queue; the visitor is told, the note waits for the next one.

    Raises Gone, Stale, WrongStep, OtherQueue (channels and languages never mix), StoreAway.
    """
    told: list[Announcement] = []
    async with transaction() as connection:
        talk = await access.worker(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        if words.note.strip():
            told.append(await _noted(connection, talk=talk, worker=worker, note=words.note))
        if words.queue is not None and words.queue != talk.queue:
            await _move(connection, talk, words.queue)
        told += await give_back(connection=connection, talk=talk, worker=worker)
    announce(*told)


async def _move(connection: Connection, talk: Talk, queue: int) -> None:
    await connection.execute(HOLD, {"queue": queue})
    moved = await connection.execute(MOVE, {"conversation": talk.conversation, "queue": queue})
    if await moved.fetchone() is None:
        raise OtherQueue("expected an active queue of the same channel and language")


async def _noted(connection: Connection, *, talk: Talk, worker: int, note: str) -> Stored:
    payload = Payload(text=note, who=await sides.name_of(connection=connection, worker=worker))
    line = Line(kind=Kind.MESSAGE, side=Side.PROFESSIONAL, payload=payload, participant=talk.participant)
    return Stored((await notes.append(connection=connection, conversation=talk.conversation, line=line),))
