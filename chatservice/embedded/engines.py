"""The pair of engines that a start without DATABASE_URL and REDIS_URL gets: private, durable, and gone with it."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from chatservice.embedded import places
from chatservice.embedded.errors import AlreadyRuns, CannotStart, EngineError
from chatservice.embedded.postgres import OWNER, SUPERUSER, WEB, Postgres
from chatservice.embedded.valkey import Valkey

VALKEY = "valkey"


class Engines:
    """PostgreSQL (`postgres`) and Valkey (`redis`) under one folder; each can be stopped, killed, frozen, restarted.

    Making one chooses folders and passwords, so the addresses are known; `up` starts the programs. Main thread only.
    """

    def __init__(self, *, directory: Path) -> None:
        self._directory = directory.resolve()
        self._directory.mkdir(parents=True, exist_ok=True)
        self._lock = hold(self._directory / "engines.lock")
        try:
            chosen = places.choose(directory=self._directory)
            passwords = kept_passwords(file=self._directory / "engines.json", data=chosen.data)
        except EngineError:
            self._lock.close()
            raise
        self.postgres = Postgres(places=chosen, passwords=passwords)
        self.redis = Valkey(places=chosen, password=passwords[VALKEY])
        self.database_url = self.postgres.url(WEB)
        self.owner_url = self.postgres.url(OWNER)
        self.redis_url = self.redis.url

    @classmethod
    @contextmanager
    def start(cls, *, directory: Path) -> Iterator["Engines"]:
        """Hold the folder and run both engines inside the block; raises AlreadyRuns or CannotStart."""
        engines = cls(directory=directory)
        try:
            engines.up()
            yield engines
        finally:
            engines.down()

    def up(self) -> None:
        """Start both."""
        self.redis.start()
        self.postgres.start()

    def down(self) -> None:
        """End both cleanly and let go of the folder."""
        self.redis.stop()
        self.postgres.stop()
        self._lock.close()

    def environment(self) -> dict[str, str]:
        """Return the variables by which the service finds these engines."""
        return {
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "REDIS_URL": self.redis_url,
        }


def hold(file: Path) -> IO[str]:
    """Lock the folder for as long as this process lives; the system lets go even after kill -9."""
    lock = file.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise AlreadyRuns(f"it runs already in this folder (process {holder}): end that one first") from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def kept_passwords(*, file: Path, data: Path) -> dict[str, str]:
    """Return the engines' passwords, made at the first start and readable by us alone."""
    names = (SUPERUSER, OWNER, WEB, VALKEY)
    if file.exists():
        found = json.loads(file.read_text())
        if isinstance(found, dict) and all(isinstance(found.get(name), str) for name in names):
            return {name: found[name] for name in names}
        raise CannotStart(f"{file} is damaged: expected the passwords it was written with")
    if (data / "PG_VERSION").exists():
        raise CannotStart(f"{file} is missing, and with it the database's passwords: put it back or remove {data}")
    made = {name: secrets.token_urlsafe(32) for name in names}
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(json.dumps(made))
    return made
