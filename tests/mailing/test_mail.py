"""Mail to coordinators: who gets it, what it says, how often, and what happens when it cannot leave."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.core import mail

from chatservice.accounts.models import Worker
from chatservice.mailing import sending
from chatservice.mailing.models import Mail
from chatservice.mailing.outgoing import to_coordinators
from chatservice.mailing.words import URGENT, Facts, message
from chatservice.places.models import Area
from chatservice.store.pool import transaction
from tests import wire
from tests.people import in_own_loop, sql

SINCE = datetime(2026, 11, 21, 12, 5, 41, tzinfo=UTC)
BROKEN = "tests.mailing.broken.Backend"


@pytest.fixture(autouse=True)
def _nothing_due(database: None) -> Iterator[None]:
    """Other tests' mail does not leave here."""
    Mail.objects.all().delete()
    mail.outbox = []  # type: ignore[attr-defined]  # the test environment's own list
    yield
    Mail.objects.all().delete()


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the nurse, who coordinates and reads Swedish."""
    found = wire.make_worker(area, "Sari", profession="nurse")
    Worker.objects.filter(pk=found.pk).update(coordinator=True, language="sv")
    found.refresh_from_db()
    return found


async def put(area: Area, *, count: int = 1, since: datetime = SINCE) -> int:
    """Queue a mail to the area's coordinators."""
    async with transaction() as lent:
        return await to_coordinators(lent, area=area.pk, template=Mail.Template.URGENT, count=count, since=since)


async def state_of(worker: Worker) -> list[tuple[Any, ...]]:
    """State, tries and number of each of a worker's mails."""
    query = "SELECT state, tries, count FROM mailing_mail WHERE worker_id = %(worker)s ORDER BY id"
    return await sql(query, worker=worker.pk)


def outbox() -> list[Any]:
    """What left."""
    return list(mail.outbox)


async def test_coordinators_of_the_area_get_it_in_their_language(area: Area, sari: Worker) -> None:
    wire_only = await sync_to_async(wire.make_worker)(area, "Aino")
    elsewhere = await sync_to_async(wire.make_area)()
    eve = await sync_to_async(wire.make_worker)(elsewhere, "Eve")
    await sync_to_async(Worker.objects.filter(pk=eve.pk).update)(coordinator=True)
    assert await put(area) == 1
    assert await sending.send_due() == 1
    (sent,) = outbox()
    assert sent.to == [sari.email]
    assert wire_only.email not in sent.to
    assert "brådskande samtal" in sent.subject
    assert "Testområdet: ett brådskande samtal" in sent.body
    assert "kl. 14.05" in sent.body
    assert "http://desk.localhost:8000" in sent.body
    assert await state_of(sari) == [("sent", 1, 1)]
    assert await sending.send_due() == 0


async def test_later_ones_are_summed_and_wait_five_minutes(area: Area, sari: Worker) -> None:
    await put(area)
    await put(area, count=2)
    await sending.send_due()
    assert "3 brådskande samtal" in outbox()[0].subject
    await put(area, count=2)
    await put(area)
    assert await sending.send_due() == 0
    assert await state_of(sari) == [("sent", 1, 3), ("queued", 0, 3)]
    await sql("UPDATE mailing_mail SET moved = moved - interval '5 minutes' WHERE worker_id = %(id)s", id=sari.pk)
    assert await sending.send_due() == 1
    assert len(outbox()) == 2


async def test_two_processes_send_it_once(area: Area, sari: Worker) -> None:
    await put(area)

    async def four() -> None:
        await asyncio.gather(*(sending.send_due() for _ in range(4)))

    other = in_own_loop(four)
    await four()
    await asyncio.to_thread(other.join)
    assert len(outbox()) == 1


async def test_what_cannot_leave_is_tried_again_and_given_up_in_the_end(
    area: Area, sari: Worker, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = BROKEN
    await put(area)
    for tries in range(1, sending.MOST_TRIES + 1):
        assert await sending.send_due() == 0
        assert await sending.send_due() == 0, "a try waits for its time"
        assert (await state_of(sari))[0][:2] == ("failed" if tries == sending.MOST_TRIES else "trying", tries)
        await sql("UPDATE mailing_mail SET due = clock_timestamp() WHERE worker_id = %(id)s", id=sari.pk)
    assert await sending.send_due() == 0
    told = caplog.text
    assert "ConnectionRefusedError" in told
    assert sari.email not in told
    assert "@" not in told


async def test_a_try_that_died_is_taken_up_again(area: Area, sari: Worker) -> None:
    await put(area)
    query = "UPDATE mailing_mail SET state = 'trying', tries = 1, due = clock_timestamp() WHERE worker_id = %(id)s"
    await sql(query, id=sari.pk)
    assert await sending.send_due() == 1
    assert await state_of(sari) == [("sent", 2, 1)]


@pytest.mark.parametrize("lost", ["coordinator", "is_active"])
async def test_who_lost_the_role_meanwhile_gets_nothing(area: Area, sari: Worker, lost: str) -> None:
    await put(area)
    await sync_to_async(Worker.objects.filter(pk=sari.pk).update)(**{lost: False})
    assert await sending.send_due() == 0
    assert outbox() == []
    assert await state_of(sari) == [("dropped", 1, 1)]


async def test_without_a_server_it_fails_aloud(
    area: Area, sari: Worker, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAIL_GOES_OUT = False
    await put(area)
    with caplog.at_level(logging.ERROR):
        assert await sending.send_due() == 0
    assert "EMAIL_HOST" in caplog.text
    assert await state_of(sari) == [("failed", 1, 1)]


async def test_old_ones_are_forgotten(area: Area, sari: Worker) -> None:
    await put(area)
    await sending.send_due()
    await sending.forget_old()
    assert len(await state_of(sari)) == 1
    await sql("UPDATE mailing_mail SET moved = moved - interval '31 days' WHERE worker_id = %(id)s", id=sari.pk)
    await sending.forget_old()
    assert await state_of(sari) == []


@pytest.mark.pure
@pytest.mark.parametrize("language", [*URGENT, "se"])
@pytest.mark.parametrize("count", [1, 4])
def test_every_language_says_area_number_time_and_desk(language: str, count: int) -> None:
    facts = Facts(area="Demo", count=count, since=SINCE, desk="https://desk.example.fi", service="Kuulolla")
    subject, body = message(language=language, facts=facts)
    assert "{" not in subject + body
    assert "\n" not in subject
    assert "Demo" in body
    assert facts.desk in body
    assert ("14.05" in body) or ("14:05" in body)
    assert (str(count) in subject) == (count > 1)


@pytest.mark.pure
def test_there_is_no_column_that_could_hold_a_text() -> None:
    names = {field.name for field in Mail._meta.get_fields()}
    assert names == {"id", "worker", "template", "language", "count", "since", "state", "tries", "due", "moved"}
