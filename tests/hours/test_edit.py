"""Coordinators change hours of their own area: whole, audited, by the version they saw; others are refused."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import override

from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.hours.edit import (
    ExceptionDraft,
    HoursDraft,
    import_calendar,
    remove_break,
    remove_exception,
    save_exception,
    save_hours,
)
from chatservice.hours.errors import Missing, StaleEdit
from chatservice.hours.models import ExceptionDay, Hours
from chatservice.places.models import Area, Municipality, SchoolCalendar
from tests import wire

HOURS = HoursDraft(channel="youth", language="fi", expression="Mo-Th 14:00-16:00; PH off")
ILL = ExceptionDraft(
    first=date(2026, 11, 24),
    last=date(2026, 11, 25),
    reason_fi="Sairastapaus",
    reason_sv="Sjukdomsfall",
    reason_en="Illness",
)


def acts(area: Area) -> list[tuple[int | None, str]]:
    return list(Entry.objects.filter(area=area.pk).order_by("n").values_list("actor", "action"))


def test_sari_writes_and_changes_hours(area: Area, sari: Worker) -> None:
    first = save_hours(actor=sari, draft=HOURS, version=0)
    again = save_hours(actor=sari, draft=replace(HOURS, expression="24/7"), version=first.version)
    assert (again.pk, again.version, again.expression) == (first.pk, 2, "24/7")
    assert acts(area) == [(sari.pk, "hours_changed")] * 2


@pytest.mark.parametrize("version", [0, 2])
def test_who_saw_another_version_is_told(area: Area, sari: Worker, version: int) -> None:
    save_hours(actor=sari, draft=HOURS, version=0)
    with pytest.raises(StaleEdit):
        save_hours(actor=sari, draft=replace(HOURS, expression="24/7"), version=version)
    assert Hours.objects.get(area=area).expression == HOURS.expression


def test_petri_who_coordinates_nothing_changes_nothing(area: Area, sari: Worker, petri: Worker) -> None:
    stored = save_exception(actor=sari, draft=ILL)
    with pytest.raises(NotCoordinator):
        save_hours(actor=petri, draft=HOURS, version=0)
    with pytest.raises(NotCoordinator):
        save_exception(actor=petri, draft=ILL)
    with pytest.raises(NotCoordinator):
        remove_exception(actor=petri, exception=stored.pk, version=1)
    with pytest.raises(NotCoordinator):
        import_calendar(actor=petri, area=area, text="")
    assert not Hours.objects.filter(area=area).exists()
    assert ExceptionDay.objects.filter(area=area).count() == 1


def test_eves_area_ends_at_its_border(area: Area, sari: Worker, eve: Worker) -> None:
    stored = save_exception(actor=sari, draft=ILL)
    town = Municipality.objects.create(area=area, code="853", name_fi="Turku", name_sv="Åbo")
    winter = SchoolCalendar.objects.create(area=area, kind="winter", first=date(2027, 2, 15), last=date(2027, 2, 21))
    with pytest.raises(Missing):
        save_exception(actor=eve, draft=ILL, exception=stored.pk, version=1)
    with pytest.raises(Missing):
        remove_exception(actor=eve, exception=stored.pk, version=1)
    with pytest.raises(Missing):
        save_hours(actor=eve, draft=replace(HOURS, town_id=town.pk), version=0)
    with pytest.raises(Missing):
        import_calendar(actor=eve, area=area, text="")
    with pytest.raises(Missing):
        remove_break(actor=eve, school_break=winter.pk, version=1)
    save_hours(actor=eve, draft=HOURS, version=0)
    assert not Hours.objects.filter(area=area).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Kohtaa ”ma 14-16” ei voi lukea aukioloaikana. Esimerkki: Mo-Th 14:00-16:00; PH off"),
        ("sv", "”ma 14-16” kan inte läsas som öppettider. Exempel: Mo-Th 14:00-16:00; PH off"),
        ("en", "“ma 14-16” cannot be read as opening hours. Example: Mo-Th 14:00-16:00; PH off"),
    ],
)
def test_hours_that_do_not_parse_are_refused_at_their_field(
    area: Area, sari: Worker, language: str, words: str
) -> None:
    with override(language), pytest.raises(ValidationError) as told:
        save_hours(actor=sari, draft=replace(HOURS, expression="ma 14-16"), version=0)
    assert told.value.message_dict == {"expression": [words]}
    assert acts(area) == []


@pytest.mark.parametrize("change", [{"channel": "adults"}, {"language": "de"}, {"stage": "kindergarten"}])
def test_hours_of_no_queue_are_refused(sari: Worker, change: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        save_hours(actor=sari, draft=replace(HOURS, **change), version=0)  # type: ignore[arg-type]  # a case's own


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"last": date(2026, 11, 23)}, "last", "last_before_first"),
        ({"opens": time(14)}, "closes", "both_times"),
        ({"closes": time(14)}, "opens", "both_times"),
        ({"reason_sv": ""}, "reason_sv", "blank"),
        ({"channel": "adults"}, "__all__", None),
    ],
)
def test_an_exception_says_what_is_wrong_at_its_field(
    area: Area, sari: Worker, change: dict[str, object], field: str, code: str | None
) -> None:
    with pytest.raises(ValidationError) as told:
        save_exception(actor=sari, draft=replace(ILL, **change))  # type: ignore[arg-type]  # a case's own
    assert list(told.value.error_dict) == [field]
    assert code is None or told.value.error_dict[field][0].code == code
    assert not ExceptionDay.objects.filter(area=area).exists()


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({}, True),
        ({"channel": "youth"}, True),
        ({"language": "sv"}, True),
        ({"first": date(2026, 11, 25), "last": date(2026, 11, 30)}, True),
        ({"first": date(2026, 11, 26), "last": date(2026, 11, 30)}, False),
        ({"channel": "parent"}, True),
    ],
)
def test_overlapping_exceptions_are_refused(sari: Worker, other: dict[str, object], refused: bool) -> None:
    save_exception(actor=sari, draft=ILL)
    draft = replace(ILL, **other)  # type: ignore[arg-type]  # a case's own
    if not refused:
        assert save_exception(actor=sari, draft=draft).version == 1
        return
    with override("en"), pytest.raises(ValidationError, match="already have an exception"):
        save_exception(actor=sari, draft=draft)


def test_exceptions_of_different_queues_may_share_a_day(sari: Worker) -> None:
    save_exception(actor=sari, draft=replace(ILL, channel="youth", language="fi"))
    save_exception(actor=sari, draft=replace(ILL, channel="youth", language="sv"))
    save_exception(actor=sari, draft=replace(ILL, channel="parent"))


def test_an_exception_is_changed_and_removed_by_its_version(area: Area, sari: Worker) -> None:
    stored = save_exception(actor=sari, draft=ILL)
    changed = save_exception(
        actor=sari, draft=replace(ILL, opens=time(14), closes=time(15)), exception=stored.pk, version=1
    )
    assert changed.version == 2
    with pytest.raises(StaleEdit):
        save_exception(actor=sari, draft=ILL, exception=stored.pk, version=1)
    with pytest.raises(StaleEdit):
        remove_exception(actor=sari, exception=stored.pk, version=1)
    remove_exception(actor=sari, exception=stored.pk, version=2)
    assert not ExceptionDay.objects.filter(area=area).exists()
    with pytest.raises(Missing):
        remove_exception(actor=sari, exception=stored.pk, version=2)


def test_a_break_is_removed_by_its_version(area: Area, sari: Worker) -> None:
    winter = SchoolCalendar.objects.create(area=area, kind="winter", first=date(2027, 2, 15), last=date(2027, 2, 21))
    with pytest.raises(StaleEdit):
        remove_break(actor=sari, school_break=winter.pk, version=2)
    remove_break(actor=sari, school_break=winter.pk, version=1)
    assert acts(area) == [(sari.pk, "calendar_changed")]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"last": date(2026, 1, 1)}, "exception_first_before_last"),
        ({"opens": time(12)}, "exception_opens_with_closes"),
        ({"channel": "x"}, "exception_channel"),
        ({"language": "x"}, "exception_language"),
    ],
)
def test_the_database_refuses_what_slips_by(area: Area, wrong: dict[str, object], constraint: str) -> None:
    values: dict[str, object] = {"first": date(2026, 11, 24), "last": date(2026, 11, 25)}
    with pytest.raises(IntegrityError, match=constraint):
        ExceptionDay.objects.create(area=area, **{**values, **wrong})
    with pytest.raises(IntegrityError, match="hours_once"):
        Hours.objects.bulk_create([Hours(area=wire.make_area(), channel="youth", language="fi")] * 2)
