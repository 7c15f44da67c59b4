"""One pair of engines for the whole run, migrated as in production; every test commits, and makes an area of its own.

Folders of pure tests need none of it: a run of those alone starts nothing.
"""

import atexit
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import django
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from hypothesis import HealthCheck
from hypothesis import settings as search
from playwright.sync_api import Browser

from chatservice.embedded import Engines
from tests import chromium as browsers
from tests import engines as own
from tests.service import DAPHNE, Service

PURE_FOLDERS = frozenset(
    {"architecture", "browser", "disclosure", "embedded", "logs", "moderation", "reports", "settings"}
)

# Folders and files whose tests wait for browsers and whole services, the longest first.
LONGEST = ("journeys/test_matrix", "faults/", "journeys/", "serve/", "delivery/", "protocol/", "queues/", "console/")

# Before any settings are read: the addresses are known, the engines start when the first test needs them.
RUN = own.prepare()
atexit.register(RUN.forget)
django.setup()


# The same examples every time, and no clock: an example that waits for a core is not a slow one.
search.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
search.load_profile("suite")

# The test's own thread and the one on which asgiref runs what is bound to a thread.
MAIN_THREADS = 2
PATIENCE_S = 20


def pytest_configure(config: pytest.Config) -> None:
    """Where others run the tests, they must read the settings for their own engines, not find ours already named."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: the tests of cuts and leases wait a third of their time."""
    return min(4, (os.cpu_count() or 1) + 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no process begins one when the others have nothing left (`LONGEST`)."""
    items.sort(key=lambda item: next((rank for rank, name in enumerate(LONGEST) if name in item.nodeid), len(LONGEST)))


def is_pure(item: pytest.Item) -> bool:
    """Tell whether a test does without the engines: by its folder, or by the marker `pure`."""
    return item.path.parent.name in PURE_FOLDERS or item.get_closest_marker("pure") is not None


@pytest.fixture(scope="session")
def engines() -> Engines:
    """The running engines of this test run; whoever stops one starts it again."""
    RUN.engines.up()
    return RUN.engines


@pytest.fixture(scope="session")
def database(engines: Engines) -> Iterator[None]:
    """A migrated database and a key directory that belongs to it."""
    from chatservice.vault.check import check_key_directory  # noqa: PLC0415 - models load after django.setup

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    check_key_directory(in_use=False, create=True)
    yield
    for link in connections.all(initialized_only=True):
        link.close()
        if isinstance(link, DatabaseWrapper):
            link.close_pool()


@pytest.fixture(scope="session")
def static_files(database: None) -> None:
    """The collected, minified and hashed static files, as a service serves them."""
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session", autouse=True)
def _database_where_needed(request: pytest.FixtureRequest) -> None:
    if not all(is_pure(item) for item in request.session.items):
        request.getfixturevalue("database")


@pytest.fixture(scope="session")
def django_db_setup(database: None) -> None:
    """In place of pytest-django's own test database."""


@pytest.fixture(scope="session", autouse=True)
def _database_open(django_db_blocker: "pytest.FixtureRequest") -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django gives its blocker no public type
        yield


@pytest.fixture(autouse=True)
def _no_connection_kept(request: pytest.FixtureRequest) -> Iterator[None]:
    """A thread that a test starts gives its connection back, or the pool runs dry some hundred tests later."""
    pools = DatabaseWrapper._connection_pools  # type: ignore[attr-defined]
    before = {alias: lent(pool) for alias, pool in pools.items()}
    yield
    # A thread that still reads something of the service gives its connection back when it has read it.
    until = time.monotonic() + PATIENCE_S
    while kept := {alias: out for alias, pool in pools.items() if (out := lent(pool)) > allowed(before, alias)}:
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    assert not kept, f"connections kept by threads of {request.node.name}: {kept}"


def allowed(before: dict[str, int], alias: str) -> int:
    """Return how many connections may be out: those of the main threads, and what an earlier test kept."""
    return max(MAIN_THREADS, before.get(alias, 0))


def lent(pool: Any) -> int:
    """Return how many of a pool's connections are out."""
    stats = pool.get_stats()
    return int(stats.get("pool_size", 0) - stats.get("pool_available", 0))


@pytest.fixture
def service(engines: Engines, static_files: None) -> Iterator[Callable[..., Service]]:
    """A maker of running services: `service()`, `service(LIMIT_SOCKETS="2")`, `service(command=UVICORN)`."""
    made: list[Service] = []

    def make(*, command: tuple[str, ...] = DAPHNE, **environment: str) -> Service:
        made.append(Service(folder=RUN.folder, environment=engines.environment() | environment, command=command))
        return made[-1].start()

    yield make
    for each in made:
        each.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one module, whose tests are all synchronous: Playwright keeps the thread's event loop."""
    with browsers.launched() as browser:
        yield browser
