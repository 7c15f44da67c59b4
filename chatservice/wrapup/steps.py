"""A talk that closes opens its wrap-up, in the same transaction."""

from typing import Final

from chatservice.conversations.access import Talk
from chatservice.conversations.states import State
from chatservice.store.pool import Connection

# The professional who held the talk last; a queue left without an answer has nobody to ask.
OPEN: Final = """
INSERT INTO wrapup_wrapup (conversation, area_id, worker_id, channel, language, closed, machine, kinds, topic)
SELECT talk.id, talk.area_id, part.worker_id, talk.channel, talk.language,
    date_trunc('minute', clock_timestamp()), greatest(talk.marked_level, talk.risk), talk.marked_kinds, ''
FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'professional'
WHERE talk.id = %(conversation)s ORDER BY part.epoch DESC LIMIT 1
ON CONFLICT (conversation) DO NOTHING
"""


async def stepped(*, connection: Connection, talk: Talk, after: State, reason: str) -> None:  # noqa: ARG001 - the hook's own shape
    """Registered with conversations.hooks in `apps.py`."""
    if after is State.CLOSED and talk.began is not None:
        await connection.execute(OPEN, {"conversation": talk.conversation})
