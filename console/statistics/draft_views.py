"""A report on its way: drafted, checked, signed by two, frozen. Its figures are rounded texts from the first moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.reports import render
from chatservice.reports.document import marks, small_print
from chatservice.reports.render import Around
from chatservice.statistics import freezing, life, shelf
from chatservice.statistics.errors import NotAllowed, StatisticsError, WrongReport, WrongTurn
from chatservice.statistics.models import Report, Snapshot
from chatservice.statistics.plans import plan_of
from chatservice.statistics.states import State
from console.coordinator.forms import DeskForm
from console.coordinator.shell import done, page, tongue, worker_of
from console.statistics import words
from console.statistics.charts import figures
from console.statistics.gate import makers_only
from console.views import not_found

HERE: Final = "console_reports"
LONGEST_TEXT: Final = life.LONGEST_NOTE


class NewForm(DeskForm):
    """What is decided before a draft is made."""

    opening_hours = forms.CharField(
        label=pgettext_lazy("worker", "Opening hours in this period"),
        help_text=pgettext_lazy(
            "worker",
            "They stand beside the figures. Written as Mo-Th 14:00-20:00 they are told in every language; "
            "other words stay.",
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    schools = forms.BooleanField(
        label=pgettext_lazy("worker", "With tables of schools"),
        help_text=pgettext_lazy("worker", "Only if the schools have agreed. Small schools are shown together."),
        required=False,
    )


class TextForm(DeskForm):
    """What people say beside the figures."""

    fi = forms.CharField(
        label=pgettext_lazy("worker", "Note in Finnish"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    sv = forms.CharField(
        label=pgettext_lazy("worker", "Note in Swedish"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    en = forms.CharField(
        label=pgettext_lazy("worker", "Note in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )
    opening_hours = forms.CharField(
        label=pgettext_lazy("worker", "Opening hours in this period"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_TEXT,
        required=False,
    )


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


@require_http_methods(["GET", "POST"])
@makers_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One report on its way, and its next step."""
    report = life.one(actor=worker_of(request), report=pk)
    if request.POST.get("act") == "drop":
        return _drop(request, report)
    if request.method == "POST":
        answer = _act(request, report)
        if answer is not None:
            return answer
    if report.state == State.FROZEN:
        return done(request, to="console_report", said=request.session.pop("said", ""), hash=report.snapshot.hash)
    form = TextForm(
        request.POST if request.POST.get("act") == "write" else None,
        initial={
            "fi": report.note_fi,
            "sv": report.note_sv,
            "en": report.note_en,
            "opening_hours": report.opening_hours,
        },
    )
    return page(request, "statistics/draft", here=HERE, title=_title(report), form=form, **_facts(request, report))


@require_GET
@makers_only
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the check is, for the page's script."""
    report = life.one(actor=worker_of(request), report=pk)
    return JsonResponse({"checking": report.state == State.CHECKING, "percent": words.percent(report)})


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


def _act(request: HttpRequest, report: Report) -> HttpResponse | None:
    """Do what was asked and tell it; None for a form to be mended or an unknown act."""
    act = _acts(request, report).get(request.POST.get("act", ""))
    if act is None:
        return None
    step, said = act
    try:
        step()
    except WrongReport:
        raise
    except WrongTurn as error:
        return done(request, to="console_draft", said=_late(report) or words.refusal_name(error), pk=report.pk)
    except StatisticsError as error:
        return done(request, to="console_draft", said=words.refusal_name(error), pk=report.pk)
    return done(request, to="console_draft", said=said, pk=report.pk)


def _drop(request: HttpRequest, report: Report) -> HttpResponse:
    try:
        life.drop(actor=worker_of(request), report=report.pk)
    except WrongTurn as error:
        return done(request, to="console_draft", said=words.refusal_name(error), pk=report.pk)
    return done(request, to=HERE, said=pgettext("worker", "The draft is dropped. It can be made again."))


def _acts(request: HttpRequest, report: Report) -> dict[str, tuple[Callable[[], object], str]]:
    actor, pk, post = worker_of(request), report.pk, request.POST

    def write() -> None:
        notes = {each: post.get(each, "") for each in ("fi", "sv", "en")}
        life.write(actor=actor, report=pk, notes=notes, opening_hours=post.get("opening_hours", ""))

    return {
        "write": (write, pgettext("worker", "The notes are saved.")),
        "renew": (lambda: life.renew(actor=actor, report=pk), pgettext("worker", "The figures are made anew.")),
        "check": (lambda: life.check(actor=actor, report=pk), pgettext("worker", "The check has begun.")),
        "stop": (lambda: life.stop(actor=actor, report=pk), pgettext("worker", "The check is stopped.")),
        "reopen": (
            lambda: life.reopen(actor=actor, report=pk, reason="taken back by hand"),
            pgettext("worker", "The report is a draft again."),
        ),
        "sign": (
            lambda: life.sign(actor=actor, report=pk, role=post.get("role", "")),
            pgettext("worker", "You have signed the report."),
        ),
        "freeze": (
            lambda: freezing.freeze(actor=actor, report=pk),
            pgettext("worker", "The report is frozen. It can be downloaded and shown."),
        ),
    }


def _late(report: Report) -> str:
    """What the second of two is told who freeze at once."""
    if not Snapshot.objects.filter(report=report).exists():
        return ""
    return pgettext("worker", "Somebody else froze this report a moment ago. It is frozen once, with the same figures.")


def _title(report: Report) -> str:
    return f"{words.plan_name(report.plan)} {words.year_name(report.school_year)}"


def _facts(request: HttpRequest, report: Report) -> dict[str, Any]:
    actor = worker_of(request)
    signatures = list(report.signatures.order_by("pk").select_related("worker"))
    state = State(report.state)
    earlier = Around(earlier=freezing.snapshots(area=report.area_id, before=report.school_year))
    view = render.look(freezing.preview(actor=actor, report=report.pk), language=tongue(), around=earlier)
    document, drawn = figures(view)
    return {
        "report": report,
        "days": words.days_name(report.first, report.last),
        "state": words.state_name(report),
        "percent": words.percent(report),
        "steps": _steps(state),
        "reason": words.reason_name(report) if state == State.DRAFT else "",
        "signatures": [
            {"who": each.worker.display_name, "role": words.role_name(each.role), "day": words.day_name(each.day)}
            for each in signatures
        ],
        "roles": [
            {"role": role, "name": words.role_name(role)} for role in life.roles_to_sign(actor=actor, report=report)
        ]
        if state == State.CHECKED
        else [],
        "alone": life.alone(actor),
        "vacant": any(life.vacant(actor, role) for role in life.ROLES if getattr(actor, role)),
        "may_write": state in {State.DRAFT, State.CHECKED} and not signatures,
        "last_of_year": plan_of(report.plan).last,
        "document": document,
        "figures": drawn,
        "small_print": small_print(view)[:2],
        "marks": marks(view),
    }


def _steps(state: State) -> list[dict[str, Any]]:
    names = {
        State.DRAFT: pgettext("worker", "Draft"),
        State.CHECKING: pgettext("worker", "Check"),
        State.CHECKED: pgettext("worker", "Signatures"),
        State.SIGNED: pgettext("worker", "Freezing"),
        State.FROZEN: pgettext("worker", "Frozen"),
    }
    order = list(names)
    return [
        {"name": name, "here": each == state, "done": order.index(each) < order.index(state)}
        for each, name in names.items()
    ]
