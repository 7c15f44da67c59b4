"""Does this database belong to this key directory? Asked once, at every start."""

from __future__ import annotations

import hashlib
import hmac
import stat

from chatservice.vault.errors import KeyMissing, VaultError
from chatservice.vault.keys import KeyDirectory, key_directory
from chatservice.vault.models import KeyCheck

LABEL = b"kuulolla key directory v1"


def check_key_directory(*, in_use: bool, create: bool = False, directory: KeyDirectory | None = None) -> None:
    """Refuse to start on a missing, open, incomplete or foreign key directory.

    `in_use` tells whether the database holds conversations; `create` lets the first
    start make the directory (demo and tests). Raises VaultError with one line that
    names the setting, what was found and what to do.
    """
    directory = directory or key_directory()
    known = KeyCheck.objects.first()
    if known is None and in_use:
        raise _refusal(directory, "the database holds conversations of another key directory")
    if known is None:
        _first_start(directory, create=create)
        return
    _check_private(directory)
    if not hmac.compare_digest(bytes(known.fingerprint), fingerprint(directory)):
        raise _refusal(directory, "it is not the key directory of this database")
    _check_complete(directory)


def fingerprint(directory: KeyDirectory) -> bytes:
    """What the database remembers of the directory; tells nothing of its keys."""
    try:
        return hmac.digest(directory.identity(), LABEL, hashlib.sha256)
    except KeyMissing:
        raise _refusal(directory, "it has no identity key") from None


def _first_start(directory: KeyDirectory, *, create: bool) -> None:
    if create:
        directory.prepare()
    _check_private(directory)
    directory.prepare()
    row, made = KeyCheck.objects.get_or_create(id=1, defaults={"fingerprint": fingerprint(directory)})
    if not made and not hmac.compare_digest(bytes(row.fingerprint), fingerprint(directory)):
        raise _refusal(directory, "another process started with another key directory")


def _check_private(directory: KeyDirectory) -> None:
    try:
        mode = directory.path.stat().st_mode
    except OSError:
        raise _refusal(directory, "there is no such directory", cure="create it with mode 0700 or restore it") from None
    if not stat.S_ISDIR(mode):
        raise _refusal(directory, "it is not a directory")
    if mode & 0o077:
        found = f"others may enter it (mode {stat.S_IMODE(mode):04o})"
        raise _refusal(directory, found, cure="set its mode to 0700")


def _check_complete(directory: KeyDirectory) -> None:
    try:
        directory.audit_key()
        directory.pepper()
    except KeyMissing:
        raise _refusal(directory, "its audit key or pepper is missing") from None


def _refusal(
    directory: KeyDirectory,
    found: str,
    *,
    cure: str = "point it to the directory this database was started with, or restore that",
) -> VaultError:
    return VaultError(f"KEY_DIRECTORY={directory.path}: {found}; {cure}.")
