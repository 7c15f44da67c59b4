"""What a school year has of the annual clock: which reports are due, on their way, frozen. Read by pages only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chatservice.accounts.access import require_report_reader
from chatservice.accounts.errors import NotReportReader
from chatservice.accounts.models import Worker
from chatservice.statistics import classes, life
from chatservice.statistics.errors import NotAllowed
from chatservice.statistics.models import Book, Report, Snapshot
from chatservice.statistics.plans import PLANS, SCHOOL_AUTUMN
from chatservice.statistics.states import State


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the annual clock: its period, whether that is over, and its reports, the newest first.

    `optional`: of schools, and the area has asked for no table of schools yet; nothing is missing without it.
    """

    plan: str
    first: date
    last: date
    over: bool
    reports: tuple[Report, ...]
    optional: bool

    @property
    def due(self) -> bool:
        """Whether the report should be made now."""
        return self.over and not self.reports and not self.optional


@dataclass(frozen=True, slots=True)
class Kept:
    """A frozen report by its name and days, without its text. `corrected`: a newer one explains it anew."""

    hash: str
    school_year: str
    plan: str
    first: date
    last: date
    frozen: date
    corrects: str
    corrected: str


def years(*, area: int) -> tuple[str, ...]:
    """Return the school years that have a book or a report, this one and the one before, the newest first."""
    now = classes.school_year(life.today())
    first = int(now[:4])
    found = {now, f"{first - 1}-{first}"}
    found |= set(Book.objects.filter(area_id=area).values_list("school_year", flat=True))
    found |= set(Report.objects.filter(area_id=area).values_list("school_year", flat=True))
    return tuple(sorted(found, reverse=True))


def ended(*, area: int, year: str) -> bool:
    """Tell whether a year's last report is frozen: its secret is destroyed, and no new figure of it can be made."""
    return Book.objects.filter(area_id=area, school_year=year, ended=True).exists()


def slots(*, actor: Worker, year: str) -> list[Slot]:
    """Return the places of a school year in the order of their periods. Raises NotAllowed."""
    rows = life.reports_of(actor=actor, year=year)
    today = life.today()
    schools = _asks_for_schools(actor.area_id)
    found = [
        Slot(
            plan=plan.name,
            first=plan.first_day(year),
            last=plan.last_day(year),
            over=plan.last_day(year) < today,
            reports=tuple(row for row in rows if row.plan == plan.name),
            optional=plan.name == SCHOOL_AUTUMN and not schools,
        )
        for plan in PLANS.values()
    ]
    return sorted(found, key=lambda slot: slot.last)


def _asks_for_schools(area: int) -> bool:
    """Tell whether a report with tables of schools was ever made: they are off until somebody asks for them."""
    rows = Report.objects.filter(area_id=area).exclude(state=State.DROPPED)
    return rows.filter(Q(schools=True) | Q(plan=SCHOOL_AUTUMN)).exists()


def reader(actor: Worker) -> Worker:
    """Return the actor when they may read what is frozen; raises NotAllowed."""
    try:
        return require_report_reader(actor)
    except NotReportReader as error:
        raise NotAllowed(str(error)) from None


def frozen(*, actor: Worker, year: str = "") -> list[Kept]:
    """Return the area's frozen reports, the newest first. Raises NotAllowed."""
    reader(actor)
    rows = Snapshot.objects.filter(area_id=actor.area_id).select_related("report").defer("body").order_by("-pk")
    rows = rows.filter(school_year=year) if year else rows
    names = dict(Snapshot.objects.filter(area_id=actor.area_id).values_list("report_id", "hash"))
    every = list(rows)
    newer = {row.report.corrects_id: row.hash for row in reversed(every) if row.report.corrects_id}
    return [
        Kept(
            hash=row.hash,
            school_year=row.school_year,
            plan=row.plan,
            first=row.report.first,
            last=row.report.last,
            frozen=row.frozen,
            corrects=names.get(row.report.corrects_id or 0, ""),
            corrected=newer.get(row.report_id, ""),
        )
        for row in every
    ]
