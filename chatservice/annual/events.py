"""The clock as coordinators keep it: begun once a school year, then changed, added to, ticked off.

Every act is for coordinators of the area, read again from the database, and is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.models import Worker
from chatservice.annual.errors import NoEvent
from chatservice.annual.models import Event, Year
from chatservice.annual.rhythm import USUAL
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.places.errors import StaleEdit
from chatservice.statistics import classes
from chatservice.statistics.life import today

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """What a form gives: own words (blank only for an event of the rhythm), its day, when to remind (None: never)."""

    title: str
    day: date
    remind: date | None


def years(*, actor: Worker) -> list[str]:
    """Return the school years that can be looked at, the newest first: the next, this one, and all that were begun."""
    require_coordinator(actor)
    this = classes.school_year(today())
    begun = Year.objects.filter(area_id=actor.area_id).values_list("school_year", flat=True)
    return sorted({this, classes.next_year(this), *begun}, reverse=True)


def of_year(*, actor: Worker, year: str) -> list[Event] | None:
    """Return the events of a school year by day; None where it was not begun. Raises NotCoordinator."""
    require_coordinator(actor)
    if not Year.objects.filter(area_id=actor.area_id, school_year=year).exists():
        return None
    return list(Event.objects.filter(area_id=actor.area_id, school_year=year).order_by("day", "pk"))


def begin(*, actor: Worker, year: str) -> bool:
    """Make the default rhythm of this school year or the next, once; whether it was made now.

    Events whose day has passed get no reminder. Raises NotCoordinator, NoEvent.
    """
    require_coordinator(actor)
    this = classes.school_year(today())
    if year not in {this, classes.next_year(this)}:
        raise NoEvent("expected this school year or the next")
    with transaction.atomic():
        _, new = Year.objects.get_or_create(area_id=actor.area_id, school_year=year)
        if new:
            Event.objects.bulk_create(_usual(area=actor.area_id, year=year))
            _record(actor, f"clock {year}")
    return new


def one(*, actor: Worker, event: int, lock: bool = False) -> Event:
    """Return an event of the area; raises NotCoordinator, NoEvent."""
    require_coordinator(actor)
    rows = Event.objects.select_for_update() if lock else Event.objects.all()
    found = rows.filter(area_id=actor.area_id, pk=event).first()
    if found is None:
        raise NoEvent("expected an event of this area")
    return found


def add(*, actor: Worker, year: str, plan: Plan) -> Event:
    """Add an event of the area's own. Raises NotCoordinator, NoEvent (not begun), ValidationError."""
    if (known := of_year(actor=actor, year=year)) is None:
        raise NoEvent("expected a school year that was begun")
    if len(known) >= MOST:
        raise ValidationError("expected at most 100 events a year", code="many")
    _check(plan, year=year, kind="")
    with transaction.atomic():
        made = Event.objects.create(
            area_id=actor.area_id, school_year=year, title=plan.title, day=plan.day, remind=plan.remind
        )
        _record(actor, f"event {made.pk}")
    return made


def change(*, actor: Worker, event: int, version: int, plan: Plan) -> Event:
    """Change an event; a reminder moved to a later day goes out again. Raises as `add`, StaleEdit."""
    with transaction.atomic():
        found = _fresh(actor, event, version)
        _check(plan, year=found.school_year, kind=found.kind)
        if plan.remind != found.remind:
            found.told = None
        found.title, found.day, found.remind = plan.title, plan.day, plan.remind
        _store(actor, found)
    return found


def tick(*, actor: Worker, event: int, version: int, done: bool) -> Event:
    """Mark an event as done today, or as open again. Raises NotCoordinator, NoEvent, StaleEdit."""
    with transaction.atomic():
        found = _fresh(actor, event, version)
        found.done = today() if done else None
        _store(actor, found)
    return found


def remove(*, actor: Worker, event: int, version: int) -> None:
    """Take an event out of the clock; it does not come back. Raises NotCoordinator, NoEvent, StaleEdit."""
    with transaction.atomic():
        found = _fresh(actor, event, version)
        found.delete()
        _record(actor, f"event {event}")


def _fresh(actor: Worker, event: int, version: int) -> Event:
    found = one(actor=actor, event=event, lock=True)
    if found.version != version:
        raise StaleEdit
    return found


def _store(actor: Worker, found: Event) -> None:
    found.version += 1
    found.save()
    _record(actor, f"event {found.pk}")


def _usual(*, area: int, year: str) -> list[Event]:
    now = today()
    return [
        Event(
            area_id=area,
            school_year=year,
            kind=usual.kind,
            day=(day := usual.when(year)),
            remind=day - usual.before if day > now else None,
        )
        for usual in USUAL
    ]


def _check(plan: Plan, *, year: str, kind: str) -> None:
    if not plan.title and not kind:
        raise ValidationError({"title": ValidationError("expected words", code="title")})
    if not classes.begins(year) <= plan.day <= classes.ends(year):
        raise ValidationError({"day": ValidationError("expected a day of the school year", code="day")})
    if plan.remind and plan.remind > plan.day:
        raise ValidationError({"remind": ValidationError("expected a day before the event", code="remind")})


def _record(actor: Worker, what: str) -> None:
    append_now(area=actor.area_id, actor=actor.pk, action=Action.ANNUAL_CLOCK_CHANGED, object=what)
