"""Every worker's own shifts: give up, offer, keep, take over; and the address of their calendar."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from chatservice.duty import feed, swaps
from chatservice.duty.models import Shift
from chatservice.duty.rules import HOME
from chatservice.places.errors import StaleEdit
from console.coordinator import people
from console.coordinator.rota_views import told
from console.coordinator.shell import done, page, worker_of, workers_only
from console.coordinator.words import day_text, span_text

HERE = "console_my_shifts"


@require_GET
@workers_only
def listing(request: HttpRequest) -> HttpResponse:
    """What is to come, and what colleagues offer."""
    return _shown(request)


@require_POST
@workers_only
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One step on one shift."""
    by = worker_of(request)
    sent = request.POST.get("version", "")
    common: dict[str, Any] = {"by": by, "shift": pk, "version": int(sent) if sent.isdigit() else 0}
    known = people.known_queues(by.area_id)
    steps = {
        "give_up": (lambda: swaps.give_up(**common), pgettext("worker", "You gave the shift up. It shows as a gap.")),
        "offer": (
            lambda: swaps.offer_swap(**common),
            pgettext("worker", "The shift is offered. It is yours until taken."),
        ),
        "keep": (lambda: swaps.keep(**common), pgettext("worker", "The shift stays yours.")),
        "take": (lambda: swaps.take_over(**common, known=known), pgettext("worker", "The shift is yours.")),
    }
    chosen = steps.get(request.POST.get("act", ""))
    if chosen is None:
        return done(request, to=HERE, said=people.refusal("missing"))
    try:
        told(chosen[0])
    except StaleEdit:
        return _shown(request, told_why=people.refusal("changed"), status=409)
    except ValidationError as error:
        return _shown(request, told_why=" ".join(error.messages))
    return done(request, to=HERE, said=chosen[1])


@require_POST
@workers_only
def calendar(request: HttpRequest) -> HttpResponse:
    """Make a new calendar address, shown this once, or make it worthless."""
    by = worker_of(request)
    if request.POST.get("act") == "create":
        path = reverse("console_feed", kwargs={"token": feed.issue(worker=by)})
        return _shown(request, address=f"{settings.DESK_ORIGIN}{path}")
    feed.revoke(worker=by)
    return done(request, to=HERE, said=pgettext("worker", "The calendar address does not work any more."))


@require_GET
def subscription(_request: HttpRequest, token: str) -> HttpResponse:
    """A calendar program asks; whoever knows the address sees times and nothing else."""
    text = feed.render(token)
    if text is None:
        return HttpResponse(status=404)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _shown(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    worker = worker_of(request)
    coming = Shift.objects.filter(area=worker.area_id, ends__gt=timezone.now()).order_by("starts", "pk")
    mine = [_row(each) for each in coming.filter(worker=worker)]
    offered = coming.filter(state__in=swaps.OPEN).exclude(worker=worker).select_related("worker")
    context = {
        "mine": mine,
        "offered": [_row(each) for each in offered],
        "has_feed": feed.exists(worker=worker),
        **more,
    }
    return page(request, "my_shifts", here=HERE, title=pgettext("worker", "My shifts"), status=status, **context)


def _row(shift: Shift) -> dict[str, Any]:
    starts, ends = shift.starts.astimezone(HOME), shift.ends.astimezone(HOME)
    state = {
        "planned": pgettext("worker", "planned"),
        "given_up": pgettext("worker", "given up, nobody has it"),
        "open_for_swap": pgettext("worker", "offered for swap"),
    }[shift.state]
    return {
        "shift": shift,
        "when": f"{day_text(starts.date())} {span_text(starts, ends)}",
        "state": state,
        "name": shift.worker.display_name,
    }
