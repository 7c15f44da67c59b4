"""The pages of the visitor origin with one known host, without a database."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import AsyncClient, override_settings

from chatservice.places.selectors import HostView
from widget import views

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
HOSTS = {"school": SCHOOL, "parents": PARENTS_ONLY}


async def known_host(key: str) -> HostView | None:
    return HOSTS.get(key)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[AsyncClient]:
    """A client of the visitor origin; static files keep their plain names."""
    monkeypatch.setattr(views, "host_by_key", known_host)
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    whole = settings.MIDDLEWARE if VISITOR in settings.MIDDLEWARE else [VISITOR, *settings.MIDDLEWARE]
    origin = {"CHAT_ORIGIN": f"http://{CHAT_HOST}", "ALLOWED_HOSTS": [CHAT_HOST]}
    with override_settings(STORAGES=plain, MIDDLEWARE=whole, **origin):
        yield AsyncClient()
