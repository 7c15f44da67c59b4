"""Two coordinators press save at the same moment: one change stands, the other one is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection

from chatservice.accounts.models import Worker
from chatservice.hours.edit import ExceptionDraft, HoursDraft, save_exception, save_hours
from chatservice.hours.errors import StaleEdit
from chatservice.hours.models import ExceptionDay, Hours
from chatservice.places.models import Area

TWO = 2


def at_once(act: Callable[[Worker, int], None], sari: Worker) -> list[str]:
    """Run an act twice at the same moment; the classes of what was refused."""
    start = Barrier(TWO)

    def once(number: int) -> str:
        start.wait()
        try:
            act(sari, number)
        except (StaleEdit, ValidationError) as error:
            return type(error).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(TWO) as pool:
        return sorted(pool.map(once, range(TWO)))


def write_hours(sari: Worker, number: int) -> None:
    save_hours(
        actor=sari, draft=HoursDraft(channel="youth", language="fi", expression=f"Mo 1{number}:00-18:00"), version=0
    )


def write_exception(sari: Worker, number: int) -> None:
    day = date(2026, 11, 24)
    draft = ExceptionDraft(first=day, last=date(2026, 11, 25 + number), reason_fi="x", reason_sv="x", reason_en="x")
    save_exception(actor=sari, draft=draft)


def test_hours_of_one_queue_are_written_once(area: Area, sari: Worker) -> None:
    assert at_once(write_hours, sari) == ["", "StaleEdit"]
    assert Hours.objects.get(area=area).version == 1


def test_overlapping_exceptions_do_not_slip_in_together(area: Area, sari: Worker) -> None:
    assert at_once(write_exception, sari) == ["", "ValidationError"]
    assert ExceptionDay.objects.filter(area=area).count() == 1
