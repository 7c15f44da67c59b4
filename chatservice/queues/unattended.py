"""Talks whose professional is off duty: back to the head of the queue, whoever should have done it.

The end of a shift gives its talks back, and a lost desk loses them by their leases; but a process may die between the
two halves. Here nobody is forgotten: every process looks, each talk is given back once.
"""

from contextlib import suppress
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import claim, sides
from chatservice.conversations.events import Moved, Stored, announce
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.conversations.states import Step
from chatservice.conversations.steps import take
from chatservice.duty.errors import OffDuty
from chatservice.duty.presence import end_lost, lock, off_among
from chatservice.store.pool import Connection, rows, transaction

HELD = """
SELECT part.worker_id, part.conversation_id FROM conversations_participant part
JOIN conversations_conversation talk ON talk.id = part.conversation_id
WHERE part.role = 'professional' AND NOT part.ended AND talk.state IN ('called', 'active')
    AND NOT EXISTS (SELECT 1 FROM duty_onduty duty WHERE duty.worker_id = part.worker_id)
ORDER BY part.worker_id, part.conversation_id LIMIT 100
"""


async def sweep() -> int:
    """End the duties of lost desks and give back what those off duty still hold; returns how many. Raises StoreAway."""
    async with transaction() as connection:
        await end_lost(connection)
    given = 0
    for worker, conversation in await rows(HELD):
        async with transaction() as connection:
            told = await _give_back(connection, worker=worker, conversation=conversation)
        announce(*told)
        given += bool(told)
    return given


async def _give_back(connection: Connection, *, worker: int, conversation: UUID) -> tuple[Stored | Moved, ...]:
    """Judge again under the locks that a claim takes, in its order: who has begun again keeps the talk."""
    with suppress(OffDuty):  # not active any more: nobody who could begin again
        await lock(connection, worker=worker)
    talk = await claim.locked(connection=connection, conversation=conversation)
    if talk is None or not await off_among(connection, workers=[worker]):
        return ()
    if await sides.owner(connection=connection, conversation=talk.conversation) != worker:
        return ()
    line = Line(kind=Kind.REQUEUED, payload=Payload(code=Code.RELEASED))
    items, moved = await take(
        connection=connection, talk=talk, by=Step.GIVE_BACK, reason=Code.RELEASED, lines=[line], head=True
    )
    await audit(connection, area=talk.area, actor=None, action=Action.TALK_RELEASED, object=str(talk.conversation))
    return Stored(items), moved
