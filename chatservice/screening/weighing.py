"""A talk's risk is raised by its lines (`conversations.risk`) and lowered by its professional alone."""

from typing import Final
from uuid import UUID

from chatservice.audit.actions import Action
from chatservice.audit.append import append as audit
from chatservice.conversations import access
from chatservice.conversations.events import Moved, announce
from chatservice.conversations.risk import RISK_WORTHS, Risk
from chatservice.store.pool import transaction

# A talk that waits again later stands where its new level puts it; danger that comes back is a new alarm.
LOWER: Final = """
UPDATE conversations_conversation SET risk = %(risk)s, order_key = order_key + %(less)s,
    urgent_since = CASE WHEN %(risk)s < 3 THEN NULL ELSE urgent_since END,
    alert_stage = CASE WHEN %(risk)s < 3 THEN 0 ELSE alert_stage END
WHERE id = %(conversation)s
"""
HOLDERS: Final = """
SELECT worker_id FROM conversations_participant
WHERE conversation_id = %(conversation)s AND NOT ended AND worker_id IS NOT NULL
"""


async def lower(*, conversation: UUID, worker: int, epoch: int, risk: Risk) -> None:
    """The professional judges the danger to be less: recorded. A level that is not lower changes nothing.

    Raises Gone, Stale, StoreAway.
    """
    async with transaction() as connection:
        talk = await access.worker(connection=connection, conversation=conversation, worker=worker, epoch=epoch)
        if risk >= talk.risk:
            return
        less = RISK_WORTHS[Risk(talk.risk)] - RISK_WORTHS[risk]
        asked = {"conversation": conversation, "risk": int(risk), "less": less}
        await connection.execute(LOWER.encode(), asked)
        found = await (await connection.execute(HOLDERS.encode(), asked)).fetchall()
        await audit(connection, area=talk.area, actor=worker, action=Action.RISK_LOWERED, object=str(conversation))
    workers = tuple(row[0] for row in found)
    announce(Moved(conversation, talk.area, talk.state, talk.epoch, workers, "weighed", int(risk)))
