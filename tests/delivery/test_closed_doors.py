"""Failure is closed: without the right first frame there is no service, and every refusal looks alike (P15)."""

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from tests.people import sql
from tests.wire import Aino, Line, Mia, ticket_for

LATE = "UPDATE accounts_socketticket SET expires = clock_timestamp() - interval '1 second' WHERE worker_id = %(id)s"


async def refused(ticket: str) -> tuple[int, str]:
    """Try a ticket; return the close code and everything that was said."""
    line = await Line(settings.DESK_ORIGIN).open()
    await line.say({"type": "hello", "v": 1, "ticket": ticket, "cursors": {}})
    return await line.closed(), str(line.heard)


async def test_used_late_unknown_and_orphaned_tickets_are_refused_alike(host: Host, aino: Worker) -> None:
    issue = sync_to_async(ticket_for)
    _, used = await issue(aino)
    line = await Line(settings.DESK_ORIGIN).open()
    await line.say({"type": "hello", "v": 1, "ticket": used, "cursors": {}})
    await line.expect("welcome")
    answers = [await refused(used), await refused("x" * 43)]
    _, late = await issue(aino)
    await sql(LATE, id=aino.pk)
    answers.append(await refused(late))
    session, orphaned = await issue(aino)
    await sync_to_async(Session.objects.filter(session_key=session).delete)()
    answers.append(await refused(orphaned))
    assert {code for code, _ in answers} == {4001}
    assert len(set(answers)) == 1


async def test_without_the_second_factor_that_is_demanded_there_is_no_desk(
    aino: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ticket = await sync_to_async(ticket_for)(aino)
    monkeypatch.setattr(settings, "REQUIRE_SECOND_FACTOR", True)
    assert (await refused(ticket))[0] == 4001


async def test_a_desk_that_is_open_acts_no_more_once_the_factor_is_demanded(
    host: Host, aino: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Mia(host).enter()
    desk = await Aino(aino).sign_in()
    monkeypatch.setattr(settings, "REQUIRE_SECOND_FACTOR", True)
    await desk.say({"type": "claim", "ref": "r1"})
    assert await desk.closed() == 4010


@pytest.mark.parametrize("origin", ["null", "http://evil.example", settings.DESK_ORIGIN + "x", ""])
async def test_a_foreign_origin_gets_no_socket(host: Host, origin: str) -> None:
    line = Line(origin)
    with pytest.raises(ConnectionRefusedError):
        await line.open()


async def test_nothing_goes_before_the_first_frame(host: Host, aino: Worker) -> None:
    mia = await Mia(host).enter()
    for frame in (
        {"type": "send", "cid": mia.cid, "mid": mia.cid, "body": "x"},
        {"type": "ping", "n": 1},
        {"type": "leave", "cid": mia.cid},
    ):
        line = await Line(settings.CHAT_ORIGIN).open()
        await line.say(frame)
        assert await line.closed() == 4001
    desk = await Line(settings.DESK_ORIGIN).open()
    await desk.say({"type": "claim", "ref": "r1"})
    assert await desk.closed() == 4001
