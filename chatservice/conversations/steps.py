"""Taking one step of the table in SQL. Every change of a conversation's state goes through `take`."""

from collections.abc import Sequence
from uuid import UUID

from chatservice.conversations.access import Talk
from chatservice.conversations.events import Moved
from chatservice.conversations.hooks import stepped
from chatservice.conversations.log import Line, append
from chatservice.conversations.rows import Clear
from chatservice.conversations.states import REST_S, RETURNED_WORTH, State, Step, step
from chatservice.store.pool import Connection

MOVE = """
UPDATE conversations_conversation SET state = %(state)s, requeued = requeued OR %(head)s,
    order_key = order_key - CASE WHEN %(head)s AND NOT requeued THEN %(worth)s ELSE interval '0' END,
    claim_epoch = claim_epoch + %(fence)s, answer_by = NULL,
    called_until = clock_timestamp() + %(rest)s::float8 * interval '1 second',
    urgent_since = CASE WHEN urgent_since IS NOT NULL AND %(anew)s THEN clock_timestamp() ELSE urgent_since END
WHERE id = %(conversation)s RETURNING claim_epoch
"""

CLOSE = """
UPDATE conversations_conversation SET state = 'closed', closed = date_trunc('minute', clock_timestamp()),
    closed_by = %(code)s, called_until = NULL, held_until = NULL, arrived = NULL, order_key = NULL,
    overflow_at = NULL, answer_by = NULL, called_at = NULL, urgent_since = NULL
WHERE id = %(conversation)s
"""

# A closed conversation keeps no second of anybody's coming and going.
END_ALL = """
UPDATE conversations_participant SET ended = true, present = false, lease_until = NULL, paused_until = NULL
WHERE conversation_id = %(conversation)s RETURNING worker_id
"""

END_WORKERS = """
UPDATE conversations_participant SET ended = true, present = false, lease_until = NULL
WHERE conversation_id = %(conversation)s AND role <> 'visitor' AND NOT ended RETURNING worker_id
"""


async def take(
    *, connection: Connection, talk: Talk, by: Step, reason: str = "", lines: Sequence[Line] = (), head: bool = False
) -> tuple[tuple[Clear, ...], Moved]:
    """Move `talk` (locked by this transaction), write `lines`, and return what to announce after the commit.

    Steps that take the talk from its professionals end their parts and raise the epoch: a write of theirs that is still
    on its way finds the fence closed. Raises WrongStep.
    """
    after = step(state=talk.state, by=by)
    items = await append(connection=connection, conversation=talk.conversation, lines=lines) if lines else ()
    stays = after is State.ACTIVE and by is not Step.HAND_OVER
    workers: list[int] = [] if stays else await _left_behind(connection, talk.conversation, after)
    epoch = talk.epoch
    if after is State.CLOSED:
        await connection.execute(CLOSE, {"conversation": talk.conversation, "code": reason})
    else:
        fence = 1 if workers else 0
        asked = {
            "conversation": talk.conversation,
            "state": after,
            "head": head,
            "fence": fence,
            "worth": RETURNED_WORTH,
            "rest": REST_S if by is Step.SKIP else None,
            # Somebody was with them; whoever was only called has waited all the time.
            "anew": after is State.QUEUED and talk.state is not State.CALLED,
        }
        moved = await (await connection.execute(MOVE, asked)).fetchone()
        epoch = moved[0] if moved else epoch
    await stepped(connection=connection, talk=talk, after=after, reason=reason)
    return items, Moved(talk.conversation, talk.area, after, epoch, tuple(workers), reason)


async def _left_behind(connection: Connection, conversation: UUID, after: State) -> list[int]:
    """End the parts that do not live on in state `after`; return the workers they belonged to."""
    query = END_ALL if after is State.CLOSED else END_WORKERS
    cursor = await connection.execute(query, {"conversation": conversation})
    return [row[0] for row in await cursor.fetchall() if row[0] is not None]
