"""Sari the nurse coordinates; Aino does not; Eve coordinates another area."""

from collections.abc import Iterator

import pytest
from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.hours import selectors
from chatservice.places.models import Area
from tests import wire
from tests.console.conftest import Browser


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    selectors.forget()
    yield
    selectors.forget()


def coordinator(area: Area, name: str = "Sari", *, language: str = "fi") -> Worker:
    """Somebody who may edit an area."""
    found = wire.make_worker(area, name, profession="nurse")
    Worker.objects.filter(pk=found.pk).update(coordinator=True, language=language)
    found.refresh_from_db()
    return found


def signed_in(browser: Browser, worker: Worker) -> Client:
    """A browser with the worker's session."""
    client = browser()
    client.force_login(worker)
    return client


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the nurse, who coordinates."""
    return coordinator(area)


@pytest.fixture
def office(browser: Browser, sari: Worker) -> Client:
    """Sari's browser."""
    return signed_in(browser, sari)


@pytest.fixture
def elsewhere(browser: Browser, database: None) -> Client:
    """The browser of Eve, who coordinates another area."""
    return signed_in(browser, coordinator(wire.make_area(), "Eve"))
