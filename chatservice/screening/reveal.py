"""A line as its visitor wrote it: shown on one tap of the professional who holds the talk, and recorded."""

from typing import Final
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import access
from chatservice.conversations.errors import Gone
from chatservice.conversations.log import read_after
from chatservice.store.pool import transaction

RIGHT: Final = """
SELECT 1 FROM conversations_participant
WHERE id = %(participant)s AND NOT ended AND epoch = %(epoch)s AND role <> 'visitor'
"""


async def reveal(*, conversation: UUID, worker: int, epoch: int, seq: int) -> str:
    """Return the original of line `seq` to somebody who sees the talk now. Recorded before it is shown.

    Raises Gone (no such line, a damaged one), Stale, StoreAway.
    """
    async with transaction() as connection:
        talk = await access.part_of(connection=connection, conversation=conversation, worker=worker)
        await access.fence(connection=connection, talk=talk, epoch=epoch, right=RIGHT)
        line = f"{conversation}/{seq}"
        await audit(connection, area=talk.area, actor=worker, action=Action.LINE_REVEALED, object=line)
    found = await read_after(conversation=conversation, reader=talk.participant, after=seq - 1, limit=1)
    if not found or found[0].row.seq != seq or found[0].payload is None:
        raise Gone("no such line")
    return found[0].payload.text
