"""A report goes from draft to frozen by named people in named steps; nothing is published half or twice."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db.utils import ProgrammingError

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.places.models import Area
from chatservice.statistics import checking, freezing, identities, life, nightly
from chatservice.statistics.errors import (
    CatalogueChanged,
    Changed,
    NotAllowed,
    NotEnded,
    SecretLost,
    TextTaken,
    WrongReport,
    WrongTurn,
)
from chatservice.statistics.models import Book, PublishedText, Report, Signature, Snapshot
from chatservice.statistics.states import TABLE, State, Step, step
from chatservice.vault.keys import key_directory
from tests import wire
from tests.statistics import office
from tests.statistics.office import YEAR, Gate


@pytest.fixture(autouse=True)
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """No attack here: the gate has tests of its own."""
    found = Gate()
    office.use(found, monkeypatch)
    return found


def acts(area: Area) -> list[str]:
    return list(Entry.objects.filter(area=area.pk).order_by("n").values_list("action", flat=True))


def test_what_an_earlier_report_was_not_proven_with_is_not_asked_of_the_next(
    area: Area, sari: Worker, tiina: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.counted(area, count=40)
    first = life.draft(actor=sari, year=YEAR, plan="october")
    whole = [each.name for each in checking._frame(first).identities]
    assert whole == [each.name for each in identities.every()]
    office.use(Gate(identities=whole[:3]), monkeypatch)
    life.drop(actor=sari, report=first.pk)
    office.frozen(sari, tiina, plan="october")
    second = life.draft(actor=sari, year=YEAR, plan="autumn")
    assert [each.name for each in checking._frame(second).identities] == whole[:3]


def test_from_draft_to_frozen_each_step_recorded(area: Area, sari: Worker, tiina: Worker, gate: Gate) -> None:
    office.counted(area)
    drafted = life.draft(actor=sari, year=YEAR, plan="october", opening_hours="ma-to 14-20")
    assert [table["id"] for table in life.tables_of(drafted)] == [
        "municipality_months",
        "county_answers",
        "door_months",
    ]
    life.write(actor=sari, report=drafted.pk, notes={"fi": "Syyskuu oli vilkas."}, opening_hours="ma-to 14-20\n")
    assert checking.attempt(life.check(actor=sari, report=drafted.pk, start=False))
    life.sign(actor=sari, report=drafted.pk, role="coordinator")
    signed = life.sign(actor=tiina, report=drafted.pk, role="statistician")
    assert signed.state == State.SIGNED
    snapshot = freezing.freeze(actor=tiina, report=drafted.pk)
    body = freezing.snapshot(area=area.pk, hash=snapshot.hash)
    assert freezing.digest(body) == body["hash"] == snapshot.hash
    assert snapshot.body == freezing.canonical(body)
    assert body["period"] == {"first": "2025-08-01", "last": "2025-09-30"}
    assert body["signed"] == ["coordinator", "statistician"]
    assert body["opening_hours"] == ["ma-to 14-20"]
    assert body["notes"]["fi"] == "Syyskuu oli vilkas."
    assert body["nodes"]["area"]["091"]["parent"] == "Total"
    texts = {cell["text"] for table in body["tables"] for cell in table["cells"]}
    assert all(text == "alle 5" or int(text) % 5 == 0 for text in texts)
    assert acts(area) == [
        *("statistics_loaded", "report_drafted", "report_drafted", "report_checked"),
        *("report_signed", "report_signed", "report_frozen"),
    ]
    assert freezing.snapshots(area=area.pk) == [body]


def test_the_states_are_one_table_and_nothing_leaves_frozen() -> None:
    assert not [by for (state, by) in TABLE if state is State.FROZEN]
    for state in State:
        for by in Step:
            if (state, by) not in TABLE:
                with pytest.raises(WrongTurn):
                    step(state, by)


def test_who_may_not_gets_nothing(area: Area, sari: Worker) -> None:
    office.counted(area, count=20)
    row = life.draft(actor=sari, year=YEAR, plan="october")
    elsewhere = office.sari(wire.make_area())
    with pytest.raises(WrongReport):
        life.one(actor=elsewhere, report=row.pk)
    for other in (wire.make_worker(area), office.rauni(area)):
        for act in (
            lambda who: life.reports_of(actor=who),
            lambda who: life.one(actor=who, report=row.pk),
            lambda who: life.draft(actor=who, year=YEAR, plan="october"),
            lambda who: life.check(actor=who, report=row.pk, start=False),
            lambda who: life.write(actor=who, report=row.pk, notes={}),
            lambda who: life.sign(actor=who, report=row.pk, role="statistician"),
            lambda who: freezing.freeze(actor=who, report=row.pk),
        ):
            with pytest.raises(NotAllowed):
                act(other)


def test_a_period_that_is_not_over_a_plan_or_year_that_is_none_are_refused(area: Area, sari: Worker) -> None:
    for year, plan, error in (
        ("2098-2099", "october", NotEnded),
        (YEAR, "weekly", WrongReport),
        ("2025", "october", WrongReport),
        ("2025-2027", "october", WrongReport),
    ):
        with pytest.raises(error):
            life.draft(actor=sari, year=year, plan=plan)


def test_two_people_sign_each_in_a_role_of_theirs(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=20)
    row = office.checked(sari)
    with pytest.raises(NotAllowed):
        life.sign(actor=sari, report=row.pk, role="statistician")
    life.sign(actor=sari, report=row.pk, role="coordinator")
    with pytest.raises(NotAllowed):
        life.sign(actor=sari, report=row.pk, role="coordinator")
    second = wire.make_worker(area, "Olli", coordinator=True)
    with pytest.raises(NotAllowed):
        life.sign(actor=second, report=row.pk, role="coordinator")
    with pytest.raises(WrongTurn):
        freezing.freeze(actor=sari, report=row.pk)
    assert life.sign(actor=tiina, report=row.pk, role="statistician").state == State.SIGNED
    with pytest.raises(WrongTurn):
        life.write(actor=sari, report=row.pk, notes={"fi": "vielä jotain"})


def test_where_there_is_one_such_person_they_sign_twice_a_day_apart(area: Area, sari: Worker) -> None:
    office.counted(area, count=20)
    row = office.checked(sari)
    life.sign(actor=sari, report=row.pk, role="coordinator")
    with pytest.raises(NotAllowed):
        life.sign(actor=sari, report=row.pk, role="coordinator")
    Signature.objects.filter(report=row).update(day=life.today() - timedelta(days=1))
    assert life.sign(actor=sari, report=row.pk, role="coordinator").state == State.SIGNED


def test_where_nobody_has_one_role_two_people_of_the_other_sign_a_day_apart(area: Area, tiina: Worker) -> None:
    office.counted(area, count=20)
    olli = wire.make_worker(area, "Olli", statistician=True)
    row = office.checked(tiina)
    life.sign(actor=tiina, report=row.pk, role="statistician")
    with pytest.raises(NotAllowed):
        life.sign(actor=olli, report=row.pk, role="statistician")
    Signature.objects.filter(report=row).update(day=life.today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        life.sign(actor=tiina, report=row.pk, role="statistician")
    assert life.roles_to_sign(actor=olli, report=row) == ("statistician",)
    sari = office.sari(area)
    with pytest.raises(NotAllowed):
        life.sign(actor=olli, report=row.pk, role="statistician")
    Worker.objects.filter(pk=sari.pk).update(is_active=False)
    assert life.sign(actor=olli, report=row.pk, role="statistician").state == State.SIGNED


def test_a_dropped_draft_is_gone_but_for_the_audit(area: Area, sari: Worker) -> None:
    office.counted(area, count=20)
    row = office.checked(sari)
    with pytest.raises(WrongTurn):
        life.drop(actor=sari, report=row.pk)
    life.reopen(actor=sari, report=row.pk)
    with pytest.raises(NotAllowed):
        life.drop(actor=office.rauni(area), report=row.pk)
    life.drop(actor=sari, report=row.pk)
    assert life.reports_of(actor=sari) == []
    with pytest.raises(WrongReport):
        life.one(actor=sari, report=row.pk)
    with pytest.raises(WrongReport):
        life.renew(actor=sari, report=row.pk)
    assert not Report.objects.get(pk=row.pk).tables
    assert acts(area)[-1] == "report_dropped"
    assert life.draft(actor=sari, year=YEAR, plan="october").pk != row.pk


def test_another_look_takes_the_signatures_away(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=20)
    row = office.checked(sari)
    life.sign(actor=sari, report=row.pk, role="coordinator")
    life.sign(actor=tiina, report=row.pk, role="statistician")
    assert life.reopen(actor=tiina, report=row.pk, reason="kuntaliitos puuttuu").state == State.DRAFT
    assert not Signature.objects.filter(report=row).exists()


def test_a_gate_that_does_not_pass_makes_a_draft_with_its_reason(area: Area, sari: Worker, gate: Gate) -> None:
    office.counted(area, count=20)
    gate.why = "no counts agree"
    row = office.checked(sari)
    assert (row.state, row.reason) == (State.DRAFT, "failed: no counts agree")
    assert not PublishedText.objects.filter(area=area).exists()


def test_a_check_that_was_stopped_stores_nothing(area: Area, sari: Worker) -> None:
    office.counted(area, count=20)
    drafted = life.draft(actor=sari, year=YEAR, plan="october")
    waiting = life.check(actor=sari, report=drafted.pk, start=False)
    life.stop(actor=sari, report=drafted.pk)
    assert checking.attempt(waiting) is False
    row = life.one(actor=sari, report=drafted.pk)
    assert (row.state, row.reason) == (State.DRAFT, "stopped by hand")


def test_a_silent_check_is_put_back_and_a_late_result_is_not_taken(area: Area, sari: Worker) -> None:
    office.counted(area, count=20)
    drafted = life.draft(actor=sari, year=YEAR, plan="october")
    waiting = life.check(actor=sari, report=drafted.pk, start=False)
    assert life.one(actor=sari, report=drafted.pk).state == State.CHECKING
    Report.objects.filter(pk=drafted.pk).update(beat=waiting.beat - checking.SILENT * 2)
    row = life.one(actor=sari, report=drafted.pk)
    assert (row.state, row.reason) == (State.DRAFT, checking.INTERRUPTED)
    assert checking.attempt(waiting) is False


def test_what_was_counted_since_the_check_sends_the_report_back(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=40)
    row = office.checked(sari)
    life.sign(actor=sari, report=row.pk, role="coordinator")
    life.sign(actor=tiina, report=row.pk, role="statistician")
    office.counted(area, count=40, seed=8)
    with pytest.raises(Changed):
        freezing.freeze(actor=sari, report=row.pk)
    back = life.one(actor=sari, report=row.pk)
    assert (back.state, back.reason) == (State.DRAFT, "counted since the check: check again")
    assert not Snapshot.objects.filter(area=area).exists()


def test_what_was_published_since_the_check_sends_the_report_back(area: Area, sari: Worker, tiina: Worker) -> None:
    """Each passed alone; nobody has attacked both together before the second is checked again."""
    office.counted(area, count=60)
    october, autumn = office.checked(sari), office.checked(sari, plan="autumn")
    for row in (october, autumn):
        life.sign(actor=sari, report=row.pk, role="coordinator")
        life.sign(actor=tiina, report=row.pk, role="statistician")
    freezing.freeze(actor=sari, report=october.pk)
    with pytest.raises(Changed):
        freezing.freeze(actor=sari, report=autumn.pk)
    assert life.one(actor=sari, report=autumn.pk).state == State.DRAFT
    assert [shot.plan for shot in Snapshot.objects.filter(area=area)] == ["october"]
    assert checking.attempt(life.check(actor=sari, report=autumn.pk, start=False))
    for who, role in ((sari, "coordinator"), (tiina, "statistician")):
        life.sign(actor=who, report=autumn.pk, role=role)
    assert freezing.freeze(actor=sari, report=autumn.pk).plan == "autumn"


def test_a_cell_keeps_its_text_in_every_report(area: Area, sari: Worker, tiina: Worker, gate: Gate) -> None:
    office.counted(area, count=400)
    first = ("contacts", (("period", "2025-09"),))
    gate.withdraw = [first]
    october = office.frozen(sari, tiina)
    gate.withdraw = []
    autumn = office.frozen(sari, tiina, plan="autumn")
    texts: list[dict[tuple[str, str], str]] = []
    for shot in (october, autumn):
        tables: list[dict[str, Any]] = json.loads(shot.body)["tables"]
        cells = [(table["measure"], cell) for table in tables for cell in table["cells"]]
        texts.append({(measure, json.dumps(cell["at"], sort_keys=True)): cell["text"] for measure, cell in cells})
    shared = texts[0].keys() & texts[1].keys()
    assert len(shared) > 20
    assert {key: texts[0][key] for key in shared} == {key: texts[1][key] for key in shared}
    assert texts[1]["contacts", '{"period": "2025-09"}'] == ".."
    assert len(gate.frozen) == 1
    assert Book.objects.get(area=area).closed_until.isoformat() == "2025-12-31"


def test_a_second_text_of_a_cell_is_refused(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=60)
    row = office.checked(sari)
    life.sign(actor=sari, report=row.pk, role="coordinator")
    life.sign(actor=tiina, report=row.pk, role="statistician")
    tables = json.loads(row.tables)
    tables[0]["cells"][0]["text"] = ".."
    tables[1]["cells"][0]["text"] = "5"
    Report.objects.filter(pk=row.pk).update(tables=json.dumps(tables))
    with pytest.raises((TextTaken, Changed)):
        freezing.freeze(actor=sari, report=row.pk)
    assert not PublishedText.objects.filter(area=area).exists()


def test_a_lost_secret_stops_new_figures_and_old_ones_stay(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=60)
    office.frozen(sari, tiina)
    (key_directory().path / f"year-{area.pk}-{YEAR}.key").unlink()
    with pytest.raises(SecretLost, match="restore"):
        life.draft(actor=sari, year=YEAR, plan="autumn")
    assert life.draft(actor=sari, year=YEAR, plan="october").tables, "all of its texts are out already"
    key_directory().year_secret(area=area.pk, year=YEAR, make=True)
    with pytest.raises(SecretLost, match="made with"):
        life.draft(actor=sari, year=YEAR, plan="autumn")


def test_the_years_last_report_destroys_the_secret(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=60)
    office.frozen(sari, tiina, plan="year", schools=True)
    assert (key_directory().path / f"year-{area.pk}-{YEAR}.key").read_bytes() == b""
    correction = life.draft(actor=sari, year=YEAR, plan="small_town", corrects=Report.objects.get(area=area).pk)
    assert correction.corrects is not None
    assert Book.objects.get(area=area).ended


def test_the_only_report_of_a_town_destroys_the_secret(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=60, towns={"858": 1})
    life.drop(actor=sari, report=life.draft(actor=sari, year=YEAR, plan="october").pk)
    office.frozen(sari, tiina, plan="small_town")
    assert (key_directory().path / f"year-{area.pk}-{YEAR}.key").read_bytes() == b""
    assert Book.objects.get(area=area).ended


@pytest.mark.parametrize("towns", [None, {"858": 1}])
def test_where_another_report_is_due_the_secret_stays(
    area: Area, sari: Worker, tiina: Worker, towns: dict[str, int] | None
) -> None:
    office.counted(area, count=60, towns=towns)
    if towns:
        life.draft(actor=sari, year=YEAR, plan="year")
    office.frozen(sari, tiina, plan="small_town")
    assert not Book.objects.get(area=area).ended
    assert life.draft(actor=sari, year=YEAR, plan="year").tables


async def test_the_night_destroys_what_is_left_of_a_forgotten_year(area: Area, sari: Worker, tiina: Worker) -> None:
    await sync_to_async(office.counted)(area, count=20)
    await sync_to_async(office.frozen)(sari, tiina, plan="october")
    assert (area.pk, YEAR) not in await nightly.end_forgotten(today=date(2027, 7, 31))
    assert (area.pk, YEAR) in await nightly.end_forgotten(today=date(2027, 8, 1))
    assert (key_directory().path / f"year-{area.pk}-{YEAR}.key").read_bytes() == b""
    assert (area.pk, YEAR) not in await nightly.end_forgotten(today=date(2027, 8, 1))


def test_a_catalogue_changed_in_mid_year_makes_no_report(area: Area, sari: Worker) -> None:
    office.counted(area, count=20)
    Book.objects.filter(area=area).update(catalogue='[["other", "contacts", ["period@term"]]]', version="2025-2026/0")
    with pytest.raises(CatalogueChanged):
        life.draft(actor=sari, year=YEAR, plan="october")


def test_published_rows_can_only_be_added(area: Area, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=20)
    office.frozen(sari, tiina)
    for act in (
        lambda: PublishedText.objects.filter(area=area).update(text="5"),
        lambda: Snapshot.objects.filter(area=area).delete(),
    ):
        with pytest.raises(ProgrammingError):
            act()
