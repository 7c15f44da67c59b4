"""`make bench`: the service and the bare yardstick side by side in one run; the exit status tells whether it is good.

Rounds are interleaved in shuffled order, since other work of the machine comes and goes; ratios are of neighbours.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from tests import engines
from tests.bench import meter, report
from tests.service import ROOT, Service, executed, free_port

CAPACITY = 5
LIMITS = {
    "LIMIT_MESSAGES_PER_SECOND": "10000",
    "LIMIT_MESSAGE_BURST": "10000",
    "LIMIT_FRAMES_PER_SECOND": "10000",
    "LIMIT_SOCKETS": "20000",
    "TRUSTED_ADDRESS_HEADER": "x-bench-caller",
}
READY_S, END_S = 20.0, 10.0


class Program:
    """A Python module in a process of its own."""

    def __init__(self, module: str, *arguments: str, **options: Any) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=ROOT, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.terminate()
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Generator(Program):
    """The load of one system."""

    def __init__(self, **setting: Any) -> None:
        super().__init__("tests.bench.load", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._tell(setting)

    def _tell(self, order: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def ask(self, do: str, **order: Any) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        assert self.process.stdout is not None
        self._tell({"do": do, **order})
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"bench: the load generator ended while it was asked to {do}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--talks", type=int, default=100, help="a multiple of 5")
    parser.add_argument("--flight-seconds", type=float, default=4)
    parser.add_argument("--steady-seconds", type=float, default=8)
    parser.add_argument("--rate", type=float, default=200, help="messages a second at which latency is measured")
    parser.add_argument("--sockets", type=int, default=1000, help="silent lines; 0 leaves that part out")
    parser.add_argument("--only", choices=("product", "bare"), help="measure one system, without a verdict")
    return parser.parse_args()


def migrate() -> None:
    """Make the tables, the static files and the keys, as a start of the service would."""
    import django  # noqa: PLC0415 - settings are known since `engines.prepare`

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - the same

    from chatservice.vault.check import check_key_directory  # noqa: PLC0415 - the same

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    check_key_directory(in_use=False, create=True)


def people(*, desks: int) -> tuple[str, Iterator[str]]:
    """Make an area, an entrance and workers; return the entrance's key and an iterator of fresh tickets."""
    from tests import wire  # noqa: PLC0415 - settings are known since `engines.prepare`

    area = wire.make_area()
    host = wire.make_host(area)
    workers = [wire.make_worker(area, f"Aino{number}", capacity=CAPACITY) for number in range(desks)]
    wire.stand_by(area)
    return host.key, (wire.ticket_for(worker)[1] for worker in workers)


def close_links() -> None:
    """Give back our own connections to the database, which would be counted."""
    from django.db import connections  # noqa: PLC0415 - settings are known since `engines.prepare`

    for link in connections.all(initialized_only=True):
        link.close()
        link.close_pool()


@contextmanager
def product(run: engines.OwnRun, asked: argparse.Namespace) -> Iterator[Generator]:
    """The service with everything on, and its load."""
    migrate()
    service = Service(folder=run.folder, environment=run.environment | LIMITS, born=executed).start()
    try:
        host, tickets = people(desks=asked.talks // CAPACITY)
        roots = [service.process.pid, run.engines.redis._child.pid, run.engines.postgres._child.pid]  # type: ignore[union-attr]
        setting = {"port": service.port, "talks": asked.talks, "desk_talks": CAPACITY}
        origins = (service.chat_origin, service.desk_origin)
        with Generator(system="product", roots=roots, host=host, origins=origins, **setting) as load:
            load.ask("open")
            for ticket in tickets:
                load.ask("sit", ticket=ticket)
            close_links()
            yield load
    finally:
        service.stop()


@contextmanager
def bare(run: engines.OwnRun, asked: argparse.Namespace) -> Iterator[Generator]:
    """The yardstick and its load."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    log = (run.folder / "bare.log").open("ab")
    with log, Program("tests.bench.bare", str(port), run.engines.redis.url, env=environment, stderr=log) as server:
        answers(port)
        roots = [server.process.pid, run.engines.redis._child.pid]  # type: ignore[union-attr]
        with Generator(system="bare", roots=roots, port=port, talks=asked.talks, desk_talks=CAPACITY) as load:
            load.ask("open")
            yield load


def answers(port: int) -> None:
    """Wait until somebody listens there."""
    limit = time.monotonic() + READY_S
    while time.monotonic() < limit:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("bench: the bare service did not start")


def measure(loads: dict[str, Generator], asked: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """Run all rounds; returns the figures of each system by round, the silent lines as a round of their own."""
    figures: dict[str, list[dict[str, Any]]] = {name: [{} for _ in range(asked.rounds)] for name in loads}
    orders = [
        ("flight", {"seconds": asked.flight_seconds}),
        ("steady", {"rate": asked.rate, "seconds": asked.steady_seconds}),
    ]
    for turn in range(asked.rounds):
        for do, order in orders:
            for name in random.sample(sorted(loads), len(loads)):
                figures[name][turn] |= loads[name].ask(do, **order)
                report.progress(turn=turn, system=name, do=do)
    for name in loads if asked.sockets else ():
        figures[name].append(loads[name].ask("idle", sockets=asked.sockets))
        report.progress(turn=asked.rounds, system=name, do="idle")
    return figures


def main() -> int:
    """Bring everything up, measure, print, take everything down."""
    asked = options()
    run = engines.prepare(on_disk=True)
    try:
        run.engines.up()
        sync = meter.sync_ms(Path(run.folder))
        report.heading(facts=meter.facts(), sync=sync, asked=asked)
        return measured(run, asked)
    finally:
        run.forget()


def measured(run: engines.OwnRun, asked: argparse.Namespace) -> int:
    """Measure what was asked for; 0 when every target is met."""
    if asked.only:
        with (product if asked.only == "product" else bare)(run, asked) as load:
            report.alone(measure({asked.only: load}, asked))
        return 0
    with product(run, asked) as ours, bare(run, asked) as theirs:
        figures = measure({"product": ours, "bare": theirs}, asked)
    return report.verdict(product=figures["product"], bare=figures["bare"])


if __name__ == "__main__":
    sys.exit(main())
