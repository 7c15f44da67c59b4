"""Load, publish, export by commands alone: what an outside attacker needs, refused in production."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chatservice.places.models import Area
from tests.statistics import office, years
from tests.statistics.office import Gate


def test_a_year_goes_from_a_file_to_an_exported_case(
    area: Area, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.use(Gate(), monkeypatch)
    facts = tmp_path / "facts.csv"
    facts.write_text(years.contacts(80, year="2098-2099"), encoding="utf-8")
    call_command("statistics_load", facts, area=area.slug)
    with pytest.raises(CommandError, match="over"):
        call_command("statistics_publish", school_year="2098-2099", plan="october", area=area.slug)
    call_command("statistics_publish", "--today=2099-08-01", school_year="2098-2099", plan="year", area=area.slug)
    assert "frozen" in capsys.readouterr().out
    call_command("statistics_export", school_year="2098-2099", out=str(tmp_path / "case"), area=area.slug)
    case = json.loads((tmp_path / "case" / "case.json").read_text())
    assert [report["file"] for report in case["reports"]] == ["01-year.csv"]


def test_not_in_production(area: Area, settings: object) -> None:
    settings.MODE = "production"  # type: ignore[attr-defined]  # pytest-django's fixture
    with pytest.raises(CommandError, match="Two people"):
        call_command("statistics_publish", school_year="2025-2026", plan="october", area=area.slug)
