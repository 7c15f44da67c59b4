"""A report is begun: of a period that is over, or as a correction of a frozen one."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from chatservice.statistics import life, shelf
from chatservice.statistics.errors import NotAllowed, StatisticsError, WrongReport
from chatservice.statistics.models import Report, Snapshot
from chatservice.statistics.plans import plan_of
from chatservice.statistics.states import State
from console.coordinator.shell import done, page, worker_of
from console.statistics import words
from console.statistics.draft_forms import NewForm
from console.statistics.gate import makers_only
from console.views import not_found

HERE: Final = "console_reports"


@require_http_methods(["GET", "POST"])
@makers_only
def new(request: HttpRequest, year: str, plan: str) -> HttpResponse:
    """A draft of a period that is over; where one is on its way already, that one."""
    chosen = _slot(request, year, plan)
    if chosen.reports:
        return _there(request, chosen.reports[0])
    return _begin(request, year=year, plan=plan)


@require_http_methods(["GET", "POST"])
@makers_only
def correct(request: HttpRequest, hash: str) -> HttpResponse:  # noqa: A002 - the snapshot's own word for its name
    """A correction: a new report with a note, never an edit."""
    found = Snapshot.objects.filter(area=worker_of(request).area_id, hash=hash).select_related("report").first()
    if found is None:
        return not_found(request)
    open_one = Report.objects.filter(corrects=found.report).exclude(state=State.FROZEN).first()
    if open_one is not None:
        return _there(request, open_one)
    return _begin(request, year=found.school_year, plan=found.plan, corrects=found.report)


def _slot(request: HttpRequest, year: str, plan: str) -> shelf.Slot:
    worker = worker_of(request)
    if year not in shelf.years(area=worker.area_id):
        raise WrongReport("expected a school year of this area")
    for slot in shelf.slots(actor=worker, year=year):
        if slot.plan == plan:
            return slot
    raise WrongReport("expected a plan of the annual clock")


def _there(request: HttpRequest, report: Report) -> HttpResponse:
    said = pgettext("worker", "There is such a report already: this one.")
    return done(request, to="console_draft", said=said, pk=report.pk)


def _begin(request: HttpRequest, *, year: str, plan: str, corrects: Report | None = None) -> HttpResponse:
    worker = worker_of(request)
    initial = {"opening_hours": corrects.opening_hours, "schools": corrects.schools} if corrects else None
    form = NewForm(request.POST if request.method == "POST" else None, initial=initial)
    if not plan_of(plan).school_specs:
        del form.fields["schools"]
    told = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = life.draft(
                actor=worker,
                year=year,
                plan=plan,
                schools=form.cleaned_data.get("schools", False),
                corrects=corrects.pk if corrects else None,
                opening_hours=form.cleaned_data["opening_hours"],
            )
        except (NotAllowed, WrongReport):
            raise
        except StatisticsError as error:
            told = words.refusal_name(error, ended=shelf.ended(area=worker.area_id, year=year))
        else:
            said = pgettext("worker", "The draft is made. Look at its figures, then send it to be checked.")
            return done(request, to="console_draft", said=said, pk=made.pk)
    chosen = plan_of(plan)
    return page(
        request,
        "form",
        here=HERE,
        title=f"{words.plan_name(plan)} {words.year_name(year)}",
        status=409 if told else 200,
        form=form,
        told=told,
        intro=_intro(words.days_name(chosen.first_day(year), chosen.last_day(year)), corrects),
        save=pgettext("worker", "Make the draft"),
        back=reverse(HERE),
    )


def _intro(days: str, corrects: Report | None) -> str:
    if corrects is None:
        text = pgettext("worker", "Period: {days}. Only coordinators and statisticians see the draft.")
        return text.format(days=days)
    text = pgettext(
        "worker",
        "A correction of the report of {days}. The old one stays as it is; the new one names it. "
        "Figures that were published keep their texts. Tell in the note what is corrected.",
    )
    return text.format(days=days)
