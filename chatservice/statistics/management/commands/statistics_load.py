"""Raise the counters of an area from a CSV of classified contacts (docs/statistics.md, "Loading contacts")."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.places.models import Area
from chatservice.statistics import loading
from chatservice.statistics.codes import PROFESSIONS
from chatservice.statistics.errors import StatisticsError

NEW: Final = "alue"


class Command(BaseCommand):
    """``manage.py statistics_load FACTS.csv``: whole or not at all. The same file twice counts twice."""

    help = "Raise the counters of an area from a CSV of classified contacts, and of worry tests."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, and whose they are."""
        parser.add_argument("facts", nargs="?", type=Path, help="contacts, the columns of docs/statistics.md")
        parser.add_argument("--tests", type=Path, help="worry tests: school_year,term,area_municipality,band,count")
        parser.add_argument("--area", default="", help="the area's slug; needed where there is more than one")
        parser.add_argument("--staff", default="", help="who answered in each term: curator=4,psychologist=3,nurse=3")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError with the line that is wrong."""
        area = area_or_new(options["area"])
        if not options["facts"] and not options["tests"]:
            raise CommandError("expected a file of contacts, of tests, or both")
        try:
            found = loading.load(
                area=area.pk,
                facts=text_of(options["facts"]),
                tests=text_of(options["tests"]),
                staff=staff_of(options["staff"]),
            )
        except StatisticsError as error:
            raise CommandError(f"nothing was loaded: {error}") from None
        self.stdout.write(f"loaded: {found.rows} rows of {', '.join(found.years)} into {area.slug}")


def area_or_new(slug: str) -> Area:
    """Return the area as `area_of`; in a database that has none yet, a new one. Raises CommandError."""
    if not Area.objects.exists():
        names = dict.fromkeys(("name_fi", "name_sv", "name_en"), slug or NEW)
        return Area.objects.create(slug=slug or NEW, **names)
    return area_of(slug)


def area_of(slug: str) -> Area:
    """Return the named area, or the only one. Raises CommandError."""
    areas = list(Area.objects.filter(slug=slug) if slug else Area.objects.order_by("slug")[:2])
    if len(areas) != 1:
        raise CommandError("expected --area with the slug of one area")
    return areas[0]


def text_of(file: Path | None) -> str:
    """Return a file's text. Raises CommandError."""
    try:
        return file.read_text(encoding="utf-8") if file else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file}: expected a readable file in UTF-8 ({type(error).__name__})") from None


def staff_of(text: str) -> dict[str, int]:
    """Return how many workers of each profession answered. Raises CommandError."""
    found: dict[str, int] = {}
    for part in filter(None, text.split(",")):
        name, _, number = part.partition("=")
        if name not in PROFESSIONS or not number.isdecimal():
            raise CommandError(f"--staff: expected {', '.join(PROFESSIONS)} with a number each")
        found[name] = int(number)
    return found
