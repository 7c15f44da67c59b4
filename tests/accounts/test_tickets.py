"""A socket ticket is good once, soon, and only for a living session of an active worker."""

import asyncio
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from chatservice.accounts import departures, tickets
from chatservice.accounts.models import SocketTicket, Worker
from chatservice.store.pool import connection

SessionOf = Callable[[], str]


async def redeem(ticket: str) -> tickets.Redeemed | None:
    async with connection() as lent:
        return await tickets.redeem(lent, ticket=ticket)


async def still(worker: Worker, session_key: str) -> bool:
    async with connection() as lent:
        return await tickets.still_signed_in(lent, worker=worker.pk, session_key=session_key)


@sync_to_async
def issue(worker: Worker, session_key: str) -> str:
    return tickets.issue(worker=worker, session_key=session_key)


async def test_it_tells_who_opens_the_socket(aino: Worker, session_of: SessionOf) -> None:
    session = await sync_to_async(session_of)()
    me = await redeem(await issue(aino, session))
    assert me is not None
    assert (me.worker, me.area, me.display_name, me.profession, me.capacity) == (
        aino.pk,
        aino.area_id,
        "Aino",
        "curator",
        2,
    )
    assert me.session_key == session


async def test_it_is_good_once(aino: Worker, session_of: SessionOf) -> None:
    ticket = await issue(aino, await sync_to_async(session_of)())
    assert await redeem(ticket) is not None
    assert await redeem(ticket) is None


async def test_of_parallel_uses_one_wins(aino: Worker, session_of: SessionOf) -> None:
    ticket = await issue(aino, await sync_to_async(session_of)())
    answers = await asyncio.gather(*(redeem(ticket) for _ in range(8)))
    assert sum(answer is not None for answer in answers) == 1


@pytest.mark.parametrize("made_up", ["", "nonsense", "x" * 4000, "\ud800", "ä\u0000"])
async def test_eve_cannot_make_one_up(database: None, made_up: str) -> None:
    assert await redeem(made_up) is None


async def test_the_stored_hash_is_no_ticket(aino: Worker, session_of: SessionOf) -> None:
    ticket = await issue(aino, await sync_to_async(session_of)())
    kept = await SocketTicket.objects.aget(worker=aino)
    assert ticket.encode() not in bytes(kept.hash)
    assert await redeem(bytes(kept.hash).hex()) is None


async def test_it_is_late_after_its_time_and_used_up(aino: Worker, session_of: SessionOf) -> None:
    ticket = await issue(aino, await sync_to_async(session_of)())
    await SocketTicket.objects.filter(worker=aino).aupdate(expires=Now())
    assert await redeem(ticket) is None
    assert not await SocketTicket.objects.filter(worker=aino).aexists()


async def test_late_ones_are_swept_at_the_next_issue(aino: Worker, session_of: SessionOf) -> None:
    session = await sync_to_async(session_of)()
    await issue(aino, session)
    await SocketTicket.objects.filter(worker=aino).aupdate(expires=Now())
    await issue(aino, session)
    assert await SocketTicket.objects.filter(worker=aino).acount() == 1


async def test_a_session_that_is_gone_opens_nothing(aino: Worker, session_of: SessionOf) -> None:
    session = await sync_to_async(session_of)()
    ticket = await issue(aino, session)
    await Session.objects.filter(session_key=session).adelete()
    assert await redeem(ticket) is None


async def test_a_session_past_its_time_opens_nothing(aino: Worker, session_of: SessionOf) -> None:
    session = await sync_to_async(session_of)()
    ticket = await issue(aino, session)
    assert await still(aino, session)
    await Session.objects.filter(session_key=session).aupdate(expire_date=Now())
    assert await redeem(ticket) is None
    assert not await still(aino, session)


async def test_eves_switched_off_account_opens_nothing(eve: Worker, session_of: SessionOf) -> None:
    session = await sync_to_async(session_of)()
    assert await redeem(await issue(eve, session)) is None
    assert not await still(eve, session)


async def test_a_switched_off_account_is_found_by_the_next_look(aino: Worker, session_of: SessionOf) -> None:
    session = await sync_to_async(session_of)()
    assert await still(aino, session)
    await Worker.objects.filter(pk=aino.pk).aupdate(is_active=False)
    assert not await still(aino, session)


async def test_without_the_demanded_second_factor_it_opens_nothing(
    aino: Worker, session_of: SessionOf, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    session = await sync_to_async(session_of)()
    assert await redeem(await issue(aino, session)) is None
    assert not await still(aino, session)
    await Authenticator.objects.acreate(user_id=aino.pk, type="recovery_codes", data={})
    assert not await still(aino, session)
    await Authenticator.objects.acreate(user_id=aino.pk, type="totp", data={})
    assert await redeem(await issue(aino, session)) is not None
    assert await still(aino, session)


async def test_many_are_looked_at_in_one_query(aino: Worker, eve: Worker, session_of: SessionOf) -> None:
    mine, hers = await sync_to_async(session_of)(), await sync_to_async(session_of)()
    asked = [(aino.pk, mine), (eve.pk, hers), (aino.pk, "nothing")]
    async with connection() as lent:
        assert await tickets.signed_in_among(lent, sessions=asked) == {(aino.pk, mine)}


async def test_signing_out_takes_the_tickets_back_and_tells_the_sockets(
    aino: Worker, session_of: SessionOf, kicked: list[str]
) -> None:
    session, other = await sync_to_async(session_of)(), await sync_to_async(session_of)()
    ticket, kept = await issue(aino, session), await issue(aino, other)
    await sync_to_async(departures.signed_out)(session_key=session)
    assert kicked == [session]
    assert await redeem(ticket) is None
    assert await redeem(kept) is not None
