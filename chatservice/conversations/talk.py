"""What the two people in a talk can do besides writing: confirm, leave, give back, close."""

from uuid import UUID

import msgspec

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import access
from chatservice.conversations.errors import Gone
from chatservice.conversations.events import Moved, Presence, Stored, announce
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Kind, Payload, Side, Who
from chatservice.conversations.sealers import forget
from chatservice.conversations.states import State, Step
from chatservice.conversations.steps import take
from chatservice.store.pool import Connection, transaction

ANSWER_S = 120

BEGUN = """
UPDATE conversations_conversation SET called_at = coalesce(called_at, clock_timestamp()),
    answer_by = clock_timestamp() + %(answer)s * interval '1 second'
WHERE id = %(conversation)s
"""

# Too late for that call, but in time for the next one.
AWAKE = """
UPDATE conversations_conversation SET called_until = NULL
WHERE id = %(conversation)s AND state = 'queued' AND called_until IS NOT NULL
"""

CALLER = """
SELECT part.id, part.worker_id, worker.display_name, worker.profession
FROM conversations_participant part JOIN accounts_worker worker ON worker.id = part.worker_id
WHERE part.conversation_id = %(conversation)s AND NOT part.ended AND part.role = 'professional'
"""


async def confirm(*, conversation: UUID, participant: UUID) -> None:
    """The called visitor says "I am here": the talk begins and both read who has joined.

    When the call has passed, they may be called again at once; a repeat does nothing. Raises Gone, StoreAway.
    """
    async with transaction() as connection:
        talk = await access.visitor(connection=connection, conversation=conversation, participant=participant)
        if talk.state is not State.CALLED:
            await connection.execute(AWAKE, {"conversation": conversation})
            return
        part, worker, who = await _caller(connection, conversation)
        line = Line(kind=Kind.JOINED, participant=part, payload=Payload(who=who))
        items, moved = await take(connection=connection, talk=talk, by=Step.CONFIRM, lines=[line])
        await connection.execute(BEGUN, {"conversation": conversation, "answer": ANSWER_S})
    announce(Stored(items), msgspec.structs.replace(moved, workers=(worker,)))


async def leave(*, conversation: UUID, participant: UUID) -> None:
    """The visitor ends the talk. Repeating it changes nothing. Raises Gone, StoreAway."""
    async with transaction() as connection:
        talk = await access.visitor(connection=connection, conversation=conversation, participant=participant)
        line = Line(kind=Kind.CLOSED, payload=Payload(code=Code.ENDED_BY_VISITOR))
        items, moved = await take(
            connection=connection, talk=talk, by=Step.CLOSE, reason=Code.ENDED_BY_VISITOR, lines=[line]
        )
    forget(conversation=conversation)
    announce(Stored(items), moved)


async def leave_quickly(*, conversation: UUID, participant: UUID) -> None:
    """The visitor left by the quick exit: nothing ends, the professional is shown it. Raises Gone, StoreAway."""
    async with transaction() as connection:
        await access.visitor(connection=connection, conversation=conversation, participant=participant)
    announce(Presence(conversation, Side.VISITOR, "left_quickly"))


async def release(*, conversation: UUID, worker: int, epoch: int) -> None:
    """A worker gives a talk back to the head of the queue. Raises Gone, Stale, WrongStep, StoreAway."""
    async with transaction() as connection:
        talk = await access.worker(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        told = await give_back(connection=connection, talk=talk, worker=worker)
    announce(*told)


async def give_back(*, connection: Connection, talk: access.Talk, worker: int) -> tuple[Stored, Moved]:
    """Release a talk whose right was checked in this transaction; return what to announce. Raises WrongStep."""
    line = Line(kind=Kind.REQUEUED, payload=Payload(code=Code.RELEASED))
    items, moved = await take(
        connection=connection, talk=talk, by=Step.GIVE_BACK, reason=Code.RELEASED, lines=[line], head=True
    )
    await audit(connection, area=talk.area, actor=worker, action=Action.TALK_RELEASED, object=str(talk.conversation))
    return Stored(items), moved


async def close(*, conversation: UUID, worker: int, epoch: int) -> access.Talk:
    """A worker ends a talk; returns it as it was. Raises Gone, Stale, WrongStep, StoreAway."""
    async with transaction() as connection:
        talk = await access.worker(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        line = Line(kind=Kind.CLOSED, payload=Payload(code=Code.ENDED_BY_PROFESSIONAL))
        items, moved = await take(
            connection=connection, talk=talk, by=Step.CLOSE, reason=Code.ENDED_BY_PROFESSIONAL, lines=[line]
        )
        await audit(connection, area=talk.area, actor=worker, action=Action.TALK_CLOSED, object=str(conversation))
    forget(conversation=conversation)
    announce(Stored(items), moved)
    return talk


async def _caller(connection: Connection, conversation: UUID) -> tuple[UUID, int, Who]:
    """Return the part, the worker and the public name of the professional who holds the conversation."""
    row = await (await connection.execute(CALLER, {"conversation": conversation})).fetchone()
    if row is None:
        raise Gone("nobody has called this conversation")
    return row[0], row[1], Who(name=row[2], profession=row[3])
