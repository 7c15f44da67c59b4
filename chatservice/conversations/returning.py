"""Coming back by the return code: on another device, after a closed tab, to the next opening."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from chatservice.conversations.codes import hashed, new_code, read
from chatservice.conversations.errors import Gone, StillOpen
from chatservice.conversations.events import Stored, announce
from chatservice.conversations.log import Line, append
from chatservice.conversations.payload import Code, Kind, Payload
from chatservice.conversations.tokens import hashed as token_hashed
from chatservice.store.pool import Connection, transaction

THREAD = """
SELECT id, area_id, voucher_for IS NOT NULL AND voucher_for <= clock_timestamp() + interval '10 minutes'
    AND voucher_for > clock_timestamp() - interval '12 hours'
FROM conversations_thread
WHERE code_hash = %(hash)s AND (code_until IS NULL OR code_until > clock_timestamp())
"""

OPEN = """
SELECT talk.id, part.id, talk.last_seq, talk.channel FROM conversations_conversation talk
JOIN conversations_participant part ON part.conversation_id = talk.id AND part.role = 'visitor'
WHERE talk.thread_id = %(thread)s AND talk.state <> 'closed' AND talk.wrapped_key IS NOT NULL
ORDER BY talk.ticket DESC LIMIT 1 FOR NO KEY UPDATE OF talk
"""

# Locked in a statement of its own: what the other of two returns has opened meanwhile is seen by the next one.
LOCK = "SELECT 1 FROM conversations_thread WHERE id = %(thread)s FOR NO KEY UPDATE"
BUSY = "SELECT 1 FROM conversations_conversation WHERE thread_id = %(thread)s AND state <> 'closed' LIMIT 1"

REMEMBER = """
INSERT INTO conversations_returntoken (hash, participant_id, hidden_until)
VALUES (%(hash)s, %(participant)s, %(hidden)s)
"""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a code opened: a token for the talk that is open, or the thread in which a new one begins."""

    thread: UUID
    area: int
    credit: bool
    token: str | None


async def by_code(*, text: str, channel: str, hide: bool = True) -> Returned:
    """Open what a code stands for. Earlier words stay hidden on the new page when `hide`.

    Unknown, wrong, revoked and expired codes, and those of the other channel, take the same time and raise the same
    Gone. The caller has counted the try before.
    """
    code = read(text)
    found = await hashed(code or new_code())
    if code is None:
        raise Gone("no such code")
    token = secrets.token_urlsafe(32)
    async with transaction() as connection:
        thread = await (await connection.execute(THREAD, {"hash": found})).fetchone()
        if thread is None:
            raise Gone("no such code")
        talk = await (await connection.execute(OPEN, {"thread": thread[0]})).fetchone()
        if talk is None:
            return Returned(thread[0], thread[1], credit=thread[2], token=None)
        if talk[3] != channel:
            raise Gone("no such code")
        asked = {"hash": token_hashed(token), "participant": talk[1], "hidden": talk[2] if hide else 0}
        await connection.execute(REMEMBER, asked)
        line = Line(kind=Kind.NOTICE, payload=Payload(code=Code.RETURNED_BY_CODE))
        items = await append(connection=connection, conversation=talk[0], lines=[line])
    announce(Stored(items))
    return Returned(thread[0], thread[1], credit=False, token=token)


async def begin_anew(*, connection: Connection, thread: UUID) -> None:
    """Hold the thread for a new conversation until the transaction ends; raises StillOpen: another return was first."""
    await connection.execute(LOCK, {"thread": thread})
    if await (await connection.execute(BUSY, {"thread": thread})).fetchone() is not None:
        raise StillOpen("the thread has an open conversation: come back to that one")
