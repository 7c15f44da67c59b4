"""Editing queues below the pages: the role is asked for, and a foreign queue answers as a missing one."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.places.errors import StaleEdit
from chatservice.queues.edit import Missing, QueueDraft, deactivate, save_queue
from chatservice.queues.live import waiting_now
from chatservice.queues.models import Queue
from tests import wire
from tests.together import at_once

PLAIN = QueueDraft(channel="youth", language="fi")


def coordinator() -> Worker:
    """Sari the nurse, in an area of her own."""
    sari = wire.make_worker(wire.make_area(), "Sari", profession="nurse")
    sari.coordinator = True
    sari.save()
    return sari


def test_aino_who_coordinates_nothing_changes_nothing(database: None) -> None:
    sari = coordinator()
    aino = wire.make_worker(sari.area, "Aino")
    queue = save_queue(actor=sari, draft=PLAIN)
    with pytest.raises(NotCoordinator):
        save_queue(actor=aino, draft=PLAIN)
    with pytest.raises(NotCoordinator):
        deactivate(actor=aino, queue=queue.pk, version=1)


def test_eve_of_another_area_finds_no_queue(database: None) -> None:
    queue, eve = save_queue(actor=coordinator(), draft=PLAIN), coordinator()
    with pytest.raises(Missing):
        save_queue(actor=eve, draft=PLAIN, queue=queue.pk, version=1)
    with pytest.raises(Missing):
        deactivate(actor=eve, queue=queue.pk, version=1)
    assert waiting_now(area=eve.area_id) == []


def test_an_old_version_changes_nothing(database: None) -> None:
    sari = coordinator()
    queue = save_queue(actor=sari, draft=PLAIN)
    save_queue(actor=sari, draft=PLAIN, queue=queue.pk, version=1)
    with pytest.raises(StaleEdit):
        deactivate(actor=sari, queue=queue.pk, version=1)


def test_of_two_coordinators_who_press_in_the_same_moment_one_is_told(database: None) -> None:
    """One change stands, whole; and two plain queues of one kind are never made."""
    sari = coordinator()
    made = at_once(lambda: save_queue(actor=sari, draft=PLAIN), lambda: save_queue(actor=sari, draft=PLAIN))
    assert [type(one) for one in made].count(ValidationError) == 1, made
    (queue,) = Queue.objects.filter(area=sari.area_id)
    named = [replace(PLAIN, name=name) for name in ("Aamu", "Ilta")]
    told = at_once(
        lambda: save_queue(actor=sari, draft=named[0], queue=queue.pk, version=1),
        lambda: save_queue(actor=sari, draft=named[1], queue=queue.pk, version=1),
    )
    (kept,) = [one for one in told if isinstance(one, Queue)]
    assert [type(one) for one in told].count(StaleEdit) == 1, told
    queue.refresh_from_db()
    assert (queue.name, queue.version) == (kept.name, 2)


def test_a_refusal_leaves_nothing_behind(database: None) -> None:
    sari = coordinator()
    with pytest.raises(ValidationError):
        save_queue(actor=sari, draft=QueueDraft(channel="youth", language="fi", professions=("psychologist",)))
    assert waiting_now(area=sari.area_id) == []
