"""The engines of our own: private, durable, and never in the way of the next start."""

import os
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import psycopg
import pytest
import redis

from chatservice.embedded import AlreadyRuns, CannotStart, Engines
from chatservice.embedded.children import end_leftover, is_ours, written_pid
from tests.embedded.own import address, holder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the engines' unprivileged user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="kuulolla-engines-") as made:
        Path(made).chmod(0o711)
        yield Path(made) / "var"


def remember(url: str, word: str) -> list[str]:
    """Store a word and return all words stored so far."""
    with psycopg.connect(url) as link:
        link.execute("CREATE TABLE IF NOT EXISTS word (word text)")
        link.execute("INSERT INTO word VALUES (%s)", [word])
        return [row[0] for row in link.execute("SELECT word FROM word")]


def wait_until_gone(pid: int, *, mark: Path) -> None:
    limit = time.monotonic() + 90
    while is_ours(pid, mark=mark):
        assert time.monotonic() < limit, "the engine outlived its parent"
        time.sleep(0.02)


def test_data_survive_a_restart_and_both_engines_answer(folder: Path) -> None:
    with Engines.start(directory=folder) as engines:
        assert remember(engines.owner_url, "first") == ["first"]
        with redis.Redis.from_url(engines.redis_url) as link:
            assert link.ping()
    with Engines.start(directory=folder) as engines:
        assert remember(engines.owner_url, "second") == ["first", "second"]


def test_kill_of_the_parent_ends_the_engines_and_hinders_nobody(folder: Path) -> None:
    parent = holder(folder)
    remember(address(parent), "acknowledged")
    server = written_pid(folder / "postgres" / "postmaster.pid")
    parent.kill()
    parent.communicate()
    wait_until_gone(server, mark=folder / "postgres")
    with Engines.start(directory=folder) as engines:
        assert "acknowledged" in remember(engines.owner_url, "next")


def test_kill_of_everything_at_once_loses_no_commit(folder: Path) -> None:
    parent = holder(folder)
    remember(address(parent), "acknowledged")
    os.kill(written_pid(folder / "postgres" / "postmaster.pid"), signal.SIGKILL)
    os.kill(written_pid(folder / "run" / "valkey.pid"), signal.SIGKILL)
    parent.kill()
    parent.communicate()
    with Engines.start(directory=folder) as engines:
        assert "acknowledged" in remember(engines.owner_url, "next")


def test_the_second_start_in_one_folder_says_who_holds_it(folder: Path) -> None:
    with Engines.start(directory=folder):
        with pytest.raises(AlreadyRuns, match=rf"runs already in this folder \(process {os.getpid()}\)"):
            Engines(directory=folder)
        second = holder(folder)
        _, error = second.communicate()
    assert error.startswith("AlreadyRuns: it runs already")


def test_a_pid_file_with_a_strangers_number_stops_nobody(folder: Path) -> None:
    with Engines.start(directory=folder):
        pass
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    (folder / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n")
    (folder / "run" / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n")
    (folder / "run" / "valkey.pid").write_text(f"{stranger.pid}\n")
    try:
        with Engines.start(directory=folder) as engines:
            assert remember(engines.owner_url, "here") == ["here"]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_leftover_of_our_own_is_ended(tmp_path: Path) -> None:
    leftover = subprocess.Popen(["/bin/sh", "-c", "echo up; read line", str(tmp_path)], stdin=PIPE, stdout=PIPE)
    with leftover:
        assert leftover.stdout is not None
        leftover.stdout.readline()  # until the program runs, its command line may not be readable yet
        (tmp_path / "pid").write_text(str(leftover.pid))
        end_leftover(pid_file=tmp_path / "pid", mark=tmp_path, by=signal.SIGTERM, limit_s=5)
        assert leftover.wait(5) == -signal.SIGTERM
        assert not (tmp_path / "pid").exists()


def test_a_folder_with_a_very_long_path_works(folder: Path) -> None:
    deep = folder / ("a" * 100) / ("b" * 100)
    with Engines.start(directory=deep) as engines:
        assert remember(engines.owner_url, "deep") == ["deep"]
        with redis.Redis.from_url(engines.redis_url) as link:
            assert link.ping()


def test_nobody_else_may_read_data_sockets_or_passwords(folder: Path) -> None:
    with Engines.start(directory=folder):
        for name in ("postgres", "run"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o700
        for name in ("engines.json", "run/valkey.conf"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_eve_gets_nothing_without_the_passwords(folder: Path) -> None:
    with Engines.start(directory=folder) as engines:
        sockets = engines.owner_url.partition("?host=")[2]
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"postgresql://kuulolla_owner:guess@/kuulolla?host={sockets}")
        with (
            pytest.raises(redis.AuthenticationError),
            redis.Redis(unix_socket_path=str(folder / "run" / "valkey.sock")) as link,
        ):
            link.get("anything")


def test_lost_passwords_are_told_in_words(folder: Path) -> None:
    with Engines.start(directory=folder):
        pass
    (folder / "engines.json").unlink()
    with pytest.raises(CannotStart, match=r"engines\.json is missing"):
        Engines(directory=folder)


def test_no_statement_reaches_the_servers_log(folder: Path) -> None:
    marker = "what Mia wrote"
    with Engines.start(directory=folder) as engines:
        with psycopg.connect(engines.owner_url, autocommit=True) as link:
            link.execute("CREATE TABLE once (word text UNIQUE)")
            link.execute("INSERT INTO once VALUES (%s)", [marker])
            with pytest.raises(psycopg.errors.UniqueViolation):
                link.execute(f"INSERT INTO once VALUES ('{marker}')")  # noqa: S608 - on purpose
        engines.postgres.restart(mode="immediate")
    assert marker not in (folder / "log" / "postgres.log").read_text()


def test_commits_reach_the_disk(folder: Path) -> None:
    with Engines.start(directory=folder) as engines, psycopg.connect(engines.database_url) as link:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            row = link.execute("SELECT current_setting(%s)", [name]).fetchone()
            assert row == ("on",)


def test_a_frozen_server_goes_on_where_it_was(folder: Path) -> None:
    with Engines.start(directory=folder) as engines, psycopg.connect(engines.owner_url) as link:
        engines.postgres.pause()
        engines.redis.pause()
        engines.postgres.resume()
        engines.redis.resume()
        assert link.execute("SELECT 1").fetchone() == (1,)
