"""The engines and folders of one test run: real PostgreSQL and Valkey under a folder that is removed afterwards."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from chatservice.embedded import Engines

MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
# A whole run leaves about 300 MB; where less is free a disk is as good, only slower.
ENOUGH_BYTES = 3 * 1024**3
SECRET = "a secret that belongs to this test run alone, and to no service"


@dataclass(frozen=True, kw_only=True)
class OwnRun:
    """Where this run keeps everything, and how its service is configured."""

    folder: Path
    engines: Engines
    environment: dict[str, str]

    def forget(self) -> None:
        """End the engines and remove the folder."""
        self.engines.down()
        shutil.rmtree(self.folder, ignore_errors=True)


def in_memory() -> Path | None:
    """Return a folder that is kept in memory, if there is room: each test commits, and waits for the disk otherwise."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ENOUGH_BYTES:
        return None
    return MEMORY


def prepare(*, on_disk: bool = False) -> OwnRun:
    """Choose folders and passwords and put the configuration into the environment; nothing is started yet.

    `on_disk`: for a bench, in which a commit shall wait for the disk as it does in service.
    """
    folder = Path(tempfile.mkdtemp(prefix="kuulolla-test-", dir=None if on_disk else in_memory()))
    folder.chmod(0o711)  # the engines' user walks through to its own folders
    (folder / "static").mkdir()  # where it is missing, the static files' middleware warns
    engines = Engines(directory=folder / "var")
    environment = {
        "KUULOLLA_MODE": "test",
        "SECRET_KEY": SECRET,
        "KEY_DIRECTORY": str(folder / "keys"),
        "STATIC_ROOT": str(folder / "static"),
        "EMAIL_FOLDER": str(folder / "mail"),
        "CHAT_ORIGIN": "http://chat.localhost:8000",
        "DESK_ORIGIN": "http://desk.localhost:8000",
        "REQUIRE_SECOND_FACTOR": "false",
        "DJANGO_SETTINGS_MODULE": "chatservice.settings",
        **engines.environment(),
    }
    os.environ.update(environment)
    return OwnRun(folder=folder, engines=engines, environment=environment)
