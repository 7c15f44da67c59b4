"""People and places for the tests of delivery."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chatservice.accounts.models import Worker
from chatservice.delivery import process
from chatservice.places.models import Area, Host
from tests import wire


@pytest_asyncio.fixture(autouse=True)
async def _process_ends(database: None) -> AsyncIterator[None]:
    """Each test's loop has its own process; it ends with the test."""
    yield
    await process.stop_current()


@pytest.fixture
def area(database: None) -> Area:
    """An area of this test alone."""
    return wire.make_area()


@pytest.fixture
def host(area: Area) -> Host:
    """Its entrance."""
    return wire.make_host(area)


@pytest.fixture
def aino(area: Area) -> Worker:
    """Aino the curator."""
    return wire.make_worker(area)


@pytest.fixture
def petri(area: Area) -> Worker:
    """Petri the psychologist."""
    return wire.make_worker(area, "Petri", profession="psychologist")


