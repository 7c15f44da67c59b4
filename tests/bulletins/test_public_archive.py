"""Bulletins for everybody: what is out and nothing else, in three languages, without script, cookie or third party."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings

from chatservice.accounts.models import Worker
from chatservice.bulletins import drafts
from chatservice.bulletins.publishing import publish, withdraw
from chatservice.places.models import Area
from chatservice.reports.labels import mark
from tests import wire
from tests.bulletins import invented
from tests.journeys import audit
from tests.statistics import office
from tests.widget.conftest import site, visitor_origin
from tests.widget.site import CHAT, PHONE, Site, apart

__all__ = ["site", "visitor_origin"]
HOST = settings.CHAT_ORIGIN.partition("://")[2]


@pytest.fixture(autouse=True)
def _plain_files() -> Iterator[None]:
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        yield


def get(address: str) -> HttpResponse:
    answer = Client(HTTP_HOST=HOST).get(address)
    assert isinstance(answer, HttpResponse)
    return answer


def test_what_is_out_is_read_in_its_languages(area: Area, sari: Worker) -> None:
    row = invented.out(sari, area)
    base = f"/bulletins/{area.slug}"
    assert get(base)["Location"] == f"{base}/fi"
    for language, title in (("fi", "Tiedotteet"), ("sv", "Meddelanden"), ("en", "Bulletins")):
        page = get(f"{base}/{language}").content.decode()
        assert f'<html lang="{language}">' in page
        assert f"<h1>{title}</h1>" in page
        assert f'href="{base}/{language}/1"' in page
    for language in ("fi", "sv"):
        page = get(f"{base}/{language}/1").content.decode()
        assert mark("1310", language) in page
        assert row.snapshot.hash in page
        assert row.body[language]["note"] in page
    english = get(f"{base}/en/1").content.decode()
    assert "was written in Finnish and Swedish" in english
    assert '<article lang="fi">' in english


def test_a_draft_is_nowhere_and_what_is_unknown_is_lost(area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    base = f"/bulletins/{area.slug}"
    assert "Mitään ei ole vielä julkaistu" in get(f"{base}/fi").content.decode()
    title = draft.words["fi"]["title"]
    assert all(title not in get(f"{base}/fi{rest}").content.decode() for rest in ("", "/1", "/feed.xml"))
    for address in (f"{base}/fi/1", f"{base}/se", "/bulletins/nowhere", "/bulletins/nowhere/fi/feed.xml"):
        assert get(address).status_code == 404, address


def test_the_old_one_names_the_new_one(area: Area, sari: Worker) -> None:
    first = invented.out(sari, area)
    draft = drafts.follow(actor=sari, number=first.number)
    publish(actor=sari, draft=draft.pk, version=draft.version)
    base = f"/bulletins/{area.slug}/fi"
    assert f'<a href="{base}/2">Lue uudempi</a>' in get(f"{base}/1").content.decode()
    assert f'<a href="{base}/1">1</a>' in get(f"{base}/2").content.decode()


@pytest.mark.parametrize(
    ("language", "day", "why"),
    [
        ("fi", "Vedetty pois ", "Siinä oli virhe."),
        ("sv", "Återkallat ", "Det fanns ett fel i det."),
        ("en", "Withdrawn on ", "There was a mistake in it."),
    ],
)
def test_what_is_withdrawn_says_when_and_why_and_no_word_of_it(
    area: Area, sari: Worker, language: str, day: str, why: str
) -> None:
    row = invented.out(sari, area)
    withdraw(actor=sari, number=row.number, reason="mistake")
    base = f"/bulletins/{area.slug}/{language}"
    page, listed, feed = (get(f"{base}{rest}") for rest in ("/1", "", "/feed.xml"))
    assert (page.status_code, page["X-Robots-Tag"], page["Cache-Control"]) == (410, "noindex", "no-store")
    for answer in (page, listed, feed):
        text = answer.content.decode()
        assert day in text
        assert why in text
        assert row.body["fi"]["title"] not in text
        assert row.body["fi"]["items"][0][1] not in text


def test_a_withdrawn_follower_is_not_recommended(area: Area, sari: Worker) -> None:
    first = invented.out(sari, area)
    draft = drafts.follow(actor=sari, number=first.number)
    publish(actor=sari, draft=draft.pk, version=draft.version)
    withdraw(actor=sari, number=2, reason="early")
    assert "/fi/2" not in get(f"/bulletins/{area.slug}/fi/1").content.decode()


def test_pages_carry_no_script_cookie_or_third_party(area: Area, sari: Worker) -> None:
    invented.out(sari, area)
    for rest in ("", "/1", "/feed.xml"):
        answer = get(f"/bulletins/{area.slug}/fi{rest}")
        page = answer.content.decode()
        assert not answer.cookies
        assert "<script" not in page
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        found = set(re.findall(r"https?://[^/\"'<]+", page))
        assert found <= {settings.CHAT_ORIGIN, "http://www.w3.org"}


def test_searchers_may_list_what_is_out_and_nothing_else_of_the_origin(area: Area, sari: Worker) -> None:
    invented.out(sari, area)
    for rest in ("", "/1", "/feed.xml"):
        answer = get(f"/bulletins/{area.slug}/fi{rest}")
        assert "X-Robots-Tag" not in answer
        assert "X-For-Searchers" not in answer
    for address in (f"/bulletins/{area.slug}/fi/2", f"/bulletins/{area.slug}", "/demo/fi", "/nowhere"):
        assert get(address)["X-Robots-Tag"] == "noindex", address


def test_the_feed_is_rss_and_holds_plain_text(area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    words = draft.words
    words["sv"]["title"] = "Höst & vinter"
    saved = drafts.save(actor=sari, draft=draft.pk, version=1, words=words)
    row = publish(actor=sari, draft=draft.pk, version=saved.version)
    answer = get(f"/bulletins/{area.slug}/sv/feed.xml")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = ET.fromstring(answer.content).find("channel")  # noqa: S314 - our own answer
    assert channel is not None
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Höst & vinter"
    assert item.findtext("link") == f"{settings.CHAT_ORIGIN}/bulletins/{area.slug}/sv/1"
    assert row.body["sv"]["items"][0][0] in (item.findtext("description") or "")
    assert f": {row.snapshot.hash}" in (item.findtext("description") or "")
    assert parsedate_to_datetime(item.findtext("pubDate") or "") <= datetime.now(UTC), "nothing is from the future"


def an_area_with_a_bulletin() -> str:
    """Made in a thread of its own, which lets its connection go."""
    try:
        area = wire.make_area()
        invented.out(office.sari(area), area)
        return area.slug
    finally:
        connection.close()


def test_a_phone_reads_it_in_the_light_and_the_dark(site: Callable[..., Site]) -> None:
    slug = apart(an_area_with_a_bulletin)
    phone = site(**PHONE)
    page = phone.open(f"{CHAT}/bulletins/{slug}/fi/1")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        assert audit.overflow(page) + audit.axe(page) + audit.targets(page, least=44) == []
    assert page.locator("article .figure").count() == 3
    assert all(address.startswith(CHAT) for address in phone.asked)
    assert phone.complaints == []
