"""Keys live in files, are made once, and are gone when they are destroyed (threats C5, C8)."""

from __future__ import annotations

import multiprocessing
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from chatservice.vault.errors import KeyMissing, VaultError
from chatservice.vault.keys import KeyDirectory

pytestmark = pytest.mark.pure

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)


def directory_at(path: Path, *, today: date = TODAY) -> KeyDirectory:
    return KeyDirectory(path, today=lambda: today)


@pytest.fixture
def keys(tmp_path: Path) -> KeyDirectory:
    directory = directory_at(tmp_path / "keys")
    directory.prepare()
    return directory


def test_a_days_key_stays_the_same_and_differs_from_all_others(keys: KeyDirectory) -> None:
    found = [keys.day_key(TODAY), keys.day_key(TOMORROW), keys.identity(), keys.audit_key(), keys.pepper()]
    again = directory_at(keys.path)
    assert [again.day_key(TODAY), again.day_key(TOMORROW)] == found[:2]
    assert len(set(found)) == 5
    assert {len(key) for key in found} == {32}


def test_preparing_again_changes_nothing(keys: KeyDirectory) -> None:
    before = keys.identity()
    keys.prepare()
    assert keys.identity() == before


def test_only_the_service_may_read_them(keys: KeyDirectory) -> None:
    keys.day_key(TODAY)
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.path.iterdir()} == {0o600}


def test_nothing_is_left_aside(keys: KeyDirectory) -> None:
    keys.day_key(TODAY)
    keys.destroy(TODAY)
    assert not [file.name for file in keys.path.iterdir() if file.name.startswith(".")]


def test_no_key_is_made_for_a_day_that_is_over(keys: KeyDirectory) -> None:
    with pytest.raises(KeyMissing, match="its day is over"):
        keys.day_key(TODAY - timedelta(days=1))


def test_a_key_made_in_time_is_readable_later(keys: KeyDirectory) -> None:
    key = keys.day_key(TODAY)
    assert directory_at(keys.path, today=TODAY + timedelta(days=30)).day_key(TODAY) == key


@pytest.mark.parametrize("today", [TODAY, TOMORROW], ids=["on its day", "after it"])
def test_a_destroyed_key_never_comes_back(keys: KeyDirectory, today: date) -> None:
    keys.day_key(TODAY)
    kept = keys.day_key(TOMORROW)
    then = directory_at(keys.path, today=today)
    for _ in range(2):
        then.destroy(TODAY)
        with pytest.raises(KeyMissing):
            then.day_key(TODAY)
    assert then.day_key(TOMORROW) == kept
    assert then.days() == [TOMORROW]


def test_destroying_a_key_that_never_was_keeps_it_from_being_made(keys: KeyDirectory) -> None:
    keys.destroy(TODAY)
    with pytest.raises(KeyMissing, match="destroyed"):
        keys.day_key(TODAY)


def test_the_old_bytes_are_overwritten(keys: KeyDirectory, tmp_path: Path) -> None:
    key = keys.day_key(TODAY)
    copy = tmp_path / "another name for the same blocks"
    copy.hardlink_to(keys.path / f"day-{TODAY}.key")
    keys.destroy(TODAY)
    assert copy.read_bytes() != key


def test_a_missing_directory_is_told_by_its_setting(tmp_path: Path) -> None:
    nowhere = directory_at(tmp_path / "nowhere")
    with pytest.raises(VaultError, match=r"KEY_DIRECTORY=.*does not exist"):
        nowhere.day_key(TODAY)
    with pytest.raises(KeyMissing, match=r"KEY_DIRECTORY=.*identity"):
        nowhere.identity()


def test_a_file_of_another_length_is_no_key(keys: KeyDirectory) -> None:
    (keys.path / f"day-{TODAY}.key").write_bytes(b"short")
    with pytest.raises(VaultError, match="wrong length"):
        keys.day_key(TODAY)


def race(path: str, start: object, results: object) -> None:
    """One of several processes that want the same new key."""
    start.wait()  # type: ignore[attr-defined]  # a multiprocessing barrier
    directory = directory_at(Path(path))
    results.put([directory.day_key(TODAY + timedelta(days=number)) for number in range(5)])  # type: ignore[attr-defined]  # a queue


def test_processes_that_race_for_a_new_key_get_the_same(keys: KeyDirectory) -> None:
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(4), context.Queue()
    racers = [context.Process(target=race, args=(str(keys.path), start, results)) for _ in range(4)]
    for racer in racers:
        racer.start()
    found = [tuple(results.get(timeout=90)) for _ in racers]
    for racer in racers:
        racer.join()
    assert len(set(found)) == 1
    assert len(set(found[0])) == 5
