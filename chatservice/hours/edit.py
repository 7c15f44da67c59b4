"""What coordinators change: hours, exceptions and school calendars of their own area.

Each act takes the version its page showed, is audited in its own transaction, and either stands whole or changes
nothing. Raises NotCoordinator, ValidationError (by field), StaleEdit, Missing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, time
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.hours import selectors
from chatservice.hours.edit_words import said
from chatservice.hours.errors import Missing, StaleEdit
from chatservice.hours.models import ExceptionDay, Hours
from chatservice.places import calendars
from chatservice.places.models import Area, Municipality, SchoolCalendar, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursDraft:
    """Hours as a page sends them; `town` and `stage` choose whose school holidays count."""

    channel: str
    language: str
    expression: str
    town_id: int | None = None
    stage: str = Stage.BASIC


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionDraft:
    """An exception as a page sends it; blank channel or language means every one, no times mean closed."""

    first: date
    last: date
    reason_fi: str
    reason_sv: str
    reason_en: str
    channel: str = ""
    language: str = ""
    opens: time | None = None
    closes: time | None = None


def save_hours(*, actor: Worker, draft: HoursDraft, version: int) -> Hours:
    """Store the hours of a channel and language; `version` 0 where the page showed none."""
    with transaction.atomic():
        area = _locked_area(actor)
        row = Hours.objects.filter(area=area, channel=draft.channel, language=draft.language).first()
        if (row.version if row else 0) != version:
            raise StaleEdit
        row = row or Hours(area=area, channel=draft.channel, language=draft.language)
        row.expression, row.town_id, row.stage = draft.expression.strip(), draft.town_id, draft.stage
        row.version = version + 1
        if row.town_id and not Municipality.objects.filter(pk=row.town_id, area=area).exists():
            raise Missing
        row.full_clean()
        row.save()
        _record(actor, Action.HOURS_CHANGED, f"hours {row.pk}")
    return row


def save_exception(
    *, actor: Worker, draft: ExceptionDraft, exception: int | None = None, version: int = 0
) -> ExceptionDay:
    """Store a new exception, or the changed one of that id."""
    with transaction.atomic():
        area = _locked_area(actor)
        row = _exception(area, exception, version) if exception is not None else ExceptionDay(area=area, version=0)
        for name, value in asdict(draft).items():
            setattr(row, name, value)
        row.version += 1
        _check_exception(row)
        row.save()
        _record(actor, Action.HOURS_CHANGED, f"exception {row.pk}")
    return row


def remove_exception(*, actor: Worker, exception: int, version: int) -> None:
    """Let the rules hold again on those days."""
    with transaction.atomic():
        row = _exception(_locked_area(actor), exception, version)
        _record(actor, Action.HOURS_CHANGED, f"exception {row.pk}")
        row.delete()


def import_calendar(*, actor: Worker | None, area: Area, text: str) -> calendars.Report:
    """Bring a school calendar's file in, all or nothing; the operator at the machine is no actor.

    Raises BadCalendar, with line and column.
    """
    with transaction.atomic():
        if actor is not None and _locked_area(actor).pk != area.pk:
            raise Missing
        report = calendars.load(area=area, text=text)
        if report.added or report.changed:
            append_now(
                area=area.pk,
                actor=actor.pk if actor else None,
                action=Action.CALENDAR_CHANGED,
                object=f"calendar {report.added} added {report.changed} changed",
            )
            transaction.on_commit(partial(selectors.forget, area.pk))
    return report


def remove_break(*, actor: Worker, school_break: int, version: int) -> None:
    """Take a break out of the area's school calendar."""
    with transaction.atomic():
        row = SchoolCalendar.objects.filter(pk=school_break, area=_locked_area(actor)).first()
        if row is None:
            raise Missing
        if row.version != version:
            raise StaleEdit
        _record(actor, Action.CALENDAR_CHANGED, f"break {row.pk}")
        row.delete()


def _locked_area(actor: Worker) -> Area:
    """Two coordinators who press at once come one after the other; the second meets the first one's version."""
    require_coordinator(actor)
    return Area.objects.select_for_update(no_key=True).get(pk=actor.area_id)


def _record(actor: Worker, action: Action, changed: str) -> None:
    append_now(area=actor.area_id, actor=actor.pk, action=action, object=changed)
    transaction.on_commit(partial(selectors.forget, actor.area_id))


def _exception(area: Area, exception: int, version: int) -> ExceptionDay:
    row = ExceptionDay.objects.filter(pk=exception, area=area).first()
    if row is None:
        raise Missing
    if row.version != version:
        raise StaleEdit
    return row


def _check_exception(row: ExceptionDay) -> None:
    if row.last < row.first:
        raise ValidationError({"last": ValidationError(said("last_before_first"), code="last_before_first")})
    if (row.opens is None) != (row.closes is None):
        field = "closes" if row.closes is None else "opens"
        raise ValidationError({field: ValidationError(said("both_times"), code="both_times")})
    row.full_clean(validate_constraints=False)
    over = _overlapping(row)
    if over is not None:
        told = said("overlapping", first=f"{over.first:%-d.%-m.%Y}", last=f"{over.last:%-d.%-m.%Y}")
        raise ValidationError({"first": ValidationError(told, code="overlapping")})
    row.validate_constraints()


def _overlapping(row: ExceptionDay) -> ExceptionDay | None:
    rows = ExceptionDay.objects.filter(area=row.area, first__lte=row.last, last__gte=row.first).exclude(pk=row.pk)
    if row.channel:
        rows = rows.filter(Q(channel="") | Q(channel=row.channel))
    if row.language:
        rows = rows.filter(Q(language="") | Q(language=row.language))
    return rows.first()
