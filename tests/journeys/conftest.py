"""One browser and one service for all journeys, one area for each journey."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from chatservice.embedded import Engines
from tests import chromium
from tests.journeys.stage import Stage
from tests.journeys.town import Town, town
from tests.service import Service

HURRIED = ("-m", "tests.journeys.hurried", "--bind", "127.0.0.1:{port}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The one browser process; it ends before the tests of other folders."""
    with chromium.launched() as running:
        yield running


@pytest.fixture(scope="package")
def world() -> Iterator[Town]:
    """A school's site and a neutral page."""
    with town() as running:
        yield running


@pytest.fixture(scope="package")
def site(
    engines: Engines, static_files: None, world: Town, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """The one service of journeys that let it live."""
    environment = {**engines.environment(), "EXIT_URL": world.exit}
    folder = tmp_path_factory.mktemp("site")
    service = Service(folder=folder, environment=environment, command=HURRIED).start()
    yield service
    service.stop()


@pytest.fixture
def stage(browser: Browser, site: Service, world: Town) -> Iterator[Stage]:
    """An area, a host and watched pages on the journeys' service."""
    made = Stage(browser=browser, service=site, town=world)
    yield made
    made.close()


@pytest.fixture
def own_stage(browser: Browser, service: Callable[..., Service], world: Town) -> Iterator[Stage]:
    """The same on a service that this test alone may kill."""
    made = Stage(browser=browser, service=service(EXIT_URL=world.exit), town=world)
    yield made
    made.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: PICTURES=docs/pictures renews those of the documents, else they are thrown away."""
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def album() -> Path | None:
    """Where to keep a picture of every cell of the matrix, when somebody wants to look at them: ALBUM=folder."""
    folder = os.environ.get("ALBUM")
    if not folder:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)
