"""An area with a coordinator, Sari, and a worker who is none, Petri; nothing kept from one test to the next."""

from collections.abc import Iterator

import pytest

from chatservice.accounts.models import Worker
from chatservice.hours import selectors
from chatservice.places.models import Area
from tests import wire


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    selectors.forget()
    yield
    selectors.forget()


@pytest.fixture
def area(database: None) -> Area:
    """An area of this test alone."""
    return wire.make_area()


def coordinator(area: Area) -> Worker:
    """Somebody who may edit."""
    found = wire.make_worker(area, "Sari", profession="nurse")
    Worker.objects.filter(pk=found.pk).update(coordinator=True)
    return found


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the nurse, who coordinates."""
    return coordinator(area)


@pytest.fixture
def petri(area: Area) -> Worker:
    """Petri the psychologist, who does not."""
    return wire.make_worker(area, "Petri", profession="psychologist")


@pytest.fixture
def eve(database: None) -> Worker:
    """Eve coordinates another area."""
    return coordinator(wire.make_area())
