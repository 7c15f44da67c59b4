"""The demonstration's years are counted and frozen by the true code, once; not in production."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chatservice.bulletins.models import Published
from chatservice.places.models import Area
from chatservice.statistics import demo, freezing, life
from chatservice.statistics.management.commands import demo_statistics
from chatservice.statistics.models import Counter, Snapshot
from tests.statistics import office
from tests.statistics.office import Gate


def test_the_demo_is_counted_once_and_a_report_of_it_frozen(
    database: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.use(Gate(), monkeypatch)
    monkeypatch.setattr(demo_statistics, "REPORTS", ((1, "october"), (1, "year")))
    monkeypatch.setattr("os.nice", lambda _: 0)
    call_command("demo", verbosity=0)
    call_command("demo_statistics")
    area = Area.objects.get(slug="demo")
    before = sum(row.n for row in Counter.objects.filter(area=area))
    call_command("demo_statistics")
    assert sum(row.n for row in Counter.objects.filter(area=area)) == before
    assert "frozen already" in capsys.readouterr().out
    body = json.loads(Snapshot.objects.get(area=area, plan="year").body)
    assert body["nodes"]["area"]["992"] == {"fi": "Metsäkoski", "sv": "Skogsforsen", "parent": "Total", "pupils": 1600}
    assert body["nodes"]["area"]["Total"]["pupils"] == sum(pupils for *_, pupils, _ in demo.TOWNS.values())
    assert freezing.snapshots(area=area.pk)[0] == body
    assert Published.objects.filter(area=area).count() == 1, "a bulletin of it is out"


def test_this_year_is_counted_up_to_the_last_month() -> None:
    today = life.today()
    facts = demo.contacts(100, year="2024-2025", before=today)
    assert len(facts.splitlines()) == 101
    assert demo.contacts(100, year="2024-2025", before=today) == facts


def test_not_in_production(settings: object) -> None:
    settings.MODE = "production"  # type: ignore[attr-defined]  # pytest-django's fixture
    with pytest.raises(CommandError, match="KUULOLLA_MODE=demo"):
        call_command("demo_statistics")
