"""Reading the settings in a process of their own, with an environment of the test's making."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHOW = "from django.conf import settings; import sys; print(getattr(settings, sys.argv[1]))"

PRODUCTION = {
    "KUULOLLA_MODE": "production",
    "SECRET_KEY": "R2d8vXq5nJ0sYt7wLz3hKc9bPf6mGa1eUo4iTr8y" * 2,
    "KEY_DIRECTORY": "/var/lib/kuulolla/keys",
    "CHAT_ORIGIN": "https://chat.example.fi",
    "DESK_ORIGIN": "https://desk.example.fi",
    "DATABASE_URL": "postgresql://kuulolla_web:secret@db/kuulolla",
    "EMAIL_HOST": "mail.example.fi",
    "EMAIL_FROM": "kuulolla@example.fi",
    "REDIS_URL": "redis://:secret@valkey:6379/0",
}


def read(name: str, *, without: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
    """Print one setting under a whole production environment with some variables changed and one taken away."""
    environment = {
        **PRODUCTION,
        **changed,
        "DJANGO_SETTINGS_MODULE": "chatservice.settings",
        "PATH": os.environ["PATH"],
    }
    environment.pop(without, None)
    return subprocess.run(
        [sys.executable, "-c", SHOW, name],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
