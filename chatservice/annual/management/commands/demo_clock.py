"""The demo area's annual clock."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chatservice.accounts.models import Worker
from chatservice.annual import events
from chatservice.statistics.classes import school_year
from chatservice.statistics.life import today


class Command(BaseCommand):
    """``manage.py demo_clock``, after ``manage.py demo``: may be repeated; changes nothing that is there already."""

    help = "Begin this school year's annual clock of the demo area (demo mode only)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError in production."""
        if settings.MODE not in {"demo", "test"}:
            raise CommandError("The demo's clock is for the demo: set KUULOLLA_MODE=demo first.")
        actor = Worker.objects.filter(area__slug="demo", coordinator=True, is_active=True).order_by("pk").first()
        made = actor is not None and events.begin(actor=actor, year=school_year(today()))
        self.stdout.write(f"demo clock: {'begun' if made else 'nothing to do'}")
