"""Who waits for whom: nobody holds a part while waiting for its conversation, and what was waited for is seen."""

import asyncio

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import talk
from chatservice.conversations.errors import Gone
from chatservice.conversations.sweeper import sweep
from chatservice.places.models import Host
from chatservice.store.pool import transaction
from tests.people import enter, in_talk, sql

LOCK = "SELECT 1 FROM conversations_conversation WHERE id = %(id)s FOR NO KEY UPDATE"
LAPSE = """
UPDATE conversations_participant SET lease_until = clock_timestamp() - interval '1 s' WHERE conversation_id = %(id)s
"""
PRESENT = "SELECT present FROM conversations_participant WHERE conversation_id = %(id)s"
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


async def test_the_sweeper_waits_for_nobody(host: Host) -> None:
    """Somebody is just ending this talk or coming back to it: their row is looked at in the next round."""
    mia = await enter(host)
    await sql(LAPSE, id=mia.cid)
    async with transaction() as busy:
        await busy.execute(LOCK, {"id": mia.cid})
        await asyncio.wait_for(sweep(), 60)
        assert await sql(PRESENT, id=mia.cid) == [(True,)]
    await sweep()
    assert await sql(PRESENT, id=mia.cid) == [(False,)]


async def test_leaving_behind_a_close_finds_nothing_to_end(host: Host, aino: Worker) -> None:
    """Both end the talk in the same moment: the second one hears that it is over, not that a step is missing."""
    mia, held = await in_talk(host, aino)
    async with transaction() as busy:
        await busy.execute(LOCK, {"id": mia.cid})
        ends = talk.close(conversation=mia.cid, worker=aino.pk, epoch=held.epoch)
        both = [asyncio.create_task(ends)]
        await _waiting(1)
        both.append(asyncio.create_task(talk.leave(conversation=mia.cid, participant=mia.talk.participant)))
        await _waiting(2)
    await both[0]
    with pytest.raises(Gone):
        await both[1]


async def _waiting(number: int) -> None:
    """Until so many wait for a row."""
    while (await sql(WAITS))[0][0] < number:
        await asyncio.sleep(0.01)
