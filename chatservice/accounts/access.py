"""What a worker may do beside answering: the role of the coordinator."""

from __future__ import annotations

from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker


def require_coordinator(worker: Worker) -> Worker:
    """Return the worker when they may edit their area's hours, queues and rota; raises NotCoordinator.

    The role is read again from the database: a page that was open when it was taken away does nothing more.
    """
    if not Worker.objects.filter(pk=worker.pk, is_active=True, coordinator=True).exists():
        raise NotCoordinator("expected a coordinator of the area: ask the operator for the role")
    return worker
