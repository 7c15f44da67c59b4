"""A young person and a professional talk, through guard, sockets, writer and database."""

from uuid import uuid4

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from tests.wire import Aino, Mia, talk


async def test_words_go_both_ways(host: Host, aino: Worker) -> None:
    """What Mia wrote while waiting and in the talk is on Aino's desk, and Aino's answer is in Mia's page."""
    mia, desk = Mia(host), Aino(aino)
    await mia.enter()
    assert (await mia.write("hei"))["seq"] == 1
    await mia.cut()
    mia = await Mia(host).hello(token=mia.token)
    await desk.sign_in()
    held = await desk.claim()
    events = await desk.expect("events", cid=mia.cid)
    assert [item.get("text") for item in events["items"]] == ["hei"]
    await mia.expect("queue", state="called")
    await mia.say({"type": "here", "cid": mia.cid})
    joined = (await mia.expect("events", last=2))["items"][0]
    assert joined["kind"] == "joined"
    assert joined["who"] == {"name": "Aino", "profession": "curator"}
    await desk.write(held, "hei Mia, olen tässä", seen=1)
    answer = (await mia.expect("events", last=3))["items"][0]
    assert (answer["text"], answer["side"], answer["seq"]) == ("hei Mia, olen tässä", "professional", 3)


async def test_the_same_message_is_stored_once(host: Host, aino: Worker) -> None:
    """A resend is answered with the old number and shown to nobody again (P2)."""
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk):
        mid = str(uuid4())
        first = await mia.write("kerran", mid=mid)
        again = await mia.write("kerran", mid=mid)
        assert (again["seq"], again["dup"]) == (first["seq"], True)
        await mia.say({"type": "send", "cid": mia.cid, "mid": mid, "body": "toinen teksti"})
        assert (await mia.expect("nack", mid=mid))["code"] == "id_conflict"
        assert (await mia.write("jatkuu"))["seq"] == first["seq"] + 1
