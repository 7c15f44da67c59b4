"""One-time tickets by which a signed-in professional opens a socket.

A cookie alone never opens one: a foreign page could start a socket with it.
Access is PostgreSQL in every step, so a dead Redis cannot let anyone in.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from psycopg import AsyncConnection

from chatservice.accounts.models import SocketTicket, Worker

TICKET_SECONDS = 30
_BYTES = 32

# The session must be alive, the account a professional's and active and, where demanded, a second
# factor present: read again here, since all three may have changed since issue.
_ALIVE = """
JOIN accounts_worker w ON w.id = asked.worker
JOIN django_session s ON s.session_key = asked.session AND s.expire_date > clock_timestamp()
WHERE w.is_active AND NOT w.reader AND (NOT %(factor)s OR EXISTS (
  SELECT FROM mfa_authenticator m WHERE m.user_id = w.id AND m.type IN ('totp', 'webauthn')))
"""
# The row goes whatever the answer is: a ticket seen once, late or for a dead
# session, is never good again, and of two parallel uses one finds no row.
_USE_UP = """
WITH asked (worker, session, expires) AS (
  DELETE FROM accounts_socketticket WHERE hash = %(hash)s RETURNING worker_id, session_key, expires
)
SELECT w.id, w.area_id, w.display_name, w.profession, w.capacity, w.language, asked.session FROM asked
"""
_ONE = "SELECT 1 FROM (VALUES (%(worker)s::bigint, %(session)s::text)) AS asked (worker, session)"
_MANY = """
SELECT asked.worker, asked.session
FROM unnest(%(workers)s::bigint[], %(sessions)s::text[]) AS asked (worker, session)
"""
_REDEEM = f"{_USE_UP} {_ALIVE} AND asked.expires > clock_timestamp()"
_STILL = f"{_ONE} {_ALIVE}"
# Asked for every desk of a process at once, every few seconds.
_AMONG = f"{_MANY} {_ALIVE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """Who stands behind a socket, as read when its ticket was used."""

    worker: int
    area: int
    display_name: str
    profession: str
    capacity: int
    language: str
    session_key: str


def issue(*, worker: Worker, session_key: str) -> str:
    """A new ticket, good once within 30 s of the database clock."""
    ticket = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        SocketTicket.objects.filter(expires__lt=Now()).delete()
        SocketTicket.objects.create(
            hash=_hash(ticket),
            worker=worker,
            session_key=session_key,
            expires=Now() + timedelta(seconds=TICKET_SECONDS),
        )
    return ticket


def withdraw(*, session_key: str) -> None:
    """Make the unused tickets of a session worthless."""
    SocketTicket.objects.filter(session_key=session_key).delete()


async def redeem(connection: AsyncConnection[Any], *, ticket: str) -> Redeemed | None:
    """Use a ticket up. None when it is unknown, used, late, or its owner may not enter."""
    values = {"hash": _hash(ticket), "factor": bool(settings.REQUIRE_SECOND_FACTOR)}
    cursor = await connection.execute(_REDEEM, values)
    row = await cursor.fetchone()
    return None if row is None else _redeemed(row)


async def still_signed_in(connection: AsyncConnection[Any], *, worker: int, session_key: str) -> bool:
    """Whether the session and the account still stand (each 60 s and before each act)."""
    values = {
        "worker": worker,
        "session": session_key,
        "factor": bool(settings.REQUIRE_SECOND_FACTOR),
    }
    cursor = await connection.execute(_STILL, values)
    return await cursor.fetchone() is not None


async def signed_in_among(
    connection: AsyncConnection[Any], *, sessions: Sequence[tuple[int, str]]
) -> set[tuple[int, str]]:
    """Those of the given (worker, session key) pairs that still stand, in one query."""
    values = {
        "workers": [worker for worker, _ in sessions],
        "sessions": [session for _, session in sessions],
        "factor": bool(settings.REQUIRE_SECOND_FACTOR),
    }
    cursor = await connection.execute(_AMONG, values)
    return {(row[0], row[1]) for row in await cursor.fetchall()}


def _hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode("utf-8", "surrogatepass")).digest()


def _redeemed(row: Any) -> Redeemed:
    worker, area, name, profession, capacity, language, session_key = row.values() if isinstance(row, dict) else row
    return Redeemed(
        worker=worker,
        area=area,
        display_name=name,
        profession=profession,
        capacity=capacity,
        language=language,
        session_key=session_key,
    )
