"""The worker's own shift over the socket: begun, paused, ended; a heavy talk offers a pause."""

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from tests.people import sql
from tests.wire import Aino, Mia, talk


async def test_taking_the_next_one_begins_the_shift(host: Host, aino: Worker) -> None:
    """Off until then; the desk is told."""
    desk = await Aino(aino).sign_in()
    assert (await desk.expect("duty"))["state"] == "off"
    await Mia(host).enter()
    await desk.claim()
    assert (await desk.expect("duty", state="on"))["capacity"] == 2


async def test_nobody_is_given_a_talk_in_a_pause(host: Host, aino: Worker) -> None:
    """The pause is told, and its refusal."""
    desk = await Aino(aino).sign_in()
    await desk.say({"type": "duty", "act": "start", "capacity": 3, "ref": "a"})
    assert (await desk.expect("duty", ref="a"))["capacity"] == 3
    await desk.say({"type": "duty", "act": "pause", "minutes": 10, "ref": "b"})
    assert (await desk.expect("duty", ref="b"))["state"] == "paused"
    await Mia(host).enter()
    await desk.say({"type": "claim", "ref": "c"})
    assert (await desk.expect("nack", ref="c"))["code"] == "on_pause"


async def test_the_end_of_a_shift_gives_open_talks_back(host: Host, aino: Worker) -> None:
    """To the head of the queue; the visitor is told."""
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        await desk.say({"type": "duty", "act": "end", "ref": "e"})
        assert (await desk.expect("duty", ref="e"))["state"] == "off"
        await mia.expect("queue", state="queued")


async def test_after_a_heavy_talk_a_pause_is_offered(host: Host, aino: Worker) -> None:
    """Offered, never forced: the shift goes on."""
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        await sql("UPDATE conversations_conversation SET risk = 2 WHERE id = %(id)s", id=mia.cid)
        await desk.say({"type": "close", "cid": mia.cid, "epoch": held["epoch"], "ref": "f"})
        offered = await desk.expect("duty", offer_pause=10)
        assert offered["state"] == "on"
