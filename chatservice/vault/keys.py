"""The key directory: 32 random bytes per file, outside the database and its backups.

Every key is read from its file when it is used and never cached, so that a key
destroyed by one process is gone for all of them at the same moment.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from chatservice.vault.errors import KeyMissing, VaultError

KEY_BYTES = 32
PERMANENT = ("identity", "audit", "pepper")
YEAR = re.compile(r"\d{4}-\d{4}")
DAY_FILE = re.compile(r"day-(\d{4}-\d{2}-\d{2})\.key")


def utc_today() -> date:
    """The day on which keys are judged, everywhere in UTC."""
    return datetime.now(UTC).date()


def key_directory() -> KeyDirectory:
    """The directory named by the setting KEY_DIRECTORY."""
    return KeyDirectory(settings.KEY_DIRECTORY)


class KeyDirectory:
    """Keys as files: `identity`, `audit`, `pepper`, one per expiry day, and one per area and school year."""

    def __init__(self, path: Path, *, today: Callable[[], date] = utc_today) -> None:
        self.path = Path(path)
        self._today = today

    def prepare(self) -> None:
        """Make the directory (0700) and its permanent keys where they are missing."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in PERMANENT:
            if not self._file(name).exists():
                self._create(name)

    def day_key(self, day: date) -> bytes:
        """The key of an expiry day, made on first use unless that day has passed."""
        name = _day_name(day)
        if not self._file(name).exists():
            if day < self._today():
                raise KeyMissing(f"The key of {day} is gone: its day is over.")
            self._create(name)
        return self._read(name)

    def destroy(self, day: date) -> None:
        """Make every copy wrapped by this day's key unreadable; repeatable.

        An empty file stays in the place of a key whose day is not over, so that
        nobody makes a new key for a day that was already shredded.
        """
        file = self._file(_day_name(day))
        if file.exists():
            _overwrite(file)
        if day < self._today():
            file.unlink(missing_ok=True)
        else:
            _replace_by_empty(file)
        _sync_directory(self.path)

    def year_secret(self, *, area: int, year: str, make: bool = False) -> bytes:
        """The secret of an area's published figures of a school year, made on first use when `make`.

        Raises KeyMissing when it is lost or was destroyed: another one would give published figures other texts.
        """
        name = _year_name(area, year)
        if make and not self._file(name).exists():
            self._create(name)
        return self._read(name)

    def destroy_year(self, *, area: int, year: str) -> None:
        """Destroy the secret of a year whose last report is frozen; an empty file stays in its place. Repeatable."""
        file = self._file(_year_name(area, year))
        if file.exists():
            _overwrite(file)
        _replace_by_empty(file)
        _sync_directory(self.path)

    def days(self) -> list[date]:
        """The days that still have a usable key, oldest first."""
        found = ((DAY_FILE.fullmatch(file.name), file) for file in self.path.iterdir())
        return sorted(date.fromisoformat(match[1]) for match, file in found if match and file.stat().st_size)

    def identity(self) -> bytes:
        """The key that tells this directory from any other."""
        return self._read("identity")

    def audit_key(self) -> bytes:
        """The key of the audit chain."""
        return self._read("audit")

    def pepper(self) -> bytes:
        """The secret mixed into looked-up hashes."""
        return self._read("pepper")

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.key"

    def _read(self, name: str) -> bytes:
        try:
            key = self._file(name).read_bytes()
        except FileNotFoundError:
            raise KeyMissing(f"KEY_DIRECTORY={self.path} has no key '{name}'.") from None
        except OSError as error:
            raise VaultError(f"KEY_DIRECTORY={self.path}: {error.strerror}.") from None
        if not key:
            raise KeyMissing(f"The key '{name}' was destroyed.")
        if len(key) != KEY_BYTES:
            raise VaultError(f"KEY_DIRECTORY={self.path}: key '{name}' has a wrong length.")
        return key

    def _create(self, name: str) -> None:
        """Write aside, then link: of two racing processes one wins and both read its key."""
        aside = self.path / f".{name}.{os.getpid()}.{secrets.token_hex(8)}"
        try:
            _write_private(aside, secrets.token_bytes(KEY_BYTES))
            try:
                os.link(aside, self._file(name))
            except FileExistsError:
                return
            finally:
                aside.unlink()
            _sync_directory(self.path)
        except FileNotFoundError:
            raise VaultError(f"KEY_DIRECTORY={self.path} does not exist.") from None
        except OSError as error:
            raise VaultError(f"KEY_DIRECTORY={self.path}: {error.strerror}.") from None


def _day_name(day: date) -> str:
    return f"day-{day.isoformat()}"


def _year_name(area: int, year: str) -> str:
    if YEAR.fullmatch(year) is None:
        raise VaultError(f'Expected a school year like "2026-2027", got {year!r}.')
    return f"year-{area}-{year}"


def _write_private(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _overwrite(file: Path) -> None:
    """Best effort against undelete tools; the disk may keep older blocks."""
    with file.open("r+b") as stream:
        stream.write(secrets.token_bytes(KEY_BYTES))
        stream.flush()
        os.fsync(stream.fileno())


def _replace_by_empty(file: Path) -> None:
    empty = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(8)}")
    _write_private(empty, b"")
    empty.replace(file)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
