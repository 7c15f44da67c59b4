"""What professionals say among themselves never reaches a visitor: not in a frame, not on a channel, not by asking."""

from typing import Any, get_args
from uuid import UUID, uuid4

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import notes
from chatservice.conversations.errors import Gone
from chatservice.conversations.events import Stored
from chatservice.conversations.log import read_after
from chatservice.conversations.payload import Payload, Stream
from chatservice.delivery import frames, process, publish
from chatservice.delivery.hub import Hub
from chatservice.delivery.nudges import pack
from chatservice.places.models import Host
from tests.people import in_talk, on_duty
from tests.queues.stage import stranger
from tests.wire import Aino, Mia, talk

SECRET = "kuiskaus-ammattilaisten-kesken"
AMONG_THEM = {"notes", "offers", "colleagues", "queues", "talk", "gone", "waiting", "duty"}


async def test_no_payload_to_the_visitor_holds_a_note(host: Host, aino: Worker, petri: Worker) -> None:
    """All of it in one talk: note of an offer, refusal, whispers, a colleague unseen, a reload, hand-over."""
    await on_duty(aino, petri)
    mia, desk = Mia(host), Aino(aino)
    async with talk(mia, desk) as held:
        other = await Aino(petri).sign_in()
        place = {"cid": mia.cid, "epoch": held["epoch"]}
        await desk.say({"type": "offer", **place, "worker": petri.pk, "note": SECRET})
        await other.say({"type": "refuse", "offer": (await offered(other, "take_over"))["id"]})
        await desk.say({"type": "ask", **place, "worker": petri.pk})
        await other.say({"type": "accept", "offer": (await offered(other, "beside"))["id"], "ref": "accept"})
        await other.expect("talk", ref="accept")
        for line in (desk, other):
            await line.say({"type": "whisper", **place, "mid": (mid := str(uuid4())), "body": SECRET})
            await line.expect("ack", mid=mid)
        again = await Mia(host).hello(token=mia.token)
        await again.quiet()
        await desk.say({"type": "offer", **place, "worker": petri.pk, "note": SECRET})
        item = await offered(other, "take_over")
        assert item["note"] == SECRET
        heard = str([*await mia.quiet(), *mia.heard, *again.heard])
        assert SECRET not in heard
        assert "Petri" not in heard
        await other.say({"type": "accept", "offer": item["id"], "ref": "mine"})
        await other.expect("talk", ref="mine")
        await again.expect("events", last=2)
        await mia.quiet()
        for visitor in (mia, again):
            assert SECRET not in str(visitor.heard)
            assert not {frame["type"] for frame in visitor.heard} & AMONG_THEM
        assert SECRET in str(other.heard)


async def test_a_visitors_socket_listens_to_no_channel_of_notes(host: Host) -> None:
    await Mia(host).enter()
    listening = process.current().hub._listeners
    assert [name for name in listening if name.startswith("c:")]
    assert not [name for name in listening if name.startswith("n:")]


async def test_a_note_is_told_on_its_own_channel_alone_and_sealed(
    host: Host, aino: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await on_duty(aino)
    mia, held = await in_talk(host, aino)
    told: list[tuple[str, Any]] = []
    monkeypatch.setattr(Hub, "publish", lambda _, channel, nudge: told.append((channel, nudge)))
    receipt = await whisper(aino, mia.cid, held.epoch)
    publish.tell(process.current().hub, Stored((receipt.item,)))
    assert {channel for channel, _ in told} == {f"n:{mia.cid.hex}"}
    assert all(SECRET.encode() not in pack(origin=b"12345678", nudge=nudge) for _, nudge in told)


async def test_a_visitor_reads_no_note_by_asking(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    mia, held = await in_talk(host, aino)
    await whisper(aino, mia.cid, held.epoch)
    reader = mia.talk.participant
    assert await read_after(conversation=mia.cid, reader=reader, after=0, stream=Stream.NOTES) == []
    assert all(line.payload is None or SECRET not in line.payload.text for line in await mia.read())


async def test_nobody_outside_the_talk_whispers_into_it(host: Host, aino: Worker, petri: Worker) -> None:
    await on_duty(aino, petri)
    mia, held = await in_talk(host, aino)
    for worker in (petri, await stranger()):
        with pytest.raises(Gone, match="no such conversation"):
            await whisper(worker, mia.cid, held.epoch)


async def test_a_visitors_frames_know_nothing_of_it(host: Host) -> None:
    visitor = {str(kind.__struct_config__.tag) for kind in get_args(frames.VisitorFrame)}
    ours = {"whisper", "offer", "ask", "accept", "refuse", "withdraw", "bring_in", "step_out"}
    assert not visitor & ours
    mia = await Mia(host).enter()
    await mia.say({"type": "whisper", "cid": mia.cid, "mid": str(uuid4()), "body": "hei", "epoch": 0})
    assert (await mia.expect("nack"))["code"] == "unknown"


async def offered(desk: Aino, kind: str) -> dict[str, Any]:
    """Wait for an offer of this kind."""
    while True:
        for item in (await desk.expect("offers"))["items"]:
            if item["kind"] == kind:
                return dict(item)


async def whisper(worker: Worker, conversation: UUID, epoch: int) -> Any:
    """The worker whispers the secret."""
    return await notes.whisper(
        conversation=conversation, worker=worker.pk, epoch=epoch, mid=uuid4(), payload=Payload(text=SECRET)
    )
