"""Hours of the demo: one entry always open, one with real hours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chatservice.hours import demo
from chatservice.places.models import Area


class Command(BaseCommand):
    """``manage.py demo_hours``, after ``manage.py demo``: may be repeated; changes nothing that is there already."""

    help = "Give the demo area its hours and make the entry demo-closed (demo mode only)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError in production, and before there is a demo area."""
        if settings.MODE not in {"demo", "test"}:
            raise CommandError("Demo hours are for the demo: set KUULOLLA_MODE=demo first.")
        area = Area.objects.filter(slug="demo").first()
        if area is None:
            raise CommandError("Expected the demo area: run the command demo first.")
        demo.load(area)
        demo.load_closed()
        self.stdout.write("demo hours: demo is always open, demo-closed keeps real hours and has nobody on duty")
