"""Talks that no clock may close: the coordinators' list, its acts, and who must see nothing of it."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest
from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.conversations import admission
from chatservice.conversations.errors import Gone
from chatservice.conversations.models import Conversation
from chatservice.conversations.payload import Kind, Side
from chatservice.conversations.risk import Risk, raise_to
from chatservice.conversations.sweeper import sweep
from chatservice.duty.desk import run
from chatservice.places.models import Area
from chatservice.queues import parked
from chatservice.store.pool import transaction
from tests import wire
from tests.people import Visitor, enter, in_own_loop, sql

WORDS = "salaisuus joentörmällä"
AWAY = """
UPDATE conversations_participant SET present = false, lease_until = clock_timestamp() - interval '1 h' WHERE id = %(id)s
"""
OVER = "UPDATE conversations_conversation SET held_until = clock_timestamp() - interval '1 s' WHERE id = %(id)s"


def done(act: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run something of the conversations' side to its end."""
    in_own_loop(act).join()


@pytest.fixture
def mia(area: Area) -> Visitor:
    """Mia, who waited at immediate risk and is away: set aside when her time was up."""
    host = wire.make_host(area)
    found: list[Visitor] = []

    async def waits() -> None:
        mia = await enter(host)
        await mia.write(WORDS)
        async with transaction() as lent:
            await raise_to(lent, conversation=mia.cid, risk=Risk.IMMEDIATE)
        await sql(AWAY, id=mia.talk.participant)
        await sql(OVER, id=mia.cid)
        await sweep()
        found.append(mia)

    done(waits)
    return found[0]


def row(mia: Visitor) -> Conversation:
    """Her conversation as it stands."""
    return Conversation.objects.get(pk=mia.cid)


def acts(area: Area) -> list[tuple[str, str]]:
    """What the audit holds of this area's talks."""
    return list(Entry.objects.filter(area=area.pk, action__startswith="talk").values_list("action", "object"))


def address(mia: Visitor) -> str:
    """Her page."""
    return f"/parked/{mia.talk.ticket}"


def test_the_list_tells_owner_and_next_step_and_no_word(office: Client, mia: Visitor) -> None:
    page = office.get("/parked").content.decode()
    assert f"Numero {mia.talk.ticket}" in page
    assert "kaikki koordinaattorit" in page
    assert "Koordinaattori ottaa asian hoitaakseen" in page
    whole = page + office.get(address(mia)).content.decode()
    for secret in (*WORDS.split(), str(mia.cid), mia.token):
        assert secret not in whole


def test_a_coordinator_takes_it_on(office: Client, area: Area, sari: Worker, mia: Visitor) -> None:
    assert office.post(address(mia), {"act": "care"}).status_code == 302
    assert row(mia).care_of_id == sari.pk
    assert acts(area) == [("talk_cared_for", str(mia.cid))]
    page = office.get("/parked").content.decode()
    assert "kaikki koordinaattorit" not in page
    assert "Kirjoita, palauta jonoon tai päätä" in page


def test_back_to_the_head_of_the_queue_with_the_place_held(office: Client, area: Area, mia: Visitor) -> None:
    assert office.post(address(mia), {"act": "queue"}).status_code == 302
    done(swept)
    found = row(mia)
    assert (found.state, found.requeued) == ("queued", True)
    assert found.held_until is not None
    assert acts(area) == [("talk_queued_by_hand", str(mia.cid))]


async def swept() -> None:
    """A sweep changes nothing while the place is held."""
    await sweep()


def test_a_message_waits_for_the_return(office: Client, area: Area, mia: Visitor) -> None:
    assert office.post(address(mia), {"act": "write", "text": "Hei Mia, palaa kun voit."}).status_code == 302
    assert row(mia).state == "parked"
    assert acts(area) == [("talk_written_to", str(mia.cid))]
    heard: list[tuple[int, int, str, str]] = []

    async def returns() -> None:
        await admission.come_back(token=mia.token)
        for line in await mia.read():
            assert line.payload is not None
            who = line.payload.who.name if line.payload.who else ""
            heard.append((line.row.kind, line.row.side, line.payload.text, who))

    done(returns)
    assert (Kind.MESSAGE, Side.PROFESSIONAL, "Hei Mia, palaa kun voit.", "Sari") in heard
    assert row(mia).state == "queued"


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_too_long_message_is_refused(office: Client, area: Area, mia: Visitor, text: str) -> None:
    answer = office.post(address(mia), {"act": "write", "text": text})
    assert answer.status_code == 200
    assert 'id="id_text_error"' in answer.content.decode()
    assert acts(area) == []


def test_it_is_ended_by_hand_with_a_reason(office: Client, area: Area, mia: Visitor) -> None:
    answer = office.post(address(mia), {"act": "close"})
    assert 'id="id_why_error"' in answer.content.decode()
    assert row(mia).state == "parked"
    assert office.post(address(mia), {"act": "close", "why": "reached"}).status_code == 302
    found = row(mia)
    assert (found.state, found.closed_by) == ("closed", "by_hand_reached")
    assert found.urgent_since is None
    assert acts(area) == [("talk_closed", str(mia.cid))]
    assert "Kukaan ei odota koordinaattoria" in office.get("/parked").content.decode()


def test_who_came_back_meanwhile_is_left_alone(office: Client, area: Area, mia: Visitor) -> None:
    done(lambda: came_back(mia))
    answer = office.post(address(mia), {"act": "close", "why": "no_way"})
    assert answer.status_code == 302
    assert "ei enää odottanut koordinaattoria" in office.get("/parked").content.decode()
    assert row(mia).state == "queued"
    assert acts(area) == []


async def came_back(mia: Visitor) -> None:
    """Mia opens her page again."""
    await admission.come_back(token=mia.token)


EVERY = [{"act": "care"}, {"act": "queue"}, {"act": "write", "text": "hei"}, {"act": "close", "why": "reached"}]


@pytest.mark.parametrize("sent", EVERY)
def test_eve_of_another_area_and_aino_without_the_role_can_do_nothing(
    elsewhere: Client, desk: Client, area: Area, mia: Visitor, sent: dict[str, str]
) -> None:
    for client in (elsewhere, desk):
        assert client.get(address(mia)).status_code == 404
        assert client.post(address(mia), sent).status_code == 404
    assert f"Numero {mia.talk.ticket}" not in elsewhere.get("/parked").content.decode()
    assert desk.get("/parked").status_code == 404
    assert (row(mia).state, row(mia).care_of_id) == ("parked", None)
    assert acts(area) == []


def test_the_core_itself_refuses_who_has_no_right(area: Area, sari: Worker, aino: Worker, mia: Visitor) -> None:
    for worker in (aino.pk, 0):
        with pytest.raises(Gone):
            run(partial(parked.close, ticket=mia.talk.ticket, worker=worker, why=parked.Why.REACHED))
    Worker.objects.filter(pk=sari.pk).update(is_active=False)
    with pytest.raises(Gone):
        run(partial(parked.take_on, ticket=mia.talk.ticket, worker=sari.pk))
    assert row(mia).state == "parked"


def test_a_talk_at_lower_risk_is_not_the_coordinators_business(office: Client, mia: Visitor) -> None:
    Conversation.objects.filter(pk=mia.cid).update(risk=Risk.CONCERN)
    assert office.get(address(mia)).status_code == 404
