"""The repository's sources as the architecture tests read them: tracked or new files, never what was installed."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("chatservice", "widget", "console")


@functools.cache
def files() -> tuple[Path, ...]:
    """Return every file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found = (ROOT / name for name in sorted(set(listed.stdout.decode().split("\0"))) if name)
    return tuple(path for path in found if path.is_file())


def product(*suffixes: str) -> Iterator[Path]:
    """Yield the product's own files of these kinds: no test, no migration."""
    for path in files():
        parts = path.relative_to(ROOT).parts
        if parts[0] in PRODUCT and path.suffix in suffixes and "migrations" not in parts:
            yield path


def name_of(path: Path) -> str:
    """Return the path as a reader writes it."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    """Parse a Python file once."""
    return ast.parse(path.read_text(), filename=name_of(path))


def module_name(path: Path) -> str:
    """Return the dotted name under which a product file is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each imported module or name with its line, those inside functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module or ''}", node.lineno
            for alias in node.names:
                yield f"{'.' * node.level}{node.module or ''}.{alias.name}", node.lineno
