"""The end of what people wrote: the wrapped data key goes first, then the rows, then the day keys whose day has come.

May be killed and repeated at any point (P13): each step looks only at what is still there.
"""

from datetime import UTC, datetime

from django.conf import settings

from chatservice.conversations.sealers import forget, keys
from chatservice.store.pool import connection, transaction

# No clock closes a talk that is parked at high risk: the latest day of its key is its end.
SHRED = """
UPDATE conversations_conversation SET wrapped_key = NULL
WHERE wrapped_key IS NOT NULL AND (
    closed < clock_timestamp() - %(hours)s * interval '1 hour'
    OR (key_day <= %(today)s AND (closed IS NOT NULL OR state = 'parked')))
RETURNING id
"""

# Nothing of a contact is kept: with the words go the token, the participants, the conversation and its thread.
OVER = "SELECT id FROM conversations_conversation WHERE wrapped_key IS NULL ORDER BY id LIMIT %(some)s FOR UPDATE"
EMPTY = (
    """DELETE FROM conversations_returntoken WHERE participant_id IN (
        SELECT id FROM conversations_participant WHERE conversation_id = ANY(%(over)s))""",
    "DELETE FROM conversations_event WHERE conversation_id = ANY(%(over)s)",
    "DELETE FROM conversations_participant WHERE conversation_id = ANY(%(over)s)",
    "DELETE FROM conversations_conversation WHERE id = ANY(%(over)s)",
)
THREADS = """
DELETE FROM conversations_thread thread WHERE begun < clock_timestamp() - interval '1 hour'
    AND (code_hash IS NULL OR code_until < clock_timestamp())
    AND NOT EXISTS (SELECT 1 FROM conversations_conversation talk WHERE talk.thread_id = thread.id)
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
    while await _empty_some():
        pass
    async with connection() as lent:
        await lent.execute(THREADS)
        for day in keys().days():
            if day <= today and await (await lent.execute(STILL, {"day": day})).fetchone() is None:
                keys().destroy(day)
    return len(shredded)


async def _empty_some() -> bool:
    """Delete the rows of some shredded conversations; return whether there were any."""
    async with transaction() as lent:
        over = [row[0] for row in await (await lent.execute(OVER, {"some": SOME})).fetchall()]
        for query in EMPTY if over else ():
            await lent.execute(query.encode(), {"over": over})
    return bool(over)
