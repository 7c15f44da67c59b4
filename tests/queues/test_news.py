"""Who waits hears their place and a range; the desk sees who waits and why in this order."""

import asyncio

from chatservice.accounts.models import Worker
from chatservice.places.models import Host
from tests.people import on_duty, sql
from tests.wire import Aino, Mia


async def test_a_range_comes_with_the_place(host: Host, aino: Worker) -> None:
    """One worker with two places, two talks under way: the third waits about a talk."""
    desk = await Aino(aino).sign_in()
    first = [await Mia(host).enter() for _ in range(3)]
    await desk.claim()
    await desk.claim()
    told = await first[2].expect("queue", place=1)
    while told.get("low") is None or told["low"] == 0:
        told = await first[2].expect("queue", place=1)
    assert 0 < told["low"] < told["high"] <= 30


async def test_parents_ahead_of_the_same_worker_make_the_range_longer(host: Host, aino: Worker) -> None:
    """Aino serves everybody and holds two: three parents came before Mia, who is first in her own queue."""
    desk = await Aino(aino).sign_in()
    held = [await Mia(host).enter() for _ in range(2)]
    for _ in held:
        await desk.claim()
    jonas = [await Mia(host).enter(channel="parent", age_band=None) for _ in range(3)]
    mia = await Mia(host).enter()
    told = await mia.expect("queue", place=1)
    while not told.get("low"):
        told = await mia.expect("queue", place=1)
    assert told["low"] >= 20
    assert len(jonas) == 3


async def test_nothing_is_said_about_a_time_that_nobody_serves(host: Host) -> None:
    """A place, and no made-up number."""
    mia = await Mia(host).enter()
    # Who kept the door open while she came in may still have been seen in the first look around.
    while "low" in await mia.expect("queue", place=1):
        pass


async def test_the_desk_sees_the_reasons(host: Host, aino: Worker) -> None:
    """Who needs to talk today says so; the row tells it."""
    mia = await Mia(host).enter()
    await mia.say({"type": "rate", "cid": mia.cid, "rating": "today"})
    desk = await Aino(aino).sign_in()
    waiting = await desk.expect("waiting")
    while not waiting["items"] or not waiting["items"][0]["reasons"]:
        waiting = await desk.expect("waiting")
    assert waiting["items"][0]["reasons"] == ["needs_today"]


async def test_a_wish_waits_for_its_profession_until_it_overflows(host: Host, aino: Worker) -> None:
    """Nobody of that profession is on duty: Aino may take at once. The place is the same either way."""
    mia = await Mia(host).enter(wish="nurse")
    desk = await Aino(aino).sign_in()
    assert (await desk.claim())["cid"] == mia.cid


async def test_a_wish_is_kept_while_its_profession_is_there(host: Host, aino: Worker, petri: Worker) -> None:
    """Petri is on duty, so Aino is not given who asked for a psychologist; after overflow she is."""
    other = await Aino(petri).sign_in()
    await other.say({"type": "duty", "act": "start", "ref": "s"})
    await other.expect("duty", ref="s")
    mia = await Mia(host).enter(wish="psychologist")
    desk = await Aino(aino).sign_in()
    await desk.say({"type": "claim", "ref": "early"})
    assert (await desk.expect("nack", ref="early"))["code"] == "nothing_waiting"
    await sql("UPDATE conversations_conversation SET overflow_at = now() WHERE id = %(id)s", id=mia.cid)
    assert (await desk.claim())["cid"] == mia.cid


async def test_a_full_queue_says_so_and_holds_its_cap(host: Host, aino: Worker) -> None:
    """Ten come at once, three places: three are in, seven hear that it is full (R20)."""
    await on_duty(aino)
    first = await Mia(host).enter()
    await sql("UPDATE queues_queue SET cap = 3 WHERE area_id = %(area)s", area=host.area_id)
    lines = [Mia(host) for _ in range(10)]

    async def come(line: Mia) -> str:
        await line.open()
        await line.say(
            {"type": "enter", "v": 1, "host": host.key, "channel": "youth", "language": "fi", "age_band": "A13_15"}
        )
        while (frame := await line.next())["type"] not in {"welcome", "shut"}:
            pass
        return str(frame.get("state"))

    told = await asyncio.gather(*(come(line) for line in lines))
    assert sorted(told) == ["full"] * 8 + ["queued"] * 2
    assert first.cid
