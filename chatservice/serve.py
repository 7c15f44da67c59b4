"""One server process: Daphne with our limits, no access log, and an end that hurts nobody.

SIGTERM drains for up to 20 s and exits by 25 s; SIGINT drains at once; a second signal stops without waiting.
"""

# First of all: daphne.server chooses Twisted's reactor, which every later import finds in place.
from daphne.server import Server  # isort: split

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Sequence

import django
from django.conf import settings
from django.utils.module_loading import import_string

from chatservice.env import WrongValue

log = logging.getLogger(__name__)

LONGEST_DRAIN_S, SHORT_DRAIN_S, TIDYING_S, LATEST_EXIT_S = 20.0, 5.0, 3.0, 24.5
SOCKET_LIFE_S = 12 * 60 * 60
# Room for a replay page of 24 KiB: Daphne holds outgoing messages to the same limit (threats M5).
LARGEST_MESSAGE = 32 * 1024
COLLECTIONS = (5_000, 20, 20)


class DrainingServer(Server):  # type: ignore[misc]  # daphne ships no types
    """Daphne with a drain in front of its stop, which by itself tears every socket off (threats M3)."""

    def __init__(self, *, application: object, endpoints: Sequence[str]) -> None:
        super().__init__(
            application,
            endpoints=list(endpoints),
            signal_handlers=False,
            verbosity=0,
            server_name="",
            websocket_timeout=SOCKET_LIFE_S,
            websocket_connect_timeout=5,
            websocket_handshake_timeout=5,
            websocket_max_message_size=LARGEST_MESSAGE,
            websocket_max_frame_size=LARGEST_MESSAGE,
            application_close_timeout=5,
            http_timeout=60,
            ping_interval=20,
            ping_timeout=30,
            ready_callable=self.ready,
        )
        self._ending: asyncio.Task[None] | None = None
        self.deaf = False

    def listen_error(self, failure: object) -> None:
        """Remember that the place to listen at is taken or not ours; `main` says it."""
        del failure
        self.deaf = True
        self.stop()

    def ready(self) -> None:
        """Everything is loaded and the port is open: from now on it is about short waits."""
        self.take_signals()
        spare_collections()

    def take_signals(self) -> None:
        """Let the loop handle the two signals that ask us to end."""
        loop = asyncio.get_event_loop_policy().get_event_loop()
        loop.add_signal_handler(signal.SIGTERM, self.end, LONGEST_DRAIN_S)
        loop.add_signal_handler(signal.SIGINT, self.end, SHORT_DRAIN_S)

    def end(self, limit_s: float) -> None:
        """Drain and stop; called again, stop."""
        if self._ending is not None:
            self.stop()
            return
        loop = asyncio.get_running_loop()
        loop.call_later(LATEST_EXIT_S, os._exit, 1)
        self._ending = loop.create_task(self._drain_and_stop(limit_s))

    async def _drain_and_stop(self, limit_s: float) -> None:
        import_string("chatservice.asgi.drain").begin()
        drain = asyncio.ensure_future(import_string("chatservice.delivery.drain.drain")(limit_s=limit_s))
        # Not wait_for: a library that swallows a cancellation must not keep the process from ending.
        await asyncio.wait({drain}, timeout=limit_s + TIDYING_S)
        if not drain.done() or drain.exception() is not None:
            log.error("the drain broke off: %s", drain.exception() if drain.done() else "out of time")
        self.stop()

    def kill_all_applications(self) -> object:
        """Leave out connections that have no application yet, on which Daphne itself would stumble."""
        for details in self.connections.values():
            details.setdefault("application_instance", finished())
        return super().kill_all_applications()


def spare_collections() -> None:
    """Take what the start has loaded out of garbage collection: a full one stopped every conversation for 100 ms.

    Younger ones come less often too: most of what a socket leaves is freed without them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)


def finished() -> asyncio.Future[None]:
    """Return a future that is over."""
    future: asyncio.Future[None] = asyncio.get_event_loop_policy().get_event_loop().create_future()
    future.set_result(None)
    return future


def endpoints(options: argparse.Namespace) -> list[str]:
    """Translate the command line to Twisted's descriptions."""
    if options.unix:
        return [f"unix:{escaped(options.unix)}:mode=660:lockfile=1"]
    if options.fd is not None:
        return [f"fd:fileno={options.fd}"]
    host, _, port = options.bind.rpartition(":")
    return [f"tcp:port={port}:interface={escaped(host.strip('[]'))}:backlog=1024"]


def escaped(part: str) -> str:
    """Protect the colons and backslashes of a description's part."""
    return part.replace("\\", "\\\\").replace(":", "\\:")


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line: exactly one place to listen at."""
    parser = argparse.ArgumentParser(prog="python -m chatservice.serve", description="Serve both faces with Daphne.")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--bind", default="127.0.0.1:8000", help="host:port (default: 127.0.0.1:8000)")
    place.add_argument("--unix", help="path of a Unix socket, for a proxy on the same machine")
    place.add_argument("--fd", type=int, help="number of a listening socket that was handed over")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> None:
    """Check that it is safe to serve, then serve until a signal ends it. Raises WrongValue when it is not."""
    options = arguments(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatservice.settings")
    django.setup()
    refuse_unsafe = import_string("chatservice.checks.refuse_unsafe")
    refuse_unsafe()
    server = DrainingServer(application=import_string(settings.ASGI_APPLICATION), endpoints=endpoints(options))
    server.run()
    if server.deaf:
        raise WrongValue("the service cannot listen there: expected a free address, for example --bind 127.0.0.1:8001")


if __name__ == "__main__":
    main(sys.argv[1:])
