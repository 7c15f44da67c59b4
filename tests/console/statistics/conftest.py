"""Sari coordinates, Tiina is the statistician, Rauni of the steering group reads, Aino answers, Eve is elsewhere."""

from collections.abc import Iterator

import pytest
from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics import checking
from tests import wire
from tests.console.conftest import Browser
from tests.statistics import office
from tests.statistics.office import Gate


def signed_in(browser: Browser, worker: Worker) -> Client:
    """A browser with the worker's session."""
    client = browser()
    client.force_login(worker)
    return client


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The gate has tests of its own; a check runs in this process when a test says so."""
    office.use(Gate(), monkeypatch)
    monkeypatch.setattr(checking, "start", lambda _report: None)
    return


@pytest.fixture
def sari(area: Area) -> Worker:
    return office.sari(area)


@pytest.fixture
def tiina(area: Area) -> Worker:
    return office.tiina(area)


@pytest.fixture
def rauni(area: Area) -> Worker:
    return office.rauni(area)


@pytest.fixture
def at_sari(browser: Browser, sari: Worker) -> Client:
    """The coordinator's browser."""
    return signed_in(browser, sari)


@pytest.fixture
def at_tiina(browser: Browser, tiina: Worker) -> Client:
    """The statistician's browser."""
    return signed_in(browser, tiina)


@pytest.fixture
def at_rauni(browser: Browser, rauni: Worker) -> Client:
    """The reader's browser."""
    return signed_in(browser, rauni)


@pytest.fixture
def elsewhere(browser: Browser, database: None) -> Client:
    """The browser of Eve, who coordinates another area."""
    return signed_in(browser, office.sari(wire.make_area()))
