"""Look whether frozen reports are unchanged and still proven; for operators and auditors."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.statistics.management.commands.statistics_load import area_of
from chatservice.statistics.models import Snapshot
from chatservice.statistics.proofs import looked_at


class Command(BaseCommand):
    """``manage.py statistics_verify [--school-year 2026-2027]``."""

    help = "Check the hash and the certificate of every frozen report anew, without a solver."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which year; every year of the area without one."""
        parser.add_argument("--school-year", default="")
        parser.add_argument("--area", default="", help="the area's slug; needed where there is more than one")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print a line for each report; raises CommandError when one is not proven, or when there is none."""
        area = area_of(options["area"])
        rows = Snapshot.objects.filter(area=area).order_by("school_year").distinct()
        years = [options["school_year"]] if options["school_year"] else rows.values_list("school_year", flat=True)
        wrong = seen = 0
        for year in years:
            for proof in looked_at(area=area.pk, year=year):
                seen, wrong = seen + 1, wrong + bool(proof.why)
                self.stdout.write(f"{year} {proof.plan} {proof.hash[:12]} {proof.why or 'proven'}")
        if wrong or not seen:
            raise CommandError(f"{wrong} of {seen} frozen reports are not proven" if seen else "no report is frozen")
