"""Frozen reports without counting: an invented snapshot of an area, as its row would stand."""

from datetime import date
from typing import Any

from chatservice.accounts.models import Worker
from chatservice.bulletins import drafts
from chatservice.bulletins.models import Draft, Published
from chatservice.bulletins.publishing import publish
from chatservice.places.models import Area
from chatservice.reports.snapshot import digest
from chatservice.statistics.freezing import canonical
from chatservice.statistics.models import Report, Snapshot
from tests.reports.invented import county

NAMES = ("contacts", "tests", "doors")


def frozen(area: Area, plan: str = "autumn") -> Snapshot:
    """A frozen report of this area, with an identity of its own."""
    return keep(area, {**county(plan), "area": area.slug})


def keep(area: Area, body: dict[str, Any]) -> Snapshot:
    """A report of this body."""
    plan = body["plan"]
    body["hash"] = digest(body)
    days: dict[str, Any] = {end: date.fromisoformat(body["period"][end]) for end in ("first", "last")}
    same = {"area": area, "school_year": body["school_year"], "plan": plan}
    report = Report.objects.create(**same, **days, version="2026-2027/1", state="frozen")
    return Snapshot.objects.create(
        **same, report=report, frozen=date(2026, 11, 20), hash=body["hash"], body=canonical(body)
    )


def begun(actor: Worker, area: Area, names: tuple[str, ...] = NAMES) -> Draft:
    """A draft with the house's own sentences."""
    return drafts.begin(actor=actor, report=frozen(area).pk, names=names)


def out(actor: Worker, area: Area) -> Published:
    """A published bulletin."""
    draft = begun(actor, area)
    return publish(actor=actor, draft=draft.pk, version=draft.version)
