"""Demo area, entry and workers, so that two people can talk five minutes after cloning."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from chatservice.accounts.models import Profession, Worker
from chatservice.places.models import Area, Host, Municipality

PASSWORD = "kuulolla-demo-2026"  # noqa: S105 - public on purpose, refused outside the demo
WORKERS = (
    ("aino", "Aino", Profession.CURATOR),
    ("petri", "Petri", Profession.PSYCHOLOGIST),
    ("sari", "Sari", Profession.NURSE),
)
COORDINATOR = "sari"
STATISTICIAN = ("tiina", "Tiina", Profession.PSYCHOLOGIST)
READER = ("rauni", "Rauni")


class Command(BaseCommand):
    """``manage.py demo``: may be repeated; changes nothing that is there already."""

    help = "Make the demo area, its entry page, three workers, a statistician and a reader (demo mode only)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError in production."""
        if settings.MODE not in {"demo", "test"}:
            raise CommandError("Demo accounts have a public password: set KUULOLLA_MODE=demo first.")
        with transaction.atomic():
            area = _area()
            for key, name, profession in WORKERS:
                _worker(area=area, key=key, name=name, profession=profession, coordinator=key == COORDINATOR)
            key, name, profession = STATISTICIAN
            _worker(area=area, key=key, name=name, profession=profession, statistician=True)
            key, name = READER
            _worker(area=area, key=key, name=name, profession="", reader=True)
        self.stdout.write(f"demo: {', '.join(f'{key}@demo.example' for key, *_ in WORKERS)}")


def _area() -> Area:
    names = {"name_fi": "Demoalue", "name_sv": "Demoområdet", "name_en": "Demo area"}
    area, _ = Area.objects.get_or_create(slug="demo", defaults=names)
    town = {"name_fi": "Demokunta", "name_sv": "Demokommunen"}
    municipality, _ = Municipality.objects.get_or_create(area=area, code="999", defaults=town)
    entry = {"area": area, "municipality": municipality, "name": "Demo"}
    Host.objects.get_or_create(key="demo", defaults=entry)
    return area


def _worker(*, area: Area, key: str, name: str, profession: str, **roles: bool) -> None:
    email = f"{key}@demo.example"
    if not Worker.objects.filter(email=email).exists():
        details = {"display_name": name, "profession": profession, **roles}
        Worker.objects.create_worker(email=email, password=PASSWORD, area=area, **details)
