"""Open means that somebody serves: the door, those who wait and the desk follow who is on duty, at once."""

from datetime import timedelta

import pytest

from chatservice.accounts.models import Worker
from chatservice.duty import services
from chatservice.places.models import Host
from chatservice.queues import entering
from chatservice.queues.door import Door, DoorState, look
from chatservice.queues.errors import Shut
from tests.duty.stage import desk_gone, do, now, shift_of
from tests.people import enter, entrance, on_duty, sql
from tests.wire import Aino, Line, Mia, open_door

FIRST = {"type": "enter", "v": 1, "channel": "youth", "language": "fi", "age_band": "A13_15"}


async def door_of(host: Host) -> Door:
    """The door of young people who write Finnish."""
    return await look(area=host.area_id, channel="youth", language="fi")


async def refused(host: Host) -> Door:
    """Somebody new tries to come in; returns what they are told."""
    with pytest.raises(Shut) as told:
        await entering.enter(entrance=await entrance(host), asked=entering.Asked())
    assert await sql("SELECT 1 FROM conversations_thread WHERE area_id = %(area)s", area=host.area_id) == []
    return told.value.door


async def test_the_door_opens_with_the_shift_and_closes_with_it(host: Host, aino: Worker) -> None:
    assert (await refused(host)).state is DoorState.NOBODY
    await on_duty(aino)
    assert (await door_of(host)).state is DoorState.OPEN
    await do(services.end, worker=aino.pk)
    assert (await refused(host)).state is DoorState.NOBODY


async def test_a_desk_that_is_gone_does_not_hold_the_door_open(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    await desk_gone(aino, seconds=1)
    assert (await refused(host)).state is DoorState.NOBODY


async def test_a_pause_lets_in_only_with_an_end(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    await do(services.pause, worker=aino.pk)
    assert (await refused(host)).state is DoorState.PAUSE
    await do(services.resume, worker=aino.pk)
    await do(services.pause, worker=aino.pk, minutes=10)
    door = await door_of(host)
    assert door.state is DoorState.PAUSE
    assert door.resumes is not None
    assert door.resumes - door.now < timedelta(minutes=11)
    await entering.enter(entrance=await entrance(host), asked=entering.Asked())


async def test_who_takes_no_new_ones_lets_nobody_in(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    await do(services.stop_taking, worker=aino.pk)
    assert (await refused(host)).state is DoorState.ENDING


async def test_who_serves_other_queues_does_not_open_this_one(host: Host, aino: Worker) -> None:
    """Aino serves parents alone; young people are told that nobody is there for them."""
    async with open_door(host):
        await Mia(host).enter(channel="parent")
    parents = (await sql("SELECT id FROM queues_queue WHERE area_id = %(area)s", area=host.area_id))[0][0]
    await sql(
        "INSERT INTO duty_serves (worker_id, queue_id) VALUES (%(worker)s, %(queue)s)", worker=aino.pk, queue=parents
    )
    await on_duty(aino)
    assert (await door_of(host)).state is DoorState.NOBODY
    assert (await look(area=host.area_id, channel="parent", language="fi")).state is DoorState.OPEN


async def test_who_is_inside_comes_back_whatever_stands_at_the_door(host: Host) -> None:
    """By the tab's token, and by the code on another device."""
    mia = await Mia(host).enter()
    await mia.say({"type": "code", "cid": mia.cid})
    digits = (await mia.expect("code"))["digits"]
    await mia.cut()
    assert (await door_of(host)).state is DoorState.NOBODY
    assert (await Mia(host).hello(token=mia.token)).cid == mia.cid
    other = Mia(host)
    await Line.open(other)
    await other.say({**FIRST, "host": host.key, "code": digits, "age_band": None})
    assert (await other.expect("welcome"))["cid"] == mia.cid


async def test_who_waits_when_the_last_shift_ends_is_told_and_hears_when_it_goes_on(
    host: Host, aino: Worker, petri: Worker
) -> None:
    """Nobody is dropped: the choice comes within a tick, and goes when somebody starts."""
    desk = await Aino(aino).sign_in()
    await desk.say({"type": "duty", "act": "start", "ref": "s"})
    await desk.expect("duty", ref="s")
    mia, jonas = await Mia(host).enter(), await Mia(host).enter()
    assert not (await mia.expect("queue", place=1)).get("closing")
    await desk.say({"type": "duty", "act": "end", "ref": "e"})
    await desk.expect("duty", ref="e")
    for line in (mia, jonas):
        told = await line.expect("queue", closing=True)
        assert (told["state"], told.get("low")) == ("queued", None)
    other = await Aino(petri).sign_in()
    await other.say({"type": "duty", "act": "start", "ref": "s"})
    await other.expect("duty", ref="s")
    while (told := await mia.expect("queue", place=1)).get("closing"):
        pass
    assert told["low"] == 0


async def test_an_absent_pair_changes_what_the_door_tells(host: Host, aino: Worker, petri: Worker) -> None:
    """One desk of two went silent: one tap, and the wait and the room are those of one until 100 min from now."""
    long = await shift_of(petri, begins=-30, lasts=240)
    await shift_of(aino, begins=-30, lasts=150, pair_of=long)
    await on_duty(aino, petri)
    for _ in range(6):
        await enter(host)
    both = await door_of(host)
    await desk_gone(petri, seconds=1)
    await do(services.pair_absent, worker=aino.pk)
    alone = await door_of(host)
    assert both.outlook is not None
    assert alone.outlook is not None
    assert alone.outlook.range.low > both.outlook.range.low
    for _ in range(4):
        await enter(host)
    assert (await door_of(host)).state is DoorState.FULL


async def test_the_pair_who_was_to_come_is_no_longer_announced(host: Host, aino: Worker, petri: Worker) -> None:
    """Aino takes no more; the door named Petri's coming shift until Aino told that he is absent."""
    coming = await shift_of(petri, begins=20, lasts=120)
    await shift_of(aino, pair_of=coming)
    await on_duty(aino)
    await do(services.stop_taking, worker=aino.pk)
    assert (await door_of(host)).next_opening == coming.starts
    await do(services.pair_absent, worker=aino.pk)
    assert (await door_of(host)).next_opening is None


@pytest.mark.parametrize(("ends", "advice"), [(60, "stop_at"), (30, "stop_soon"), (15, "stop_now")])
async def test_the_desk_is_told_when_the_last_new_talk_begins(host: Host, aino: Worker, ends: int, advice: str) -> None:
    """Twenty minutes before the end; nothing without an end."""
    await enter(host)
    desk = await Aino(aino).sign_in()
    assert desk.heard[-1].get("advice") is None or desk.heard[-1]["advice"] == ""
    shift = await shift_of(aino, begins=-30, lasts=30 + ends)
    await desk.say({"type": "duty", "act": "start", "ref": "s"})
    told = await desk.expect("duty", ref="s")
    last = shift.ends - timedelta(minutes=20)
    stop_at = None if last < await now() else f"{last:%Y-%m-%dT%H:%MZ}"
    assert (told["advice"], told["stop_at"]) == (advice, stop_at)


async def test_without_an_end_nothing_is_advised(host: Host, aino: Worker) -> None:
    await enter(host)
    desk = await Aino(aino).sign_in()
    await desk.say({"type": "duty", "act": "start", "ref": "s"})
    told = await desk.expect("duty", ref="s")
    assert (told["advice"], told["stop_at"]) == ("", None)
