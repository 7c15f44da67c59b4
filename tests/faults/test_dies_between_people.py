"""kill -9 of the server while talks change hands: one owner, no orphan, and nothing leaves `closed` (P8, P9)."""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from chatservice.accounts.models import Worker
from chatservice.delivery import process
from chatservice.hours.evaluate import ZONE
from chatservice.hours.models import Hours
from chatservice.hours.selectors import forget
from chatservice.places.models import Host
from chatservice.queues.closing import end_waiting
from tests.faults.harness import UNLIMITED, Aino, Mia, until
from tests.people import enter, in_talk, on_duty, sql
from tests.service import ROOT, Service

MOMENTS_MS = (0, 4, 9)

STANDS = """
SELECT talk.state, count(part.id) FILTER (WHERE part.role = 'professional' AND NOT part.ended),
    count(part.id) FILTER (WHERE part.role <> 'visitor' AND NOT part.ended
        AND (part.epoch <> talk.claim_epoch OR talk.state NOT IN ('called', 'active'))),
    count(part.id) FILTER (WHERE NOT part.ended AND talk.state = 'closed')
FROM conversations_conversation talk JOIN conversations_participant part ON part.conversation_id = talk.id
WHERE talk.area_id = %(area)s GROUP BY talk.id
"""
CLOSED = "SELECT id FROM conversations_conversation WHERE area_id = %(area)s AND state = 'closed'"
OVERTAKEN = """
SELECT 1 FROM queues_offer offer JOIN conversations_conversation talk ON talk.id = offer.conversation_id
WHERE offer.area_id = %(area)s AND (talk.state <> 'active' OR offer.epoch <> talk.claim_epoch)
"""


async def nothing_is_half(host: Host) -> None:
    """Each talk has the owner that its state asks for, under the present claim; a sweep finds nothing left over."""
    await process._sweep()
    for state, owners, astray, after in await sql(STANDS, area=host.area_id):
        assert owners == (1 if state in {"called", "active"} else 0), state
        assert (astray, after) == (0, 0)
    assert await sql(OVERTAKEN, area=host.area_id) == []


async def killed(running: Service, *, after_ms: int) -> None:
    """The axe falls so soon after the last frame was sent: before, in, or after its commit."""
    await asyncio.sleep(after_ms / 1000)
    running.kill()
    await asyncio.to_thread(running.start)


async def test_in_the_middle_of_claims(
    service: Callable[..., Service], host: Host, aino: Worker, petri: Worker
) -> None:
    """Two desks take the next ones; afterwards each talk is with one of them or waits, and both can go on."""
    running = service(**UNLIMITED)
    await on_duty(aino, petri, capacity=5)
    for moment in MOMENTS_MS:
        await enter(host)
        await enter(host)
        desks = [await Aino(worker, running).sign_in() for worker in (aino, petri)]
        for desk in desks:
            await desk.say({"type": "claim", "ref": "take"})
        await killed(running, after_ms=moment)
        await nothing_is_half(host)
    desk = await Aino(aino, running).sign_in()
    mine = await sql(
        "SELECT count(*) FROM conversations_participant WHERE worker_id = %(id)s AND NOT ended", id=aino.pk
    )
    assert len(desk.talks) == mine[0][0]


async def test_in_the_middle_of_a_hand_over(
    service: Callable[..., Service], host: Host, aino: Worker, petri: Worker
) -> None:
    """Accepted or not: the talk has one owner, who reads and writes it after the restart."""
    running = service(**UNLIMITED)
    await on_duty(aino, petri, capacity=5)
    for moment in MOMENTS_MS:
        mia, held = await in_talk(host, aino)
        desk, other = await Aino(aino, running).sign_in(), await Aino(petri, running).sign_in()
        asked = {"cid": str(mia.cid), "epoch": held.epoch, "worker": petri.pk, "note": "lue", "ref": "o"}
        await desk.say({"type": "offer", **asked})
        while not (frame := await other.expect("offers"))["items"]:
            pass
        await other.say({"type": "accept", "offer": frame["items"][0]["id"], "ref": "a"})
        await killed(running, after_ms=moment)
        await nothing_is_half(host)
        owners = [worker for worker in (aino, petri) if str(mia.cid) in (await Aino(worker, running).sign_in()).talks]
        assert len(owners) == 1


CLOSES = """
import asyncio, django
django.setup()
from chatservice.queues.closing import end_waiting
from chatservice.store.pool import rows
async def whole():
    await rows("SELECT 1")
    print("begins", flush=True)
    await end_waiting()
asyncio.run(whole())
"""


async def test_in_the_middle_of_closing_time(service: Callable[..., Service], host: Host, aino: Worker) -> None:
    """Waiting ends one by one; what the axe left is ended by the next process, once, and nothing is opened again."""
    running = service(**UNLIMITED)
    await on_duty(aino)
    waiting = [await enter(host) for _ in range(12)]
    await Hours.objects.acreate(area_id=host.area_id, channel="youth", language="fi", expression=_ended_hours_ago())
    forget(host.area_id)
    closed: set[UUID] = set()
    for moment in (2, 12, 25):
        await _closes_and_dies(running, after_ms=moment)
        now = {row[0] for row in await sql(CLOSED, area=host.area_id)}
        assert closed <= now
        closed = now
        await nothing_is_half(host)
    back = await Mia(host, running).hello(token=waiting[-1].token)
    assert back.cid == str(waiting[-1].cid)
    everybody = {mia.cid for mia in waiting}

    async def all_ended() -> bool:
        """Whom the running service has just begun to end, we leave to it."""
        await end_waiting()
        return {row[0] for row in await sql(CLOSED, area=host.area_id)} == everybody

    await until(all_ended, within=30)
    for mia in waiting:
        assert [line.payload.code for line in await mia.read() if line.payload] == ["hours_ended"]


async def _closes_and_dies(running: Service, *, after_ms: int) -> None:
    """Another process ends the waiting, and is killed in the middle of it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CLOSES), env=running.environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"begins\n"
    await asyncio.sleep(after_ms / 1000)
    with suppress(ProcessLookupError):
        process.kill()
    await process.communicate()


def _ended_hours_ago() -> str:
    """Hours of every day that are over now, whatever the time is."""
    begin = datetime.now(ZONE) - timedelta(hours=3)
    return f"{begin:%H:%M}-{begin + timedelta(hours=1):%H:%M}"
