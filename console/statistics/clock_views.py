"""The annual clock: what the area does when, ticked off, changed, added to; reminders go to coordinators by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.errors import NotCoordinator
from chatservice.annual import events
from chatservice.annual.errors import NoEvent
from chatservice.annual.models import TITLE_CHARACTERS, Event
from chatservice.places.errors import StaleEdit
from chatservice.statistics.classes import school_year
from chatservice.statistics.life import today
from console.coordinator.forms import DeskForm, attempt
from console.coordinator.inputs import day_field
from console.coordinator.shell import done, only, page, worker_of
from console.coordinator.words import day_text
from console.statistics.clock_words import event_name, refusal

HERE = "console_clock"
MOST_DIGITS = 9


# Coordinators of the area; to others, and for rows of other areas, the page does not exist.
keepers_only = only(require_coordinator, absent=(NotCoordinator, NoEvent))


class EventForm(DeskForm):
    """An event of the clock."""

    title = forms.CharField(
        label=pgettext_lazy("worker", "What"),
        required=False,
        max_length=TITLE_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    day = day_field(pgettext_lazy("worker", "Day"))
    remind = day_field(
        pgettext_lazy("worker", "Reminder"),
        required=False,
        help_text=pgettext_lazy(
            "worker", "On this day coordinators get a mail with the event's day and the desk's address, nothing more."
        ),
    )

    def __init__(self, *args: Any, usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual:
            self.fields["title"].help_text = pgettext("worker", "Left empty it is called: {name}").format(name=usual)

    def plan(self) -> events.Plan:
        """What is to be stored."""
        found = self.cleaned_data
        return events.Plan(title=" ".join(found["title"].split()), day=found["day"], remind=found["remind"])


@require_http_methods(["GET", "POST"])
@keepers_only
def listing(request: HttpRequest) -> HttpResponse:
    """A school year's events by month; begun, ticked off."""
    actor = worker_of(request)
    this = school_year(today())
    asked = request.POST.get("year") or request.GET.get("year") or this
    years = events.years(actor=actor)
    year = asked if asked in years else this
    if request.method == "POST":
        return _act(request, year)
    rows = events.of_year(actor=actor, year=year)
    shown: dict[str, Any] = {
        "year": year,
        "year_name": _year_name(year),
        "begun": rows is not None,
        "rows": [_row(each) for each in rows or []],
        "others": [{"year": each, "name": _year_name(each)} for each in years if each != year],
    }
    return page(request, "bulletins/clock", here=HERE, title=pgettext("worker", "Annual clock"), **shown)


@require_http_methods(["GET", "POST"])
@keepers_only
def new(request: HttpRequest, year: str) -> HttpResponse:
    """An event of the area's own."""
    actor = worker_of(request)
    if events.of_year(actor=actor, year=year) is None:
        raise NoEvent("expected a school year that was begun")
    form = EventForm(request.POST or None)

    def save() -> Event:
        return _worded(lambda: events.add(actor=actor, year=year, plan=form.plan()))

    if request.method == "POST" and attempt(form, save=save, fresh=dict):
        return _back(year, request, pgettext("worker", "The event is added."))
    title = pgettext("worker", "New event")
    return page(request, "form", here=HERE, title=title, form=form, back=_address(year), intro=_year_name(year))


@require_http_methods(["GET", "POST"])
@keepers_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """An event: changed, or taken out."""
    actor = worker_of(request)
    row = events.one(actor=actor, event=pk)
    if request.POST.get("act") == "remove":
        return _remove(request, row)
    usual = event_name(row.kind, "") if row.kind else ""
    form = EventForm(request.POST or None, initial=_facts(row), usual=usual)

    def save() -> Event:
        return _worded(lambda: events.change(actor=actor, event=pk, version=form.seen, plan=form.plan()))

    if request.method == "POST" and attempt(form, save=save, fresh=lambda: _facts(events.one(actor=actor, event=pk))):
        return _back(row.school_year, request, pgettext("worker", "The event is saved."))
    return _form(request, row, form)


def _form(request: HttpRequest, row: Event, form: EventForm) -> HttpResponse:
    shown: dict[str, Any] = {
        "form": form,
        "back": _address(row.school_year),
        "version": row.version,
        "remove": pgettext("worker", "Take it out of the clock"),
        "remove_note": pgettext("worker", "Then it is not in this school year's clock any more."),
    }
    title = event_name(row.kind, row.title)
    return page(request, "form", here=HERE, title=title, status=409 if form.stale else 200, **shown)


def _remove(request: HttpRequest, row: Event) -> HttpResponse:
    actor = worker_of(request)
    try:
        events.remove(actor=actor, event=row.pk, version=_number(request.POST.get("version", "")))
    except StaleEdit:
        form = EventForm(initial=_facts(row))
        form.stale = True
        return _form(request, row, form)
    return _back(row.school_year, request, pgettext("worker", "The event is out of the clock."))


def _act(request: HttpRequest, year: str) -> HttpResponse:
    actor, act = worker_of(request), request.POST.get("act", "")
    if act == "begin":
        events.begin(actor=actor, year=year)
        told = pgettext("worker", "The usual events are there. Change their days to yours.")
        return _back(year, request, told)
    event, version = (_number(request.POST.get(name, "")) for name in ("event", "version"))
    try:
        events.tick(actor=actor, event=event, version=version, done=act == "done")
    except StaleEdit:
        told = pgettext("worker", "Somebody else changed this meanwhile. Look at it again.")
    else:
        told = (
            pgettext("worker", "The event is done.")
            if act == "done"
            else pgettext("worker", "The event is open again.")
        )
    return _back(year, request, told)


def _back(year: str, request: HttpRequest, said: str) -> HttpResponse:
    answer = done(request, to=HERE, said=said)
    answer["Location"] = _address(year)
    return answer


def _address(year: str) -> str:
    return f"{reverse(HERE)}?year={year}"


def _year_name(year: str) -> str:
    return pgettext("worker", "School year {year}").format(year=year.replace("-", "–"))


def _worded(act: Any) -> Event:
    """What the core refuses by code is told in words at its field."""
    try:
        found: Event = act()
    except ValidationError as error:
        raise refusal(error) from None
    return found


def _facts(row: Event) -> dict[str, Any]:
    return {"title": row.title, "day": row.day, "remind": row.remind, "version": row.version}


def _row(row: Event) -> dict[str, Any]:
    now = today()
    return {
        "pk": row.pk,
        "version": row.version,
        "name": event_name(row.kind, row.title),
        "day": day_text(row.day, year=True),
        "remind": day_text(row.remind, year=True) if row.remind else "",
        "told": row.told is not None,
        "done": day_text(row.done, year=True) if row.done else "",
        "late": row.done is None and row.day < now,
    }


def _number(sent: str) -> int:
    """A number as a page sends it; 0, which is none, for anything else."""
    return int(sent) if sent.isdecimal() and len(sent) <= MOST_DIGITS else 0
