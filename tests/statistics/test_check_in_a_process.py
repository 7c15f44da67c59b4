"""A check runs in a process of its own; killed, it leaves a draft with the reason; alive, it comes to a result."""

import os
import signal
import time
from datetime import timedelta

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics import checking, life
from chatservice.statistics.models import PublishedText, Report
from chatservice.statistics.states import State
from tests.statistics import office
from tests.statistics.office import YEAR

PATIENCE_S = 60.0


def waited(actor: Worker, report: int, *, gone: State) -> Report:
    """The report, once it has left a state."""
    limit = time.monotonic() + PATIENCE_S
    while (row := life.one(actor=actor, report=report)).state == gone and time.monotonic() < limit:
        time.sleep(0.1)
    return row


def test_a_process_checks_and_stores_its_result(area: Area) -> None:
    sari = office.sari(area)
    office.counted(area, count=40)
    drafted = life.draft(actor=sari, year=YEAR, plan="october")
    life.check(actor=sari, report=drafted.pk)
    row = waited(sari, drafted.pk, gone=State.CHECKING)
    assert (row.state, row.reason) == (State.CHECKED, "")
    assert row.certificate
    assert checking._running.pop(drafted.pk).wait(PATIENCE_S) == 0


def test_a_killed_process_leaves_a_draft_that_can_be_checked_again(area: Area) -> None:
    sari = office.sari(area)
    office.counted(area, count=40)
    drafted = life.draft(actor=sari, year=YEAR, plan="october")
    life.check(actor=sari, report=drafted.pk)
    process = checking._running.pop(drafted.pk)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(PATIENCE_S)
    row = Report.objects.get(pk=drafted.pk)
    assert row.state == State.CHECKING, "nobody has noticed yet"
    Report.objects.filter(pk=row.pk).update(beat=row.beat - timedelta(minutes=2))
    back = life.one(actor=sari, report=drafted.pk)
    assert (back.state, back.reason) == (State.DRAFT, checking.INTERRUPTED)
    assert not PublishedText.objects.filter(area=area).exists()
    assert checking.attempt(life.check(actor=sari, report=drafted.pk, start=False))
    assert life.one(actor=sari, report=drafted.pk).state == State.CHECKED
