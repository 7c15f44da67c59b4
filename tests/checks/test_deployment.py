"""F2: Django's own deployment check has nothing to say about production settings."""

import subprocess
import sys

from tests.settings.start import PRODUCTION, ROOT


def test_check_deploy_is_clean() -> None:
    told = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=ROOT,
        env={**PRODUCTION, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, ""), told.stderr
