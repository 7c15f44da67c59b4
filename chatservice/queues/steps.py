"""What the queues store in the same transaction as a step of a conversation: learned lengths, the end of a code."""

from typing import Final

from chatservice.conversations.access import Talk
from chatservice.conversations.states import State
from chatservice.store.pool import Connection

CODE_HOURS: Final = 24

# The length of this talk moves the mean; no row of it is kept. Weight at least 1/20: see estimate.learned.
LEARN = """
UPDATE queues_queue queue SET talks = least(queue.talks + 1, 20),
    mean_s = greatest(60, queue.mean_s + (extract(epoch FROM clock_timestamp() - %(began)s) - queue.mean_s)
        / least(queue.talks + 1, 20))
WHERE queue.id = %(queue)s
"""

# An opening further away (a voucher) keeps the code alive longer.
CODE_ENDS = """
UPDATE conversations_thread SET code_until =
    greatest(code_until, date_trunc('minute', clock_timestamp()) + %(hours)s * interval '1 hour')
WHERE id = (SELECT thread_id FROM conversations_conversation WHERE id = %(conversation)s) AND code_hash IS NOT NULL
"""


async def stepped(*, connection: Connection, talk: Talk, after: State, reason: str) -> None:  # noqa: ARG001 - a hook
    """Registered with conversations.hooks in `apps.py`."""
    if after is not State.CLOSED:
        return
    await connection.execute(CODE_ENDS, {"hours": CODE_HOURS, "conversation": talk.conversation})
    # A talk that ended while its visitor was away or waited again tells nothing of how long a talk takes.
    if talk.state is State.ACTIVE and talk.began is not None and talk.queue is not None:
        await connection.execute(LEARN, {"began": talk.began, "queue": talk.queue})
