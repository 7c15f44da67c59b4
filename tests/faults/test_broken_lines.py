"""A proxy between page and server: cut anywhere, stalled, half a frame each way; the page converges (P2, P6, R6)."""

import asyncio
import time
from collections.abc import Callable
from uuid import uuid4

import pytest

from chatservice.places.models import Host
from tests.faults.harness import UNLIMITED, Mia, Outbox, Proxy
from tests.pace import longer
from tests.people import sql
from tests.service import Service

BODY = "katkeaa"


async def cut_at(mia: Mia, proxy: Proxy, *, way: str, at: int) -> tuple[str, bool]:
    """Send one message through the proxy, cut after `at` bytes of one direction; return the id and whether acked."""
    mid = str(uuid4())
    proxy.cut_after(**{way: at})
    try:
        await mia.say({"type": "send", "cid": mia.cid, "mid": mid, "body": BODY})
        while True:
            frame = await mia.next(within=10)
            if frame["type"] == "ack":
                return mid, True
    except (EOFError, OSError):
        return mid, False


@pytest.mark.parametrize("way", ["up", "down"])
async def test_cut_after_any_number_of_bytes_a_message_is_there_once(
    service: Callable[..., Service], host: Host, way: str
) -> None:
    """R6: the exchange is about 200 bytes each way; every 13th byte here, every one in the long run."""
    await _cut_everywhere(service(**UNLIMITED), host, way=way, step=13)


@pytest.mark.long
@pytest.mark.parametrize("way", ["up", "down"])
async def test_cut_at_every_single_byte(service: Callable[..., Service], host: Host, way: str) -> None:
    await _cut_everywhere(service(**UNLIMITED), host, way=way, step=1)


async def _cut_everywhere(running: Service, host: Host, *, way: str, step: int) -> None:
    token, mids = (await _entered(running, host)), []
    async with Proxy(running.port) as proxy:
        for at in range(1, 230, step):
            proxy.cut_after()
            mia = await Mia(host, running, port=proxy.port).hello(token=token)
            await mia.expect("queue")
            mid, _ = await cut_at(mia, proxy, way=way, at=at)
            mids.append(mid)
            await mia.cut()
            again = await Mia(host, running).hello(token=token)
            assert (await again.write(BODY, mid=mid))["seq"] == len(mids)
            await again.cut()
    stored = await sql("SELECT mid::text, seq FROM conversations_event WHERE mid::text = ANY(%(mids)s)", mids=mids)
    assert sorted(stored, key=lambda row: row[1]) == list(zip(mids, range(1, len(mids) + 1), strict=True))


async def _entered(running: Service, host: Host) -> str:
    mia = await Mia(host, running).enter()
    await mia.cut()
    return mia.token


async def test_pulled_plugs_in_the_middle_of_writing_lose_nothing(service: Callable[..., Service], host: Host) -> None:
    running = service(**UNLIMITED)
    async with Proxy(running.port) as proxy:
        page = Outbox(await Mia(host, running, port=proxy.port).enter(), lambda: Mia(host, running, port=proxy.port))
        for turn in range(8):
            sending = asyncio.create_task(page.send(f"{turn}"))
            await asyncio.sleep(turn * 0.002)
            proxy.cut()
            await asyncio.wait_for(sending, 60)
            began = time.monotonic()
            await page.send(f"{turn} after")
            assert time.monotonic() - began < longer(5), "P6"
        await page.assert_nothing_lost()


async def test_a_stalled_line_is_replaced_and_its_end_hurts_nobody(service: Callable[..., Service], host: Host) -> None:
    """R13: the old connection hangs half-open while the page is back on a new one."""
    running = service(**UNLIMITED)
    async with Proxy(running.port) as proxy:
        old = await Mia(host, running, port=proxy.port).enter()
        await old.write("ennen")
        proxy.stall()
        mid = str(uuid4())
        await old.say({"type": "send", "cid": old.cid, "mid": mid, "body": "juuttunut"})
        new = await Mia(host, running).hello(token=old.token, cursors={old.cid: 1})
        assert (await new.write("juuttunut", mid=mid))["seq"] == 2
        proxy.flow()
        assert (await old.expect("ack", mid=mid))["dup"] is True
        assert (await new.write("jatkuu"))["seq"] == 3
        await old.cut()
        await new.cut()
