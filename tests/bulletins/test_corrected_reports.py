"""Old figures go out no more: a draft takes the corrected ones, and readers of an old bulletin are told so."""

import json

import pytest
from django.conf import settings
from django.test import Client, override_settings

from chatservice.accounts.models import Worker
from chatservice.bulletins import archive, drafts
from chatservice.bulletins.models import Published
from chatservice.bulletins.publishing import publish, withdraw
from chatservice.places.errors import StaleEdit
from chatservice.places.models import Area
from chatservice.reports.errors import BadBulletin
from chatservice.statistics.models import Report, Snapshot
from tests.bulletins import invented

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def corrected(old: Snapshot, area: Area) -> Snapshot:
    """A frozen report that explains an older one anew."""
    new = invented.keep(area, json.loads(old.body) | {"corrects": old.hash})
    Report.objects.filter(pk=new.report_id).update(corrects=old.report_id)
    return new


def test_a_draft_of_a_corrected_report_is_not_published_and_goes_on_with_the_correction(
    area: Area, sari: Worker
) -> None:
    draft = invented.begun(sari, area)
    assert not drafts.corrected(draft)
    new = corrected(corrected(draft.snapshot, area), area)
    assert drafts.corrected(draft)
    for act in (
        lambda: publish(actor=sari, draft=draft.pk, version=draft.version),
        lambda: drafts.begin(actor=sari, report=draft.snapshot_id),
    ):
        with pytest.raises(BadBulletin) as refused:
            act()
        assert refused.value.code == "corrected"
    assert not Published.objects.filter(area=area).exists()
    with pytest.raises(StaleEdit):
        drafts.renew(actor=sari, draft=draft.pk, version=7)
    renewed = drafts.renew(actor=sari, draft=draft.pk, version=draft.version)
    assert (renewed.snapshot_id, renewed.words) == (new.pk, draft.words)
    assert publish(actor=sari, draft=draft.pk, version=renewed.version).snapshot_id == new.pk


def test_readers_of_the_old_one_are_told_and_led_to_the_new_one(area: Area, sari: Worker) -> None:
    first = invented.out(sari, area)
    new = corrected(first.snapshot, area)
    issue = told(area, first.number)
    assert (issue.corrected, issue.see) == (new.frozen, None)
    draft = drafts.begin(actor=sari, report=new.pk)
    second = publish(actor=sari, draft=draft.pk, version=draft.version)
    assert told(area, first.number).see == second.number
    assert told(area, second.number).corrected is None
    old = read(f"/bulletins/{area.slug}/fi/{first.number}")
    assert "Näiden lukujen raportti korjattiin pe 20.11.2026" in old
    assert f'<a href="/bulletins/{area.slug}/fi/{second.number}">Katso tiedote {second.number}</a>' in old
    assert "korjattiin" in read(f"/bulletins/{area.slug}/fi")
    assert "korjattiin" in read(f"/bulletins/{area.slug}/fi/feed.xml")
    assert "korjattiin" not in read(f"/bulletins/{area.slug}/fi/{second.number}")
    withdraw(actor=sari, number=second.number, reason="early")
    assert told(area, first.number).see is None


def test_what_follows_a_bulletin_quotes_the_correction(area: Area, sari: Worker) -> None:
    first = invented.out(sari, area)
    new = corrected(first.snapshot, area)
    assert drafts.follow(actor=sari, number=first.number).snapshot_id == new.pk


def told(area: Area, number: int) -> archive.Issue:
    """A bulletin as everybody finds it."""
    found = archive.of_area(area.slug)
    issue = found.issue(number) if found else None
    assert issue is not None
    return issue


def read(address: str) -> str:
    """A page of the chat's origin."""
    with override_settings(STORAGES=PLAIN):
        return Client(HTTP_HOST=settings.CHAT_ORIGIN.partition("://")[2]).get(address).content.decode()
