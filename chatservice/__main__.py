"""`python -m chatservice` (`make run`): everything a demonstration needs, from an empty folder to two addresses.

Ctrl-C ends every child. What was written stays in var/.
"""

import argparse
import io
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
from django.core.management import call_command, get_commands
from django.db import OperationalError, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from chatservice import env
from chatservice.embedded import EngineError, Engines
from chatservice.embedded.children import dies_with

ROOT = Path(__file__).resolve().parent.parent
USUAL_PORT = 8000
READY_S, END_S, STEP_S = 30.0, 10.0, 0.1
ENGINE_VARIABLES = ("DATABASE_URL", "REDIS_URL")

GUIDE = """
{service} is running.

  A professional:              http://desk.localhost:{port}/
      aino@demo.example   curator
      petri@demo.example  psychologist       password of all: {password}
      sari@demo.example   nurse, coordinator
      tiina@demo.example  statistician       rauni@demo.example  reads reports
  A young person or a parent:  http://chat.localhost:{port}/demo/fi   (also /demo/sv, /demo/en)

  Try: 1. Sign in as Aino and start the shift ("Aloita vuoro"): the chat is open only while somebody is on duty.
       2. In another window open the chat as the young person, come in and write.
       3. As Aino take the next one ("Ota seuraava") and answer.
       4. Cut the line (developer tools, offline), write on, and let the line come back.
       5. End the shift while somebody waits, and look at both windows; the chat's first page then lets nobody in.
       6. As Tiina open "Raportit", make a draft of what is due, have it checked, sign it; sign as Sari and freeze it.
          Then write a bulletin of it ("Tiedotteet"); everybody reads it at http://chat.localhost:{port}/bulletins/demo/fi

Reports of invented years are made in the background; the last one takes some minutes.
Ctrl-C ends it. What was written stays in {folder}.
"""


class Ended(Exception):
    """A signal asked us to end."""


def main() -> int:
    """Run until a signal or the end of a child; return the exit code."""
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    logging.captureWarnings(capture=True)
    try:
        with ExitStack() as kept:
            folder = options.folder.resolve()
            given = named_servers()
            kept.enter_context(engines_for(folder=folder))
            port = options.port or free_port()
            configure(folder=folder, port=port)
            prepare()
            service = kept.enter_context(serving(port=port))
            kept.enter_context(invented_years(given=bool(given)))
            show_guide(folder=folder, port=port)
            return service.wait()
    except Ended:
        return 0
    except EngineError as error:
        sys.stderr.write(f"kuulolla: {error}\n")
        return 1


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m chatservice", description="Run a demonstration of the service.")
    parser.add_argument("--port", type=int, default=0, help=f"loopback port (default: {USUAL_PORT}, or a free one)")
    parser.add_argument("--folder", type=Path, default=ROOT / "var", help="where data live (default: var/)")
    return parser.parse_args()


def on_signal(number: int, frame: object) -> None:
    """End by the shortest way that still ends the children; a second signal changes nothing."""
    del frame
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Ended(number)


@contextmanager
def engines_for(*, folder: Path) -> Iterator[None]:
    """Use the servers the environment names, or run our own."""
    named = named_servers()
    if len(named) == 1:
        missing = next(name for name in ENGINE_VARIABLES if name not in named)
        env.stop(name=missing, expected=f"an address, since {named[0]} has one (or neither)", example="<address>")
    if named:
        yield
        return
    with Engines.start(directory=folder) as engines:
        os.environ.update(engines.environment())
        yield


def named_servers() -> list[str]:
    """Return which of the two servers the environment names."""
    return [name for name in ENGINE_VARIABLES if os.environ.get(name) or os.environ.get(f"{name}_FILE")]


def free_port() -> int:
    """Return the usual port when nobody listens there, else one that the system gives."""
    for wanted in (USUAL_PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on the loopback interface")


def configure(*, folder: Path, port: int) -> None:
    """Fill in what the environment leaves open: a demonstration with secrets of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret-key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(64))
    defaults = {
        "KUULOLLA_MODE": "demo",
        "KEY_DIRECTORY": str(folder / "keys"),
        "STATIC_ROOT": str(folder / "static"),
        "CHAT_ORIGIN": f"http://chat.localhost:{port}",
        "DESK_ORIGIN": f"http://desk.localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "chatservice.settings",
    }
    if "SECRET_KEY" not in os.environ:
        defaults["SECRET_KEY_FILE"] = str(secret)
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def prepare() -> None:
    """Bring tables, demo data and static files to this release's state; each step is quick when nothing changed."""
    django.setup()
    try:
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    except OperationalError:
        env.stop(name="DATABASE_URL", expected="a PostgreSQL that answers and knows this login", example="<address>")
    if os.environ["KUULOLLA_MODE"] == "demo":
        prepare_keys()
    for name in ("demo", "demo_hours", "demo_clock", "demo_bulletins"):
        if os.environ["KUULOLLA_MODE"] == "demo" and name in get_commands():
            call_command(name, verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    for link in connections.all(initialized_only=True):
        link.close()
        if isinstance(link, DatabaseWrapper):
            link.close_pool()


def prepare_keys() -> None:
    """Make the key directory of a first start, before anything of the demonstration is recorded in the audit."""
    from chatservice.checks import unsafe_keys  # noqa: PLC0415 - needs loaded models

    for refusal in unsafe_keys():
        raise SystemExit(f"kuulolla: {refusal}")


@contextmanager
def serving(*, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server process inside the block, ready for requests."""
    service = subprocess.Popen(
        [sys.executable, "-m", "chatservice.serve", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=dies_with(os.getpid(), by=signal.SIGINT),  # noqa: PLW1509 - no other threads run here
    )
    try:
        wait_until_ready(service, port=port)
        yield service
    finally:
        service.send_signal(signal.SIGINT)
        try:
            service.wait(END_S)
        except subprocess.TimeoutExpired:
            service.kill()


@contextmanager
def invented_years(*, given: bool) -> Iterator[None]:
    """Let the demonstration's reports be made beside the service, once; what is not ready then goes on next time.

    A database that was `given` to us gets no invented years by itself: `manage.py demo_statistics` is for that.
    """
    if given or os.environ["KUULOLLA_MODE"] != "demo":
        yield
        return
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "demo_statistics"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=dies_with(os.getpid(), by=signal.SIGKILL),  # noqa: PLW1509 - no other threads run here
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def wait_until_ready(service: subprocess.Popen[bytes], *, port: int) -> None:
    """Wait for /readyz; a service that ends before has said why, so we end with its code."""
    limit = time.monotonic() + READY_S
    while not ready(port=port):
        if service.poll() is not None:
            raise SystemExit(service.returncode)
        if time.monotonic() > limit:
            raise SystemExit(f"the service was not ready within {READY_S:.0f} s")
        time.sleep(STEP_S)


def ready(*, port: int) -> bool:
    """Ask the service whether it takes visitors."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": f"chat.localhost:{port}"})
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's own number
    except (urllib.error.URLError, OSError):
        return False


def show_guide(*, folder: Path, port: int) -> None:
    """Tell the person at the terminal where to go and what to try."""
    from chatservice.accounts.management.commands.demo import PASSWORD  # noqa: PLC0415 - needs loaded models

    sys.stdout.write(
        GUIDE.format(service=env.text("SERVICE_NAME", default="Kuulolla"), port=port, password=PASSWORD, folder=folder)
    )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
