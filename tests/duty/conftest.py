"""The people of these tests: Aino and Petri on shift, Sari who coordinates, Eve of another area."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.store.pool import close_pool
from tests import wire
from tests.people import aino, area, petri

__all__ = ["aino", "area", "petri"]


@pytest_asyncio.fixture(autouse=True)
async def _pool_ends() -> AsyncIterator[None]:
    """A test's pool ends with its loop."""
    yield
    await close_pool()


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the nurse, who coordinates the area."""
    made = wire.make_worker(area, "Sari", profession="nurse")
    made.coordinator = True
    made.save()
    return made


@pytest.fixture
def eve(database: None) -> Worker:
    """Eve coordinates another area: here she must see and change nothing."""
    made = wire.make_worker(wire.make_area(), "Eve")
    made.coordinator = True
    made.save()
    return made
