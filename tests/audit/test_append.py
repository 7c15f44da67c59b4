"""An act is recorded with the transaction that does it, or not at all (threats 4.4)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from psycopg import AsyncConnection

from chatservice.audit.actions import Action
from chatservice.audit.append import append, append_now
from chatservice.audit.chain import Head
from chatservice.audit.check import check
from chatservice.audit.errors import AuditError
from chatservice.audit.models import Act, Entry
from chatservice.store.pool import close_pool, pool

# No area of another test has this number: rows of the audit stay.
AREA, AINO = 10**12, 11


async def record(count: int, *, of: str) -> list[int]:
    """Aino's acts, each in a transaction of its own."""
    numbers = []
    for _ in range(count):
        async with (await pool()).connection() as link, link.transaction():
            numbers.append(await append(link, area=AREA, actor=AINO, action=Action.TALK_READ, object=of))
    return numbers


async def test_an_act_is_kept_to_the_minute_of_the_databases_clock() -> None:
    talk = str(uuid4())
    (number,) = await record(1, of=talk)
    entry = await Entry.objects.aget(n=number)
    assert (entry.area, entry.actor, entry.action, entry.object) == (AREA, AINO, "talk_read", talk)
    assert entry.time.second == entry.time.microsecond == 0
    assert abs(datetime.now(UTC) - entry.time) < timedelta(minutes=2)
    await close_pool()


async def test_many_writers_make_one_chain_without_holes() -> None:
    talk = str(uuid4())
    async with asyncio.timeout(30):
        found = await asyncio.gather(*(record(5, of=talk) for _ in range(6)))
    numbers = sorted(number for some in found for number in some)
    assert numbers == list(range(numbers[0], numbers[0] + 30))
    assert (await sync_to_async(check)()).fault is None
    await close_pool()


async def test_an_act_that_was_rolled_back_leaves_no_trace_and_no_hole() -> None:
    talk = str(uuid4())
    (before,) = await record(1, of=talk)
    async with (await pool()).connection() as link, link.transaction(force_rollback=True):
        await append(link, area=AREA, actor=AINO, action=Action.TALK_CLOSED, object=talk)
    assert await record(1, of=talk) == [before + 1]
    assert await Entry.objects.filter(object=talk).acount() == 2
    await close_pool()


async def test_an_act_outside_a_transaction_is_refused() -> None:
    async with (await pool()).connection() as link:
        assert isinstance(link, AsyncConnection)
        with pytest.raises(AuditError, match="inside the transaction"):
            await append(link, area=AREA, actor=AINO, action=Action.TALK_READ, object="x")
    await close_pool()


def test_a_view_records_in_its_own_transaction() -> None:
    talk = str(uuid4())
    with transaction.atomic():
        append_now(area=AREA, actor=AINO, action=Action.SIGNED_OUT, object=talk)
        transaction.set_rollback(True)
    assert not Entry.objects.filter(object=talk).exists()
    number = append_now(area=AREA, actor=None, action=Action.KEY_DESTROYED, object=talk)
    assert Entry.objects.get(object=talk).n == number
    assert Entry.objects.get(object=talk).actor is None


def test_an_unlisted_act_is_refused() -> None:
    with pytest.raises(ValueError, match="curious"):
        append_now(area=AREA, actor=AINO, action="curious", object="x")  # type: ignore[arg-type]  # the refusal
    with pytest.raises(IntegrityError, match="entry_action_known"):
        Entry.objects.create(
            n=10**12, time=datetime.now(UTC), action="curious", object="x", prev=b"p" * 32, mac=b"m" * 32
        )


def test_the_database_knows_every_act() -> None:
    assert set(Action) == set(Act.objects.values_list("name", flat=True))


def test_the_database_itself_refuses_a_second_successor() -> None:
    append_now(area=AREA, actor=AINO, action=Action.SIGNED_IN, object="aino")
    last = Entry.objects.latest("n")
    with pytest.raises(IntegrityError, match="prev"):
        Entry.objects.create(
            n=last.n + 10**6, time=last.time, action=last.action, object="x", prev=bytes(last.prev), mac=b"m" * 32
        )


def test_the_operator_checks_the_chain_and_keeps_its_head() -> None:
    append_now(area=AREA, actor=AINO, action=Action.SIGNED_IN, object="aino")
    told = StringIO()
    call_command("audit_verify", stdout=told)
    head = told.getvalue().rpartition("Head: ")[2].strip()
    assert Head.parse(head).n == Entry.objects.latest("n").n
    append_now(area=AREA, actor=AINO, action=Action.SIGNED_OUT, object="aino")
    call_command("audit_verify", "--head", head, stdout=told)


def test_the_operator_is_told_of_a_broken_chain_by_its_row() -> None:
    number = append_now(area=AREA, actor=AINO, action=Action.SIGNED_IN, object="aino")
    with pytest.raises(CommandError, match=f"broken at row {number}: the chain was forked"):
        call_command("audit_verify", "--head", str(Head(n=number, mac=b"m" * 32)))
    with pytest.raises(CommandError, match="truncated"):
        call_command("audit_verify", "--head", str(Head(n=10**12, mac=b"m" * 32)))
