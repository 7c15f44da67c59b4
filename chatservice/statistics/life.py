"""A report from draft to signed: made, looked at, sent back, signed by two. Each step is recorded in its transaction.

Coordinators and statisticians of the area alone see drafts; a report of another area answers like a missing one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from chatservice.accounts.access import require_report_maker
from chatservice.accounts.errors import NotReportMaker
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.disclosure.typed_figures import typed
from chatservice.statistics import checking, classes, drafting
from chatservice.statistics.errors import NotAllowed, NoteMissing, NotEnded, TypedFigure, WrongReport, WrongTurn
from chatservice.statistics.models import Report, Signature
from chatservice.statistics.plans import plan_of
from chatservice.statistics.states import State, Step, step

COORDINATOR, STATISTICIAN = "coordinator", "statistician"
ROLES: Final = (COORDINATOR, STATISTICIAN)
TODAY: Final = "SELECT (clock_timestamp() AT TIME ZONE 'Europe/Helsinki')::date"
LONGEST_NOTE: Final = 4000


_pretended: ContextVar[date | None] = ContextVar("pretended", default=None)


def today() -> date:
    """Return the day in Finland by the database's clock."""
    pretended = _pretended.get()
    if pretended is not None:
        return pretended
    with connection.cursor() as cursor:
        cursor.execute(TODAY)
        found: date = cursor.fetchone()[0]
    return found


@contextmanager
def pretending(day: date | None) -> Iterator[None]:
    """Take another day for today, in demonstrations and tests only. Raises NotAllowed elsewhere."""
    if day is not None and settings.MODE not in {"demo", "test"}:
        raise NotAllowed("expected the true day: nothing is pretended in production")
    before = _pretended.set(day)
    try:
        yield
    finally:
        _pretended.reset(before)


def maker(actor: Worker) -> Worker:
    """Return the actor when they may make reports; raises NotAllowed."""
    try:
        return require_report_maker(actor)
    except NotReportMaker as error:
        raise NotAllowed(str(error)) from None


def reports_of(*, actor: Worker, year: str = "") -> list[Report]:
    """Return the area's reports, the newest first, drafts too, dropped ones not. Raises NotAllowed."""
    maker(actor)
    checking.put_back()
    rows = Report.objects.filter(area_id=actor.area_id).exclude(state=State.DROPPED).order_by("-pk")
    return list(rows.filter(school_year=year) if year else rows)


def one(*, actor: Worker, report: int) -> Report:
    """Return one report of the area; a dropped one is as missing. Raises NotAllowed, WrongReport."""
    maker(actor)
    checking.put_back()
    found = Report.objects.filter(area_id=actor.area_id, pk=report).exclude(state=State.DROPPED).first()
    if found is None:
        raise WrongReport("expected a report of this area")
    return found


def tables_of(report: Report) -> list[dict[str, Any]]:
    """Return a report's tables in the snapshot's form: texts, never counts."""
    found: list[dict[str, Any]] = json.loads(report.tables or "[]")
    return found


def draft(
    *, actor: Worker, year: str, plan: str, schools: bool = False, corrects: int | None = None, opening_hours: str = ""
) -> Report:
    """Make a report of a period that is over: its texts, rounded, for two named roles to look at.

    `corrects`: a frozen report that this one explains anew. Raises NotAllowed, WrongReport, NotEnded,
    CatalogueChanged, SecretLost, TypedFigure (in the opening hours).
    """
    maker(actor)
    chosen = _ended(plan, year)
    figureless(notes={}, opening_hours=opening_hours)
    wrong = corrects and not Report.objects.filter(area_id=actor.area_id, pk=corrects, state=State.FROZEN).exists()
    if wrong:
        raise WrongReport("expected a frozen report of this area to correct")
    with transaction.atomic():
        made = drafting.make(area=actor.area_id, year=year, plan=plan, schools=schools)
        report = Report.objects.create(
            area_id=actor.area_id,
            school_year=year,
            plan=plan,
            schools=schools,
            version=made.version,
            first=chosen.first_day(year),
            last=chosen.last_day(year),
            tables=json.dumps(drafting.written(made.tables)),
            basis=made.basis,
            corrects_id=corrects,
            opening_hours=opening_hours,
            made_by=actor,
        )
        _record(report, actor, Action.REPORT_DRAFTED)
    return report


def renew(*, actor: Worker, report: int) -> Report:
    """Make a draft's tables anew, from what has been counted since. Raises as `draft`, WrongTurn."""
    with transaction.atomic():
        found = locked(actor=actor, report=report)
        step(found.state, Step.RENEW)
        made = drafting.make(area=found.area_id, year=found.school_year, plan=found.plan, schools=found.schools)
        found.tables, found.basis = json.dumps(drafting.written(made.tables)), made.basis
        found.reason, found.certificate, found.withdrawn = "", "", 0
        found.save()
        _record(found, actor, Action.REPORT_DRAFTED)
    return found


def write(*, actor: Worker, report: int, notes: dict[str, str], opening_hours: str = "") -> Report:
    """Store what people say beside the figures, by language; before it is signed. Raises WrongTurn, TypedFigure."""
    figureless(notes=notes, opening_hours=opening_hours)
    with transaction.atomic():
        found = locked(actor=actor, report=report)
        if found.state in {State.SIGNED, State.FROZEN} or found.signatures.exists():
            raise WrongTurn("what is signed is not written in any more: reopen it first")
        found.note_fi, found.note_sv, found.note_en = (
            notes.get(each, "")[:LONGEST_NOTE] for each in ("fi", "sv", "en")
        )
        found.opening_hours = opening_hours[:LONGEST_NOTE]
        found.save(update_fields=["note_fi", "note_sv", "note_en", "opening_hours"])
    return found


def figureless(*, notes: Mapping[str, str], opening_hours: str) -> None:
    """Refuse figures that people typed: nothing protects them. Raises TypedFigure."""
    for field, text in notes.items():
        if found := typed(text):
            raise TypedFigure(field=field, found=found)
    if found := typed(opening_hours, hours=True):
        raise TypedFigure(field="opening_hours", found=found)


def check(*, actor: Worker, report: int, start: bool = True) -> Report:
    """Send a draft through the gate, in the background. Raises NotAllowed, WrongReport, WrongTurn, NotEnded.

    Its texts are made anew first. `start` False leaves the starting to the caller (commands, tests). Raises TypedFigure
    for a note that an older release let stand, NoteMissing for a correction that does not tell what it corrects.
    """
    renewed = renew(actor=actor, report=report)
    _ended(renewed.plan, renewed.school_year)
    notes = {"fi": renewed.note_fi, "sv": renewed.note_sv, "en": renewed.note_en}
    figureless(notes=notes, opening_hours=renewed.opening_hours)
    if renewed.corrects_id and not any(note.strip() for note in notes.values()):
        raise NoteMissing("expected a note that tells what is corrected")
    with transaction.atomic():
        found = locked(actor=actor, report=report)
        found.state = step(found.state, Step.CHECK)
        checking.begin(found)
        _record(found, actor, Action.REPORT_CHECKED)
    if start:
        checking.start(found)
    return found


def stop(*, actor: Worker, report: int) -> Report:
    """Stop a check: back to draft. Raises WrongTurn where none runs."""
    with transaction.atomic():
        found = locked(actor=actor, report=report)
        found.state = step(found.state, Step.FAIL)
        checking.end(found, reason="stopped by hand")
        _record(found, actor, Action.REPORT_REOPENED)
    return found


def reopen(*, actor: Worker, report: int, reason: str = "") -> Report:
    """Take what was checked or signed back to draft; its signatures go. Raises WrongTurn."""
    with transaction.atomic():
        found = locked(actor=actor, report=report)
        found.state = step(found.state, Step.REOPEN)
        found.reason = reason[:200]
        found.signatures.all().delete()
        found.save(update_fields=["state", "reason"])
        _record(found, actor, Action.REPORT_REOPENED)
    return found


def drop(*, actor: Worker, report: int) -> None:
    """Give a draft up: its texts go, nobody sees it again, the audit keeps who did it. Raises WrongTurn elsewhere."""
    with transaction.atomic():
        found = locked(actor=actor, report=report)
        found.state = step(found.state, Step.DROP)
        found.tables, found.basis, found.certificate, found.corrects = "", "", "", None
        found.note_fi = found.note_sv = found.note_en = found.opening_hours = ""
        found.save()
        _record(found, actor, Action.REPORT_DROPPED)


def sign(*, actor: Worker, report: int, role: str) -> Report:
    """Sign what was checked, in a role one has; with the second signature the report is signed.

    Two people, one as coordinator and one as statistician; where an area has one such person only, that one twice, a
    day apart. Raises NotAllowed, WrongReport, WrongTurn.
    """
    with transaction.atomic():
        found = locked(actor=actor, report=report)
        step(found.state, Step.SIGN)
        if role not in ROLES or not Worker.objects.filter(pk=actor.pk, **{role: True}).exists():
            raise NotAllowed("expected a role that the signer has: coordinator or statistician")
        before = list(found.signatures.order_by("pk"))
        _second(actor, role, before)
        Signature.objects.create(report=found, worker=actor, role=role, day=today())
        if before:
            found.state = step(found.state, Step.SIGN)
            found.save(update_fields=["state"])
        _record(found, actor, Action.REPORT_SIGNED)
    return found


def roles_to_sign(*, actor: Worker, report: Report) -> tuple[str, ...]:
    """Return the roles in which the actor may sign a checked report now; none where another person or day is due."""
    before = list(report.signatures.order_by("pk"))
    found = []
    for role in ROLES:
        try:
            _second(actor, role, before)
        except NotAllowed:
            continue
        if Worker.objects.filter(pk=actor.pk, **{role: True}).exists():
            found.append(role)
    return tuple(found)


def locked(*, actor: Worker, report: int) -> Report:
    """Return a report of the actor's area, its row locked by the caller's transaction."""
    maker(actor)
    rows = Report.objects.select_for_update().filter(area_id=actor.area_id, pk=report)
    found = rows.exclude(state=State.DROPPED).first()
    if found is None:
        raise WrongReport("expected a report of this area")
    return found


def _second(actor: Worker, role: str, before: list[Signature]) -> None:
    for first in before:
        later = first.day < today()
        if first.worker_id == actor.pk and not (alone(actor) and later):
            raise NotAllowed("expected another person; where there is one only, the same again on another day")
        if first.worker_id != actor.pk and first.role == role and not (vacant(actor, role) and later):
            raise NotAllowed("expected a signature in the other role; where nobody has it, one of another day")


def vacant(actor: Worker, role: str) -> bool:
    """Tell whether nobody in the area has the role beside this one: then two people of this one sign, a day apart."""
    [other] = set(ROLES) - {role}
    return not Worker.objects.filter(area_id=actor.area_id, is_active=True, **{other: True}).exists()


def alone(actor: Worker) -> bool:
    """Tell whether the area has one person only who makes reports: that one signs twice, a day apart."""
    makers = Worker.objects.filter(area_id=actor.area_id, is_active=True)
    return makers.filter(coordinator=True).union(makers.filter(statistician=True)).count() == 1


def _ended(plan: str, year: str) -> Any:
    try:
        chosen = plan_of(plan)
        last = chosen.last_day(year)
        classes.begins(year)
    except ValueError as error:
        raise WrongReport(str(error)) from None
    if last >= today():
        raise NotEnded(f"expected a period that is over: this one ends on {last}")
    return chosen


def _record(report: Report, actor: Worker, action: Action) -> None:
    append_now(area=report.area_id, actor=actor.pk, action=action, object=f"report {report.pk}")
