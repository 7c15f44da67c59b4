"""A bulletin for trying the service: the house's own sentences over the demo's newest frozen report."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from chatservice.accounts.models import Worker
from chatservice.bulletins import drafts
from chatservice.bulletins.models import Published
from chatservice.bulletins.publishing import publish
from chatservice.reports.errors import BadBulletin
from chatservice.statistics.models import Snapshot

# The reports with figures enough for three sentences.
TELLING: Final = ("year", "autumn")


def publish_first(*, slug: str) -> bool:
    """Publish one bulletin of an area, where it has a frozen report, a coordinator and no bulletin yet."""
    actor = Worker.objects.filter(area__slug=slug, coordinator=True, is_active=True).order_by("pk").first()
    if actor is None or Published.objects.filter(area__slug=slug).exists():
        return False
    reports = Snapshot.objects.filter(area__slug=slug, plan__in=TELLING).order_by("-frozen", "-pk")
    return any(_published(actor, report.pk) for report in reports)


def _published(actor: Worker, report: int) -> bool:
    """A report of small figures alone has no bulletin: the next one is tried."""
    try:
        with transaction.atomic():
            draft = drafts.begin(actor=actor, report=report)
            publish(actor=actor, draft=draft.pk, version=draft.version)
    except BadBulletin:
        return False
    return True
