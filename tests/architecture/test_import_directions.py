"""Imports point one way: composition, faces, delivery, queues, conversations, ground floor, store, moderation."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import imports, module_name, name_of, product, tree

COMPOSITION = "composition"
FLOORS = (
    {COMPOSITION},
    {"widget", "console"},
    {"delivery"},
    {"annual", "bulletins"},
    {"screening", "wrapup", "reports"},
    {"queues", "statistics"},
    {"conversations", "duty"},
    {"hours", "content", "accounts", "places", "audit", "vault", "mailing"},
    {"store"},
    {"moderation", "disclosure"},
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
CORE = set().union(*FLOORS[3:])
# What knows of requests, sockets and pages stays in the faces and above.
TRANSPORT = ("channels", "daphne", "django.http", "django.shortcuts", "django.template", "django.urls", "django.views")
# What the attacker and the gate of published statistics may lean on besides: the solver, and HMAC for the rounding.
DISCLOSURE = {"fractions", "hashlib", "highspy", "hmac", "random"}
# What renders a frozen snapshot: its hash, the file formats, and of the house the taxonomy's words only.
REPORTS = {"chatservice", "csv", "hashlib", "io", "openpyxl", "typst", "xml", "zipfile"}
# What the pure pipeline may lean on besides itself: no file but its own data, no network, no clock.
# The tool that keeps rules beside the code, and what takes them from there.
KEEPING = {"hashlib", "io", "pickle"}
PURE = {
    *("__future__", "ahocorasick", "phonenumbers", "stdnum"),
    *(
        "argparse",
        "array",
        "bisect",
        "collections",
        "contextlib",
        "dataclasses",
        "datetime",
        "enum",
        "functools",
        # Held back while rules are read, which is no act on anything but memory.
        "gc",
        "importlib",
        "itertools",
    ),
    *("json", "math", "operator", "pathlib", "re", "string", "sys", "tomllib", "types", "typing", "unicodedata"),
}


def room_of(module: str) -> str:
    """Return the room a product module belongs to; what stands beside the rooms is composition."""
    top, _, rest = module.partition(".")
    if top != "chatservice":
        return top
    room = rest.partition(".")[0]
    return room if room in FLOOR_OF else COMPOSITION


def arrows() -> Iterator[tuple[str, str, str]]:
    """Yield (importing room, imported room, where) for each import between rooms."""
    for path in product(".py"):
        for name, line in imports(path):
            if name.split(".")[0] not in {"chatservice", "widget", "console"} or name == "chatservice":
                continue
            yield room_of(module_name(path)), room_of(name), f"{name_of(path)}:{line}"


def test_no_import_points_up_or_across_the_faces() -> None:
    wrong = [
        f"{where}: {origin} imports {target}"
        for origin, target, where in arrows()
        if origin != target and (FLOOR_OF[origin] > FLOOR_OF[target] or {origin, target} == {"widget", "console"})
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_rooms_of_one_floor_import_each_other_without_a_circle() -> None:
    edges = {(origin, target) for origin, target, _ in arrows() if origin != target}
    left = {room for edge in edges for room in edge}
    while ends := {room for room in left if not any(origin == room and target in left for origin, target in edges)}:
        left -= ends
    assert not left, f"these rooms import each other in a circle: {sorted(left)}"


def test_the_core_knows_no_transport() -> None:
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for path in product(".py")
        if room_of(module_name(path)) in CORE
        for name, line in imports(path)
        if any(name == part or name.startswith(f"{part}.") for part in TRANSPORT)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("room", "allowed"),
    [("moderation", PURE | KEEPING), ("disclosure", PURE | DISCLOSURE), ("reports", PURE | REPORTS)],
)
def test_a_pure_room_leans_on_nothing_that_acts(room: str, allowed: set[str]) -> None:
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for path in product(".py")
        if room_of(module_name(path)) == room
        for name, line in imports(path)
        if not name.startswith(f"chatservice.{room}") and name.split(".")[0] not in allowed
    ]
    assert not wrong, "\n".join(wrong)


def test_the_product_imports_no_test() -> None:
    wrong = [name_of(path) for path in product(".py") for name, _ in imports(path) if name.split(".")[0] == "tests"]
    assert not wrong


def test_no_import_is_relative() -> None:
    wrong = [
        f"{name_of(path)}:{line}" for path in product(".py") for name, line in imports(path) if name.startswith(".")
    ]
    assert not wrong


def hidden_imports(path: Path) -> Iterator[int]:
    """Yield the lines of imports inside functions that give no reason."""
    lines = path.read_text().splitlines()
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom) and "# noqa: PLC0415 - " not in lines[node.lineno - 1]:
                yield node.lineno


def test_an_import_inside_a_function_tells_its_reason() -> None:
    wrong = [f"{name_of(path)}:{line}" for path in product(".py") for line in hidden_imports(path)]
    assert not wrong, "\n".join(wrong)
