"""Where else Mia can turn to now, and how her area keeps that list true."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.content import contacts
from chatservice.content.contacts import ContactView, aopen_now, open_now, overview
from chatservice.content.edit import ContactDraft, remove_contact, save_contact
from chatservice.content.errors import Missing, StaleEdit
from chatservice.content.models import AreaContact
from chatservice.places.models import Area
from tests import wire

TUESDAY = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)  # 14.30 in Helsinki
SOCIAL = ContactDraft(
    key="social-emergency",
    target="02 1234567",
    name_fi="Sosiaalipäivystys",
    name_sv="Socialjouren",
    name_en="Social emergency service",
    checked_on=date(2026, 11, 20),
    hours="Mo-Fr 08:00-14:00",
)
PARENTS = replace(SOCIAL, key="mll-parents", target="0800 92277", audience="parent", hours="Tu 14:00-16:00; PH off")


def seen(
    area: Area, *, language: str = "fi", audience: str = "youth", now: datetime = TUESDAY
) -> dict[str, ContactView]:
    return {each.key: each for each in open_now(area_id=area.pk, language=language, audience=audience, now=now)}


def test_mia_sees_who_is_open_first(area: Area, sari: Worker) -> None:
    save_contact(actor=sari, draft=SOCIAL, version=0)
    found = open_now(area_id=area.pk, language="fi", audience="youth", now=TUESDAY)
    assert found[0] == ContactView(
        key="emergency",
        name="Hätänumero",
        number_or_url="112",
        kind="phone",
        open=True,
        hours_text="aina auki",
        note="Jos olet nyt vaarassa. Myös sosiaalipäivystys.",
    )
    opened = [each.open for each in found]
    assert opened == sorted(opened, key=lambda each: contacts.SHOWN_FIRST[each])
    assert (found[-1].key, found[-1].open, found[-1].hours_text) == ("social-emergency", False, "ma–pe klo 8–14")
    morning = seen(area, now=TUESDAY - timedelta(hours=4))
    assert list(morning)[:2] == ["emergency", "social-emergency"]
    assert morning["social-emergency"].open


def test_each_page_shows_what_is_for_it(area: Area) -> None:
    assert "mll-children-fi" in seen(area)
    assert "mll-children-fi" not in seen(area, language="sv")
    assert "mll-children-sv" in seen(area, language="sv")
    assert not {"mll-children-fi", "mll-children-sv"} & seen(area, audience="parent").keys()
    assert seen(area, language="sv")["emergency"].name == "Nödnummer"


def test_hours_unchecked_for_90_days_go_and_the_number_stays(area: Area) -> None:
    late = seen(area, now=TUESDAY + timedelta(days=91))
    assert (late["mieli-fi"].open, late["mieli-fi"].hours_text) == (None, "")
    assert late["mieli-fi"].number_or_url == "09 2525 0111"
    assert late["emergency"].open


def test_what_nobody_confirmed_is_not_shown_until_the_area_does(area: Area, sari: Worker) -> None:
    assert "mll-parents" not in seen(area, audience="parent")
    waiting = {each.contact.key: each for each in overview(area_id=area.pk, today=TUESDAY.date())}
    assert (waiting["mll-parents"].shown, waiting["mll-parents"].own) == (False, False)
    save_contact(actor=sari, draft=PARENTS, version=0)
    assert seen(area, audience="parent")["mll-parents"].open
    assert "mll-parents" not in seen(area, audience="youth")
    other = wire.make_area()
    assert "mll-parents" not in seen(other, audience="parent")


def test_an_area_may_take_a_contact_away_and_give_it_back(area: Area, sari: Worker) -> None:
    save_contact(actor=sari, draft=replace(SOCIAL, key="poison", hidden=True), version=0)
    assert "poison" not in seen(area)
    assert [each.shown for each in overview(area_id=area.pk, today=TUESDAY.date()) if each.contact.key == "poison"] == [
        False
    ]
    remove_contact(actor=sari, key="poison", version=1)
    assert seen(area)["poison"].number_or_url == "0800 147 111"
    assert list(Entry.objects.filter(area=area.pk).values_list("action", flat=True)) == ["contacts_changed"] * 2


def test_nobody_takes_112_away(area: Area, sari: Worker) -> None:
    with pytest.raises(ValidationError) as told:
        save_contact(actor=sari, draft=replace(SOCIAL, key="emergency", hidden=True), version=0)
    assert list(told.value.error_dict) == ["key"]
    assert "emergency" in seen(area)


def test_edits_by_an_old_version_or_without_the_role_are_refused(area: Area, sari: Worker, petri: Worker) -> None:
    save_contact(actor=sari, draft=SOCIAL, version=0)
    with pytest.raises(StaleEdit):
        save_contact(actor=sari, draft=SOCIAL, version=0)
    with pytest.raises(StaleEdit):
        remove_contact(actor=sari, key=SOCIAL.key, version=2)
    with pytest.raises(NotCoordinator):
        save_contact(actor=petri, draft=SOCIAL, version=1)
    with pytest.raises(NotCoordinator):
        remove_contact(actor=petri, key=SOCIAL.key, version=1)
    with pytest.raises(Missing):
        remove_contact(actor=sari, key="nothing", version=1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"target": "javascript:alert(1)"}, "target"),
        ({"target": "http://example.fi"}, "target"),
        ({"hours": "ma 14-16"}, "hours"),
        ({"name_sv": ""}, "name_sv"),
        ({"key": "Two words"}, "key"),
        ({"audience": "adults"}, "__all__"),
    ],
)
def test_a_wrong_contact_is_refused_at_its_field(sari: Worker, change: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as told:
        save_contact(actor=sari, draft=replace(SOCIAL, **change), version=0)  # type: ignore[arg-type]  # a case's own
    assert field in told.value.error_dict


def test_the_database_refuses_an_address_that_could_run(area: Area) -> None:
    with pytest.raises(IntegrityError, match="contact_target"):
        AreaContact.objects.create(area=area, key="x", kind="web", target="javascript:1", checked_on=date(2026, 11, 20))


async def test_the_asynchronous_door_reads_once_in_half_a_minute(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    real = contacts._read
    monkeypatch.setattr(contacts, "_read", lambda area_id: (read.append(area_id), real(area_id))[1])
    for _ in range(3):
        assert await aopen_now(area_id=area.pk, language="en", audience="parent", now=TUESDAY)
    assert read == [area.pk]
