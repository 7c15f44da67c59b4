"""A talk that closes opens its wrap-up, in the same transaction, with what is known of it without asking."""

from typing import Final

from chatservice.content.codes import UNKNOWN_AGE
from chatservice.content.taxonomy import is_topic
from chatservice.conversations.access import Talk
from chatservice.conversations.states import State
from chatservice.store.pool import Connection

# The professional who held the talk last; a queue left without an answer has nobody to ask.
OPEN: Final = """
INSERT INTO wrapup_wrapup (conversation, area_id, worker_id, channel, language, closed, machine, kinds, topic, age,
    municipality, placed, school_id)
SELECT talk.id, talk.area_id, part.worker_id, talk.channel, talk.language, date_trunc('minute', clock_timestamp()),
    greatest(talk.marked_level, talk.risk), talk.marked_kinds, '', coalesce(nullif(talk.age_band, ''), %(no_age)s),
    coalesce(town.code, 'unknown'), town.code IS NOT NULL, host.school_id
FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'professional'
JOIN places_host host ON host.id = talk.host_id
LEFT JOIN places_school school ON school.id = host.school_id
LEFT JOIN places_municipality town ON town.id = coalesce(host.municipality_id, school.municipality_id)
WHERE talk.id = %(conversation)s ORDER BY part.epoch DESC LIMIT 1
ON CONFLICT (conversation) DO NOTHING
"""
CHOSEN: Final = "SELECT topic FROM conversations_conversation WHERE id = %(conversation)s"
KEEP_CHOSEN: Final = "UPDATE wrapup_wrapup SET chosen = %(topic)s WHERE conversation = %(conversation)s"


async def stepped(*, connection: Connection, talk: Talk, after: State, reason: str) -> None:  # noqa: ARG001 - the hook's own shape
    """Registered with conversations.hooks in `apps.py`."""
    if after is State.CLOSED and talk.began is not None:
        await connection.execute(OPEN, {"conversation": talk.conversation, "no_age": UNKNOWN_AGE})
        await _keep_chosen(connection, talk)


async def _keep_chosen(connection: Connection, talk: Talk) -> None:
    """Keep what the visitor chose, if it is a topic: the entrance takes any short text there."""
    row = await (await connection.execute(CHOSEN, {"conversation": talk.conversation})).fetchone()
    if row is not None and is_topic(row[0], channel=talk.channel):
        await connection.execute(KEEP_CHOSEN, {"conversation": talk.conversation, "topic": row[0]})
