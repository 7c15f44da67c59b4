"""A professional wraps up a talk of theirs, and may change it until it is counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.content.taxonomy import is_topic
from chatservice.conversations.errors import Gone
from chatservice.conversations.risk import Risk
from chatservice.store.pool import rows, transaction
from chatservice.wrapup.errors import UnknownTopic

OPEN_HOURS: Final = 6
MINE: Final = f"""
FROM wrapup_wrapup WHERE worker_id = %(worker)s AND closed > clock_timestamp() - interval '{OPEN_HOURS} hours'
"""
LIST: Final = f"SELECT conversation, channel, language, closed, topic, judged {MINE} ORDER BY closed, conversation"
ONE: Final = f"SELECT area_id, channel {MINE} AND conversation = %(conversation)s FOR UPDATE"
SAVE: Final = """
UPDATE wrapup_wrapup SET topic = %(topic)s, judged = %(judged)s WHERE conversation = %(conversation)s
"""


@dataclass(frozen=True, slots=True)
class Open:
    """A wrap-up that may still be written; `judged` None: not said yet."""

    conversation: UUID
    channel: str
    language: str
    closed: datetime
    topic: str
    judged: int | None


async def open_of(*, worker: int) -> list[Open]:
    """Return the wrap-ups a worker may write or change now, oldest first; raises StoreAway."""
    return [Open(*row) for row in await rows(LIST, {"worker": worker})]


async def save(*, conversation: UUID, worker: int, topic: str, judged: Risk) -> None:
    """Store the codes of a talk this worker held last.

    Raises Gone (not theirs, or counted), UnknownTopic, StoreAway.
    """
    asked = {"conversation": conversation, "worker": worker}
    async with transaction() as connection:
        found = await (await connection.execute(ONE.encode(), asked)).fetchone()
        if found is None:
            raise Gone("no such wrap-up")
        area, channel = found
        if not is_topic(topic, channel=channel):
            raise UnknownTopic("expected a topic of this channel: see content/data/taxonomy.json")
        await connection.execute(SAVE, {**asked, "topic": topic, "judged": int(judged)})
        await audit(connection, area=area, actor=worker, action=Action.WRAPPED_UP, object=str(conversation))
