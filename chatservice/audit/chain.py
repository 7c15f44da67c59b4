"""The chain itself: what a row's seal covers and how a chain is checked. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Row:
    """One act as it is written; `actor` is None when the service itself acted."""

    n: int
    time: datetime
    area: int | None
    actor: int | None
    action: str
    object: str
    prev: bytes
    mac: bytes = b""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain, to be kept in another place."""

    n: int
    mac: bytes

    def __str__(self) -> str:
        return f"{self.n}:{self.mac.hex()}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """Read what `str` wrote; raises ValueError for anything else."""
        number, _, mac = text.partition(":")
        return cls(n=int(number), mac=bytes.fromhex(mac))


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad row and what is wrong with it."""

    n: int
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check: the head reached, and the first fault or None."""

    head: Head
    fault: Fault | None


def seal(row: Row, *, key: bytes) -> bytes:
    """HMAC-SHA256 over the former row's seal and this row's canonical form."""
    return hmac.digest(key, row.prev + _canonical(row), hashlib.sha256)


def verify(rows: Iterable[Row], *, key: bytes, exported: Head | None = None) -> Finding:
    """Check rows in the order of n, from the first.

    Finds change, deletion, re-ordering and forks by the seals; truncation and a chain
    written anew by the exported head.
    """
    head = Head(n=0, mac=GENESIS)
    for row in rows:
        reason = _wrong(row, head=head, key=key, exported=exported)
        if reason:
            return Finding(head=head, fault=Fault(n=row.n, reason=reason))
        head = Head(n=row.n, mac=row.mac)
    if exported and head.n < exported.n:
        return Finding(head=head, fault=Fault(n=head.n + 1, reason="truncated before the exported head"))
    return Finding(head=head, fault=None)


def _wrong(row: Row, *, head: Head, key: bytes, exported: Head | None) -> str:
    if row.n > head.n + 1:
        return f"rows are missing from {head.n + 1}"
    if row.n <= head.n:
        return "the number was used before"
    if not hmac.compare_digest(row.mac, seal(row, key=key)):
        return "the row was changed or moved"
    if not hmac.compare_digest(row.prev, head.mac):
        return "the row does not follow the one before it"
    if exported and row.n == exported.n and not hmac.compare_digest(row.mac, exported.mac):
        return "the chain was forked before the exported head"
    return ""


def _canonical(row: Row) -> bytes:
    time = row.time.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [row.n, time, row.area, row.actor, row.action, row.object]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
