"""The demo area's first bulletin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chatservice.bulletins.demo import publish_first


class Command(BaseCommand):
    """``manage.py demo_bulletins``, after the demo's frozen report was made: may be repeated; one bulletin at most."""

    help = "Publish a bulletin of the demo area's newest frozen report, where there is one (demo mode only)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError in production."""
        if settings.MODE not in {"demo", "test"}:
            raise CommandError("The demo's bulletin is for the demo: set KUULOLLA_MODE=demo first.")
        self.stdout.write(f"demo bulletin: {'published' if publish_first(slug='demo') else 'nothing to do'}")
