"""Redis dead, hung or empty; PostgreSQL crashed: what was promised holds for two server processes (P1, P5, R7, R9)."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from uuid import uuid4

import pytest
import pytest_asyncio
import redis
from asgiref.sync import sync_to_async
from django.db import connections

from chatservice.accounts.models import Worker
from chatservice.embedded import Engines
from chatservice.places.models import Host
from tests.faults.harness import UNLIMITED, Aino, Mia, Outbox
from tests.pace import longer
from tests.people import sql
from tests.service import Service
from tests.wire import Frame

LETTERS = str.maketrans("0123456789", "ghijklmnop")


@pytest_asyncio.fixture(autouse=True)
async def _fresh_connections() -> AsyncIterator[None]:
    """What a crash of PostgreSQL did to this test process's own connections harms no later test."""
    yield
    await sync_to_async(close_connections)()


@pytest.fixture(autouse=True)
def _fresh_connections_here(_fresh_connections: None) -> Iterator[None]:
    yield
    close_connections()


def close_connections() -> None:
    """Close this thread's connections and their pool."""
    for link in connections.all(initialized_only=True):
        link.close()
        link.close_pool()


async def in_talk(mia: Mia, desk: Aino) -> Frame:
    """Mia and Aino in a talk, each on a process of their own."""
    await mia.enter()
    await desk.sign_in()
    await desk.claim()
    await mia.expect("queue", state="called")
    await mia.say({"type": "here", "cid": mia.cid})
    talk: Frame = (await desk.expect("talk"))["talk"]
    while talk["state"] != "active":
        talk = (await desk.expect("talk"))["talk"]
    return talk


def word() -> str:
    """Text that is nobody else's, in letters alone: numbers are masked on a desk."""
    return f"sana{uuid4().hex.translate(LETTERS)}"


async def seen(line: Mia | Aino, text: str) -> float:
    """Wait until a line shows this text; return when."""
    while not any(item.get("text") == text for item in line.lines(getattr(line, "cid", "") or text_cid(line))):
        await line.next()
    return time.monotonic()


def text_cid(line: Aino | Mia) -> str:
    """The desk's only talk."""
    return next(iter(line.talks)) if isinstance(line, Aino) else line.cid


async def both_ways(mia: Mia, desk: Aino, talk: Frame, *, within: float) -> None:
    """One message each way across the processes, seen in time."""
    there, back = word(), word()
    began = time.monotonic()
    await mia.write(there)
    await desk.write(talk, back)
    arrived = await asyncio.gather(seen(desk, there), seen(mia, back))
    assert max(arrived) - began < longer(within)


async def test_across_two_processes_a_message_is_seen_within_a_second(
    service: Callable[..., Service], host: Host, aino: Worker
) -> None:
    """P5 with Redis up: twenty messages, none of them later."""
    mia, desk = Mia(host, service(**UNLIMITED)), Aino(aino, service(**UNLIMITED))
    talk = await in_talk(mia, desk)
    for _ in range(10):
        await both_ways(mia, desk, talk, within=1.0)
    await mia.cut()
    await desk.cut()


@pytest.mark.parametrize("fault", ["killed", "hung"])
async def test_without_redis_sockets_stay_and_messages_arrive_within_16_seconds(
    service: Callable[..., Service], host: Host, aino: Worker, engines: Engines, fault: str
) -> None:
    one, other = service(**UNLIMITED), service(**UNLIMITED)
    mia, desk = Mia(host, one), Aino(aino, other)
    talk = await in_talk(mia, desk)
    tab = await Mia(host, one).hello(token=mia.token)
    (engines.redis.kill if fault == "killed" else engines.redis.pause)()
    try:
        here = word()
        began = time.monotonic()
        await mia.write(here)
        assert await seen(tab, here) - began < longer(1), "the same process needs no Redis"
        await both_ways(mia, desk, talk, within=16)
        newcomer = await Mia(host, other).enter()
        assert (await newcomer.write("uusi tulija"))["seq"] == 1
    finally:
        (engines.redis.start if fault == "killed" else engines.redis.resume)()
    await both_ways(mia, desk, talk, within=16)
    await _quick_again(mia, desk, talk)
    assert (mia.code, desk.code, tab.code) == (None, None, None)


async def _quick_again(mia: Mia, desk: Aino, talk: Frame) -> None:
    """Redis is back: after the hubs have found it, messages take less than a second again."""
    for _ in range(10):
        try:
            await both_ways(mia, desk, talk, within=1.0)
        except AssertionError:
            continue
        return
    pytest.fail("the processes never found Redis again")


async def test_a_flushed_redis_is_nothing_to_anybody(
    service: Callable[..., Service], host: Host, aino: Worker, engines: Engines
) -> None:
    mia, desk = Mia(host, service(**UNLIMITED)), Aino(aino, service(**UNLIMITED))
    talk = await in_talk(mia, desk)
    with redis.Redis.from_url(engines.redis_url) as link:
        link.flushall()
        await both_ways(mia, desk, talk, within=16)
        link.client_kill_filter(_type="pubsub")
        link.client_kill_filter(_type="normal", skipme=True)
    await both_ways(mia, desk, talk, within=16)
    assert (mia.code, desk.code) == (None, None)


async def test_a_crash_of_postgresql_gives_no_false_ack_and_is_over_in_ten_seconds(
    service: Callable[..., Service], host: Host, engines: Engines
) -> None:
    """R9: immediate shutdown, as a crash; sockets stay open."""
    running = service(**UNLIMITED)
    page = Outbox(await Mia(host, running).enter(), lambda: Mia(host, running))
    quiet = Outbox(await Mia(host, running).enter(), lambda: Mia(host, running))
    lines = page.mia, quiet.mia
    for turn in range(2):
        for number in range(5):
            await page.send(f"{turn} {number}")
        sending = asyncio.create_task(page.send(f"{turn} in the crash"))
        await asyncio.sleep(turn * 0.004)
        engines.postgres.restart(mode="immediate")
        began = time.monotonic()
        await asyncio.wait_for(sending, 60)
        await page.send(f"{turn} afterwards")
        assert time.monotonic() - began < longer(10)
    await quiet.send("hei")
    assert (page.mia, quiet.mia) == lines
    assert [line.code for line in lines] == [None, None]
    await _new_pool()
    await page.assert_nothing_lost()
    await quiet.assert_nothing_lost()


async def test_while_postgresql_is_away_nothing_is_acknowledged_and_the_sender_is_told(
    service: Callable[..., Service], host: Host, engines: Engines
) -> None:
    """P15: unknown is "not sent yet"; the same id stores it once when the database is back."""
    running = service(**UNLIMITED)
    mia = await Mia(host, running).enter()
    await mia.expect("queue")  # the greeting is over: from here on nothing needs the database but the message
    mid = str(uuid4())
    engines.postgres.stop(mode="immediate")
    try:
        frame = {"type": "send", "cid": mia.cid, "mid": mid, "body": "kerran"}
        await mia.say(frame)
        answer = await mia.expect("nack", mid=mid)
        assert (answer["code"], answer["retry_in"] > 0) == ("retry", True)
    finally:
        engines.postgres.start()
    while True:
        await mia.say(frame)
        answer = await mia.next()
        while answer.get("mid") != mid:
            answer = await mia.next()
        if answer["type"] == "ack":
            break
    await _new_pool()
    assert await sql("SELECT count(*) FROM conversations_event WHERE mid = %(mid)s", mid=mid) == [(1,)]


async def _new_pool() -> None:
    """This test's own connections did not survive either."""
    from chatservice.store.pool import close_pool  # noqa: PLC0415 - only here

    await close_pool()
