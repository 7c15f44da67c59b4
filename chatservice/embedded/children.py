"""Child processes that end with their parent, and the traces of those that could not."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from chatservice.embedded.errors import CannotStart
from chatservice.embedded.places import Account

PR_SET_PDEATHSIG = 1
LOG_BYTES = 1_000_000
STEP_S = 0.02

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def dies_with(parent: int, *, by: signal.Signals) -> Callable[[], None]:
    """Return what a child runs before its program: it asks Linux for a signal when its parent ends, even by kill -9.

    Elsewhere nothing can ask for that; there the next start finds the left-over by its pid file.
    """
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def ask() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(by))
            if os.getppid() != parent:  # the parent ended before we asked
                os._exit(1)

    return ask


def spawn(
    command: Sequence[str | Path], *, account: Account, log: Path, at_parents_death: signal.Signals
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that a Ctrl-C at the terminal reaches us alone.

    Raises RuntimeError outside the main thread: Linux means by "parent" the thread that started the child.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("engines are started from the main thread, with which they live and die")
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.unlink()
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,
            preexec_fn=dies_with(os.getpid(), by=at_parents_death),  # noqa: PLW1509 - we run no other threads yet
            **identity(account),
        )


def identity(account: Account) -> dict[str, Any]:
    """Return subprocess's arguments for becoming the engines' user."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account.other else {}


def wait_until(
    ready: Callable[[], bool], *, child: subprocess.Popen[bytes], what: str, log: Path, limit_s: float
) -> None:
    """Wait for a state of the child; raises CannotStart when it ends before, or takes too long."""
    limit = time.monotonic() + limit_s
    while not ready():
        if child.poll() is not None:
            raise CannotStart(f"{what} ended at its start (code {child.returncode}); its log is {log}")
        if time.monotonic() > limit:
            raise CannotStart(f"{what} was not ready within {limit_s:.0f} s; its log is {log}")
        time.sleep(STEP_S)


def end(child: subprocess.Popen[bytes], *, by: signal.Signals, limit_s: float) -> None:
    """Ask a child to end; after the limit kill it."""
    if child.poll() is None:
        child.send_signal(signal.SIGCONT)
        child.send_signal(by)
    try:
        child.wait(limit_s)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def end_leftover(*, pid_file: Path, mark: Path, by: signal.Signals, limit_s: float) -> None:
    """End a server that an earlier start of this folder left behind, and remove its pid file.

    `mark` is a path on the command line of ours and of nobody else's: a pid may belong to a stranger by now.
    """
    pid = written_pid(pid_file)
    if pid and is_ours(pid, mark=mark):
        os.kill(pid, by)
        limit = time.monotonic() + limit_s
        while is_ours(pid, mark=mark) and time.monotonic() < limit:
            time.sleep(STEP_S)
        if is_ours(pid, mark=mark):
            os.kill(pid, signal.SIGKILL)
    pid_file.unlink(missing_ok=True)


def written_pid(pid_file: Path) -> int:
    """Return the number in the file's first line, 0 when there is none."""
    try:
        first = pid_file.read_text().split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        return 0
    return int(first) if first.isdigit() else 0


def is_ours(pid: int, *, mark: Path) -> bool:
    """Tell whether this process runs (not as a zombie) with our path on its command line."""
    if Path("/proc/self/cmdline").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return os.fsencode(mark) in words
    listed = subprocess.run(["/bin/ps", "-p", str(pid), "-o", "command="], check=False, capture_output=True, text=True)
    return str(mark) in listed.stdout


def family(pid: int) -> list[int]:
    """Return a process and its children (Linux): PostgreSQL's each lead a session of their own."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *(int(child) for child in listed.read_text().split())]
