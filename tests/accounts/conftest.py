"""The people of these tests: Aino the curator, and Eve who must get nowhere."""

from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio
from django.contrib.sessions.backends.db import SessionStore

from chatservice.accounts import departures
from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.store.pool import close_pool
from tests.people import aino, area, petri

__all__ = ["aino", "area", "petri"]


@pytest_asyncio.fixture(autouse=True)
async def _pool_ends(database: None) -> AsyncIterator[None]:
    """A test's pool ends with its loop."""
    yield
    await close_pool()


@pytest.fixture
def session_of() -> Callable[[], str]:
    """A maker of living sessions; the key is what a ticket is bound to."""

    def make() -> str:
        session = SessionStore()
        session.save(must_create=True)
        return str(session.session_key)

    return make


@pytest.fixture
def eve(area: Area) -> Worker:
    """Eve had an account; it is switched off."""
    return Worker.objects.create_worker(
        email=f"eve-{area.slug}@example.org",
        password="eve has left this work",
        area=area,
        display_name="Eve",
        profession="nurse",
        is_active=False,
    )


@pytest.fixture
def kicked() -> Iterator[list[str]]:
    """The session keys of which listeners heard that they ended."""
    heard: list[str] = []
    departures.attach(heard.append)
    yield heard
    departures.detach(heard.append)
