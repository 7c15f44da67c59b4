"""A start with the wrong keys is refused in one line that says what to do (threats C5, F3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatservice.vault.check import check_key_directory, fingerprint
from chatservice.vault.errors import VaultError
from chatservice.vault.keys import KeyDirectory
from chatservice.vault.models import KeyCheck


@pytest.fixture(autouse=True)
def _unknown_database() -> Iterator[None]:
    """A database that never saw a key directory; what it knew comes back afterwards."""
    owner = KeyCheck.objects.using("owner")
    known = owner.first()
    owner.all().delete()
    yield
    owner.all().delete()
    if known:
        known.save(using="owner", force_insert=True)


@pytest.fixture
def keys(tmp_path: Path) -> KeyDirectory:
    directory = KeyDirectory(tmp_path / "keys")
    directory.prepare()
    return directory


def refusal(directory: KeyDirectory, *, in_use: bool = False) -> str:
    with pytest.raises(VaultError) as caught:
        check_key_directory(in_use=in_use, directory=directory)
    text = str(caught.value)
    assert text.startswith(f"KEY_DIRECTORY={directory.path}: ")
    assert "\n" not in text
    return text


def test_the_first_start_makes_and_remembers_its_keys(tmp_path: Path) -> None:
    directory = KeyDirectory(tmp_path / "keys")
    check_key_directory(in_use=False, create=True, directory=directory)
    check_key_directory(in_use=False, directory=directory)
    check_key_directory(in_use=True, directory=directory)
    known = KeyCheck.objects.get()
    assert bytes(known.fingerprint) == fingerprint(directory)
    assert directory.identity() not in bytes(known.fingerprint)


def test_an_empty_private_directory_will_do(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.mkdir(mode=0o700)
    check_key_directory(in_use=False, directory=KeyDirectory(path))
    assert KeyCheck.objects.exists()


def test_a_missing_directory_is_not_made_unasked(tmp_path: Path) -> None:
    assert "there is no such directory" in refusal(KeyDirectory(tmp_path / "mistyped"))
    assert not KeyCheck.objects.exists()


def test_a_directory_lost_later_is_refused_even_when_it_may_be_made(keys: KeyDirectory, tmp_path: Path) -> None:
    check_key_directory(in_use=False, directory=keys)
    lost = KeyDirectory(tmp_path / "lost")
    assert "no such directory" in refusal(lost)
    with pytest.raises(VaultError):
        check_key_directory(in_use=False, create=True, directory=lost)
    assert not lost.path.exists()


def test_another_services_directory_is_refused(keys: KeyDirectory, tmp_path: Path) -> None:
    check_key_directory(in_use=False, directory=keys)
    other = KeyDirectory(tmp_path / "other")
    other.prepare()
    assert "not the key directory of this database" in refusal(other)


def test_conversations_without_a_known_directory_are_refused(keys: KeyDirectory) -> None:
    assert "conversations of another key directory" in refusal(keys, in_use=True)


@pytest.mark.parametrize("name", ["identity", "audit", "pepper"])
def test_a_half_restored_directory_is_refused(keys: KeyDirectory, name: str) -> None:
    check_key_directory(in_use=False, directory=keys)
    (keys.path / f"{name}.key").unlink()
    assert "missing" in refusal(keys) or "no identity key" in refusal(keys)
    assert not (keys.path / f"{name}.key").exists()


def test_a_directory_open_to_others_is_refused(keys: KeyDirectory) -> None:
    keys.path.chmod(0o750)
    assert "mode 0750" in refusal(keys)


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("")
    assert "not a directory" in refusal(KeyDirectory(path))
