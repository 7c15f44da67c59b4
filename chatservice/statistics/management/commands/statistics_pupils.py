"""Tell how many pupils each municipality and school of an area has (docs/statistics.md, "Pupils")."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.statistics import classes, life, pupils
from chatservice.statistics.errors import StatisticsError
from chatservice.statistics.management.commands.statistics_load import area_of, text_of


class Command(BaseCommand):
    """``manage.py statistics_pupils [FILE.csv]``: without a file, the codes and what is known."""

    help = "Take over numbers of pupils from a CSV (code,pupils), or list the codes."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, whose it is, and which year it tells of."""
        parser.add_argument("file", nargs="?", type=Path, help="code,pupils; without it the codes are listed")
        parser.add_argument("--area", default="", help="the area's slug; needed where there is more than one")
        parser.add_argument("--school-year", default="", help="2026-2027; this one when it is not given")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError with the line that is wrong."""
        area, year = area_of(options["area"]), options["school_year"] or classes.school_year(life.today())
        if not options["file"]:
            for code, name, number in pupils.codes(area=area.pk, year=year):
                self.stdout.write(f"{code},{'' if number is None else number}  # {name}")
            return
        try:
            count = pupils.load(area=area.pk, year=year, text=text_of(options["file"]))
        except StatisticsError as error:
            raise CommandError(f"nothing was taken over: {error}") from None
        self.stdout.write(f"pupils of {count} places in {area.slug}, {year}")
