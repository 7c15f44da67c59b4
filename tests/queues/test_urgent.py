"""Nobody at immediate risk waits unseen: desks on duty after 60 s, then coordinators, each stage once for a talk."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core import mail

from chatservice.accounts.models import Worker
from chatservice.conversations import sweeper, talk
from chatservice.conversations.risk import Risk, raise_to
from chatservice.delivery import process
from chatservice.mailing import sending
from chatservice.mailing.models import Mail
from chatservice.places.models import Area, Host
from chatservice.queues import urgent
from chatservice.queues.claim import claim_next
from chatservice.screening.weighing import lower
from chatservice.store.pool import transaction
from tests import wire
from tests.people import Visitor, enter, in_own_loop, in_talk, on_duty, row_of, sql

WORDS = "salaisuus joentörmällä huomenna"


@pytest.fixture(autouse=True)
def _no_old_mail(database: None) -> Iterator[None]:
    Mail.objects.all().delete()
    yield
    Mail.objects.all().delete()


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari, who coordinates and is not on duty."""
    found = wire.make_worker(area, "Sari", profession="nurse")
    Worker.objects.filter(pk=found.pk).update(coordinator=True)
    return found


async def alarming(host: Host, *, seconds: float = 61, risk: Risk = Risk.IMMEDIATE) -> Visitor:
    """Mia at this risk, who waits for so long already."""
    mia = await enter(host)
    await raise_risk(mia, risk)
    await waits(mia, seconds)
    return mia


async def raise_risk(mia: Visitor, risk: Risk = Risk.IMMEDIATE) -> None:
    """As moderation will."""
    async with transaction() as lent:
        await raise_to(lent, conversation=mia.cid, risk=risk)


async def waits(mia: Visitor, seconds: float) -> None:
    """Let the wait have begun so long ago."""
    query = "UPDATE conversations_conversation SET urgent_since = clock_timestamp() - %(by)s WHERE id = %(id)s"
    await sql(query, id=mia.cid, by=timedelta(seconds=seconds))


async def stage(mia: Visitor) -> int:
    """Who was alerted."""
    found: int = (await row_of(mia.cid, "alert_stage"))["alert_stage"]
    return found


async def mails(worker: Worker) -> list[tuple[Any, ...]]:
    """The coordinator's mails."""
    return await sql("SELECT state, count FROM mailing_mail WHERE worker_id = %(id)s ORDER BY id", id=worker.pk)


async def test_the_stages_follow_the_wait(host: Host, aino: Worker, sari: Worker) -> None:
    await on_duty(aino)
    mia = await alarming(host, seconds=50)
    for seconds, expected, sent in ((50, 0, 0), (61, 1, 0), (110, 1, 0), (121, 2, 1), (400, 2, 1)):
        await waits(mia, seconds)
        await urgent.sweep()
        await urgent.sweep()
        assert await stage(mia) == expected
        assert len(await mails(sari)) == sent


async def test_danger_that_comes_back_after_it_was_lowered_is_a_new_alarm(
    host: Host, aino: Worker, sari: Worker
) -> None:
    await on_duty(aino)
    mia = await alarming(host, seconds=200)
    await urgent.sweep()
    assert await stage(mia) == 2
    epoch = (await claim_next(worker=aino.pk)).epoch
    await lower(conversation=mia.cid, worker=aino.pk, epoch=epoch, risk=Risk.HIGH)
    assert await stage(mia) == 0
    await talk.release(conversation=mia.cid, worker=aino.pk, epoch=epoch)
    await raise_risk(mia)
    await waits(mia, 61)
    await urgent.sweep()
    assert await stage(mia) == 1


@pytest.mark.parametrize("risk", [Risk.CONCERN, Risk.HIGH])
async def test_only_immediate_risk_alarms(host: Host, aino: Worker, sari: Worker, risk: Risk) -> None:
    await on_duty(aino)
    mia = await alarming(host, seconds=4000, risk=risk)
    await urgent.sweep()
    assert await stage(mia) == 0
    assert await mails(sari) == []


async def test_with_nobody_on_duty_the_coordinators_are_told_at_once(host: Host, sari: Worker) -> None:
    mia = await alarming(host, seconds=0)
    await urgent.sweep()
    assert await stage(mia) == 2
    assert await mails(sari) == [("queued", 1)]


async def test_a_desk_whose_line_is_lost_is_nobody_on_duty(host: Host, aino: Worker, sari: Worker) -> None:
    await on_duty(aino)
    mia = await alarming(host, seconds=0)
    await urgent.sweep()
    assert await stage(mia) == 0
    await sql("UPDATE duty_onduty SET lease_until = clock_timestamp() WHERE worker_id = %(id)s", id=aino.pk)
    await urgent.sweep()
    assert await stage(mia) == 2


async def test_who_was_taken_rings_nobody(host: Host, aino: Worker, sari: Worker) -> None:
    await on_duty(aino)
    mia = await alarming(host, seconds=4000)
    await claim_next(worker=aino.pk)
    await urgent.sweep()
    assert await stage(mia) == 0
    await talk.confirm(conversation=mia.cid, participant=mia.talk.participant)
    await urgent.sweep()
    assert await stage(mia) == 0


async def test_called_and_skipped_is_waiting_still(host: Host, aino: Worker, sari: Worker) -> None:
    await on_duty(aino)
    mia = await alarming(host, seconds=90)
    await claim_next(worker=aino.pk)
    late = "UPDATE conversations_conversation SET called_until = clock_timestamp() WHERE id = %(id)s"
    await sql(late, id=mia.cid)
    await sweeper.sweep()
    assert (await row_of(mia.cid, "state"))["state"] == "queued"
    await urgent.sweep()
    assert await stage(mia) == 1


async def test_each_stage_comes_once_also_after_a_talk_that_broke(host: Host, aino: Worker, sari: Worker) -> None:
    mia, claimed = await in_talk(host, aino)
    await raise_risk(mia)
    await waits(mia, 4000)
    await talk.release(conversation=mia.cid, worker=aino.pk, epoch=claimed.epoch)
    await urgent.sweep()
    assert await stage(mia) == 0, "the wait begins when nobody is with them any more"
    await waits(mia, 200)
    await urgent.sweep()
    assert len(await mails(sari)) == 1
    await claim_next(worker=aino.pk)
    await talk.confirm(conversation=mia.cid, participant=mia.talk.participant)
    epoch = (await row_of(mia.cid, "claim_epoch"))["claim_epoch"]
    await talk.release(conversation=mia.cid, worker=aino.pk, epoch=epoch)
    await waits(mia, 4000)
    await urgent.sweep()
    assert await mails(sari) == [("queued", 1)]


async def test_many_processes_at_once_tell_once(host: Host, sari: Worker) -> None:
    talks = [await alarming(host) for _ in range(3)]

    async def four() -> None:
        await asyncio.gather(*(urgent.sweep() for _ in range(4)))

    other = in_own_loop(four)
    await four()
    await asyncio.to_thread(other.join)
    await urgent.sweep()
    assert [await stage(mia) for mia in talks] == [2, 2, 2]
    ((_, count),) = await mails(sari)
    assert count == 3


async def test_coordinators_of_another_area_hear_nothing(host: Host, sari: Worker) -> None:
    def elsewhere() -> Worker:
        eve = wire.make_worker(wire.make_area(), "Eve")
        Worker.objects.filter(pk=eve.pk).update(coordinator=True)
        return eve

    eve = await sync_to_async(elsewhere)()
    await alarming(host)
    await urgent.sweep()
    assert await mails(eve) == []
    assert len(await mails(sari)) == 1


async def test_nothing_of_the_visitor_is_in_the_mail(host: Host, sari: Worker) -> None:
    mail.outbox = []  # type: ignore[attr-defined]  # the test environment's own list
    mia = await alarming(host)
    await mia.write(WORDS)
    await urgent.sweep()
    assert await sending.send_due() == 1
    whole = mail.outbox[0].message().as_string() + mail.outbox[0].body  # type: ignore[attr-defined]
    for secret in (*WORDS.split(), str(mia.cid), mia.cid.hex, mia.token, host.key, host.name, "A13_15"):
        assert secret not in whole
    assert f" {mia.talk.ticket}" not in mail.outbox[0].body  # type: ignore[attr-defined]
    assert "Testialue" in mail.outbox[0].body  # type: ignore[attr-defined]


async def rung(host: Host) -> dict[str, Any]:
    """Let Mia's alarm begin in this process, and return what the frame says of her."""
    mia = await alarming(host)
    await urgent.sweep()
    await process.current().alerts.tick()
    return {"ticket": mia.talk.ticket, "channel": "youth", "language": "fi", "reason": "not_taken", "over": False}


async def test_every_desk_on_duty_is_told_and_told_the_end(host: Host, aino: Worker, petri: Worker) -> None:
    ours, theirs = await wire.Aino(aino).sign_in(), await wire.Aino(petri).sign_in()
    await on_duty(aino, petri)
    said = await rung(host)
    for line in (ours, theirs):
        frame = await line.expect("alert")
        since = frame.pop("since")
        assert len(since) == len("2026-11-21T21:40Z")
        assert frame == {"type": "alert", **said}
    again = await ours.quiet()
    await process.current().alerts.tick()
    assert not [frame for frame in [*again, *await ours.quiet()] if frame["type"] == "alert"]
    await claim_next(worker=petri.pk)
    await process.current().alerts.tick()
    for line in (ours, theirs):
        await line.expect("alert", ticket=said["ticket"], over=True)


async def test_a_desk_that_comes_later_hears_the_alarm_too(host: Host, aino: Worker, petri: Worker) -> None:
    await on_duty(aino)
    said = await rung(host)
    late = await wire.Aino(petri).sign_in()
    await on_duty(petri)
    await process.current().alerts.tick()
    await late.expect("alert", ticket=said["ticket"])


async def test_off_duty_and_other_areas_hear_nothing(host: Host, aino: Worker, petri: Worker) -> None:
    eve = await sync_to_async(lambda: wire.make_worker(wire.make_area(), "Eve"))()
    await on_duty(aino, eve)
    lines = [await wire.Aino(each).sign_in() for each in (petri, eve)]
    await rung(host)
    for line in lines:
        await line.quiet()
        assert not [frame for frame in line.heard if frame["type"] == "alert"]


async def test_a_lost_line_is_told_as_one(host: Host, aino: Worker) -> None:
    ours = await wire.Aino(aino).sign_in()
    await on_duty(aino)
    mia = await alarming(host)
    await sql("UPDATE conversations_participant SET present = false WHERE id = %(id)s", id=mia.talk.participant)
    await urgent.sweep()
    await process.current().alerts.tick()
    await ours.expect("alert", ticket=mia.talk.ticket, reason="away")
