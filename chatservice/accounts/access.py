"""What a worker may do beside answering: the roles of the coordinator and the statistician; what a reader may not."""

from __future__ import annotations

from django.db.models import Q

from chatservice.accounts.errors import NotCoordinator, NotReportMaker, NotReportReader, OnlyReader
from chatservice.accounts.models import Worker


def require_coordinator(worker: Worker) -> Worker:
    """Return the worker when they may edit their area's hours, queues and rota; raises NotCoordinator.

    The role is read again from the database: a page that was open when it was taken away does nothing more.
    """
    if not Worker.objects.filter(pk=worker.pk, is_active=True, coordinator=True).exists():
        raise NotCoordinator("expected a coordinator of the area: ask the operator for the role")
    return worker


def require_report_maker(worker: Worker) -> Worker:
    """Return the worker when they may draft, check, sign and freeze reports; raises NotReportMaker.

    Coordinators and statisticians may, each read again from the database; a reader never does.
    """
    role = Q(coordinator=True) | Q(statistician=True)
    if not Worker.objects.filter(role, pk=worker.pk, is_active=True, reader=False).exists():
        raise NotReportMaker("expected a coordinator or a statistician of the area: ask the operator for the role")
    return worker


def require_report_reader(worker: Worker) -> Worker:
    """Return the worker when they may read frozen reports; raises NotReportReader.

    Those who make reports and the steering group may; to other professionals there are none in the desk.
    """
    role = Q(coordinator=True) | Q(statistician=True) | Q(reader=True)
    if not Worker.objects.filter(role, pk=worker.pk, is_active=True).exists():
        raise NotReportReader("expected a coordinator, a statistician or a reader of reports of the area")
    return worker


def require_professional(worker: Worker) -> Worker:
    """Return the worker when they answer visitors; raises OnlyReader for a member of the steering group."""
    if not Worker.objects.filter(pk=worker.pk, is_active=True, reader=False).exists():
        raise OnlyReader("expected a professional: this account reads frozen reports only")
    return worker
