"""The one return code: place and talk come back, guessing does not pay, nothing of it is stored in plain."""

import asyncio
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from chatservice.accounts.models import Worker
from chatservice.conversations import codes, talk
from chatservice.places.models import Host
from chatservice.queues import entering
from chatservice.queues.tries import CALLER_TRIES
from tests.people import enter, entrance, on_duty
from tests.wire import Aino, Line, Mia

EVE = "10.9.8.7"
CHOICE = {"type": "enter", "v": 1, "channel": "youth", "language": "fi"}


async def code_of(mia: Mia) -> str:
    """Ask for a code."""
    await mia.say({"type": "code", "cid": mia.cid})
    digits: str = (await mia.expect("code"))["digits"]
    return digits


async def turned_away(host: Host, code: str, *, address: str = "") -> str:
    """Try a code and return why it was refused."""
    line = Mia(host, address=address)
    await Line.open(line)
    await line.say({**CHOICE, "host": host.key, "code": code})
    state: str = (await line.expect("shut"))["state"]
    assert await line.closed() == 1000
    return state


async def test_the_place_comes_back_on_another_device(host: Host, aino: Worker) -> None:
    """Same conversation, same ticket; what was written before stays hidden, and the professional is told."""
    mia = await Mia(host).enter()
    await mia.write("tätä ei näytetä toisella laitteella")
    digits = await code_of(mia)
    await mia.cut()
    other = await Mia(host).enter(code=digits.replace(" ", "-"), age_band=None)
    assert other.cid == mia.cid
    assert all(not frame.get("items") or frame["items"][0]["seq"] > 1 for frame in other.heard)
    desk = await Aino(aino).sign_in()
    await desk.claim()
    items = (await desk.expect("events", cid=mia.cid))["items"]
    assert [item.get("code") or item["text"] for item in items] == [
        "tätä ei näytetä toisella laitteella",
        "returned_by_code",
    ]


async def test_after_the_end_the_code_opens_a_new_talk_of_the_thread(host: Host) -> None:
    """Nothing leaves `closed`; a return begins anew."""
    mia = await Mia(host).enter()
    digits = await code_of(mia)
    await mia.say({"type": "leave", "cid": mia.cid, "how": "end"})
    await mia.expect("queue", state="closed")
    again = await Mia(host).enter(code=digits, age_band=None)
    assert again.cid != mia.cid


async def test_unknown_revoked_and_mistyped_codes_are_alike(host: Host) -> None:
    """One answer for all of them."""
    mia = await Mia(host).enter()
    digits = await code_of(mia)
    await mia.say({"type": "code", "cid": mia.cid, "on": False})
    assert (await mia.expect("code"))["digits"] == ""
    for code in (digits, "0000 0000 0000 0000", "abc"):
        assert await turned_away(host, code) == "no_such_code"


async def test_eve_cannot_go_on_guessing(host: Host) -> None:
    """Five tries, then even the right code waits: the count comes before the hash."""
    mia = await Mia(host).enter()
    digits = await code_of(mia)
    for _ in range(CALLER_TRIES):
        assert await turned_away(host, "1111 2222 3333 4444", address=EVE) == "no_such_code"
    assert await turned_away(host, digits, address=EVE) == "codes_wait"


async def test_a_code_of_the_other_channel_opens_nothing(host: Host) -> None:
    """A parent's page never opens a child's talk."""
    mia = await Mia(host).enter()
    digits = await code_of(mia)
    jonas = Mia(host)
    await Line.open(jonas)
    await jonas.say({**CHOICE, "host": host.key, "channel": "parent", "code": digits})
    assert (await jonas.expect("shut"))["state"] == "no_such_code"


@pytest.mark.parametrize(
    "typed",
    ["1234567812345678", "1234 5678 1234 5678", "1234-5678-1234-5678", "１２３４ 5678 1234 5678", " 1234567812345678 "],
)
def test_people_type_codes_in_many_ways(typed: str) -> None:
    """Spaces, dashes and full-width digits mean the same."""
    assert codes.read(typed) == "1234567812345678"


@pytest.mark.parametrize("typed", ["", "123", "12345678123456789", "1234 5678 1234 567a", "½234567812345678"])
def test_anything_else_is_no_code(typed: str) -> None:
    """Refused before anything is looked up."""
    assert codes.read(typed) is None


async def test_the_code_is_nowhere_in_plain(host: Host) -> None:
    """Only its slow hash is in the thread."""
    mia = await Mia(host).enter()
    digits = (await code_of(mia)).replace(" ", "")

    def stored() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code_hash FROM conversations_thread thread JOIN conversations_conversation talk"
                " ON talk.thread_id = thread.id WHERE talk.id = %s",
                [mia.cid],
            )
            return bytes(cursor.fetchone()[0])

    found = await sync_to_async(stored)()
    assert len(found) == 32
    assert digits.encode() not in found


async def test_one_code_typed_on_two_devices_at_once_opens_one_talk(host: Host, aino: Worker) -> None:
    """The early place is used once, and both pages are in the same talk."""
    await on_duty(aino)
    mia = await enter(host)
    digits = await codes.give(conversation=mia.cid, participant=mia.talk.participant)
    await talk.leave(conversation=mia.cid, participant=mia.talk.participant)

    async def once() -> UUID:
        chosen = await entrance(host, age_band="")
        _, found = await entering.enter(entrance=chosen, asked=entering.Asked(code=digits, caller=uuid4().hex))
        return found.conversation

    for _ in range(2):
        first, second, third = await asyncio.gather(once(), once(), once())
        assert first == second == third != mia.cid
