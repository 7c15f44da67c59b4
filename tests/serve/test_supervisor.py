"""`python -m chatservice`: from an empty folder to two addresses, and back to nothing."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from chatservice.embedded import Engines
from tests.pace import longer
from tests.service import ROOT

# A core may be wanted by others; the longest end of all, with a drain, takes 25 s alone.
PATIENCE_S = 90
PLAIN = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


class Demonstration:
    """One run of the supervisor in a folder of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chatservice", "--folder", str(folder)],
            cwd=ROOT,
            env={**PLAIN, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def guide(self) -> str:
        """Read until the guide is whole; an early end fails with what was said."""
        assert self.process.stdout is not None
        told = ""
        while "Ctrl-C ends it" not in told:
            line = self.process.stdout.readline()
            assert line, f"the demonstration did not start: {self.process.communicate()[1]}"
            told += line
        return told

    def children(self) -> list[psutil.Process]:
        """Return every living process below the supervisor."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: int = signal.SIGINT) -> int:
        """Ask for the end and return the exit code."""
        self.process.send_signal(number)
        self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode


@pytest.fixture
def demonstration(folder: Path) -> Iterator[Callable[..., Demonstration]]:
    """A maker of demonstrations in one folder; none outlives its test."""
    made: list[Demonstration] = []

    def make(**environment: str) -> Demonstration:
        made.append(Demonstration(folder, **environment))
        return made[-1]

    yield make
    for each in made:
        each.process.kill()
        each.process.communicate()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the engines' unprivileged user can reach."""
    with tempfile.TemporaryDirectory(prefix="kuulolla-demo-") as made:
        Path(made).chmod(0o711)
        yield Path(made) / "var"


def wait_until_ended(processes: list[psutil.Process]) -> None:
    """Wait until each is gone, or a zombie that nobody above us collects."""
    limit = time.monotonic() + PATIENCE_S
    for process in processes:
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < limit, f"{process.name()} outlived its parent"
            time.sleep(0.05)


def processor_seconds(processes: list[psutil.Process]) -> float:
    """Sum what these processes have used so far."""
    return sum(used.user + used.system for used in (process.cpu_times() for process in processes))


def status(guide: str, host: str, path: str) -> int:
    """Return the status of a page of the running demonstration."""
    found = re.search(rf"http://{host}\.localhost:(\d+)/", guide)
    assert found is not None
    headers = {"Host": f"{host}.localhost:{found[1]}"}
    request = urllib.request.Request(f"http://127.0.0.1:{found[1]}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - our own loopback address
        return int(answer.status)


def test_an_empty_folder_becomes_a_service_and_ends_without_a_trace(
    demonstration: Callable[..., Demonstration],
) -> None:
    first = demonstration()
    guide = first.guide()
    assert "aino@demo.example" in guide
    assert status(guide, "chat", "/demo/fi") == 200
    assert status(guide, "desk", "/sign-in") == 200
    children = first.children()
    assert first.end() == 0
    wait_until_ended(children)

    second = demonstration()
    assert status(second.guide(), "chat", "/demo/fi") == 200
    # Processor time, since wall time here tells more about the neighbours: alone on two cores it starts in under 3 s.
    assert processor_seconds([psutil.Process(second.process.pid), *second.children()]) < longer(6)
    assert second.end(signal.SIGTERM) == 0


def test_kill_of_the_supervisor_leaves_nothing_that_stops_the_next_start(
    demonstration: Callable[..., Demonstration],
) -> None:
    first = demonstration()
    first.guide()
    children = first.children()
    first.process.kill()
    first.process.communicate()
    second = demonstration()
    assert status(second.guide(), "chat", "/demo/fi") == 200
    assert second.end() == 0
    wait_until_ended(children)


def test_given_servers_are_used_and_nothing_is_started(
    demonstration: Callable[..., Demonstration], engines: Engines
) -> None:
    own_keys = os.environ["KEY_DIRECTORY"]
    running = demonstration(**engines.environment(), KEY_DIRECTORY=own_keys)
    running.guide()
    names = [" ".join(child.cmdline()) for child in running.children()]
    assert running.end() == 0
    assert len(names) == 1
    assert "chatservice.serve" in names[0]


@pytest.mark.parametrize(("given", "missing"), [("DATABASE_URL", "REDIS_URL"), ("REDIS_URL", "DATABASE_URL")])
def test_one_server_without_the_other_is_refused_in_one_line(
    demonstration: Callable[..., Demonstration], engines: Engines, given: str, missing: str
) -> None:
    running = demonstration(**{given: engines.environment()[given]})
    _, error = running.process.communicate(timeout=PATIENCE_S)
    assert running.process.returncode == 1
    assert error.startswith(f"{missing} is not set: expected an address")
    assert error.count("\n") == 1


def test_an_unreachable_database_is_told_in_one_line(demonstration: Callable[..., Demonstration]) -> None:
    away = {"DATABASE_URL": "postgresql://kuulolla_web:hidden@127.0.0.1:1/kuulolla", "REDIS_URL": "redis://127.0.0.1:1"}
    running = demonstration(**away)
    _, error = running.process.communicate(timeout=PATIENCE_S)
    assert running.process.returncode == 1
    [line] = [each for each in error.splitlines() if "psycopg.pool" not in each]
    assert line.startswith("DATABASE_URL is not usable: expected a PostgreSQL that answers")
