"""Envelope encryption: a data key per conversation, wrapped by the key of its last day.

AES-256-GCM throughout; an envelope is one version byte, a random 96-bit nonce, the
ciphertext and its tag. The associated data name the one place where it may be opened.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chatservice.vault.errors import Damaged

VERSION = b"\x01"
NONCE_BYTES = 12
OVERHEAD = 1 + NONCE_BYTES + 16
MARGIN = timedelta(days=1)


def ordinary_day(*, admitted: datetime, hold: timedelta, retention: timedelta) -> date:
    """The UTC day whose key wraps a new conversation's data key (ruling 25).

    It lies a day behind the ordinary end, so its key may be destroyed as soon as
    that day begins. Raises ValueError for a naive time.
    """
    if admitted.tzinfo is None:
        raise ValueError("admitted must carry a time zone")
    return ((admitted + hold + retention).astimezone(UTC) + MARGIN).date()


def new_data_key() -> bytes:
    """A fresh 256-bit key for one conversation."""
    return AESGCM.generate_key(bit_length=256)


def wrap(*, data_key: bytes, day_key: bytes, conversation: UUID, day: date) -> bytes:
    """The data key, readable only with this day's key, for this conversation and day."""
    return _lock(AESGCM(day_key), data_key, _wrapped_place(conversation, day))


def unwrap(*, wrapped: bytes, day_key: bytes, conversation: UUID, day: date) -> bytes:
    """The data key back; raises Damaged when anything differs."""
    return _unlock(AESGCM(day_key), wrapped, _wrapped_place(conversation, day))


class Sealer:
    """Seals and opens the payloads of one conversation; keeps its cipher ready."""

    __slots__ = ("_cipher", "_prefix")

    def __init__(self, *, data_key: bytes, conversation: UUID) -> None:
        self._cipher = AESGCM(data_key)
        self._prefix = f"v1|{conversation}|"

    def seal(self, *, stream: int, seq: int, side: int, kind: int, payload: bytes) -> bytes:
        """The payload bound to its stream, number, side and kind."""
        return _lock(self._cipher, payload, self._place(stream=stream, seq=seq, side=side, kind=kind))

    def open(self, *, stream: int, seq: int, side: int, kind: int, sealed: bytes) -> bytes:
        """The payload; raises Damaged for any other place, key or bytes."""
        return _unlock(self._cipher, sealed, self._place(stream=stream, seq=seq, side=side, kind=kind))

    def _place(self, *, stream: int, seq: int, side: int, kind: int) -> bytes:
        return f"{self._prefix}{stream}|{seq}|{side}|{kind}".encode()


def _wrapped_place(conversation: UUID, day: date) -> bytes:
    return f"dek|v1|{conversation}|{day.isoformat()}".encode()


def _lock(cipher: AESGCM, content: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + cipher.encrypt(nonce, content, place)


def _unlock(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    sealed = bytes(sealed)
    if len(sealed) < OVERHEAD or sealed[:1] != VERSION:
        raise Damaged("This is not an envelope of a known version.")
    nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, content, place)
    except InvalidTag:
        raise Damaged("The envelope does not open in this place.") from None
