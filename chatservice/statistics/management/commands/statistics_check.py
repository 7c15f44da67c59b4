"""The process of a background check; started by the service, useful by hand only where a check was put back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from chatservice.statistics import checking


class Command(BaseCommand):
    """``manage.py statistics_check REPORT CHECKER``."""

    help = "Send a report through the gate (the service starts this by itself)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which report, under which name of the check."""
        parser.add_argument("report", type=int)
        parser.add_argument("checker", type=UUID)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do nothing when nobody waits for this check."""
        done = checking.run(report=options["report"], checker=options["checker"])
        self.stdout.write("checked" if done else "nobody waits for this check")
