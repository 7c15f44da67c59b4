"""Who lets a call pass keeps the place and is not called again at once: those behind would wait for nobody."""

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import sweeper, talk
from chatservice.conversations.errors import NothingWaiting
from chatservice.places.models import Host
from chatservice.queues.claim import claim_next
from tests.people import Visitor, enter, on_duty, row_of, sql

PASSED = "UPDATE conversations_conversation SET called_until = clock_timestamp() - interval '1 s' WHERE id = %(id)s"


async def called_in_vain(host: Host, worker: Worker) -> Visitor:
    """Mia's page is open, and nobody looks at it."""
    mia = await enter(host)
    assert (await claim_next(worker=worker.pk)).conversation == mia.cid
    await sql(PASSED, id=mia.cid)
    await sweeper.sweep()
    return mia


async def test_the_next_one_is_called_and_the_place_stays(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    mia = await called_in_vain(host, aino)
    before = await row_of(mia.cid, "order_key", "arrived")
    jonas = await enter(host)
    assert (await claim_next(worker=aino.pk)).conversation == jonas.cid
    with pytest.raises(NothingWaiting):
        await claim_next(worker=aino.pk)
    assert await row_of(mia.cid, "order_key", "arrived") == before
    await sql(PASSED, id=mia.cid)
    assert (await claim_next(worker=aino.pk)).conversation == mia.cid


@pytest.mark.parametrize("sign", ["here", "word"])
async def test_a_sign_of_life_ends_the_rest(host: Host, aino: Worker, sign: str) -> None:
    """Too late for that call, in time for the next one."""
    await on_duty(aino)
    mia = await called_in_vain(host, aino)
    await enter(host)
    if sign == "here":
        await talk.confirm(conversation=mia.cid, participant=mia.talk.participant)
    else:
        await mia.write("olen täällä")
    assert (await claim_next(worker=aino.pk)).conversation == mia.cid


async def test_a_word_of_the_called_visitor_leaves_the_call_alone(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    mia = await enter(host)
    await claim_next(worker=aino.pk)
    await mia.write("hetki vielä")
    row = await row_of(mia.cid, "state", "called_until")
    assert row["state"] == "called"
    assert row["called_until"] is not None
