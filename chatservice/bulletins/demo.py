"""A bulletin for trying the service: the house's own sentences over the demo's newest frozen report."""

from __future__ import annotations

from chatservice.accounts.models import Worker
from chatservice.bulletins import drafts
from chatservice.bulletins.models import Published
from chatservice.bulletins.publishing import publish
from chatservice.statistics.models import Snapshot


def publish_first(*, slug: str) -> bool:
    """Publish one bulletin of an area, where it has a frozen report, a coordinator and no bulletin yet."""
    actor = Worker.objects.filter(area__slug=slug, coordinator=True, is_active=True).order_by("pk").first()
    snapshot = Snapshot.objects.filter(area__slug=slug).order_by("-frozen", "-pk").first()
    if actor is None or snapshot is None or Published.objects.filter(area__slug=slug).exists():
        return False
    draft = drafts.begin(actor=actor, report=snapshot.pk)
    publish(actor=actor, draft=draft.pk, version=draft.version)
    return True
