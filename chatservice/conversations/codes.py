"""The one return code: 16 digits that look like a phone number, held by the visitor alone.

Only a slow, peppered hash is stored (scrypt, about 50 ms, two at a time, so that guessing cannot starve the talks). The
code keeps a place and a talk, carries a voucher, and opens a closed thread again with a new conversation.
"""

import asyncio
import hashlib
import secrets
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from uuid import UUID

from chatservice.conversations.errors import Gone
from chatservice.conversations.sealers import keys
from chatservice.store.pool import Connection, transaction

DIGITS: Final = 16
GROUP: Final = 4
HASHERS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="code")

GIVE = """
UPDATE conversations_thread thread SET code_hash = %(hash)s, code_until = NULL
FROM conversations_conversation talk JOIN conversations_participant part ON part.conversation_id = talk.id
WHERE thread.id = talk.thread_id AND talk.id = %(conversation)s AND part.id = %(participant)s
    AND part.role = 'visitor' AND talk.wrapped_key IS NOT NULL
RETURNING thread.id
"""


def new_code() -> str:
    """Return 16 random digits (53 bits)."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def shown(code: str) -> str:
    """Return the code in four groups, as it is shown once."""
    return " ".join(code[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def read(text: str) -> str | None:
    """Return the 16 digits of what somebody typed (spaces, dashes, full-width digits are fine), else None."""
    plain = unicodedata.normalize("NFKC", text[:64])
    digits = "".join(sign for sign in plain if not sign.isspace() and sign not in "-\u2010\u2011\u2012\u2013\u2014.")
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def _hash(code: str, pepper: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=pepper, n=2**14, r=8, p=1, dklen=32)


async def hashed(code: str) -> bytes:
    """Return what is stored of a code; never cached."""
    return await asyncio.get_running_loop().run_in_executor(HASHERS, _hash, code, keys().pepper())


async def give(*, conversation: UUID, participant: UUID) -> str:
    """Make a code for the visitor's thread and return it in groups; an earlier one is dead from now on. Raises Gone."""
    code = new_code()
    code_hash = await hashed(code)
    async with transaction() as connection:
        await put(connection=connection, conversation=conversation, participant=participant, code_hash=code_hash)
    return shown(code)


async def revoke(*, conversation: UUID, participant: UUID) -> None:
    """Make the thread's code worthless. Raises Gone."""
    async with transaction() as connection:
        await put(connection=connection, conversation=conversation, participant=participant, code_hash=None)


async def put(*, connection: Connection, conversation: UUID, participant: UUID, code_hash: bytes | None) -> None:
    """Give the visitor's thread the code of this hash, or none, in the caller's transaction. Raises Gone."""
    asked = {"hash": code_hash, "conversation": conversation, "participant": participant}
    if await (await connection.execute(GIVE, asked)).fetchone() is None:
        raise Gone("no such conversation")
