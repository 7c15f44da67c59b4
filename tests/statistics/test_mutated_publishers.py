"""A publisher that leaves one protection out never gets past the check, and the check says which text was wrong."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from chatservice.accounts.models import Worker
from chatservice.disclosure.cells import Coordinates
from chatservice.disclosure.rounding import text_of
from chatservice.places.models import Area
from chatservice.statistics import drafting
from chatservice.statistics.models import PublishedText, Snapshot
from tests.statistics import office

CONTACTS = 60
Publisher = Callable[..., str]


def no_threshold(count: int, *, at: Coordinates, measure: str, year: str, secret: bytes, threshold: int) -> str:
    """Rounded like all others, however few there are."""
    more = text_of(count + 5, at=at, measure=measure, year=year, secret=secret, threshold=5)
    return str(int(more) - 5)


def low_threshold(count: int, *, at: Coordinates, measure: str, year: str, secret: bytes, threshold: int) -> str:
    """Hidden below three only."""
    return "alle 3" if count < 3 else str(max(5, count // 5 * 5))


def zeros_shown(count: int, *, at: Coordinates, measure: str, year: str, secret: bytes, threshold: int) -> str:
    """As the service, but nobody is shown as nobody."""
    return text_of(count, at=at, measure=measure, year=year, secret=secret, threshold=threshold) if count else "0"


def raw_percentages(count: int, *, at: Coordinates, measure: str, year: str, secret: bytes, threshold: int) -> str:
    """The share of all contacts, with a decimal."""
    return f"{100 * count / CONTACTS:.1f}"


def thrown_anew(count: int, *, at: Coordinates, measure: str, year: str, secret: bytes, threshold: int) -> str:
    """Another throw for the same request: up where the service went down, and down where it went up."""
    first = text_of(count, at=at, measure=measure, year=year, secret=secret, threshold=threshold)
    return str(2 * (count - count % 5) + 5 - int(first)) if first.isdigit() and count % 5 else first


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the coordinator, in an area that has a year."""
    office.counted(area, count=CONTACTS)
    return office.sari(area)


@pytest.mark.parametrize(
    ("publisher", "why"),
    [
        (no_threshold, "'0' is no text of a cell with threshold 5"),
        (low_threshold, "'alle 3' is no text of a cell with threshold 5"),
        (zeros_shown, "'0' is no text of a cell with threshold 5"),
        (raw_percentages, "is no text of a cell with threshold 5"),
    ],
)
def test_a_text_of_another_publisher_is_sent_back_with_the_reason(
    area: Area, sari: Worker, monkeypatch: pytest.MonkeyPatch, publisher: Publisher, why: str
) -> None:
    monkeypatch.setattr(drafting, "text_of", publisher)
    row = office.checked(sari)
    assert row.state == "draft"
    assert why in row.reason
    assert not Snapshot.objects.filter(area=area).exists()


def test_a_second_throw_for_a_published_cell_is_sent_back(
    area: Area, sari: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.frozen(sari, office.tiina(area))
    kept = PublishedText.objects.filter(area=area).count()
    monkeypatch.setattr(drafting, "text_of", thrown_anew)
    nothing = SimpleNamespace(values_list=lambda *_: ())
    monkeypatch.setattr(drafting, "PublishedText", SimpleNamespace(objects=SimpleNamespace(filter=lambda **_: nothing)))
    row = office.checked(sari, plan="autumn")
    assert row.state == "draft"
    assert "a frozen cell would change its text" in row.reason
    assert PublishedText.objects.filter(area=area).count() == kept


def test_the_publisher_itself_passes(sari: Worker) -> None:
    assert office.checked(sari).state == "checked"
