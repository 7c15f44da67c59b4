"""Medians, ratios of neighbouring rounds, and the verdict."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Rounds = list[dict[str, Any]]
NOISY = 1.5


@dataclass(frozen=True)
class Figure:
    """One row: what, in which unit, and the target for the ratio to bare (at most, or at least when `floor`)."""

    key: str
    label: str
    target: float | None = None
    floor: bool = False

    def met(self, ratio: float) -> bool:
        """Whether the target is met; without one it always is."""
        return self.target is None or (ratio >= self.target if self.floor else ratio <= self.target)


FIGURES = (
    Figure("cpu_us", "CPU per message, all server processes, 200 in flight, us", target=0.5),
    Figure("cpu_server_us", "   of it the server"),
    Figure("cpu_redis_us", "   of it Valkey"),
    Figure("cpu_postgres_us", "   of it PostgreSQL"),
    Figure("rate", "messages a second with 200 in flight"),
    Figure("p50_ms", "delivery to both members at the fixed rate, p50, ms"),
    Figure("p99_ms", "delivery to both members at the fixed rate, p99, ms", target=2.0),
    Figure("light_cpu_us", "CPU per message at the fixed rate, us"),
    Figure("socket_kib", "memory of the server for a silent line (USS), KiB"),
    Figure("sockets_per_gib", "silent lines per GiB"),
    Figure("entries_per_s", "new lines a second (product: a visitor is let in, stored)"),
    Figure("connects_per_s", "returning lines a second (product: with a token)"),
    Figure("connect_cpu_us", "CPU per returning line, us"),
)
FAULTS = ("lost", "doubled", "disordered")


def values(rounds: Rounds, key: str) -> list[float]:
    """Return a figure of every round that has it."""
    return [each[key] for each in rounds if key in each]


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Return the ratio of each pair of neighbours."""
    return [our / their for our, their in zip(ours, theirs, strict=True) if their]


def faults(rounds: Rounds) -> dict[str, Any]:
    """Return the counts at the end of the run; each answer counts from the beginning."""
    return {key: rounds[-1][key] for key in (*FAULTS, "refused")}


def heading(*, facts: Sequence[str], sync: tuple[float, float], asked: argparse.Namespace) -> None:
    """Say on what and how it is measured."""
    for line in facts:
        print(line)
    print(f"8 KiB write with fdatasync: p50 {sync[0]:.2f} ms, p99 {sync[1]:.2f} ms")
    rounds = f"{asked.talks} talks, {asked.rounds} interleaved rounds"
    print(f"{rounds}, {asked.rate:.0f} messages/s where the rate is fixed\n")


def progress(*, turn: int, system: str, do: str) -> None:
    """One line for each measurement, so that a person sees it go on."""
    print(f"  round {turn + 1}: {do} of {system}", flush=True)


def alone(figures: dict[str, Rounds]) -> None:
    """Print the medians of one system."""
    for name, rounds in figures.items():
        print(f"\n{name}")
        for figure in FIGURES:
            if found := values(rounds, figure.key):
                print(f"{figure.label:<66} {median(found):>10.1f}   ({', '.join(f'{one:.1f}' for one in found)})")
        print(faults(rounds))


def verdict(*, product: Rounds, bare: Rounds) -> int:
    """Print the table and return the exit status: 0 when every target is met."""
    print(f"\n{'median of the rounds':<66} {'product':>10} {'bare':>10} {'ratio':>8}  target")
    missed = [line for figure in FIGURES if (line := _row(figure, product, bare))]
    ours, theirs = faults(product), faults(bare)
    for key in FAULTS:
        print(f"{'messages ' + key:<66} {ours[key]:>10} {theirs[key]:>10} {'':>8}  0")
    missed += [f"{ours[key]} messages {key}" for key in FAULTS if ours[key]]
    if ours["refused"] or theirs["refused"]:
        print(f"refused or broken: product {ours['refused']}, bare {theirs['refused']}")
    _say_noise(bare)
    print("targets: " + ("all met" if not missed else "MISSED: " + "; ".join(missed)))
    return 1 if missed else 0


def _row(figure: Figure, product: Rounds, bare: Rounds) -> str:
    """Print one row; return what is missed, or nothing."""
    ours, theirs = values(product, figure.key), values(bare, figure.key)
    if not ours:
        return ""
    if not theirs:
        print(f"{figure.label:<66} {median(ours):>10.1f} {'-':>10}")
        return ""
    ratio = median(ratios(ours, theirs))
    sign = ">=" if figure.floor else "<="
    target = "" if figure.target is None else f"{sign} {figure.target:g}"
    print(f"{figure.label:<66} {median(ours):>10.1f} {median(theirs):>10.1f} {ratio:>8.2f}  {target}")
    return "" if figure.met(ratio) else f"{figure.label}: {ratio:.2f}, expected {target}"


def _say_noise(bare: Rounds) -> None:
    """The yardstick should measure the same in every round; where it does not, other work was in the way."""
    for key in ("cpu_us", "p99_ms"):
        found = values(bare, key)
        if max(found) > NOISY * min(found):
            print(f"noisy: bare's own {key} ranged from {min(found):.1f} to {max(found):.1f}")
