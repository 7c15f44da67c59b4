"""A county's counted years and frozen reports for the demonstration, made by the very code that a county would use.

The gate takes its time, so `make run` lets this run beside the service, once; what is there already stays.
"""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatservice.accounts.models import Worker
from chatservice.places.models import Area, Municipality
from chatservice.statistics import checking, classes, demo, freezing, life, loading, nodes
from chatservice.statistics.models import Book, Node, Report, Snapshot
from chatservice.statistics.states import State

# By how many school years ago: a service that is found by more every year.
CONTACTS: Final = {2: 640, 1: 900, 0: 1100}
TESTS: Final = {2: 850, 1: 1300, 0: 1500}
# How many school years ago, and the report. This year's first one is left to who tries the desk.
REPORTS: Final = ((2, "small_town"), (1, "october"), (1, "autumn"), (1, "march"), (1, "year"))
NOTES: Final = {
    "fi": "Keksitty aineisto esittelyä varten: luvut eivät kerro kenestäkään.",
    "sv": "Påhittade uppgifter för demonstration: talen berättar inte om någon.",
    "en": "Invented figures for a demonstration: they tell of nobody.",
}


class Command(BaseCommand):
    """``manage.py demo_statistics``: may be repeated; goes on where it ended."""

    help = "Count and freeze the invented years of the demo area (demo mode only)."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--counts-only`: without reports, which is quick."""
        parser.add_argument("--counts-only", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raises CommandError in production, or where the demo area is missing."""
        if settings.MODE not in {"demo", "test"}:
            raise CommandError("Invented figures have no place beside true ones: set KUULOLLA_MODE=demo first.")
        area = Area.objects.filter(slug="demo").first()
        if area is None:
            raise CommandError("The demo area is missing: run `manage.py demo` first.")
        today = life.today()
        for ago in (2, 1, 0):
            count(area, _year(today, ago), today, ago=ago)
        if options["counts_only"]:
            return
        os.nice(checking.NICE)
        for ago, plan in REPORTS:
            self.stdout.write(f"{_year(today, ago)} {plan}: {publish(area, _year(today, ago), plan)}")
        # A room above this one, so by its name: it publishes one bulletin of the newest report, once.
        if "demo_bulletins" in get_commands():
            call_command("demo_bulletins", stdout=self.stdout)


def count(area: Area, year: str, today: date, *, ago: int) -> None:
    """Raise a year's counters, once."""
    if Book.objects.filter(area=area, school_year=year).exists():
        return
    for code, (name_fi, name_sv, *_) in demo.TOWNS.items():
        names = {"name_fi": name_fi, "name_sv": name_sv}
        Municipality.objects.get_or_create(area=area, code=code, defaults=names)
    nodes.ensure(area=area.pk, year=year)
    for code, (*_, pupils, _) in demo.TOWNS.items():
        Node.objects.filter(area=area, school_year=year, code=code).update(pupils=pupils)
    over = classes.ends(year) < today
    facts = demo.contacts(CONTACTS[ago], year=year, before=classes.ends(year) if over else today)
    loading.load(area=area.pk, facts=facts, tests=demo.tests(TESTS[ago], year=year) if over else "", staff=demo.STAFF)
    loading.add(area=area.pk, counts=demo.besides(year=year) if over else demo.doors_until(today, year=year))


def publish(area: Area, year: str, plan: str, *, schools: bool = False) -> str:
    """Send a report from draft to frozen, signed by a coordinator and a statistician; returns where it ended."""
    if Snapshot.objects.filter(area=area, school_year=year, plan=plan).exists():
        return "frozen already"
    first, second = _signer(area, coordinator=True), _signer(area, statistician=True)
    Report.objects.filter(area=area, school_year=year, plan=plan, state=State.DRAFT).delete()
    report = life.draft(actor=first, year=year, plan=plan, schools=schools)
    life.write(actor=first, report=report.pk, notes=NOTES, opening_hours=demo.HOURS)
    checking.attempt(life.check(actor=first, report=report.pk, start=False))
    report = life.one(actor=first, report=report.pk)
    if report.state != State.CHECKED:
        return f"not published: {report.reason}"
    life.sign(actor=first, report=report.pk, role="coordinator")
    life.sign(actor=second, report=report.pk, role="statistician")
    body = json.loads(freezing.freeze(actor=second, report=report.pk).body)
    return f"frozen {body['hash'][:12]}, {body['gate']['withdrawn']} cells withdrawn"


def _signer(area: Area, **role: bool) -> Worker:
    found = Worker.objects.filter(area=area, is_active=True, **role).order_by("pk").first()
    if found is None:
        raise CommandError("The demo workers are missing: run `manage.py demo` first.")
    return found


def _year(today: date, ago: int) -> str:
    start = classes.begins(classes.school_year(today)).year - ago
    return f"{start}-{start + 1}"
