"""Seals second-factor secrets, so that a copy of the database cannot make codes."""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from chatservice.accounts.errors import SealBroken

_NONCE = 12
_PURPOSE = b"kuulolla second factor"


def seal(text: str) -> str:
    """AES-256-GCM under a key derived from SECRET_KEY, as base64."""
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), _PURPOSE)).decode()


def unseal(sealed: str) -> str:
    """The text back. Raises SealBroken under another key or after damage."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return _cipher().decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE).decode()
    except (InvalidTag, ValueError, binascii.Error):
        raise SealBroken("expected a secret sealed under the present SECRET_KEY") from None


def _cipher() -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return AESGCM(derived.derive(settings.SECRET_KEY.encode()))
