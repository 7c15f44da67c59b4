"""A colleague takes a talk over, in one transaction: right and capacity, offer, fences, the line the visitor reads."""

from collections.abc import Sequence

import msgspec

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import sides
from chatservice.conversations.claim import held_count, join
from chatservice.conversations.errors import Full
from chatservice.conversations.events import Announcement, Desks, Stored
from chatservice.conversations.log import Line
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.conversations.states import Step
from chatservice.conversations.steps import take
from chatservice.conversations.talk import ANSWER_S, BEGUN
from chatservice.duty.presence import may_take
from chatservice.queues.offered import Offered, end_all, settle
from chatservice.store.pool import Connection


async def take_over(*, connection: Connection, found: Offered) -> Sequence[Announcement]:
    """Make the addressee the owner and return what to announce. Raises NotTaking, Full, NotOffered.

    The addressee's own row is locked first, as a claim does: capacity holds. The old owner's part and those of
    colleagues end, and the epoch rises: a write under the old claim that is on its way finds the fence closed.
    """
    worker = found.addressee
    right = await may_take(connection, worker=worker)
    if await held_count(connection=connection, worker=worker) >= right.capacity:
        raise Full("the agreed number of talks is in use: end or give back one first")
    talk = await settle(connection=connection, offered=found)
    who = await sides.name_of(connection=connection, worker=worker)
    line = Line(kind=Kind.TRANSFERRED, payload=Payload(who=who, code=Code.HANDED_OVER))
    items, moved = await take(
        connection=connection, talk=talk, by=Step.HAND_OVER, reason=Code.HANDED_OVER, lines=[line]
    )
    await join(connection=connection, conversation=talk.conversation, worker=worker, epoch=moved.epoch)
    await connection.execute(BEGUN, {"conversation": talk.conversation, "answer": ANSWER_S})
    others = await end_all(connection=connection, talk=talk)
    object = str(talk.conversation)  # noqa: A001 - the audit's own word
    await audit(connection, area=talk.area, actor=worker, action=Action.TALK_TAKEN_OVER, object=object)
    return (
        Stored(items),
        msgspec.structs.replace(moved, workers=tuple({*moved.workers, worker})),
        Desks(tuple({found.sender, *others})),
    )
