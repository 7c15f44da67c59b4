"""A real server process for tests: started, frozen, killed and started again on the same loopback port."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.nursery import Child, nursery

ROOT = Path(__file__).resolve().parent.parent
Process = Child | subprocess.Popen[bytes]
READY_S, END_S, STEP_S = 180.0, 60.0, 0.05

DAPHNE = ("-m", "chatservice.serve", "--bind", "127.0.0.1:{port}")
UVICORN = (
    *("-m", "uvicorn", "chatservice.asgi:application", "--host", "127.0.0.1", "--port", "{port}"),
    *("--no-access-log", "--log-level", "error", "--no-server-header", "--ws-per-message-deflate", "false"),
)


def free_port() -> int:
    """Return a free loopback port which the system lends to nobody who asks for any: it is ours over a kill, too."""
    for port in _ports:
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("expected a free port")


def _own_ports() -> Iterator[int]:
    """Yield ports below those that are lent, other ones in each process of a run."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 20_000 + worker % 8 * 1_500
    yield from (first + (offset + at) % 1_500 for offset in [secrets.randbelow(1_500)] for at in range(1_500))


_ports = _own_ports()


def forked(command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> Child:
    """Start a server from what is loaded already."""
    return nursery().bear(command, environment=environment, log=log)


def executed(command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a server as an operator does."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-W", "default", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


class Service:
    """One server process; its output goes to `log`, which the privacy tests read."""

    def __init__(
        self,
        *,
        folder: Path,
        environment: Mapping[str, str],
        command: Sequence[str] = DAPHNE,
        born: Callable[..., Process] = forked,
    ) -> None:
        self._born = born
        self.port = free_port()
        self.chat_origin = f"http://chat.localhost:{self.port}"
        self.desk_origin = f"http://desk.localhost:{self.port}"
        self.log = folder / f"service-{self.port}.log"
        self._command = [part.format(port=self.port) for part in command]
        self._environment = {
            **os.environ,
            **environment,
            "CHAT_ORIGIN": self.chat_origin,
            "DESK_ORIGIN": self.desk_origin,
        }
        self._process: Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the process is started with, for another one beside it."""
        return {**self._environment, "DJANGO_SETTINGS_MODULE": "chatservice.settings"}

    @property
    def command(self) -> list[str]:
        """The command line of one like it."""
        return [sys.executable, *self._command]

    @property
    def process(self) -> Process:
        """The running process."""
        assert self._process is not None, "start the service first"
        return self._process

    def start(self) -> "Service":
        """Start and wait until /readyz says yes; an early end fails with the log's last lines."""
        self._process = self._born(self._command, environment=self._environment, log=self.log)
        try:
            self._await_ready()
        except AssertionError:
            self.stop()  # nobody has it yet who could
            raise
        return self

    def _await_ready(self) -> None:
        limit = time.monotonic() + READY_S
        while self.status("/readyz") != 200:
            assert self.process.poll() is None, f"the service ended at its start: {self.tail()}"
            assert time.monotonic() < limit, f"the service was not ready in time: {self.tail()}"
            time.sleep(STEP_S)

    def status(self, path: str) -> int:
        """Return the status of a GET on the visitors' origin, 0 when nobody answers."""
        host = self.chat_origin.removeprefix("http://")
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host})
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 - our own loopback address
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def terminate(self) -> None:
        """SIGTERM: the service drains and ends by itself."""
        self.process.send_signal(signal.SIGTERM)

    def wait(self) -> int:
        """Wait for the end and return the exit code."""
        return self.process.wait(END_S)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        """SIGSTOP."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End quickly, whatever state the process is in."""
        if self._process is None or self._process.poll() is not None:
            return
        self.resume()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def tail(self) -> str:
        """Return the log's last lines."""
        return self.log.read_text(errors="replace")[-2000:]
