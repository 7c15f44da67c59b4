"""Of what is frozen in the same moment one goes out; the other is told why, and is never stuck."""

import json
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.places.models import Area
from chatservice.statistics import checking, drafting, freezing, life
from chatservice.statistics.errors import StatisticsError, TextTaken
from chatservice.statistics.models import PublishedText, Report, Snapshot
from chatservice.statistics.states import State
from tests.statistics import office
from tests.statistics.office import YEAR, Gate


@pytest.fixture(autouse=True)
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """No attack here: the gate has tests of its own."""
    found = Gate()
    office.use(found, monkeypatch)
    return found


def last_act(area: Area) -> str:
    """What was recorded last."""
    return Entry.objects.filter(area=area.pk).order_by("n").values_list("action", flat=True).last() or ""


def signed(sari: Worker, tiina: Worker, plan: str = "october") -> Report:
    """A report that can be frozen."""
    row = office.checked(sari, plan=plan)
    life.sign(actor=sari, report=row.pk, role="coordinator")
    return life.sign(actor=tiina, report=row.pk, role="statistician")


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do things in the same moment; what each was told: nothing, or the code of its refusal."""
    together, said = threading.Barrier(len(acts)), [""] * len(acts)

    def act(place: int) -> None:
        try:
            together.wait()
            acts[place]()
        except StatisticsError as error:
            said[place] = error.code
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_of_two_reports_frozen_at_once_the_second_is_a_draft_again(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=60)
    rows = signed(sari, tiina), signed(sari, tiina, plan="autumn")
    said = at_once(*(lambda row=row: freezing.freeze(actor=sari, report=row.pk) for row in rows))
    assert sorted(said) == ["", "changed"]
    back = life.one(actor=sari, report=rows[said.index("changed")].pk)
    assert (back.state, back.reason) == (State.DRAFT, "counted since the check: check again")
    assert not back.signatures.exists()
    assert Snapshot.objects.get(area=area).report_id == rows[said.index("")].pk
    assert last_act(area) == "report_reopened"


def test_a_report_whose_text_was_taken_is_a_draft_again_and_takes_that_text(
    area: Area, sari: Worker, tiina: Worker, gate: Gate
) -> None:
    office.counted(area, count=400)
    month = ("contacts", (("period", "2025-09"),))
    gate.withdraw = [month]
    row = signed(sari, tiina)
    made = drafting.make(area=area.pk, year=YEAR, plan="october")
    [text] = {cell.text for table in made.tables for cell in table.cells if (table.measure, cell.at) == month}
    PublishedText.objects.create(area=area, school_year=YEAR, cell=drafting.key_of(*month, year=YEAR), text=text)
    with pytest.raises(TextTaken):
        freezing.freeze(actor=sari, report=row.pk)
    back = life.one(actor=sari, report=row.pk)
    assert (back.state, back.reason) == (State.DRAFT, "published with another text: check again")
    assert not back.signatures.exists()
    assert last_act(area) == "report_reopened"
    assert not Snapshot.objects.filter(area=area).exists()
    gate.withdraw = []
    assert checking.attempt(life.check(actor=sari, report=row.pk, start=False))
    for who, role in ((sari, "coordinator"), (tiina, "statistician")):
        life.sign(actor=who, report=row.pk, role=role)
    body = json.loads(freezing.freeze(actor=sari, report=row.pk).body)
    texts = {cell["text"] for table in body["tables"] for cell in table["cells"] if cell["at"] == {"period": "2025-09"}}
    assert text in texts


def test_two_who_freeze_at_once_publish_once(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=60)
    row = signed(sari, tiina)
    said = at_once(*(lambda who=who: freezing.freeze(actor=who, report=row.pk) for who in (sari, tiina)))
    assert sorted(said) == ["", "wrong_turn"]
    assert Snapshot.objects.filter(area=area).count() == 1
