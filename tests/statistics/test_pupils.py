"""The operator tells how many pupils a place has: a small school is known as one, and nothing half-read is kept."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chatservice.places.models import Area, Municipality, School
from chatservice.statistics import nodes, pupils
from chatservice.statistics.errors import BadFacts
from chatservice.statistics.models import Node

YEAR = "2026-2027"


@pytest.fixture
def school(area: Area) -> str:
    """A village with one school; returns its code."""
    town = Municipality.objects.create(area=area, code="091", name_fi="Kuusela", name_sv="Granby")
    found = School.objects.create(area=area, municipality=town, name="Kylän koulu")
    return f"091-{found.pk}"


def known(area: Area) -> dict[str, int | None]:
    return dict(Node.objects.filter(area=area, school_year=YEAR).values_list("code", "pupils"))


def test_a_school_of_40_is_small_however_many_talk(area: Area, school: str) -> None:
    assert pupils.load(area=area.pk, year=YEAR, text=f"code,pupils\n091,900\n{school},40\n") == 2
    assert known(area) == {"091": 900, school: 40}
    assert not nodes.is_own(Node.objects.get(area=area, code=school), threads={school: 50})


def test_a_school_whose_number_nobody_told_is_small_and_a_loaded_one_is_not(area: Area, school: str) -> None:
    nodes.ensure(area=area.pk, year=YEAR)
    row = Node.objects.get(area=area, code=school)
    assert row.pupils is None
    assert not nodes.is_own(row, threads={school: 500})
    row.pupils = 60
    assert nodes.is_own(row, threads={school: 20})
    loaded = Node(area=area, school_year=YEAR, code="091-9", parent="091", name_fi="091-9", name_sv="091-9")
    assert nodes.is_own(loaded, threads={"091-9": 20})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("place,pupils\n091,900\n", 1),
        ("", 1),
        ("code,pupils\n091,900\n092,4\n", 3),
        ("code,pupils\n091,900\n091,-4\n", 3),
        ("code,pupils\n091,900\n091,0\n", 3),
        ("code,pupils\n091\n", 2),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_kept(area: Area, school: str, text: str, line: int) -> None:
    with pytest.raises(BadFacts) as found:
        pupils.load(area=area.pk, year=YEAR, text=text)
    assert found.value.line == line
    assert known(area) == {"091": None, school: None}


def test_the_command_lists_the_codes_and_takes_the_file(area: Area, school: str, tmp_path: Path) -> None:
    told = StringIO()
    file = tmp_path / "pupils.csv"
    file.write_text(f"code,pupils\n{school},41\n", encoding="utf-8")
    asked = {"area": area.slug, "school_year": YEAR, "stdout": told}
    call_command("statistics_pupils", file, **asked)
    call_command("statistics_pupils", **asked)
    assert told.getvalue().splitlines()[1:] == ["091,  # Kuusela", f"{school},41  # Kylän koulu"]
    file.write_text("code,pupils\nno,1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="line 2, column code"):
        call_command("statistics_pupils", file, **asked)
