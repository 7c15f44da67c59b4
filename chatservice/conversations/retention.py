"""The end of what people wrote: the wrapped data key goes first, then the rows, then the day keys whose day has come.

May be killed and repeated at any point (P13): each step looks only at what is still there.
"""

from datetime import UTC, datetime

from django.conf import settings

from chatservice.conversations.sealers import forget, keys
from chatservice.store.pool import connection, transaction

SHRED = """
UPDATE conversations_conversation SET wrapped_key = NULL
WHERE wrapped_key IS NOT NULL AND (
    closed < clock_timestamp() - %(hours)s * interval '1 hour' OR (closed IS NOT NULL AND key_day <= %(today)s))
RETURNING id
"""

# The visitor's token goes with the words: what is left of a conversation links to nobody.
EMPTY = """
DELETE FROM conversations_event WHERE conversation_id IN (
    SELECT id FROM conversations_conversation WHERE wrapped_key IS NULL LIMIT %(some)s)
"""
UNLINK = """
UPDATE conversations_participant part SET token_hash = NULL FROM conversations_conversation talk
WHERE talk.id = part.conversation_id AND talk.wrapped_key IS NULL AND part.token_hash IS NOT NULL
"""
STILL = "SELECT 1 FROM conversations_conversation WHERE wrapped_key IS NOT NULL AND key_day = %(day)s LIMIT 1"
SOME = 500


async def end_what_is_over() -> int:
    """Destroy what is past its time and return how many conversations were shredded; raises StoreAway, VaultError."""
    today = datetime.now(UTC).date()
    async with transaction() as lent:
        cursor = await lent.execute(SHRED, {"hours": settings.RETENTION_HOURS, "today": today})
        shredded = [row[0] for row in await cursor.fetchall()]
    for conversation in shredded:
        forget(conversation=conversation)
    async with connection() as lent:
        await lent.execute(EMPTY, {"some": SOME})
        await lent.execute(UNLINK)
        for day in keys().days():
            if day <= today and await (await lent.execute(STILL, {"day": day})).fetchone() is None:
                keys().destroy(day)
    return len(shredded)
