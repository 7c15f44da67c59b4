"""What makes a start unsafe for the people who would write here. Each finding is one line that says what to set."""

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import redis
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from psycopg.conninfo import make_conninfo

from chatservice.env import WrongValue
from chatservice.vault.check import check_key_directory
from chatservice.vault.errors import VaultError

log = logging.getLogger(__name__)

SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 10
LOSSY = {"fsync": {"off"}, "full_page_writes": {"off"}, "synchronous_commit": {"off"}}
AUDIT_TABLE = "audit_entry"


def refuse_unsafe() -> None:
    """Raise WrongValue with the first finding: settings first, then database, keys and Redis as they are found."""
    for finding in findings():
        raise WrongValue(finding)


def findings() -> Iterator[str]:
    """Yield what is unsafe, cheapest first; a later one may need what an earlier one asks for."""
    yield from unsafe_origins()
    if settings.PRODUCTION:
        yield from unsafe_production()
    yield from unsafe_database()
    yield from unsafe_keys()
    if settings.PRODUCTION:
        yield from unsafe_redis()


def unsafe_origins() -> Iterator[str]:
    """Visitors and professionals must be two hosts, both named exactly."""
    chat, desk = (urlsplit(origin).hostname for origin in (settings.CHAT_ORIGIN, settings.DESK_ORIGIN))
    if chat == desk:
        yield "DESK_ORIGIN has CHAT_ORIGIN's host: expected one of its own, for example DESK_ORIGIN=https://desk.example.fi"
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS holds a wildcard: expected the exact hosts of CHAT_ORIGIN and DESK_ORIGIN"


def unsafe_production() -> Iterator[str]:
    """Settings that only a demonstration or a test may have."""
    if settings.DEBUG:
        yield "DEBUG is on: expected DEBUG=false in production, since error pages show what people wrote"
    secret = settings.SECRET_KEY
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS or secret.startswith("django-insecure-"):
        yield f"SECRET_KEY is short or a default: expected at least {SHORTEST_SECRET} random characters"
    if not settings.REQUIRE_SECOND_FACTOR:
        yield "REQUIRE_SECOND_FACTOR is off: expected REQUIRE_SECOND_FACTOR=true in production"
    for name in ("CHAT_ORIGIN", "DESK_ORIGIN"):
        if not getattr(settings, name).startswith("https://"):
            yield f"{name} is not encrypted: expected an https address in production"
    if not urlsplit(settings.REDIS_URL).password:
        yield "REDIS_URL has no password: expected one, for example REDIS_URL=redis://:<password>@valkey:6379/0"


def unsafe_database() -> Iterator[str]:
    """A database that is away, loses commits, is not migrated, or lets the service rewrite its audit."""
    try:
        with psycopg.connect(make_conninfo(**settings.ASYNC_DATABASE)) as link:
            yield from lossy_settings(link)
            yield from missing_migrations()
            yield from writable_audit(link)
    except psycopg.OperationalError as error:
        yield unreachable(error)


def unreachable(error: psycopg.OperationalError) -> str:
    """Say in one line why no connection came about, without the address and its password."""
    if f'role "{settings.APPLICATION_ROLE}" does not exist' in str(error):
        return f"the database has no role {settings.APPLICATION_ROLE}: run `manage.py migrate --database owner` first"
    if "password authentication failed" in str(error):
        return "DATABASE_URL: the database refused the password: expected the one of the service's login"
    return "DATABASE_URL: the database does not answer: expected a reachable PostgreSQL that knows this login"


def lossy_settings(link: psycopg.Connection[tuple[object, ...]]) -> Iterator[str]:
    """A message shown as sent must survive a crash, so a commit must reach the disk."""
    for name, lossy in LOSSY.items():
        row = link.execute("SELECT current_setting(%s)", [name]).fetchone()
        if row is not None and row[0] in lossy:
            yield f"PostgreSQL's {name} is {row[0]}: expected {name} = on, or acknowledged messages can be lost"


def missing_migrations() -> Iterator[str]:
    """The tables must be those of this release."""
    try:
        executor = MigrationExecutor(connections["default"])
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        yield "the tables cannot be read: run `manage.py migrate --database owner` first"
        return
    if behind:
        yield f"{len(behind)} migrations are missing: run `manage.py migrate --database owner` first"


def writable_audit(link: psycopg.Connection[tuple[object, ...]]) -> Iterator[str]:
    """The service adds to the audit and can neither change nor remove a row of it."""
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        row = link.execute("SELECT has_table_privilege(%s, %s)", [AUDIT_TABLE, right]).fetchone()
        if row == (True,):
            yield f"{settings.APPLICATION_ROLE} may {right} the audit: run `manage.py migrate --database owner`"


def unsafe_keys() -> Iterator[str]:
    """The key directory must be there, closed to others, and this database's own."""
    in_use = apps.get_model("conversations", "Conversation").objects.exists()
    try:
        check_key_directory(in_use=in_use, create=not settings.PRODUCTION)
    except VaultError as error:
        yield str(error)


def unsafe_redis() -> Iterator[str]:
    """Redis must forget when it ends. While it is away the service starts and works without it."""
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3) as link:
            kept = {**link.config_get("save"), **link.config_get("appendonly")}
    except redis.AuthenticationError:
        yield "REDIS_URL: the password was refused: expected the one of Redis' requirepass"
        return
    except redis.RedisError as error:
        log.warning("Redis did not tell whether it keeps data: %s", error)
        return
    if kept.get("save") or kept.get("appendonly") == "yes":
        yield 'Redis writes to disk: expected save "" and appendonly no in its configuration'
