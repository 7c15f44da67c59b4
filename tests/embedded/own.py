"""A start of the engines in a process of its own, which a test can kill."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

HOLDER = """
import sys, time
from pathlib import Path
from chatservice.embedded import EngineError, Engines
try:
    with Engines.start(directory=Path(sys.argv[1])) as engines:
        print(engines.owner_url, flush=True)
        sys.stdin.read()
except EngineError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Start engines that run until the process's standard input closes."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def address(process: subprocess.Popen[str]) -> str:
    """Wait until the engines are up and return the owner's address."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, f"the engines did not start: {process.communicate()[1]}"
    return line
