"""Who calls, without an address: a keyed hash that nobody can recompute tomorrow (threats 4.3)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Protocol

DAY_SECONDS = 24 * 3600.0
BUCKET_BYTES = 16
IPV6_PREFIX_BYTES = 7  # /56: what one household or school is given
NOWHERE = b"local"  # a Unix socket's peer has no address


class Salts(Protocol):
    """Where the day's salt comes from; one shared by several processes fits here."""

    def current(self) -> bytes:
        """The salt in force now."""


class DaySalt:
    """A salt in this process's memory only, replaced after 24 h; the old one is not kept."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._renew()

    def current(self) -> bytes:
        """The salt in force now."""
        if self._clock() >= self._until:
            self._renew()
        return self._salt

    def _renew(self) -> None:
        self._salt = secrets.token_bytes(32)
        self._until = self._clock() + DAY_SECONDS


def bucket(address: str, *, salt: bytes) -> str:
    """The caller's bucket: IPv4 as a whole, IPv6 by its /56. Raises ValueError for no address."""
    return hmac.digest(salt, _prefix(address), hashlib.sha256)[:BUCKET_BYTES].hex()


def _prefix(address: str) -> bytes:
    if not address:
        return NOWHERE
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return mapped.packed if mapped else parsed.packed[:IPV6_PREFIX_BYTES]
    return parsed.packed
