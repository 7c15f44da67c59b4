"""The area and the people of these tests."""

import pytest

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from tests.people import _process_ends, aino, area, host, petri
from tests.statistics import office

__all__ = ["_process_ends", "aino", "area", "host", "petri"]


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the coordinator."""
    return office.sari(area)


@pytest.fixture
def tiina(area: Area) -> Worker:
    """Tiina the statistician."""
    return office.tiina(area)
