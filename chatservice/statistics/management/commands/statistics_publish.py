"""Send a report from draft to frozen at one go, for demonstrations, tests and attackers; never in production."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics import life
from chatservice.statistics.errors import StatisticsError
from chatservice.statistics.management.commands.demo_statistics import publish
from chatservice.statistics.management.commands.statistics_load import area_of
from chatservice.statistics.plans import PLANS


class Command(BaseCommand):
    """``manage.py statistics_publish --school-year 2025-2026 --plan year``."""

    help = "Draft, check, sign and freeze a report at one go (demo and test mode only: in production people do that)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which report; `--today` takes another day for today, so that a year may be over."""
        parser.add_argument("--school-year", required=True)
        parser.add_argument("--plan", required=True, choices=sorted(PLANS))
        parser.add_argument("--schools", action="store_true", help="with the tables of schools")
        parser.add_argument("--area", default="")
        parser.add_argument("--today", type=date.fromisoformat, default=None)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError in production and where the report is refused."""
        if settings.MODE not in {"demo", "test"}:
            raise CommandError("Two people sign a report: set KUULOLLA_MODE=demo for a trial.")
        area = area_of(options["area"])
        for role in ("coordinator", "statistician"):
            _somebody(area, role)
        try:
            with life.pretending(options["today"]):
                ended = publish(area, options["school_year"], options["plan"], schools=options["schools"])
        except StatisticsError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(ended)


def _somebody(area: Area, role: str) -> None:
    """Make an account that nobody can sign in with, where nobody has the role."""
    if not Worker.objects.filter(area=area, is_active=True, **{role: True}).exists():
        address = f"{role}-{area.pk}@trial.example"
        details: dict[str, Any] = {"display_name": role, "profession": "curator", role: True}
        Worker.objects.create_worker(email=address, password=secrets.token_urlsafe(32), area=area, **details)
