"""Days on which the hours do not hold: the list, a new one, a changed one, one taken away."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.accounts.models import Worker
from chatservice.hours import edit
from chatservice.hours.edit import ExceptionDraft
from chatservice.hours.errors import Missing
from chatservice.hours.evaluate import ZONE
from chatservice.hours.models import REASON, ExceptionDay
from chatservice.places.errors import StaleEdit
from console.coordinator.forms import DeskForm, attempt
from console.coordinator.inputs import day_field, offer, time_field
from console.coordinator.shell import coordinators_only, done, page, tongue, worker_of
from console.coordinator.words import (
    channel_choices,
    channel_name,
    days_text,
    lane_name,
    language_choices,
    language_name,
    span_text,
)

HERE = "console_exceptions"
FIELDS = ("first", "last", "opens", "closes", "reason_fi", "reason_sv", "reason_en", "channel", "language")


class ExceptionForm(DeskForm):
    """One exception."""

    first = day_field(pgettext_lazy("worker", "First day"))
    last = day_field(pgettext_lazy("worker", "Last day"))
    opens = time_field(
        pgettext_lazy("worker", "Opens"), help_text=pgettext_lazy("worker", "Leave both times empty when it is closed.")
    )
    closes = time_field(pgettext_lazy("worker", "Closes"))
    channel = forms.ChoiceField(label=pgettext_lazy("worker", "For whom"), required=False)
    language = forms.ChoiceField(label=pgettext_lazy("worker", "In which language"), required=False)
    reason_fi = forms.CharField(
        label=pgettext_lazy("worker", "Reason in Finnish"),
        max_length=REASON,
        help_text=pgettext_lazy("worker", "Visitors read the reasons."),
    )
    reason_sv = forms.CharField(label=pgettext_lazy("worker", "Reason in Swedish"), max_length=REASON)
    reason_en = forms.CharField(label=pgettext_lazy("worker", "Reason in English"), max_length=REASON)

    def settle(self) -> None:
        """Channels and languages, every one among them."""
        offer(self, "channel", [("", channel_name("")), *channel_choices()])
        offer(self, "language", [("", language_name("")), *language_choices()])

    def draft(self) -> ExceptionDraft:
        """What is to be stored."""
        return ExceptionDraft(**{name: self.cleaned_data[name] for name in FIELDS})


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """Exceptions that are not over, the next first."""
    today = timezone.now().astimezone(ZONE).date()
    rows = ExceptionDay.objects.filter(area=worker_of(request).area_id, last__gte=today).order_by("first", "pk")
    found = [
        {
            "pk": row.pk,
            "days": days_text(row.first, row.last),
            "times": _times(row),
            "lane": lane_name(row.channel, row.language),
            "reason": getattr(row, f"reason_{tongue()}"),
        }
        for row in rows
    ]
    return page(request, "exceptions", here=HERE, title=pgettext("worker", "Exceptions"), rows=found)


@require_http_methods(["GET", "POST"])
@coordinators_only
def new(request: HttpRequest) -> HttpResponse:
    """A new exception."""
    form = ExceptionForm(request.POST or None)
    save = partial(_save, worker_of(request), form, None)
    if request.method == "POST" and attempt(form, save=save, fresh=dict):
        return done(request, to=HERE, said=pgettext("worker", "The exception is saved."))
    return _form(request, form, title=pgettext("worker", "New exception"))


@require_http_methods(["GET", "POST"])
@coordinators_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A stored exception: changed, or taken away."""
    worker = worker_of(request)
    row = _row(worker, pk)
    if request.method == "POST" and request.POST.get("act") == "remove":
        return _remove(request, row)
    form = ExceptionForm(request.POST if request.method == "POST" else None, initial=_facts(row))
    save = partial(_save, worker, form, pk)
    if request.method == "POST" and attempt(form, save=save, fresh=lambda: _facts(_row(worker, pk))):
        return done(request, to=HERE, said=pgettext("worker", "The exception is saved."))
    more = {
        "remove": pgettext("worker", "Remove this exception"),
        "remove_note": pgettext("worker", "The usual hours hold again on these days."),
        "version": row.version,
    }
    return _form(request, form, title=days_text(row.first, row.last), **more)


def _remove(request: HttpRequest, row: ExceptionDay) -> HttpResponse:
    sent = request.POST.get("version", "")
    try:
        version = int(sent) if sent.isdigit() else 0
        edit.remove_exception(actor=worker_of(request), exception=row.pk, version=version)
    except StaleEdit:
        form = ExceptionForm(initial=_facts(row))
        form.stale = True
        return _form(request, form, title=days_text(row.first, row.last))
    return done(request, to=HERE, said=pgettext("worker", "The exception is removed."))


def _form(request: HttpRequest, form: ExceptionForm, *, title: str, **more: Any) -> HttpResponse:
    status = 409 if form.stale else 200
    return page(request, "form", here=HERE, title=title, status=status, form=form, back=reverse(HERE), **more)


def _save(worker: Worker, form: ExceptionForm, pk: int | None) -> ExceptionDay:
    return edit.save_exception(actor=worker, draft=form.draft(), exception=pk, version=form.seen)


def _row(worker: Worker, pk: int) -> ExceptionDay:
    row = ExceptionDay.objects.filter(pk=pk, area=worker.area_id).first()
    if row is None:
        raise Missing
    return row


def _facts(row: ExceptionDay) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*FIELDS, "version")}


def _times(row: ExceptionDay) -> str:
    if row.opens is None or row.closes is None:
        return pgettext("worker", "closed")
    return span_text(row.opens, row.closes)
