"""A start that would not be safe for the people who write here is refused in one line."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import LazySettings

from chatservice import checks
from chatservice.embedded import Engines
from chatservice.env import WrongValue
from tests.conftest import RUN

ROOT = Path(__file__).resolve().parent.parent.parent
LONG_SECRET = "R2d8vXq5nJ0sYt7wLz3hKc9bPf6mGa1eUo4iTr8y" * 2

LATEST_OF_AUDIT = """
    DELETE FROM django_migrations
    WHERE app = 'audit' AND name = (SELECT max(name) FROM django_migrations WHERE app = 'audit')
    RETURNING name
"""


@pytest.fixture
def production(settings: LazySettings) -> LazySettings:
    """The settings of a safe production start on this run's engines."""
    settings.MODE, settings.PRODUCTION, settings.DEBUG = "production", True, False
    settings.SECRET_KEY = LONG_SECRET
    settings.REQUIRE_SECOND_FACTOR = True
    settings.CHAT_ORIGIN, settings.DESK_ORIGIN = "https://chat.example.fi", "https://desk.example.fi"
    settings.ALLOWED_HOSTS = ["chat.example.fi", "desk.example.fi"]
    return settings


def refusal() -> str:
    """Return the line of the refusal."""
    with pytest.raises(WrongValue) as refused:
        checks.refuse_unsafe()
    [line] = str(refused.value).splitlines()
    return line


def test_a_safe_production_start_is_accepted(production: LazySettings) -> None:
    checks.refuse_unsafe()


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("DEBUG", True, "DEBUG=false"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY"),
        ("SECRET_KEY", "for tests and demonstrations, never for people", "SECRET_KEY"),
        ("REQUIRE_SECOND_FACTOR", False, "REQUIRE_SECOND_FACTOR=true"),
        ("CHAT_ORIGIN", "http://chat.example.fi", "https"),
        ("CHAT_ORIGIN", "https://desk.example.fi", "DESK_ORIGIN"),
        ("ALLOWED_HOSTS", ["*"], "wildcard"),
        ("REDIS_URL", "redis://valkey:6379/0", "REDIS_URL has no password"),
    ],
)
def test_an_unsafe_setting_is_named(production: LazySettings, setting: str, value: object, words: str) -> None:
    setattr(production, setting, value)
    assert words in refusal()


def test_an_unreachable_database_is_told_without_its_password(settings: LazySettings) -> None:
    settings.ASYNC_DATABASE = {"host": "127.0.0.1", "port": "1", "dbname": "x", "user": "x", "password": "hidden"}
    line = refusal()
    assert line.startswith("DATABASE_URL: the database does not answer")
    assert "hidden" not in line


def test_a_wrong_database_password_is_told(settings: LazySettings) -> None:
    settings.ASYNC_DATABASE = {**settings.ASYNC_DATABASE, "password": "guess"}
    assert refusal().startswith("DATABASE_URL: the database refused the password")


def test_a_login_outside_the_narrow_role_is_refused(settings: LazySettings) -> None:
    settings.ASYNC_DATABASE = {**settings.ASYNC_DATABASE, "options": "-c role=kuulolla_owner"}
    assert "DATABASE_URL" in refusal()


def test_commits_that_do_not_reach_the_disk_are_refused(settings: LazySettings) -> None:
    settings.ASYNC_DATABASE = {**settings.ASYNC_DATABASE, "options": "-c synchronous_commit=off"}
    assert refusal() == (
        "PostgreSQL's synchronous_commit is off: expected synchronous_commit = on, or acknowledged messages can be lost"
    )


def test_an_audit_that_can_be_rewritten_is_refused(engines: Engines) -> None:
    with psycopg.connect(engines.owner_url, autocommit=True) as owner:
        owner.execute("GRANT DELETE ON audit_entry TO kuulolla_app")
        try:
            assert refusal().startswith("kuulolla_app may DELETE the audit")
        finally:
            owner.execute("REVOKE DELETE ON audit_entry FROM kuulolla_app")


def test_missing_migrations_are_told(engines: Engines) -> None:
    with psycopg.connect(engines.owner_url, autocommit=True) as owner:
        row = owner.execute(LATEST_OF_AUDIT).fetchone()
        assert row is not None
        try:
            assert "migrations are missing" in refusal()
        finally:
            owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('audit', %s, now())", row)


def test_a_missing_key_directory_is_told(settings: LazySettings, tmp_path: Path) -> None:
    settings.KEY_DIRECTORY = tmp_path / "nowhere"
    settings.PRODUCTION = True
    assert any("KEY_DIRECTORY" in line for line in checks.unsafe_keys())


def test_a_foreign_key_directory_is_told(settings: LazySettings, tmp_path: Path) -> None:
    foreign = tmp_path / "keys"
    foreign.mkdir(mode=0o700)
    settings.KEY_DIRECTORY = foreign
    assert any("KEY_DIRECTORY" in line for line in checks.unsafe_keys())


@pytest.fixture
def own_redis(engines: Engines) -> Iterator[redis.Redis]:
    """This run's Valkey, put back to keeping nothing."""
    with redis.Redis.from_url(engines.redis_url) as link:
        yield link
        link.config_set("save", "")
        link.config_set("appendonly", "no")


def test_a_redis_that_writes_to_disk_is_refused(production: LazySettings, own_redis: redis.Redis) -> None:
    own_redis.config_set("save", "3600 1")
    assert refusal().startswith("Redis writes to disk")


def test_a_redis_that_is_away_stops_no_start(production: LazySettings) -> None:
    production.REDIS_URL = "redis://:secret@127.0.0.1:1/0"
    checks.refuse_unsafe()


def test_the_server_ends_with_the_one_line_and_no_traceback() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "chatservice.serve", "--bind", "127.0.0.1:0"],
        cwd=ROOT,
        env={**RUN.environment, "DATABASE_URL": "postgresql://kuulolla_web:hidden@127.0.0.1:1/kuulolla"},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith("DATABASE_URL: ")
