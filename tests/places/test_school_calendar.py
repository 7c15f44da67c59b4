"""A municipality's file becomes its breaks: whole or not at all, twice the same, a bad cell named by its place."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from chatservice.audit.models import Entry
from chatservice.places.calendars import Report, breaks, load, parse
from chatservice.places.errors import BadCalendar
from chatservice.places.models import Area, Municipality, SchoolCalendar
from tests import wire

HEAD = "municipality,stage,first,last,kind,label\n"
GOOD = (
    HEAD
    + """\
853,basic,2026-10-12,2026-10-16,autumn,
,,19.10.2026,23.10.2026,autumn,Syysloma

853,upper,2026-12-21,2027-01-06,christmas,
"""
)


@pytest.fixture
def area(database: None) -> Area:
    """An area of this test alone, with Turku in it."""
    found = wire.make_area()
    Municipality.objects.create(area=found, code="853", name_fi="Turku", name_sv="Åbo")
    return found


def test_the_same_file_twice_changes_nothing(area: Area) -> None:
    assert load(area=area, text=GOOD) == Report(added=3)
    assert load(area=area, text="\ufeff" + GOOD.replace(",", ";")) == Report(unchanged=3)
    assert SchoolCalendar.objects.filter(area=area).count() == 3
    turku = Municipality.objects.get(area=area)
    assert [row.first for row in breaks(area=area.pk, town=turku.pk)] == [date(2026, 10, 12)]
    assert [row.first for row in breaks(area=area.pk)] == [date(2026, 10, 19)]
    assert [row.first for row in breaks(area=area.pk, town=turku.pk, stage="vocational")] == []


def test_moved_days_of_a_break_take_the_old_ones_place(area: Area) -> None:
    load(area=area, text=GOOD)
    moved = HEAD + "853,basic,2026-10-13,2026-10-19,autumn,\n"
    assert load(area=area, text=moved) == Report(changed=1)
    row = SchoolCalendar.objects.get(area=area, stage="basic", municipality__code="853")
    assert (row.first, row.last, row.version) == (date(2026, 10, 13), date(2026, 10, 19), 2)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("999,basic,2026-10-12,2026-10-16,autumn,", "municipality"),
        ("853,middle,2026-10-12,2026-10-16,autumn,", "stage"),
        ("853,basic,12.10.26,2026-10-16,autumn,", "first"),
        ("853,basic,2026-02-30,2026-10-16,autumn,", "first"),
        ("853,basic,2026-10-12,,autumn,", "last"),
        ("853,basic,2026-10-12,2026-10-11,autumn,", "last"),
        ("853,basic,2026-10-12,2027-10-11,autumn,", "last"),
        ("853,basic,2026-10-12,2026-10-16,syysloma,", "kind"),
        ("853,basic,2026-10-12,2026-10-16,other,", "label"),
        ('853,basic,2026-10-12,2026-10-16,other,"a ""b"""', "label"),
        ("853,basic,2026-10-12,2026-10-16,autumn,,,x", "label"),
        ("853,basic,2026-10-01,2026-10-03,autumn,", "first"),
        ("853,basic,1026-10-01,2026-10-03,autumn,", "first"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_stored(area: Area, row: str, column: str) -> None:
    text = HEAD + f"853,basic,2026-10-01,2026-10-02,autumn,\n{row}\n"
    with pytest.raises(BadCalendar, match=f"line 3, column {column}") as told:
        load(area=area, text=text)
    assert (told.value.line, told.value.column) == (3, column)
    assert not SchoolCalendar.objects.filter(area=area).exists()


@pytest.mark.pure
@pytest.mark.parametrize("text", ["", "first,last\n", HEAD.replace("stage", "level"), "x" * 300_000, "\x00\n", '"'])
def test_a_file_without_the_head_is_refused(text: str) -> None:
    with pytest.raises(BadCalendar, match="line 1"):
        list(parse(text, towns={}))


def test_a_break_of_another_kind_on_stored_days_is_refused(area: Area) -> None:
    load(area=area, text=GOOD)
    with pytest.raises(BadCalendar, match="line 2, column first"):
        load(area=area, text=HEAD + "853,basic,2026-10-16,2026-10-18,other,Teema\n")


def test_the_command_imports_tells_and_is_audited(
    area: Area, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lomat.csv"
    file.write_text(GOOD, encoding="utf-8-sig")
    call_command("school_calendar", str(file), area=area.slug)
    call_command("school_calendar", str(file), area=area.slug)
    assert capsys.readouterr().out.splitlines() == [
        "added 3, changed 0, unchanged 0",
        "added 0, changed 0, unchanged 3",
    ]
    assert [entry.action for entry in Entry.objects.filter(area=area.pk)] == ["calendar_changed"]


def test_the_command_refuses_with_the_place(area: Area, tmp_path: Path) -> None:
    file = tmp_path / "lomat.csv"
    file.write_text(HEAD + "853,basic,huomenna,2026-10-16,autumn,\n")
    with pytest.raises(CommandError, match="line 2, column first"):
        call_command("school_calendar", str(file), area=area.slug)
    with pytest.raises(CommandError, match="existing area"):
        call_command("school_calendar", str(file), area="nobody-has-this")
    with pytest.raises(CommandError, match="can be read"):
        call_command("school_calendar", str(tmp_path / "missing.csv"), area=area.slug)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("school_calendar", str(file), area=area.slug)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"last": date(2026, 10, 1)}, "school_calendar_first_before_last"),
        ({"stage": "x"}, "school_calendar_stage"),
        ({"kind": "x"}, "school_calendar_kind"),
        ({"kind": "other"}, "school_calendar_other_is_named"),
    ],
)
def test_the_database_refuses_a_break_that_is_none(area: Area, wrong: dict[str, object], constraint: str) -> None:
    values: dict[str, object] = {"first": date(2026, 10, 12), "last": date(2026, 10, 16), "kind": "autumn"}
    with pytest.raises(IntegrityError, match=constraint):
        SchoolCalendar.objects.create(area=area, **{**values, **wrong})
