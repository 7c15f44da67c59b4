"""What every coordinator's page shares: who may open it, its frame, and a word after something was done."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.content.errors import Missing as NoContact
from chatservice.duty.errors import Missing as NoShift
from chatservice.hours.errors import Missing as NoHours
from chatservice.queues.edit import Missing as NoQueue
from chatservice.screening.errors import NoTerm
from console.views import not_found

SAID = "said"
View = Callable[..., HttpResponse]


def worker_of(request: HttpRequest) -> Worker:
    """The signed-in worker, whom the second-factor gate has let in."""
    if not isinstance(request.user, Worker):
        raise TypeError("expected a signed-in worker behind the second-factor gate")
    return request.user


def only(right: Callable[[Worker], object], *, absent: tuple[type[Exception], ...]) -> Callable[[View], View]:
    """Return a guard of views: for whom `right` refuses, and wherever one of `absent` is raised, no page exists.

    `right` raises one of `absent` as well; so who may not learns no more than who asks for a row of another area.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **path: Any) -> HttpResponse:
            try:
                right(worker_of(request))
                return view(request, **path)
            except absent:
                return not_found(request)

        return guarded

    return guard


coordinators_only = only(require_coordinator, absent=(NotCoordinator, NoContact, NoShift, NoHours, NoQueue, NoTerm))
# A page of every worker; a row that is not theirs does not exist.
workers_only = only(lambda _worker: None, absent=(NoShift,))


def page(
    request: HttpRequest, template: str, *, here: str, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page of the frame; `here` is the entry of the menu it belongs to.

    A template of another folder than the coordinator's is named with it ("statistics/shelf").
    """
    worker = worker_of(request)
    framed = {
        "service": settings.SERVICE_NAME,
        "worker": worker,
        "title": title,
        "menu": menu(worker, here=here),
        "said": request.session.pop(SAID, ""),
        **context,
    }
    folder = "console" if "/" in template else "console/coordinator"
    return render(request, f"{folder}/{template}.html", framed, status=status)


def done(request: HttpRequest, *, to: str, said: str, **path: Any) -> HttpResponse:
    """Go to a page which then says what was done."""
    request.session[SAID] = said
    return HttpResponseRedirect(reverse(to, kwargs=path))


def menu(worker: Worker, *, here: str) -> list[dict[str, Any]]:
    """The pages this worker may open, in their order."""
    every = {
        "console_load": pgettext("worker", "Load now"),
        "console_parked": pgettext("worker", "Waiting for a coordinator"),
        "console_hours": pgettext("worker", "Opening hours"),
        "console_exceptions": pgettext("worker", "Exceptions"),
        "console_calendar": pgettext("worker", "School calendar"),
        "console_queues": pgettext("worker", "Queues"),
        "console_rota": pgettext("worker", "Rota"),
        "console_workers": pgettext("worker", "Workers"),
        "console_contacts": pgettext("worker", "Other services"),
        "console_terms": pgettext("worker", "Terms of the area"),
        "console_bench": pgettext("worker", "Test bench"),
        "console_agreement": pgettext("worker", "Marks and judgement"),
    }
    own = {
        "console_my_shifts": pgettext("worker", "My shifts"),
        "console_rules": pgettext("worker", "Rules of moderation"),
    }
    reports = {
        "console_reports": pgettext("worker", "Reports"),
        "console_dashboards": pgettext("worker", "Dashboards"),
        "console_definitions": pgettext("worker", "What the figures mean"),
    }
    written = {"console_bulletins": pgettext("worker", "Bulletins")}
    clock = {"console_clock": pgettext("worker", "Annual clock")}
    makers = {**reports, **written, **own} if worker.statistician else own
    names = {**every, **reports, **written, **clock, **own} if worker.coordinator else makers
    names = reports if worker.reader else names
    return [{"name": name, "text": text, "here": name == here} for name, text in names.items()]


def tongue() -> str:
    """The language of this request: fi, sv or en."""
    found = (get_language() or "fi")[:2]
    return found if found in {"fi", "sv", "en"} else "fi"
