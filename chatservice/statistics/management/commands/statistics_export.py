"""Write a year's frozen tables for outside readers and attackers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.statistics import classes
from chatservice.statistics.exporting import export
from chatservice.statistics.management.commands.statistics_load import area_of


class Command(BaseCommand):
    """``manage.py statistics_export --school-year 2026-2027 --out DIR``."""

    help = "Write the frozen tables of a school year as case.json and one CSV for each report."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year, and where to."""
        parser.add_argument("--school-year", required=True)
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--area", default="", help="the area's slug; needed where there is more than one")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError for what is no school year, or a folder that cannot be written."""
        area = area_of(options["area"])
        try:
            classes.begins(options["school_year"])
            files = export(area=area.pk, year=options["school_year"], folder=Path(options["out"]))
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"written: {len(files)} files into {options['out']}")
