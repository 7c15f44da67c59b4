"""A report on its way: drafted, checked, signed by two, frozen. Its figures are rounded texts from the first moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from chatservice.reports import render
from chatservice.reports.document import marks, small_print
from chatservice.reports.render import Around
from chatservice.statistics import freezing, life
from chatservice.statistics.errors import StatisticsError, WrongReport, WrongTurn
from chatservice.statistics.models import Report, Snapshot
from chatservice.statistics.plans import plan_of
from chatservice.statistics.states import State
from console.coordinator.shell import done, page, tongue, worker_of
from console.statistics import words
from console.statistics.charts import figures
from console.statistics.draft_forms import HOURS, NOTES, TextForm
from console.statistics.gate import makers_only

HERE: Final = "console_reports"
UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "POST"])
@makers_only
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One report on its way, and its next step."""
    report = life.one(actor=worker_of(request), report=pk)
    if request.POST.get("act") == "drop":
        return _drop(request, report)
    form = TextForm.of(report, request.POST if request.POST.get("act") == "write" else None)
    wrong = form.is_bound and not form.is_valid()
    if wrong:
        form.focus_first_problem()
    elif request.method == "POST":
        answer = _act(request, report)
        if answer is not None:
            return answer
    if report.state == State.FROZEN:
        return done(request, to="console_report", said=request.session.pop("said", ""), hash=report.snapshot.hash)
    shown = {"title": _title(report), "form": form, "wrong": wrong, **_facts(request, report)}
    return page(request, "statistics/draft", here=HERE, status=UNPROCESSABLE if wrong else 200, **shown)


@require_GET
@makers_only
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the check is, for the page's script."""
    report = life.one(actor=worker_of(request), report=pk)
    return JsonResponse({"checking": report.state == State.CHECKING, "percent": words.percent(report)})


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
        notes = {each: post.get(each, "") for each in NOTES}
        life.write(actor=actor, report=pk, notes=notes, opening_hours=post.get(HOURS, ""))

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
