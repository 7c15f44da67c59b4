"""A wrong value stops the start with one line that names the variable, what was expected and an example."""

from pathlib import Path

import pytest

from chatservice import env
from tests.settings.start import read

NEEDED = ("SECRET_KEY", "KEY_DIRECTORY", "CHAT_ORIGIN", "DESK_ORIGIN", "DATABASE_URL", "REDIS_URL")


@pytest.mark.parametrize("name", NEEDED)
def test_production_has_no_default_for_what_must_be_told(name: str) -> None:
    told = read("MODE", without=name)
    assert told.returncode == 1
    assert told.stdout == ""
    [line] = told.stderr.splitlines()
    assert line.startswith(f"{name} is not set: expected ")
    assert f", for example {name}=" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KUULOLLA_MODE", "staging"),
        ("DEBUG", "maybe"),
        ("HOLD_MINUTES", "an hour"),
        ("HOLD_MINUTES", "0"),
        ("RETENTION_HOURS", "73"),
        ("LIMIT_SOCKETS", "-1"),
        ("CHAT_ORIGIN", "https://*"),
        ("CHAT_ORIGIN", "https://*.example.fi"),
        ("CHAT_ORIGIN", "chat.example.fi"),
        ("CHAT_ORIGIN", "https://chat.example.fi/"),
        ("CHAT_ORIGIN", "https://user@chat.example.fi"),
        ("CHAT_ORIGIN", "https://chat.example.fi:port"),
        ("DATABASE_URL", "sqlite:///kuulolla.db"),
        ("DATABASE_URL", "postgresql://kuulolla_web@db/"),
        ("REDIS_URL", "valkey:6379"),
        ("KEY_DIRECTORY", "keys"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("EXIT_URL", "javascript:alert(1)"),
    ],
)
def test_an_unusable_value_is_named_and_not_repeated(name: str, value: str) -> None:
    told = read("MODE", **{name: value})
    assert told.returncode == 1
    [line] = told.stderr.splitlines()
    assert line.startswith(f"{name} is not usable: expected ")
    assert len(value) == 1 or value not in line.partition(", for example ")[0].removeprefix(name)


def test_a_whole_environment_is_accepted() -> None:
    told = read("ALLOWED_HOSTS")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == "['chat.example.fi', 'desk.example.fi']\n"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file of the operator\n")
    told = read("SECRET_KEY", without="SECRET_KEY", SECRET_KEY_FILE=str(file))
    assert told.stdout == "from a file of the operator\n"


@pytest.mark.parametrize(
    ("value", "expected"), [("yes", True), ("On", True), ("0", False), ("FALSE", False), ("", True)]
)
def test_flags_are_read_in_the_usual_words(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("SOME_FLAG", value)
    assert env.flag("SOME_FLAG", default=True) is expected


def test_the_service_acts_as_the_narrow_role_with_time_outs() -> None:
    told = read("ASYNC_DATABASE", DATABASE_URL="postgresql://kuulolla_web:secret@db/kuulolla?sslmode=verify-full")
    assert told.returncode == 0
    for part in ("role=kuulolla_app", "statement_timeout=5s", "lock_timeout=3s", "'connect_timeout': '3'"):
        assert part in told.stdout
    assert "'tcp_user_timeout': '5000'" in told.stdout
    assert "'sslmode': 'verify-full'" in told.stdout


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("SESSION_COOKIE_NAME", "__Host-session"),
        ("CSRF_COOKIE_NAME", "__Host-csrf"),
        ("SESSION_COOKIE_SAMESITE", "Strict"),
        ("SESSION_COOKIE_SECURE", "True"),
        ("REQUIRE_SECOND_FACTOR", "True"),
        ("DEBUG", "False"),
    ],
)
def test_production_cookies_and_factors_are_strict(setting: str, expected: str) -> None:
    assert read(setting).stdout.strip() == expected


def test_plain_http_gets_cookie_names_that_browsers_accept() -> None:
    assert read("SESSION_COOKIE_NAME", DESK_ORIGIN="http://desk.localhost:8000").stdout.strip() == "session"
