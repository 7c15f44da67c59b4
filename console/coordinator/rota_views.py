"""The rota: the week, a new shift, a changed one, a substitute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.accounts.models import Worker
from chatservice.duty import rota, swaps
from chatservice.duty.errors import Changed, Missing, Refused
from chatservice.duty.models import Shift
from chatservice.duty.rules import HOME
from chatservice.duty.week import DAYS, week
from chatservice.hours.models import Hours
from chatservice.places.errors import StaleEdit
from chatservice.statistics.load import expected
from console.coordinator import people
from console.coordinator.forms import DeskForm, attempt
from console.coordinator.rota_chart import chart, stretches
from console.coordinator.rota_form import NewShiftForm, ShiftForm, SubstituteForm, facts
from console.coordinator.shell import coordinators_only, done, page, worker_of
from console.coordinator.words import day_text, days_text, span_text

HERE = "console_rota"


@require_GET
@coordinators_only
def listing(request: HttpRequest) -> HttpResponse:
    """A week: days across, workers down, cover and need below."""
    worker = worker_of(request)
    first = monday(request.GET.get("week", ""))
    lanes = list(Hours.objects.filter(area=worker.area_id).values_list("channel", "language"))
    demand: dict[tuple[int, int], float] = {}
    for channel, code in lanes:
        for band, number in expected(area=worker.area_id, channel=channel, language=code).items():
            demand[band] = demand.get(band, 0.0) + number
    days = week(area=worker.area_id, first=first, channels=lanes, demand=demand)
    names = people.names(worker.area_id)
    names += sorted({(each.worker, each.name) for day in days for each in day.shifts} - set(names))
    context: dict[str, Any] = {
        "days": [day_text(day.day) for day in days],
        "rows": [_row(pk, name, days) for pk, name in names],
        "chart": chart(days),
        "stretches": stretches(days),
        "gaps": [_span(day.day, each.starts, each.ends) for day in days for each in day.cover if each.people == 0],
        "outside": [_span(day.day, *times) for day in days for times in day.outside],
        "week_text": days_text(first, first + timedelta(days=DAYS - 1)),
        "before": first - timedelta(days=DAYS),
        "after": first + timedelta(days=DAYS),
        "first": first,
        "counted": bool(demand),
    }
    return page(request, "rota", here=HERE, title=pgettext("worker", "Rota"), **context)


@require_http_methods(["GET", "POST"])
@coordinators_only
def new(request: HttpRequest) -> HttpResponse:
    """A new shift, or one each week."""
    by = worker_of(request)
    form = NewShiftForm(
        request.POST or None, initial={"day": request.GET.get("day"), "worker": request.GET.get("worker")}
    )
    form.ask(by.area_id)

    def save() -> None:
        until = form.cleaned_data["repeat_until"]
        rota.create(by=by, draft=form.draft(people.known_queues(by.area_id)), repeat_until=until)

    if request.method == "POST" and attempt(form, save=lambda: told(save), fresh=dict):
        return _done(request, pgettext("worker", "The shift is saved."), form.cleaned_data["day"])
    return _form(request, form, title=pgettext("worker", "New shift"))


@require_http_methods(["GET", "POST"])
@coordinators_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A shift: changed, given to a substitute, taken off the rota."""
    by = worker_of(request)
    row = _shift(by, pk)
    act = request.POST.get("act", "save") if request.method == "POST" else ""
    if act in {"remove", "substitute"}:
        return _other(request, row, act)
    form = ShiftForm(request.POST if act else None, initial=facts(row))
    form.ask(by.area_id)

    def save() -> None:
        draft = form.draft(people.known_queues(by.area_id), worker=row.worker_id)
        rota.change(by=by, shift=pk, version=form.seen, draft=draft)

    if act and attempt(form, save=lambda: told(save), fresh=lambda: facts(_shift(by, pk))):
        return _done(request, pgettext("worker", "The shift is saved."), form.cleaned_data["day"])
    return _form(request, form, title=shift_name(row), row=row)


def _other(request: HttpRequest, row: Shift, act: str) -> HttpResponse:
    """Remove, or put a substitute in; both stand on the version that the page showed."""
    by = worker_of(request)
    form = ShiftForm(initial=facts(row))
    form.ask(by.area_id)
    other = SubstituteForm(request.POST)
    other.ask(by.area_id, but=row.worker_id)

    def save() -> None:
        if act == "remove":
            rota.remove(by=by, shift=row.pk, version=_number(request.POST.get("version", "")))
            return
        known, to = people.known_queues(by.area_id), int(other.cleaned_data["substitute"])
        swaps.substitute(by=by, shift=row.pk, version=other.seen, worker=to, known=known)

    try:
        if act == "remove" or other.is_valid():
            told(save)
            removed, put = pgettext("worker", "The shift is removed."), pgettext("worker", "The substitute is set.")
            return _done(request, removed if act == "remove" else put, row.starts.astimezone(HOME).date())
    except StaleEdit:
        form.stale = True
    except ValidationError as error:
        return _form(request, form, title=shift_name(row), row=row, other=other, told=" ".join(error.messages))
    return _form(request, form, title=shift_name(row), row=row, other=other)


def told(act: Callable[[], object]) -> None:
    """Do it; a refusal comes with words, at its field."""
    try:
        act()
    except Changed:
        raise StaleEdit from None
    except Missing:
        raise
    except Refused as error:
        raise people.refused(error) from None


def shift_name(row: Shift) -> str:
    """Who and when."""
    starts, ends = row.starts.astimezone(HOME), row.ends.astimezone(HOME)
    return f"{row.worker.display_name}, {day_text(starts.date())} {span_text(starts, ends)}"


def monday(text: str) -> date:
    """The Monday of a day's week; of today's for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = timezone.now().astimezone(HOME).date()
    if not 2000 <= day.year <= 2100:  # noqa: PLR2004 - years that a rota may have
        day = timezone.now().astimezone(HOME).date()
    return day - timedelta(days=day.weekday())


def _form(
    request: HttpRequest,
    form: DeskForm,
    *,
    title: str,
    row: Shift | None = None,
    other: SubstituteForm | None = None,
    told: str = "",
) -> HttpResponse:
    more: dict[str, Any] = {"told": told}
    day = row.starts.astimezone(HOME).date() if row else monday(request.GET.get("day", ""))
    if row is not None:
        if other is None or told == "":
            other = other if other is not None and other.errors else SubstituteForm(initial={"version": row.version})
            other.ask(row.area_id, but=row.worker_id)
        more["other"] = other
        more["version"] = row.version
        more["remove"] = pgettext("worker", "Remove this shift")
        more["remove_note"] = pgettext("worker", "The shift goes off the rota. A pair stays, alone.")
    status = 409 if form.stale else 200
    back = f"{reverse(HERE)}?week={day}"
    return page(request, "shift", here=HERE, title=title, status=status, form=form, back=back, **more)


def _done(request: HttpRequest, said: str, day: date) -> HttpResponse:
    answer = done(request, to=HERE, said=said)
    answer["Location"] += f"?week={day}"
    return answer


def _row(pk: int, name: str, days: list[Any]) -> dict[str, Any]:
    cells = [{"day": day.day, "shifts": [_cell(each) for each in day.shifts if each.worker == pk]} for day in days]
    return {"pk": pk, "name": name, "cells": cells}


def _cell(shift: Any) -> dict[str, Any]:
    state = {
        "planned": "",
        "given_up": pgettext("worker", "given up, nobody has it"),
        "open_for_swap": pgettext("worker", "offered for swap"),
    }[shift.state]
    times = span_text(shift.starts.astimezone(HOME), shift.ends.astimezone(HOME))
    return {"shift": shift, "times": times, "state": state}


def _span(day: date, starts: Any, ends: Any) -> str:
    return f"{day_text(day)} {span_text(starts.astimezone(HOME), ends.astimezone(HOME))}"


def _shift(by: Worker, pk: int) -> Shift:
    row = Shift.objects.select_related("worker").filter(pk=pk, area=by.area_id).first()
    if row is None:
        raise Missing
    return row


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
