"""An area with a coordinator, Sari, and a worker who is none, Petri; nothing kept from one test to the next."""

from collections.abc import Iterator

import pytest

from chatservice.accounts.models import Worker
from chatservice.content import contacts
from chatservice.places.models import Area
from tests import wire


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    contacts.forget()
    yield
    contacts.forget()


@pytest.fixture
def area(database: None) -> Area:
    """An area of this test alone."""
    return wire.make_area()


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the nurse, who coordinates."""
    found = wire.make_worker(area, "Sari", profession="nurse")
    Worker.objects.filter(pk=found.pk).update(coordinator=True)
    return found


@pytest.fixture
def petri(area: Area) -> Worker:
    """Petri the psychologist, who does not."""
    return wire.make_worker(area, "Petri", profession="psychologist")
