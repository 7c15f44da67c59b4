"""A colleague at the side: sees the talk from its start and whispers; the visitor sees them only when brought in.

Their part ends with the claim of whoever asked them, when they step out, and when their own desk or duty is gone.
"""

from collections.abc import Sequence
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import claim, notes, sides
from chatservice.conversations.errors import Gone
from chatservice.conversations.events import Announcement, Desks, Stored, announce
from chatservice.conversations.log import Line, append
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.duty.errors import OffDuty
from chatservice.duty.presence import GRACE_S, lock, view
from chatservice.queues.errors import NotOffered
from chatservice.queues.offered import Offered, owned, settle
from chatservice.store.pool import Connection, rows, transaction

LOST = f"""
SELECT part.conversation_id, part.worker_id FROM conversations_participant part
WHERE part.role = 'colleague' AND NOT part.ended AND part.worker_id IS NOT NULL
    AND (part.lease_until < clock_timestamp() - interval '{GRACE_S} seconds'
        OR NOT EXISTS (SELECT 1 FROM duty_onduty duty WHERE duty.worker_id = part.worker_id))
ORDER BY part.id LIMIT 100
"""  # noqa: S608 - GRACE_S is a constant


async def sit_down(*, connection: Connection, found: Offered) -> Sequence[Announcement]:
    """Seat the addressee unseen and return what to announce. Raises OffDuty, NotOffered."""
    worker = found.addressee
    await lock(connection, worker=worker)
    if await view(connection, worker=worker) is None:
        raise OffDuty("expected a started shift: start it first")
    talk = await settle(connection=connection, offered=found)
    await sides.seat(connection=connection, conversation=talk.conversation, worker=worker, epoch=talk.epoch)
    who = await sides.name_of(connection=connection, worker=worker)
    note = await notes.notice(connection=connection, conversation=talk.conversation, code=Code.BESIDE, who=who)
    # They may read from the start: reading is what is recorded.
    await audit(connection, area=talk.area, actor=worker, action=Action.TALK_READ, object=str(talk.conversation))
    return Stored((note,)), Desks((found.sender, worker))


async def bring_in(*, conversation: UUID, worker: int, epoch: int, colleague: int) -> None:
    """The owner lets the colleague at the side write; the visitor reads who has joined. A repeat changes nothing.

    Raises Gone, Stale, NotOffered (nobody of that name sits there), StoreAway.
    """
    async with transaction() as connection:
        talk = await owned(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        part = await sides.show(connection=connection, conversation=conversation, worker=colleague, epoch=talk.epoch)
        if part is None:
            raise NotOffered("expected a colleague at the side of this talk")
        if part.visible:
            return
        who = await sides.name_of(connection=connection, worker=colleague)
        line = Line(kind=Kind.JOINED, participant=part.participant, payload=Payload(who=who))
        items = await append(connection=connection, conversation=conversation, lines=[line])
    announce(Stored(items), Desks((worker, colleague)))


async def step_out(*, conversation: UUID, worker: int) -> None:
    """A colleague leaves the side; the visitor is told only if they knew. Raises Gone, StoreAway."""
    async with transaction() as connection:
        told = await _leave(connection, conversation, worker)
    announce(*told)


async def sweep() -> int:
    """End the parts of colleagues whose desk or duty is gone; returns how many. Raises StoreAway."""
    ended = 0
    for conversation, worker in await rows(LOST):
        async with transaction() as connection:
            try:
                told = await _leave(connection, conversation, worker)
            except Gone:
                continue
        announce(*told)
        ended += 1
    return ended


async def _leave(connection: Connection, conversation: UUID, worker: int) -> Sequence[Announcement]:
    """End a colleague's part; the row lock of the conversation keeps its lines in order."""
    talk = await claim.locked(connection=connection, conversation=conversation)
    part = await sides.end(connection=connection, conversation=conversation, worker=worker)
    if talk is None or part is None:
        raise Gone("no such conversation")
    who = await sides.name_of(connection=connection, worker=worker)
    stored = [await notes.notice(connection=connection, conversation=conversation, code=Code.STEPPED_OUT, who=who)]
    if part.visible:
        line = Line(kind=Kind.LEFT, participant=part.participant, payload=Payload(who=who, code=Code.STEPPED_OUT))
        stored += await append(connection=connection, conversation=conversation, lines=[line])
    owner = await sides.owner(connection=connection, conversation=conversation)
    return Stored(tuple(stored)), Desks((worker,) if owner is None else (worker, owner))
