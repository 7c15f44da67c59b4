"""The desk as a browser sees it: Aino the curator with a known password, and Eve without an account."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client, override_settings

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from tests.people import area

__all__ = ["area"]

PASSWORD = "a long enough pass phrase"
DESK = urlsplit(settings.DESK_ORIGIN).netloc
CHAT = urlsplit(settings.CHAT_ORIGIN).netloc
Browser = Callable[[], Client]


@pytest.fixture(autouse=True)
def _plain_and_quick() -> Iterator[None]:
    """Static files keep their names, and passwords cost nothing to check."""
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def aino(area: Area) -> Worker:
    """Aino the curator."""
    return Worker.objects.create_worker(
        email=f"aino@{area.slug}.example.org",
        password=PASSWORD,
        area=area,
        display_name="Aino",
        profession="curator",
    )


@pytest.fixture
def browser() -> Browser:
    """A maker of browsers on the desk's origin, each with its own cookies and forgery checks."""
    return lambda: Client(enforce_csrf_checks=False, HTTP_HOST=DESK)


@pytest.fixture
def eve(browser: Browser) -> Client:
    """Eve, who is not signed in."""
    return browser()


@pytest.fixture
def desk(browser: Browser, aino: Worker) -> Client:
    """Aino's browser, signed in."""
    client = browser()
    sign_in(client, aino)
    return client


@pytest.fixture
def app(aino: Worker) -> str:
    """Aino's authenticator app: its secret."""
    secret = generate_totp_secret()
    TOTP.activate(aino, secret)
    assert Authenticator.objects.filter(user_id=aino.pk).count() == 1
    return secret


def sign_in(client: Client, worker: Worker, password: str = PASSWORD) -> int:
    """Post the sign-in form; 302 when the password was right."""
    return client.post("/sign-in", {"login": worker.email, "password": password}).status_code


def session_key(client: Client) -> str:
    """The session that the browser's cookie names; empty without one."""
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""
