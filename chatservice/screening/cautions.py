"""What a professional may do about somebody who attacks them, before ending the talk: warn, and pause the writing.

The pause holds for this talk's own visitor alone, never for an address, and never holds back words of danger.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import access
from chatservice.conversations.errors import WrongStep
from chatservice.conversations.events import Stored, announce
from chatservice.conversations.log import Line, append
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.conversations.states import State
from chatservice.store.pool import transaction

PAUSE: Final = timedelta(minutes=15)
HOLD: Final = """
UPDATE conversations_participant SET paused_until = clock_timestamp() + %(pause)s
WHERE conversation_id = %(conversation)s AND role = 'visitor'
"""


async def warn(*, conversation: UUID, worker: int, epoch: int) -> None:
    """Put a warning of the service into the talk. Raises Gone, Stale, WrongStep, StoreAway."""
    await _caution(conversation, worker, epoch, pause=False)


async def pause(*, conversation: UUID, worker: int, epoch: int) -> None:
    """Let the visitor's writing rest for `PAUSE` and tell them how to object.

    Raises Gone, Stale, WrongStep, StoreAway.
    """
    await _caution(conversation, worker, epoch, pause=True)


async def _caution(conversation: UUID, worker: int, epoch: int, *, pause: bool) -> None:
    async with transaction() as connection:
        talk = await access.worker(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        if talk.state is not State.ACTIVE:
            raise WrongStep("only somebody who is in the talk can be warned: expected an active talk")
        line = Line(kind=Kind.NOTICE, payload=Payload(code=Code.PAUSED if pause else Code.WARNED))
        items = await append(connection=connection, conversation=conversation, lines=[line])
        if pause:
            await connection.execute(HOLD.encode(), {"conversation": conversation, "pause": PAUSE})
        action = Action.VISITOR_PAUSED if pause else Action.VISITOR_WARNED
        await audit(connection, area=talk.area, actor=worker, action=action, object=str(conversation))
    announce(Stored(items))
