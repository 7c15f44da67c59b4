"""A visitor's token: 256 bits that only the visitor's tab holds; the database knows its hash."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from uuid import UUID

from chatservice.conversations.sealers import keys


def make(*, attempt: UUID) -> str:
    """Return the token of one attempt to enter.

    The same attempt gives the same token, so that an `enter` which is sent again after a lost answer finds the
    conversation it made the first time instead of queueing the child twice.
    """
    mac = hmac.digest(keys().pepper(), b"visitor token|" + attempt.bytes, "sha256")
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def hashed(token: str) -> bytes:
    """Return what the database stores of a token."""
    return hashlib.sha256(token.encode()).digest()
