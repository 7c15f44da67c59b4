"""How urgent a talk is. It only rises by machine or rating; the queue's order and the alarms follow from it.

The worths stand here and not in the queue's order, because whoever raises the risk moves the place in the same write.
"""

from datetime import timedelta
from enum import IntEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from chatservice.conversations.post import Extra
from chatservice.store.pool import Connection


class Risk(IntEnum):
    """How urgent a talk is; stored as a number in `conversation.risk`."""

    NONE = 0
    CONCERN = 1
    HIGH = 2
    IMMEDIATE = 3


RISK_WORTHS: Final = MappingProxyType(
    {
        Risk.NONE: timedelta(),
        Risk.CONCERN: timedelta(minutes=30),
        Risk.HIGH: timedelta(minutes=120),
        Risk.IMMEDIATE: timedelta(minutes=240),
    }
)

# The key moves by the difference only, so that a repeat changes nothing; a lower level changes nothing either.
RAISE: Final = """
UPDATE conversations_conversation SET risk = %(risk)s::smallint,
    order_key = order_key - (%(worth)s::interval - (%(worths)s::interval[])[risk + 1]),
    urgent_since = CASE WHEN %(risk)s::smallint = %(immediate)s::smallint
        THEN coalesce(urgent_since, clock_timestamp()) ELSE urgent_since END
WHERE id = %(conversation)s AND state <> 'closed' AND risk < %(risk)s::smallint
"""


def raising(*, conversation: UUID, to: Risk) -> Extra:
    """Return the row that raises the risk in the transaction of a message (`Post.extras`)."""
    worths = [RISK_WORTHS[each] for each in Risk]
    given = {"risk": int(to), "worth": RISK_WORTHS[to], "worths": worths, "immediate": int(Risk.IMMEDIATE)}
    return Extra(RAISE, {**given, "conversation": conversation})


async def raise_to(connection: Connection, *, conversation: UUID, risk: Risk) -> bool:
    """Raise the risk in the caller's transaction; False when it was as high already, or the talk is closed.

    The caller announces `Moved` after the commit, so that place and waiting list follow at once.
    """
    extra = raising(conversation=conversation, to=risk)
    return (await connection.execute(extra.query.encode(), extra.parameters)).rowcount > 0
