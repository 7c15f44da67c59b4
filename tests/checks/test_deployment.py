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


def test_a_deployment_without_a_mail_server_is_told() -> None:
    environment = {name: value for name, value in PRODUCTION.items() if not name.startswith("EMAIL_")}
    told = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env={**environment, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "mailing.W001" in told.stderr
    assert "EMAIL_HOST" in told.stderr
