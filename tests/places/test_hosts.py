"""An embedding page's entry tells where a visitor belongs; unknown and inactive ones answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from chatservice.places import selectors
from chatservice.places.models import RESERVED_KEYS, Area, Host, Municipality, School
from chatservice.places.selectors import find_host, forget_hosts, host_by_key

# The database's constraint looks at all origins joined by blanks; of these two it sees two good ones, and none.
SAME_WHEN_JOINED = {"https://koulu.example https://eve.example", ""}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    forget_hosts()
    yield
    forget_hosts()


@pytest.fixture
def key() -> str:
    return f"test-{uuid4().hex}"


@pytest.fixture
def area(key: str) -> Area:
    return Area.objects.create(slug=key, name_fi="Testialue", name_sv="Testområdet", name_en="Test area")


@pytest.fixture
def host(area: Area, key: str) -> Host:
    town = Municipality.objects.create(area=area, code="853", name_fi="Turku", name_sv="Åbo")
    school = School.objects.create(area=area, municipality=town, name="Aurajoen koulu")
    return Host.objects.create(
        area=area,
        municipality=town,
        school=school,
        key=key,
        name="Koulun sivu",
        origins=["https://koulu.example"],
        languages=["fi", "sv"],
        channels=["youth"],
    )


async def test_a_host_tells_its_area_town_and_school_in_the_visitors_language(host: Host) -> None:
    view = await host_by_key(host.key)
    assert view is not None
    assert (view.id, view.area_id, view.area_slug) == (host.pk, host.area_id, host.area.slug)
    assert (view.origins, view.languages, view.channels) == (("https://koulu.example",), ("fi", "sv"), ("youth",))
    assert [view.area_name(language=language) for language in ("fi", "sv", "en", "so")] == [
        "Testialue",
        "Testområdet",
        "Test area",
        "Testialue",
    ]
    assert [view.municipality_name(language=language) for language in ("fi", "sv", "en")] == ["Turku", "Åbo", "Turku"]
    assert view.school_name == "Aurajoen koulu"
    assert view.offers(language="sv", channel="youth")
    assert not view.offers(language="en", channel="youth")
    assert not view.offers(language="fi", channel="parent")


def test_a_host_of_a_whole_area_has_no_town_and_no_school(area: Area, key: str) -> None:
    Host.objects.create(area=area, key=key, name="Alueen sivu")
    view = find_host(key)
    assert view is not None
    assert (view.municipality_id, view.school_id, view.school_name) == (None, None, "")
    assert view.municipality_name(language="sv") == ""


@pytest.mark.parametrize("taken", RESERVED_KEYS)
def test_a_name_that_the_service_uses_itself_is_no_key(area: Area, taken: str) -> None:
    host = Host(area=area, key=taken, name="x")
    with pytest.raises(ValidationError, match="choose another key"):
        host.full_clean()
    with pytest.raises(IntegrityError, match="host_key_free"):
        host.save()


@pytest.mark.parametrize("unknown", ["", "nobody-has-this", "UPPER", "two words", "x" * 5000, "ä", "a\x00b", "a\n"])
async def test_an_unknown_key_is_no_host(unknown: str) -> None:
    assert await host_by_key(unknown) is None


async def test_an_inactive_host_answers_like_a_missing_one(host: Host) -> None:
    await Host.objects.filter(pk=host.pk).aupdate(active=False)
    assert await host_by_key(host.key) is None


async def test_a_host_is_kept_for_half_a_minute(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("chatservice.places.selectors.time.monotonic", lambda: now[0])
    assert await host_by_key(host.key)
    await Host.objects.filter(pk=host.pk).aupdate(active=False)
    now[0] = 29.9
    assert await host_by_key(host.key), "at most this long does a change wait"
    now[0] = 30.1
    assert await host_by_key(host.key) is None


async def test_what_is_kept_is_bounded(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "KEPT_HOSTS", 1)
    copies = [f"{host.key[:40]}-{number}" for number in range(3)]
    for copy in copies:
        await sync_to_async(Host.objects.create)(area_id=host.area_id, key=copy, name=copy)
        assert await host_by_key(copy)
    assert len(selectors._kept) == 1


@pytest.mark.parametrize(
    "origin",
    [
        "koulu.example",
        "https://koulu.example/",
        "https://koulu.example/page",
        "https://Koulu.example",
        "https://*.example",
        "https://user@koulu.example",
        "https://koulu.example:0",
        "https://koulu.example https://eve.example",
        "ftp://koulu.example",
        "null",
        "",
        "https://koulu.example\n",
        "https://koulu.example; script-src *",
    ],
)
def test_an_origin_that_no_browser_sends_is_refused(area: Area, key: str, origin: str) -> None:
    host = Host(area=area, key=key, name="x", origins=[origin])
    with pytest.raises(ValidationError):
        host.full_clean()
    if origin not in SAME_WHEN_JOINED:
        with pytest.raises(IntegrityError, match="host_origins"):
            host.save()


@pytest.mark.parametrize("origin", ["https://koulu.example", "http://localhost:8001", "https://a-b.c.example:8443"])
def test_an_exact_origin_is_taken(area: Area, key: str, origin: str) -> None:
    host = Host(area=area, key=key, name="x", origins=[origin, "https://other.example"])
    host.full_clean()
    host.save()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"key": "Upper"}, "host_key"),
        ({"key": "-a"}, "host_key"),
        ({"key": "a--b"}, "host_key"),
        ({"languages": []}, "host_languages"),
        ({"languages": ["de"]}, "host_languages"),
        ({"channels": []}, "host_channels"),
        ({"channels": ["adults"]}, "host_channels"),
    ],
)
def test_a_wrong_entry_is_refused_by_the_database(area: Area, change: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        Host.objects.create(**{"area": area, "key": "x", "name": "x", **change})


def test_names_are_unique_where_they_must_be(host: Host) -> None:
    with pytest.raises(IntegrityError, match="key"):
        Host.objects.create(area=host.area, key=host.key, name="again")
    with pytest.raises(IntegrityError, match="municipality_code_once"):
        Municipality.objects.create(area=host.area, code="853", name_fi="Turku", name_sv="Åbo")
    with pytest.raises(IntegrityError, match="municipality_code"):
        Municipality.objects.create(area=host.area, code="x53", name_fi="x", name_sv="x")
    school = School.objects.get(name="Aurajoen koulu", area=host.area)
    school.pk = None
    with pytest.raises(IntegrityError, match="school_name_once"):
        school.save(force_insert=True)
    with pytest.raises(IntegrityError, match="area_slug"):
        Area.objects.create(slug="Two words", name_fi="x", name_sv="x", name_en="x")
