"""A rolled-back transaction elsewhere never costs a message its first try."""

from uuid import uuid4

import pytest

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from chatservice.store.pool import transaction
from tests.people import enter


class Undone(Exception):
    """Rolls a transaction back."""


async def rolled_back() -> None:
    """Often enough that psycopg prepares it, then undone."""
    async with transaction() as link:
        for _ in range(7):
            await link.execute("SELECT %(one)s::text", {"one": str(uuid4())})
        raise Undone


async def test_fixed_statements_outlive_a_rollback(host: Host, aino: Worker) -> None:
    """psycopg forgets its prepared statements with a rollback; the message path's are on connections of their own."""
    mia = await enter(host)
    await mia.write("ennen")
    for _ in range(12):
        with pytest.raises(Undone):
            await rolled_back()
        assert not (await mia.write("jälkeen")).dup
