"""CPU time and memory of server processes, and facts of the machine that tell nobody which machine it is."""

import importlib.metadata
import os
import platform
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

PACKAGES = ("django", "channels", "channels-redis", "daphne", "twisted", "redis", "hiredis", "psycopg", "msgspec")


def cpu_seconds(roots: Sequence[int]) -> float:
    """Return user and system time of these processes and all their children, ended ones included."""
    return sum(_own_seconds(process) for root in roots for process in _family(root))


def _family(root: int) -> list[psutil.Process]:
    parent = psutil.Process(root)
    return [parent, *parent.children(recursive=True)]


def _own_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0  # its time is in its parent's from now on
    return float(times.user + times.system + times.children_user + times.children_system)


def private_bytes(pid: int) -> int:
    """Return what would be free again without this process (USS)."""
    return int(psutil.Process(pid).memory_full_info().uss)


def sync_ms(folder: Path, *, times: int = 200) -> tuple[float, float]:
    """Return p50 and p99 of an 8 KiB write with fdatasync, in ms: what a commit waits for."""
    file = folder / "sync-probe"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        os.pwrite(handle, bytes(8192), 0)
        os.fdatasync(handle)
        taken.append((time.perf_counter() - begun) * 1000)
    os.close(handle)
    file.unlink()
    taken.sort()
    return taken[times // 2], taken[int(times * 0.99)]


def facts() -> list[str]:
    """Return lines about processor, memory, system and versions."""
    cpuinfo = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
    memory = psutil.virtual_memory().total / 2**30
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    machine = names[0] if names else platform.machine()
    system = f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}"
    return [f"{os.cpu_count()} cores ({machine}), {memory:.0f} GiB, {system}", versions]
