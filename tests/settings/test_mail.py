"""Where mail goes to: a server in production, a folder in the demonstration, nowhere where nothing was said."""

import pytest

from tests.settings.start import read


def value(name: str, *, without: str = "", **changed: str) -> str:
    """One setting as text."""
    told = read(name, without=without, **changed)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_production_speaks_to_its_server_encrypted() -> None:
    assert value("EMAIL_BACKEND").endswith("smtp.EmailBackend")
    assert value("EMAIL_USE_TLS") == "True"
    assert value("EMAIL_USE_SSL", EMAIL_ENCRYPTION="tls") == "True"
    assert value("MAIL_GOES_OUT") == "True"


@pytest.mark.parametrize("missing", ["EMAIL_HOST", "EMAIL_FROM"])
def test_production_without_server_or_sender_sends_nothing(missing: str) -> None:
    assert value("MAIL_GOES_OUT", without=missing) == "False"


def test_the_demonstration_writes_into_a_folder() -> None:
    assert value("EMAIL_BACKEND", without="EMAIL_HOST", KUULOLLA_MODE="demo").endswith("filebased.EmailBackend")
    assert value("MAIL_GOES_OUT", without="EMAIL_HOST", KUULOLLA_MODE="demo") == "True"


def test_a_login_needs_its_password() -> None:
    told = read("EMAIL_HOST_USER", EMAIL_USER="kuulolla")
    assert told.returncode != 0
    assert "EMAIL_PASSWORD" in told.stderr


@pytest.mark.parametrize(
    ("name", "wrong"), [("EMAIL_ENCRYPTION", "ssl"), ("EMAIL_PORT", "0"), ("ALERT_MAIL_SECONDS", "-1")]
)
def test_a_wrong_value_stops_the_start(name: str, wrong: str) -> None:
    told = read("EMAIL_HOST", **{name: wrong})
    assert told.returncode != 0
    assert name in told.stderr
