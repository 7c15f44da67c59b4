"""What a waiting visitor may change: their rating and their wish. The ticket stays."""

from uuid import UUID

from chatservice.conversations import access
from chatservice.conversations.events import Moved, announce
from chatservice.queues.order import NEEDS_TODAY_WORTH, Rating
from chatservice.store.pool import transaction

# The key moves by the difference only, so that a repeat changes nothing.
RATE = """
UPDATE conversations_conversation SET rating = %(rating)s::text,
    order_key = order_key + CASE WHEN rating = 'today' THEN %(worth)s::interval ELSE interval '0' END
        - CASE WHEN %(rating)s::text = 'today' THEN %(worth)s::interval ELSE interval '0' END
WHERE id = %(conversation)s AND state <> 'closed'
"""

WISH = """
UPDATE conversations_conversation talk SET wish = %(wish)s::text, overflow_at = arrived
    + CASE WHEN %(wish)s::text = '' THEN interval '0' ELSE queue.overflow_minutes * interval '1 minute' END
FROM queues_queue queue WHERE queue.id = talk.queue_id AND talk.id = %(conversation)s AND talk.state <> 'closed'
"""


async def rate(*, conversation: UUID, participant: UUID, rating: Rating) -> None:
    """Store the visitor's own answer and move their key by what it is worth. Raises Gone, StoreAway."""
    await _change(RATE, conversation, participant, rating=rating.value, worth=NEEDS_TODAY_WORTH)


async def change_wish(*, conversation: UUID, participant: UUID, wish: str) -> None:
    """Store another wish; the place stays, overflow counts from the arrival. Raises Gone, StoreAway."""
    await _change(WISH, conversation, participant, wish=wish)


async def _change(query: str, conversation: UUID, participant: UUID, **asked: object) -> None:
    async with transaction() as connection:
        talk = await access.visitor(connection=connection, conversation=conversation, participant=participant)
        await connection.execute(query.encode(), {**asked, "conversation": conversation})
    announce(Moved(conversation, talk.area, talk.state, talk.epoch))
