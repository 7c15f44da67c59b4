"""Coming in: once for each attempt, only by an entrance that exists, and back again with the token alone."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from chatservice.accounts.models import Worker
from chatservice.conversations import admission, talk, tokens
from chatservice.conversations.errors import Gone, NotAdmitted
from chatservice.places.models import Host
from chatservice.places.selectors import forget_hosts, host_by_key
from tests.people import enter, entrance, in_own_loop, in_talk, row_of, sql


async def test_the_same_attempt_is_let_in_once_also_in_parallel(host: Host) -> None:
    attempt = uuid4()
    found: list[Any] = []

    async def storm() -> None:
        found.extend(await asyncio.gather(*(enter(host, attempt=attempt) for _ in range(5))))

    other = in_own_loop(storm)
    await storm()
    await asyncio.to_thread(other.join)
    assert len({one.cid for one in found}) == 1
    assert len({one.token for one in found}) == 1
    assert len(found) == 10
    assert await sql("SELECT count(*) FROM conversations_thread WHERE area_id = %(a)s", a=host.area.pk) == [(1,)]


async def test_another_attempt_is_another_visitor(host: Host) -> None:
    mia, other = await enter(host), await enter(host)
    assert mia.cid != other.cid
    assert mia.token != other.token
    assert mia.talk.ticket < other.talk.ticket


@pytest.mark.parametrize(
    "changed",
    [
        {"channel": "letter"},
        {"language": "de"},
        {"age_band": "A99"},
        {"age_band": ""},
        {"channel": "parent"},
        {"channel": "parent", "age_band": "A13_15"},
    ],
)
async def test_what_the_host_does_not_offer_is_refused(host: Host, changed: dict[str, str]) -> None:
    with pytest.raises(NotAdmitted):
        await enter(host, **changed)
    assert await sql("SELECT 1 FROM conversations_thread WHERE area_id = %(a)s", a=host.area.pk) == []


async def test_a_channel_that_the_host_closed_is_refused_and_a_parent_enters_without_age(host: Host) -> None:
    await enter(host, channel="parent", age_band="")
    host.channels = ["youth"]
    await sync_to_async(host.save)()
    forget_hosts()
    with pytest.raises(NotAdmitted):
        await enter(host, channel="parent", age_band="")


async def test_an_inactive_host_is_no_entrance(host: Host) -> None:
    host.active = False
    await sync_to_async(host.save)()
    forget_hosts()
    assert await host_by_key(host.key) is None


async def test_only_the_tokens_hash_is_stored(host: Host) -> None:
    mia = await enter(host)
    stored = await sql("SELECT token_hash FROM conversations_participant WHERE id = %(id)s", id=mia.talk.participant)
    assert bytes(stored[0][0]) == tokens.hashed(mia.token)
    assert mia.token.encode() not in bytes(stored[0][0])


async def test_the_token_opens_its_own_talk_and_an_unknown_one_nothing(host: Host) -> None:
    mia, _ = await enter(host), await enter(host)
    assert (await admission.come_back(token=mia.token)).conversation == mia.cid
    for token in (tokens.make(attempt=uuid4()), mia.token[:-1], mia.token + "A"):
        with pytest.raises(Gone):
            await admission.come_back(token=token)


async def test_the_token_of_a_closed_talk_tells_how_it_ended_for_the_hold_time(host: Host) -> None:
    mia = await enter(host)
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)
    found = await admission.come_back(token=mia.token)
    assert (found.state, found.closed_by) == ("closed", "ended_by_visitor")
    late = "UPDATE conversations_conversation SET closed = closed - interval '61 minutes' WHERE id = %(id)s"
    await sql(late, id=mia.cid)
    with pytest.raises(Gone):
        await admission.come_back(token=mia.token)


async def test_a_repeated_attempt_after_the_call_does_not_queue_again(host: Host, aino: Worker) -> None:
    mia, _ = await in_talk(host, aino)
    view = await entrance(host)
    again, found = await admission.enter(
        entrance=admission.Entrance(
            host=view.host, channel="youth", language="fi", age_band="A13_15", attempt=view.attempt
        )
    )
    assert again != mia.token
    assert found.conversation != mia.cid
    token, same = await admission.enter(
        entrance=admission.Entrance(
            host=view.host, channel="youth", language="fi", age_band="A13_15", attempt=view.attempt
        )
    )
    assert (token, same.conversation) == (again, found.conversation)
    assert (await row_of(mia.cid, "state"))["state"] == "active"
