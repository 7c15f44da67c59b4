"""Where server processes are born: one process that has loaded what none of them changes, and forks.

A start loads libraries and two hundred thousand phrases, which takes three seconds of a core; a run of the tests starts
a hundred servers. `python -m chatservice` itself, as an operator starts it, is tested in `tests/serve`.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
# None of these reads a setting or chooses an event loop.
LIBRARIES = (
    *("autobahn.websocket.protocol", "channels.consumer", "cryptography.x509", "django.core.asgi", "django.db.models"),
    *("django.core.management", "django.template.backends.django", "holidays", "msgspec", "prometheus_client"),
    *("psycopg", "psycopg_pool", "redis.asyncio", "wsgiref.simple_server"),
)
LOOK_S = 0.02


class Child:
    """A server process. Its exit code is as that of `subprocess.Popen`."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self._nursery = nursery
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        if self.returncode is None:
            self.returncode = self._nursery.ask({"ended": self.pid})
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code; raises TimeoutExpired."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(LOOK_S)
        return code

    def send_signal(self, what: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, what)

    def kill(self) -> None:
        """kill -9."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The forking process as this one sees it; it ends with this one, and takes its children along."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-W", "default", "-m", "tests.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        atexit.register(self.close)

    def bear(self, command: Sequence[str], *, environment: Mapping[str, str], log: Path) -> Child:
        """Start `python -W default -m module arguments`, everything it says into `log`."""
        flag, module, *arguments = command
        assert flag == "-m", command
        asked: dict[str, Any] = {
            "module": module,
            "arguments": arguments,
            "environment": dict(environment),
            "log": str(log),
        }
        return Child(self, int(self.ask(asked)))

    def ask(self, question: dict[str, Any]) -> Any:
        """Return the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()


# -- the other side -----------------------------------------------------------------------------------------------


def main() -> None:
    """Load, then answer until nobody asks any more."""
    prepare(LIBRARIES)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    alive: set[int] = set()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = ended(asked["ended"], alive) if "ended" in asked else forked(asked, alive)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    for pid in alive:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def prepare(libraries: Iterable[str]) -> None:
    """Load what every server loads."""
    for name in libraries:
        importlib.import_module(name)
    importlib.import_module("chatservice.moderation.pipeline").default()
    gc.collect()
    gc.freeze()


def ended(pid: int, alive: set[int]) -> int | None:
    """Return the exit code of a child, None while it runs."""
    found, status = os.waitpid(pid, os.WNOHANG)
    if not found:
        return None
    alive.discard(pid)
    return os.waitstatus_to_exitcode(status)


def forked(asked: dict[str, Any], alive: set[int]) -> int:
    """Return the pid of a new child."""
    pid = os.fork()
    if not pid:
        become(asked)
    alive.add(pid)
    return pid


def become(asked: dict[str, Any]) -> NoReturn:
    """Be that server, from its environment on, until it ends."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = [asked["module"], *asked["arguments"]]
    runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
    sys.exit(0)


_nursery: list[Nursery] = []
_one = Lock()


def nursery() -> Nursery:
    """Return this process's own, made when first asked for."""
    with _one:
        if not _nursery:
            _nursery.append(Nursery())
        return _nursery[0]


if __name__ == "__main__":
    main()
