"""The pages of the visitor origin with one known host, without a database."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import AsyncClient, override_settings
from playwright.sync_api import Browser

from chatservice.content.contacts import ContactView
from chatservice.places.selectors import HostView
from chatservice.queues.door import Door, DoorState
from chatservice.queues.estimate import Outlook, Range
from tests.widget.site import CHAT, NEUTRAL, Site
from widget import door, views

VISITOR = "widget.middleware.VisitorMiddleware"
CHAT_HOST = "testserver"  # the name by which the test client asks
SCHOOL = HostView(
    id=1,
    key="school",
    name="Mia's school",
    area_id=1,
    area_slug="demo",
    area_names={"fi": "Demoalue", "sv": "Demoområdet", "en": "Demo area"},
    municipality_id=None,
    municipality_names={},
    school_id=None,
    school_name="",
    origins=("https://school.example", "https://town.example"),
    languages=("fi", "sv", "en"),
    channels=("youth", "parent"),
)
PARENTS_ONLY = HostView(
    **{name: getattr(SCHOOL, name) for name in HostView.__slots__}
    | {"key": "parents", "channels": ("parent",), "languages": ("sv",), "origins": ()}
)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OPEN = Door(state=DoorState.OPEN, now=NOW, outlook=Outlook(range=Range(10, 20), may_not_reach=False))
HOSTS = {"school": SCHOOL, "parents": PARENTS_ONLY}


EMBEDDED = HostView(
    **{name: getattr(SCHOOL, name) for name in HostView.__slots__} | {"origins": ("http://school.localhost:8000",)}
)


async def open_door(**_asked: object) -> Door:
    """Somebody is there, and the wait is short."""
    return OPEN


async def usual_week(*_queue: object, **_asked: object) -> list[str]:
    return ["ma ja to klo 14–16"]


async def elsewhere(**asked: object) -> list[ContactView]:
    """Three services: one is closed."""
    return [
        ContactView("emergency", "Hätänumero", "112", "phone", True, "aina auki", "Jos olet vaarassa."),
        ContactView("listening", "Kuunteleva linja", "09 456", "phone", True, "aina auki", ""),
        ContactView("line", "Linja", "09 123", "phone", False, "ma klo 9–15", ""),
    ]


@pytest.fixture(autouse=True)
def at_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door as seen without a database."""
    monkeypatch.setattr(door, "look", open_door)
    monkeypatch.setattr(door, "alines", usual_week)
    monkeypatch.setattr(door.contacts, "aopen_now", elsewhere)


async def not_counted(**_attempt: object) -> None:
    """A closed door that nobody counts: there is no database here."""


async def known_host(key: str) -> HostView | None:
    return HOSTS.get(key)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[AsyncClient]:
    """A client of the visitor origin; static files keep their plain names."""
    monkeypatch.setattr(views, "host_by_key", known_host)
    monkeypatch.setattr(views.doors, "met", not_counted)
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    whole = settings.MIDDLEWARE if VISITOR in settings.MIDDLEWARE else [VISITOR, *settings.MIDDLEWARE]
    origin = {"CHAT_ORIGIN": f"http://{CHAT_HOST}", "ALLOWED_HOSTS": [CHAT_HOST]}
    with override_settings(STORAGES=plain, MIDDLEWARE=whole, **origin):
        yield AsyncClient()


@pytest.fixture
def visitor_origin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages as a browser gets them, with a school of the next port that may embed them."""

    async def school(key: str) -> HostView | None:
        return EMBEDDED if key == EMBEDDED.key else None

    monkeypatch.setattr(views, "host_by_key", school)
    monkeypatch.setattr(views.doors, "met", not_counted)
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain, CHAT_ORIGIN=CHAT, ALLOWED_HOSTS=["chat.localhost"], EXIT_URL=NEUTRAL):
        yield


@pytest.fixture
def site(chromium: Browser, visitor_origin: None) -> Iterator[Callable[..., Site]]:
    """A maker of browser profiles."""
    made: list[Site] = []

    def make(**options: Any) -> Site:
        made.append(Site(chromium, **options))
        return made[-1]

    yield make
    for each in made:
        each.context.close()
