"""The area of these tests, and Sari who coordinates it."""

import pytest

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from tests.people import area
from tests.statistics import office

__all__ = ["area"]


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the coordinator."""
    return office.sari(area)
