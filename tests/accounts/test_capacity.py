"""A worker's default of talks at once: 1 to 5, set by a coordinator of the same area, on the value that was shown."""

import pytest
from django.core.exceptions import ValidationError

from chatservice.accounts.capacity import set_default_capacity
from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.places.errors import StaleEdit
from tests import wire


@pytest.fixture
def sari(database: None) -> Worker:
    """Sari the nurse, who coordinates."""
    found = wire.make_worker(wire.make_area(), "Sari", profession="nurse")
    found.coordinator = True
    found.save()
    return found


def test_sari_sets_it_and_a_stale_page_does_not(sari: Worker) -> None:
    set_default_capacity(by=sari, worker=sari.pk, capacity=3, was=sari.capacity)
    with pytest.raises(StaleEdit):
        set_default_capacity(by=sari, worker=sari.pk, capacity=4, was=2)
    sari.refresh_from_db()
    assert sari.capacity == 3


@pytest.mark.parametrize("capacity", [0, 6])
def test_nobody_holds_none_or_six(sari: Worker, capacity: int) -> None:
    with pytest.raises(ValidationError):
        set_default_capacity(by=sari, worker=sari.pk, capacity=capacity, was=sari.capacity)


def test_aino_and_eve_set_nothing(sari: Worker) -> None:
    aino, eve = wire.make_worker(sari.area, "Aino"), wire.make_worker(wire.make_area(), "Eve")
    eve.coordinator = True
    eve.save()
    with pytest.raises(NotCoordinator):
        set_default_capacity(by=aino, worker=sari.pk, capacity=3, was=2)
    with pytest.raises(Worker.DoesNotExist):
        set_default_capacity(by=eve, worker=sari.pk, capacity=3, was=2)
