"""Recording an act.

An act is recorded in the transaction that does it, as its last statement: the lock
taken here is held until commit and makes all writers wait for each other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection as django_connection
from django.db import transaction
from psycopg import AsyncConnection
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from chatservice.audit.actions import Action
from chatservice.audit.chain import GENESIS, Row, seal
from chatservice.audit.errors import AuditError
from chatservice.vault.keys import key_directory

LOCK = 0x6B75756C_01  # one writer at a time, for the whole database

TAKE_LOCK = "SELECT pg_advisory_xact_lock(%s)"
# A statement of its own: only what starts after the lock sees the former writer's row.
LAST = """
SELECT date_trunc('minute', clock_timestamp()), last.n, last.mac
FROM (SELECT 1) AS one LEFT JOIN (
    SELECT n, mac FROM audit_entry ORDER BY n DESC LIMIT 1
) AS last ON true
"""
INSERT = """
INSERT INTO audit_entry (n, time, area, actor, action, object, prev, mac)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


async def append(
    connection: AsyncConnection[Any],
    *,
    area: int | None,
    actor: int | None,
    action: Action,
    object: str,  # noqa: A002 - the audit's own word for what was acted on
) -> int:
    """Record an act in the caller's open transaction; returns its number.

    `actor` is the professional's id, or None when the service acts; `object` is an
    identifier, never text of a person. Raises AuditError outside a transaction.
    """
    if connection.autocommit and connection.info.transaction_status == TransactionStatus.IDLE:
        raise AuditError("An act is recorded inside the transaction that does it.")
    key = key_directory().audit_key()
    async with connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(TAKE_LOCK, (LOCK,))
        await cursor.execute(LAST)
        row = _next_row(await cursor.fetchone(), act=(area, actor, action, object), key=key)
        await cursor.execute(INSERT, _values(row))
    return row.n


def append_now(
    *,
    area: int | None,
    actor: int | None,
    action: Action,
    object: str,  # noqa: A002 - as above
) -> int:
    """The same on Django's connection; joins the open transaction or makes its own."""
    key = key_directory().audit_key()
    with transaction.atomic(), django_connection.cursor() as cursor:
        cursor.execute(TAKE_LOCK, [LOCK])
        cursor.execute(LAST)
        row = _next_row(cursor.fetchone(), act=(area, actor, action, object), key=key)
        cursor.execute(INSERT, _values(row))
    return row.n


def _next_row(
    last: tuple[datetime, int | None, bytes | None] | None,
    *,
    act: tuple[int | None, int | None, Action, str],
    key: bytes,
) -> Row:
    assert last is not None, "the query always has one row"
    time, n, mac = last
    area, actor, action, object_ = act
    prev = GENESIS if mac is None else bytes(mac)
    row = Row(n=(n or 0) + 1, time=time, area=area, actor=actor, action=Action(action).value, object=object_, prev=prev)
    return replace(row, mac=seal(row, key=key))


def _values(row: Row) -> tuple[int | datetime | str | bytes | None, ...]:
    return (row.n, row.time, row.area, row.actor, row.action, row.object, row.prev, row.mac)
