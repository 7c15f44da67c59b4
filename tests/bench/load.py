"""The load generator of one system, a process of its own: orders as JSON lines on stdin, answers on stdout."""

import asyncio
import gc
import json
import sys
import time
from functools import partial
from typing import Any

from tests.bench.book import Book
from tests.bench.meter import cpu_seconds, private_bytes
from tests.bench.seats import Setting, gathered, with_patience
from tests.bench.talks_of_bare import Bare
from tests.bench.talks_of_product import Product

SYSTEMS: dict[str, type[Bare] | type[Product]] = {"bare": Bare, "product": Product}
SENDERS = (0, 1)
PARTS = ("server", "redis", "postgres")
WARM_S, PATIENCE_S, SETTLE_S = 1.0, 15.0, 2.0
PARALLEL = 50


class Load:
    """Measures one system. `roots` are its processes, the server first."""

    def __init__(self, *, system: str, roots: list[int], **setting: Any) -> None:
        self._loop = asyncio.get_running_loop()
        self._book = Book(now=self._loop.time)
        self._setting = Setting(**setting)
        self._system: Bare | Product = SYSTEMS[system](self._setting, self._book)
        self._roots = roots
        self._flying = False

    async def open(self) -> dict[str, Any]:
        """Open what needs no ticket."""
        await self._system.open()
        return {}

    async def sit(self, *, ticket: str) -> dict[str, Any]:
        """Let a desk connect and take its talks."""
        await self._system.sit(ticket)
        return {}

    async def flight(self, *, seconds: float) -> dict[str, Any]:
        """Keep one message of each member of each talk in flight; the next leaves when both members have the last."""
        self._flying = True
        for talk in range(self._setting.talks):
            for sender in SENDERS:
                self._fly(talk, sender)
        await asyncio.sleep(WARM_S)
        begun, cpu, count = time.monotonic(), self._cpu(), self._book.complete
        await asyncio.sleep(seconds)
        taken, used = time.monotonic() - begun, self._used(cpu)
        count = max(1, self._book.complete - count)
        self._flying = False
        await self._landed()
        parts = {f"cpu_{part}_us": one / count * 1e6 for part, one in zip(PARTS, used, strict=False)}
        return {"cpu_us": sum(used) / count * 1e6, "rate": count / taken, **parts, **self._faults()}

    def _cpu(self) -> list[float]:
        return [cpu_seconds([root]) for root in self._roots]

    def _used(self, before: list[float]) -> list[float]:
        return [now - then for now, then in zip(self._cpu(), before, strict=True)]

    def _fly(self, talk: int, sender: int) -> None:
        if self._flying:
            now = self._loop.time()
            text = self._book.send(talk=talk, sender=sender, intended=now, done=lambda: self._fly(talk, sender))
            self._system.write(talk=talk, sender=sender, text=text)

    async def _landed(self) -> None:
        limit = self._loop.time() + PATIENCE_S
        while self._book.underway and self._loop.time() < limit:
            await asyncio.sleep(0.05)

    async def steady(self, *, rate: float, seconds: float) -> dict[str, Any]:
        """Send at a fixed rate whatever comes back; latency counts from the intended moment until both have it."""
        self._book.latencies = []
        begun, cpu = self._loop.time(), self._cpu()
        for number in range(int(rate * seconds)):
            intended = begun + number / rate
            if (early := intended - self._loop.time()) > 0:
                await asyncio.sleep(early)
            talk, turn = number % self._setting.talks, number // self._setting.talks
            text = self._book.send(talk=talk, sender=turn % 2, intended=intended)
            self._system.write(talk=talk, sender=turn % 2, text=text)
        used = sum(self._used(cpu))
        await self._landed()
        taken, self._book.latencies = sorted(self._book.latencies), None
        p50, p99 = (taken[int(len(taken) * part)] * 1000 if taken else float("inf") for part in (0.5, 0.99))
        return {"p50_ms": p50, "p99_ms": p99, "light_cpu_us": used / (rate * seconds) * 1e6, **self._faults()}

    async def idle(self, *, sockets: int) -> dict[str, Any]:
        """Open silent lines, end them, open them again: memory of the server for each, and how fast they come in."""
        before = private_bytes(self._roots[0])
        begun = time.monotonic()
        lines = await gathered(sockets, partial(with_patience, self._system.idle_line), at_once=PARALLEL)
        entered = sockets / (time.monotonic() - begun)
        await asyncio.sleep(SETTLE_S)
        each = max(1.0, (private_bytes(self._roots[0]) - before) / sockets)
        for line in lines:
            line.cut()
        await asyncio.sleep(SETTLE_S)
        begun, cpu = time.monotonic(), self._cpu()
        await gathered(sockets, partial(with_patience, self._system.again), at_once=PARALLEL)
        taken, used = time.monotonic() - begun, sum(self._used(cpu))
        return {
            "socket_kib": each / 1024,
            "sockets_per_gib": 2**30 / each,
            "entries_per_s": entered,
            "connects_per_s": sockets / taken,
            "connect_cpu_us": used / sockets * 1e6,
            **self._faults(),
        }

    def _faults(self) -> dict[str, Any]:
        """Counts since the beginning; what has not arrived by now is lost."""
        book = self._book
        return {
            "lost": len(book.underway),
            "doubled": book.doubled,
            "disordered": book.disordered,
            "refused": book.refusals,
        }


async def main() -> None:
    """Serve orders until stdin ends."""
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    load = Load(**json.loads(await reader.readline()))
    while order := await reader.readline():
        asked = json.loads(order)
        gc.collect()
        answer = await getattr(load, asked.pop("do"))(**asked)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
