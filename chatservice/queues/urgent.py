"""The alarm for somebody at immediate risk whom nobody takes: the desks of everybody on duty, then the coordinators.

A stage is reached once for each talk: the column `alert_stage` moves in the transaction that queues the mail, so any
process may sweep, twice changes nothing, and a mail that cannot leave is the mailing room's to try again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from chatservice.conversations.risk import Risk
from chatservice.mailing.models import Mail
from chatservice.mailing.outgoing import to_coordinators
from chatservice.store.pool import rows, transaction

TAKEN_WITHIN_S: Final = 60

# Called and skipped is queued again. With nobody on duty there is nobody to wait for.
DUE: Final = f"""
SELECT talk.id, talk.area_id, wait.since,
    NOT manned.is OR wait.since < clock_timestamp() - (%(wait)s + %(more)s) * interval '1 second'
FROM conversations_conversation talk CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT 1 FROM duty_onduty duty
        WHERE duty.area_id = talk.area_id AND duty.lease_until > clock_timestamp()) AS is
) manned CROSS JOIN LATERAL (SELECT coalesce(talk.urgent_since, talk.arrived) AS since) wait
WHERE talk.state = 'queued' AND talk.risk = {int(Risk.IMMEDIATE)} AND talk.alert_stage < 2 AND (NOT manned.is
    OR wait.since < clock_timestamp() - (%(wait)s + talk.alert_stage * %(more)s) * interval '1 second')
ORDER BY talk.id LIMIT 100 FOR NO KEY UPDATE OF talk SKIP LOCKED
"""  # noqa: S608 - a number of ours
STAGE: Final = "UPDATE conversations_conversation SET alert_stage = %(stage)s WHERE id = ANY(%(talks)s)"

# The alarm rings as long as somebody waits whom it is about: a desk that comes later hears it too.
RINGING: Final = f"""
SELECT talk.area_id, talk.ticket, talk.channel, talk.language,
    coalesce(talk.urgent_since, talk.arrived) AS since, part.present
FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.area_id = ANY(%(areas)s) AND talk.state = 'queued' AND talk.risk = {int(Risk.IMMEDIATE)}
    AND talk.alert_stage > 0 ORDER BY since, talk.ticket
"""  # noqa: S608 - a number of ours
ON_DUTY: Final = "SELECT worker_id FROM duty_onduty WHERE area_id = ANY(%(areas)s) AND lease_until > clock_timestamp()"


@dataclass(frozen=True, slots=True)
class Ringing:
    """An alarm that has not ended. `present`: the visitor's line is alive, somebody could take them now."""

    area: int
    ticket: int
    channel: str
    language: str
    since: datetime
    present: bool


async def sweep() -> int:
    """Move on the alarms whose time has come; returns how many talks moved. Raises StoreAway."""
    asked = {"wait": TAKEN_WITHIN_S, "more": settings.ALERT_MAIL_SECONDS}
    async with transaction() as connection:
        due = await (await connection.execute(DUE.encode(), asked)).fetchall()
        told = [(talk, area, since) for talk, area, since, coordinators in due if coordinators]
        for area in {area for _, area, _ in told}:
            waits = [since for _, its, since in told if its == area]
            await to_coordinators(
                connection, area=area, template=Mail.Template.URGENT, count=len(waits), since=min(waits)
            )
        if due:
            rung = [row[0] for row in due if not row[3]]
            await connection.execute(STAGE, {"stage": 1, "talks": rung})
            await connection.execute(STAGE, {"stage": 2, "talks": [talk for talk, _, _ in told]})
    return len(due)


async def ringing_in(*, areas: Collection[int]) -> list[Ringing]:
    """Return the alarms of some areas, the oldest first; raises StoreAway."""
    return [Ringing(*row) for row in await rows(RINGING, {"areas": list(areas)})]


async def on_duty_in(*, areas: Collection[int]) -> set[int]:
    """Return the workers whom an alarm is for: on duty with a living line, on pause too. Raises StoreAway."""
    return {row[0] for row in await rows(ON_DUTY, {"areas": list(areas)})}
