"""The gate in the background: a process of low priority, which shows that it lives, and what it has come to.

Its result counts only while its report still waits for this very check. A killed check is put back to draft with the
reason; nothing of it is published.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Final, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.disclosure.cells import Frame, Key, Table
from chatservice.statistics import catalogue, drafting, identities, pooling
from chatservice.statistics.books import counted
from chatservice.statistics.models import Book, Report, Snapshot
from chatservice.statistics.nodes import of_year
from chatservice.statistics.states import State, Step, step

BEAT_S: Final = 5.0
SILENT: Final = timedelta(seconds=60)
NICE: Final = 15
GATE: Final = "chatservice.disclosure.gate"
INTERRUPTED: Final = "the check was interrupted: start it again"
# Before the colon of a reason: which words a page uses; after it: what an operator reads in the database.
FAILED: Final = "failed"
_running: dict[int, subprocess.Popen[bytes]] = {}


def begin(report: Report) -> None:
    """Mark a locked report as being checked, from now on by a check of this name."""
    report.checker, report.progress, report.step, report.reason = uuid4(), 0.0, "", ""
    report.beat = Now()
    report.save()
    report.refresh_from_db()


def start(report: Report) -> None:
    """Run the check of a report in a process of its own, which outlives this one."""
    for pk in [pk for pk, process in _running.items() if process.poll() is not None]:
        del _running[pk]
    command = [
        sys.executable,
        str(settings.BASE / "manage.py"),
        "statistics_check",
        str(report.pk),
        str(report.checker),
    ]
    _running[report.pk] = subprocess.Popen(  # noqa: S603 - this very program
        command,
        cwd=settings.BASE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(report: Report, *, reason: str) -> None:
    """Store a locked report that is a draft again."""
    report.checker, report.progress, report.step, report.reason = None, 0.0, "", reason[:200]
    report.save()


def put_back() -> int:
    """Make drafts of reports whose check has been silent for a minute: its process is gone."""
    done = 0
    for pk in Report.objects.filter(state=State.CHECKING, beat__lt=Now() - SILENT).values_list("pk", flat=True):
        with transaction.atomic():
            row = (
                Report.objects.select_for_update().filter(pk=pk, beat__lt=Now() - SILENT, state=State.CHECKING).first()
            )
            if row is not None:
                row.state = step(row.state, Step.FAIL)
                end(row, reason=INTERRUPTED)
                append_now(area=row.area_id, actor=None, action=Action.REPORT_REOPENED, object=f"report {pk}")
                done += 1
    return done


def run(*, report: int, checker: UUID) -> bool:
    """Send a report through the gate and store what it came to; False when nobody waits for this check any more."""
    os.nice(NICE)
    found = Report.objects.filter(pk=report, checker=checker, state=State.CHECKING).first()
    return found is not None and attempt(found)


def attempt(found: Report) -> bool:
    """The same in the caller's process."""
    gate = import_module(GATE).gate  # the solver loads only where it is used
    watch = Watch(found)
    with watch:
        before = frozen_of(found)
        outcome = gate(
            [drafting.for_gate(f"{n}", tables) for n, tables in enumerate(before)],
            drafting.for_gate("draft", drafting.read(json.loads(found.tables))),
            frame=_frame(found),
            progress=watch.tell,
            stop=watch.stopped,
            members=_members(found),
        )
    with transaction.atomic():
        row = (
            Report.objects.select_for_update().filter(pk=found.pk, checker=found.checker, state=State.CHECKING).first()
        )
        if row is None:
            return False
        if not outcome.clean:
            row.state = step(row.state, Step.FAIL)
            end(row, reason=f"{outcome.code or FAILED}: {outcome.why}")
            return True
        row.state = step(row.state, Step.PASS)
        row.tables = json.dumps(drafting.written(drafting.from_gate(outcome.report)))
        row.withdrawn = len(outcome.withdrawn)
        row.certificate = json.dumps(outcome.certificate, sort_keys=True, separators=(",", ":"))
        row.progress, row.checker, row.step = 1.0, None, ""
        row.save()
    return True


def frozen_of(report: Report) -> list[tuple[Table, ...]]:
    """Return the tables of every report of the year that was frozen, in the order of freezing."""
    rows = Snapshot.objects.filter(area_id=report.area_id, school_year=report.school_year).order_by("pk")
    return [drafting.read(json.loads(row.body)["tables"]) for row in rows]


def _frame(report: Report) -> Frame:
    """Return what a reader knows. What an earlier report of the year was not proven with, no later one can be."""
    area, year = report.area_id, report.school_year
    counts = counted(area=area, year=year)
    places = of_year(area=area, year=year, counts=counts)
    sets = catalogue.read(Book.objects.get(area_id=area, school_year=year).catalogue)
    found = identities.kept(counts, year=year, sets=sets, parents=places.parents, names=_proven(report))
    return drafting.frame(year=year, parents=places.parents, identities=found)


def _members(report: Report) -> Mapping[str, Mapping[Key, int]]:
    """Return what the schools' staff know, any of whom but one might pool."""
    area, year = report.area_id, report.school_year
    counts = counted(area=area, year=year)
    places = of_year(area=area, year=year, counts=counts)
    sets = catalogue.read(Book.objects.get(area_id=area, school_year=year).catalogue)
    return pooling.members(counts, year=year, sets=sets, parents=places.parents)


def _proven(report: Report) -> set[str] | None:
    """Return the names of the identities that every frozen report of the year was proven with; None: none is frozen."""
    rows = Snapshot.objects.filter(area_id=report.area_id, school_year=report.school_year)
    texts = rows.values_list("report__certificate", flat=True)
    every = [set(json.loads(text).get("identities", ())) for text in texts]
    return set.intersection(*every) if every else None


@dataclass(slots=True)
class Watch:
    """Shows every few seconds that the check lives and how far it is, and hears whether it shall stop."""

    report: Report
    every: float = BEAT_S
    share: float = 0.0
    stage: str = ""
    _over: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *why: object) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def tell(self, stage: str, share: float) -> None:
        """Keep what the gate says of its progress."""
        self.stage, self.share = stage[:80], share

    def stopped(self) -> bool:
        """Tell whether nobody waits for the result any more."""
        return self._stop.is_set()

    def _beat(self) -> None:
        try:
            while not self._over.wait(self.every):
                row = Report.objects.filter(pk=self.report.pk, checker=self.report.checker, state=State.CHECKING)
                if not row.update(beat=Now(), progress=self.share, step=self.stage):
                    self._stop.set()
                    return
        finally:
            connection.close()
