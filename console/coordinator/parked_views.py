"""Talks at high risk that no clock may close: whose they are, and what comes next. Facts only, never a word of them."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.conversations.errors import Gone
from chatservice.conversations.models import Conversation
from chatservice.conversations.risk import Risk
from chatservice.duty.desk import run
from chatservice.hours.evaluate import ZONE
from chatservice.queues import parked
from chatservice.queues.parked import Parked, Why
from console.coordinator.forms import DeskForm
from console.coordinator.inputs import offer
from console.coordinator.shell import coordinators_only, done, page, worker_of
from console.coordinator.words import clock_text, lane_name
from console.strings import workspace_strings
from console.views import not_found

HERE: Final = "console_parked"


class WriteForm(DeskForm):
    """A message for their return."""

    text = forms.CharField(
        label=pgettext_lazy("worker", "Message to the visitor"),
        max_length=settings.MESSAGE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=pgettext_lazy("worker", "They read it when they come back, with your name and profession."),
    )


class CloseForm(DeskForm):
    """Why it ends."""

    why = forms.ChoiceField(label=pgettext_lazy("worker", "Why it ends"), widget=forms.RadioSelect)

    def settle(self) -> None:
        """Reasons in the reader's language."""
        offer(self, "why", [(each.value, _why(each)) for each in Why])


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody who was set aside, with owner and next step."""
    rows = [_row(each) for each in parked.waiting_for_care(area=worker_of(request).area_id)]
    return page(request, "parked", here=HERE, title=pgettext("worker", "Waiting for a coordinator"), rows=rows)


@require_http_methods(["GET", "POST"])
@coordinators_only
def one(request: HttpRequest, ticket: int) -> HttpResponse:
    """One of them: take it on, back to the queue, write, or end it by hand with a reason."""
    every = parked.waiting_for_care(area=worker_of(request).area_id)
    found = next((each for each in every if each.ticket == ticket), None)
    if found is None:
        return _moved_on(request) if request.method == "POST" and _ours(request, ticket) else not_found(request)
    write, close = _forms(request)
    if request.method == "POST":
        try:
            answer = _act(request, ticket, write=write, close=close)
        except Gone:
            return _moved_on(request)
        if answer is not None:
            return answer
    row = _row(found)
    return page(request, "parked_one", here=HERE, title=row["name"], row=row, write=write, close=close)


def _forms(request: HttpRequest) -> tuple[WriteForm, CloseForm]:
    act = request.POST.get("act")
    return WriteForm(request.POST if act == "write" else None), CloseForm(request.POST if act == "close" else None)


def _act(request: HttpRequest, ticket: int, *, write: WriteForm, close: CloseForm) -> HttpResponse | None:
    """Do what was asked; None when a form has to be mended. Raises Gone."""
    worker, act = worker_of(request).pk, request.POST.get("act")
    if act == "write" and write.is_valid():
        run(partial(parked.write, ticket=ticket, worker=worker, text=write.cleaned_data["text"]))
        return done(request, to=HERE, said=pgettext("worker", "The message waits for them."))
    if act == "close" and close.is_valid():
        run(partial(parked.close, ticket=ticket, worker=worker, why=Why(close.cleaned_data["why"])))
        return done(request, to=HERE, said=pgettext("worker", "The conversation has ended."))
    if act == "care":
        run(partial(parked.take_on, ticket=ticket, worker=worker))
        return done(
            request, to="console_parked_one", said=pgettext("worker", "It is yours to care for."), ticket=ticket
        )
    if act == "queue":
        run(partial(parked.to_the_head, ticket=ticket, worker=worker))
        return done(request, to=HERE, said=pgettext("worker", "They are at the head of the queue."))
    for form in (write, close):
        form.focus_first_problem()
    return None


def _ours(request: HttpRequest, ticket: int) -> bool:
    return Conversation.objects.filter(ticket=ticket, area=worker_of(request).area_id).exists()


def _moved_on(request: HttpRequest) -> HttpResponse:
    said = pgettext("worker", "It did not wait for a coordinator any more: they came back, or somebody else acted.")
    return done(request, to=HERE, said=said)


def _row(found: Parked) -> dict[str, Any]:
    names = workspace_strings()
    entered = found.entered.astimezone(ZONE)
    return {
        "ticket": found.ticket,
        "name": pgettext("worker", "Number {ticket}").format(ticket=found.ticket),
        "risk": _risk(Risk(found.risk)),
        "urgent": found.risk == Risk.IMMEDIATE,
        "who": ", ".join(
            part for part in (lane_name(found.channel, found.language), names.get(f"age_{found.age_band}", "")) if part
        ),
        "came": f"{entered.day}.{entered.month}. {clock_text(entered)}",
        "ends": f"{found.ends.day}.{found.ends.month}.{found.ends.year}",
        "owner": found.care_of,
        "next": _next(found),
    }


def _risk(risk: Risk) -> str:
    return pgettext("worker", "immediate danger") if risk == Risk.IMMEDIATE else pgettext("worker", "high risk")


def _next(found: Parked) -> str:
    if found.care_of:
        return pgettext("worker", "Write, give back to the queue, or end it")
    return pgettext("worker", "A coordinator takes it on")


def _why(why: Why) -> str:
    return {
        Why.REACHED: pgettext("worker", "They were reached in another way"),
        Why.PASSED_ON: pgettext("worker", "It was passed on to another service"),
        Why.NO_NEED: pgettext("worker", "It turned out that there was no danger"),
        Why.NO_WAY: pgettext("worker", "There is no way to reach them"),
    }[why]
