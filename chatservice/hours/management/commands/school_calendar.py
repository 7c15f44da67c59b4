"""Brings a municipality's school calendar in from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.hours.edit import import_calendar
from chatservice.places.calendars import COLUMNS, LARGEST
from chatservice.places.errors import BadCalendar
from chatservice.places.models import Area


class Command(BaseCommand):
    """``manage.py school_calendar FILE --area SLUG``; may be repeated, and takes a file whole or not at all."""

    help = f"Import a school calendar: a CSV file with the columns {', '.join(COLUMNS)}."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and whose it is."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--area", required=True, help="the area's slug")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError with line and column of a bad cell."""
        area = Area.objects.filter(slug=options["area"]).first()
        if area is None:
            raise CommandError("Expected the slug of an existing area.")
        try:
            report = import_calendar(actor=None, area=area, text=_text(options["file"]))
        except BadCalendar as error:
            raise CommandError(f"Nothing was imported: {error}") from None
        self.stdout.write(f"added {report.added}, changed {report.changed}, unchanged {report.unchanged}")


def _text(file: Path) -> str:
    try:
        with file.open("rb") as source:
            return source.read(LARGEST * 4).decode("utf-8-sig")
    except OSError:
        raise CommandError("Expected a file that can be read.") from None
    except UnicodeDecodeError:
        raise CommandError("Expected a file in UTF-8: save it again as 'CSV UTF-8'.") from None
