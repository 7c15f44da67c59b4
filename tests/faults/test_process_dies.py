"""kill -9 and SIGTERM of a server process in the middle of everything (P1, P2, P6, P11)."""

import asyncio
import time
from collections.abc import Callable
from uuid import uuid4

import pytest

from chatservice.places.models import Host
from tests.faults.harness import UNLIMITED, Mia, Outbox, until
from tests.pace import longer
from tests.people import sql
from tests.service import Service


async def test_kill_9_between_sends_loses_and_doubles_nothing(service: Callable[..., Service], host: Host) -> None:
    """P1, R11: five kills, each at another moment of a send."""
    running = service(**UNLIMITED)
    page = Outbox(await Mia(host, running).enter(), lambda: Mia(host, running))
    for turn in range(5):
        for number in range(5):
            await page.send(f"{turn} {number}")
        sending = asyncio.create_task(page.send(f"{turn} under the axe"))
        await asyncio.sleep(turn * 0.003)  # 0 to 12 ms into the send: before, in and after its commit
        running.kill()
        await asyncio.to_thread(running.start)
        await asyncio.wait_for(sending, 90)
    assert len(page.acked) == 30
    await page.assert_nothing_lost()


async def test_a_drain_tells_closes_with_4012_and_keeps_every_acknowledged_message(
    service: Callable[..., Service], host: Host
) -> None:
    """P11, R12: ten pages write while the process goes; each comes back to its successor without loss."""
    first, second = service(**UNLIMITED), service(**UNLIMITED)
    pages = [Outbox(await Mia(host, first).enter(), lambda: Mia(host, second)) for _ in range(10)]
    writing = True

    async def write(page: Outbox) -> None:
        while writing:
            await page.send(uuid4().hex)

    lines = [page.mia for page in pages]
    tasks = [asyncio.create_task(write(page)) for page in pages]
    await until(lambda: all(page.acked for page in pages), within=longer(10))
    began = time.monotonic()
    first.terminate()
    await until(lambda: all(page.mia not in lines for page in pages), within=longer(25))
    writing = False
    await asyncio.gather(*tasks)
    assert await asyncio.to_thread(first.wait) == 0
    assert time.monotonic() - began < longer(25)
    for line in lines:
        assert "drain" in {frame["type"] for frame in line.heard}
        assert line.code == 4012
    for page in pages:
        await page.assert_nothing_lost()


async def test_readiness_ends_with_the_drain(service: Callable[..., Service], host: Host) -> None:
    running = service()
    assert await asyncio.to_thread(running.status, "/readyz") == 200
    mia = await Mia(host, running).enter()
    running.terminate()
    await mia.expect("drain")
    assert await asyncio.to_thread(running.status, "/readyz") in {0, 503}
    assert await asyncio.to_thread(running.status, "/healthz") in {0, 200}
    await mia.cut()
    assert await asyncio.to_thread(running.wait) == 0


async def test_a_worker_that_was_frozen_is_no_end(service: Callable[..., Service], host: Host) -> None:
    running = service(**UNLIMITED)
    page = Outbox(await Mia(host, running).enter(), lambda: Mia(host, running))
    await page.send("ennen")
    running.pause()
    sending = asyncio.create_task(page.send("sillä välin"))
    await asyncio.sleep(0.3)
    assert not sending.done()
    running.resume()
    await asyncio.wait_for(sending, 30)
    await page.assert_nothing_lost()


@pytest.mark.long
async def test_many_kills_at_random_moments(service: Callable[..., Service], host: Host) -> None:
    running = service(**UNLIMITED)
    page = Outbox(await Mia(host, running).enter(), lambda: Mia(host, running))
    for turn in range(40):
        sending = asyncio.create_task(page.send(str(turn)))
        await asyncio.sleep((turn % 20) * 0.001)
        running.kill()
        await asyncio.to_thread(running.start)
        await asyncio.wait_for(sending, 90)
    await page.assert_nothing_lost()
    assert await sql("SELECT 1") == [(1,)]
