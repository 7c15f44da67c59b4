"""Freezing: what was checked and signed becomes a snapshot for ever, in one transaction, or nothing happens.

The book of the year is held meanwhile: whoever freezes or applies counters at the same time waits, and sees the period
closed. What waits for the night is applied first, so that it is in the report or after it, never in both.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django.db import connection, transaction

from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.append import append_now
from chatservice.disclosure.cells import Table
from chatservice.places.models import Area
from chatservice.statistics import books, drafting, life, nodes, rooms
from chatservice.statistics.codes import TOTAL
from chatservice.statistics.errors import Changed, NotEnded, StatisticsError, TextTaken, WrongReport
from chatservice.statistics.models import Book, Node, PublishedText, Report, Snapshot
from chatservice.statistics.nightly import BOOKS, TAKE, statements
from chatservice.statistics.plans import SCHOOL_AUTUMN, SMALL_TOWN, plan_of
from chatservice.statistics.states import State, Step, step
from chatservice.vault.keys import key_directory

SCHEMA: Final = 1
EVERYTHING: Final = 1_000_000
MANY: Final = 2000
# Why a signed report is a draft again; a face has words for each.
AGAIN: Final[dict[type[StatisticsError], str]] = {
    Changed: "counted since the check: check again",
    TextTaken: "published with another text: check again",
}


def freeze(*, actor: Worker, report: int) -> Snapshot:
    """Publish a signed report: its snapshot, its texts for ever, its period closed.

    Raises NotAllowed, WrongReport, WrongTurn (not signed, or frozen by another in this moment), NotEnded, SecretLost,
    CatalogueChanged; Changed (counted, or another report published, since the check) and TextTaken (a cell was
    published with another text): the report is a draft again, without signatures, and says why.
    """
    try:
        with transaction.atomic():
            found = life.locked(actor=actor, report=report)
            after = step(found.state, Step.FREEZE)
            snapshot = _frozen(found, after)
            append_now(area=found.area_id, actor=actor.pk, action=Action.REPORT_FROZEN, object=f"report {found.pk}")
    except (Changed, TextTaken) as error:
        life.reopen(actor=actor, report=report, reason=AGAIN[type(error)])
        raise
    if is_last(found):
        end_year(area=found.area_id, year=found.school_year)
    return snapshot


def is_last(report: Report) -> bool:
    """Tell whether a year is over with this report: the plan says so, or a town has asked for its one page only.

    A county's one page may come before its yearly report, so the secret stays there; the night destroys what is left
    of a year when the next one is over.
    """
    if plan_of(report.plan).last:
        return True
    rows = Report.objects.filter(area_id=report.area_id, school_year=report.school_year)
    towns = Node.objects.filter(area_id=report.area_id, school_year=report.school_year, parent=TOTAL)
    others = rows.exclude(plan=report.plan).exclude(state=State.DROPPED)
    return report.plan == SMALL_TOWN and not others.exists() and towns.count() == 1


def end_year(*, area: int, year: str) -> None:
    """Destroy the secret of a year whose last report is frozen; repeatable."""
    Book.objects.filter(area_id=area, school_year=year).update(ended=True)
    key_directory().destroy_year(area=area, year=year)


def snapshots(*, area: int, year: str = "", before: str = "") -> list[dict[str, Any]]:
    """Return the frozen reports of an area, the newest first; `before`: of earlier school years. They are public."""
    rows = Snapshot.objects.filter(area_id=area).order_by("-frozen", "-pk")
    rows = rows.filter(school_year__lt=before) if before else rows
    return [json.loads(row.body) for row in (rows.filter(school_year=year) if year else rows)]


def snapshot(*, area: int, hash: str) -> dict[str, Any]:  # noqa: A002 - the snapshot's own word for its name
    """Return one frozen report by its hash; raises WrongReport."""
    row = Snapshot.objects.filter(area_id=area, hash=hash).first()
    if row is None:
        raise WrongReport("expected a frozen report of this area")
    found: dict[str, Any] = json.loads(row.body)
    return found


def preview(*, actor: Worker, report: int) -> dict[str, Any]:
    """Return a report of any state as the snapshot that it would be today, stored nowhere: for its makers' eyes only.

    Raises NotAllowed, WrongReport.
    """
    found = life.one(actor=actor, report=report)
    counts = books.counted(area=found.area_id, year=found.school_year)
    places = nodes.of_year(area=found.area_id, year=found.school_year, counts=counts)
    body = _body(found, places, drafting.read(life.tables_of(found)))
    return {**body, "hash": digest(body)}


def digest(body: dict[str, Any]) -> str:
    """Return the SHA-256 of everything in a snapshot but its hash."""
    rest = {name: value for name, value in body.items() if name != "hash"}
    return hashlib.sha256(canonical(rest).encode()).hexdigest()


def canonical(body: dict[str, Any]) -> str:
    """Return a snapshot's text: sorted keys, no blanks."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _frozen(report: Report, after: State) -> Snapshot:
    area, year = report.area_id, report.school_year
    if report.last >= life.today():
        raise NotEnded(f"expected a period that is over: this one ends on {report.last}")
    _apply(area)  # takes the books of all years in their order, as the night does
    book = books.opened(area=area, year=year, lock=True)
    made = drafting.make(area=area, year=year, plan=report.plan, schools=report.schools)
    tables = drafting.read(json.loads(report.tables))
    if made.basis != report.basis or not _agree(made.tables, tables):
        raise Changed("expected the counts, and beside them the reports, that were checked: check again")
    _publish(report, tables)
    if report.schools or report.plan == SCHOOL_AUTUMN:
        nodes.settle(area=area, year=year, nodes=made.nodes)
    if book.closed_until is None or book.closed_until < report.last:
        book.closed_until = report.last
        book.save(update_fields=["closed_until"])
    report.state = after
    report.save(update_fields=["state"])
    body = _body(report, made.nodes, tables)
    body["hash"] = digest(body)
    return Snapshot.objects.create(
        report=report,
        area_id=area,
        school_year=year,
        plan=report.plan,
        frozen=body["frozen"],
        hash=body["hash"],
        body=canonical(body),
    )


def _apply(area: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BOOKS, {"area": area})
        closed = {year: day for year, day in cursor.fetchall() if day is not None}
        cursor.execute(TAKE, {"area": area, "batch": EVERYTHING})
        taken = cursor.fetchall()
        for statement, asked in statements(taken, area=area, closed=closed):
            cursor.execute(statement, asked)


def _agree(made: tuple[Table, ...], checked: tuple[Table, ...]) -> bool:
    """Tell whether the checked texts are the made ones, some of them withdrawn by the gate."""
    new = {(table.measure, cell.at): cell.text for table in made for cell in table.cells}
    old = {(table.measure, cell.at): cell.text for table in checked for cell in table.cells}
    return new.keys() == old.keys() and all(text in {"..", new[key]} for key, text in old.items())


def _publish(report: Report, tables: tuple[Table, ...]) -> None:
    """Keep each cell's text; refuse a second one."""
    area, year = report.area_id, report.school_year
    texts: dict[str, str] = {}
    for table in tables:
        for cell in table.cells:
            key = drafting.key_of(table.measure, cell.at, year=year)
            if texts.setdefault(key, cell.text) != cell.text:
                raise TextTaken(f"expected one text of a cell in {table.name}")
    rows = PublishedText.objects.filter(area_id=area, school_year=year)
    taken = dict(rows.values_list("cell", "text"))
    if any(taken.get(key, text) != text for key, text in texts.items()):
        raise TextTaken("expected the texts with which cells were published before")
    new = [PublishedText(area_id=area, school_year=year, cell=key, text=text) for key, text in texts.items()]
    PublishedText.objects.bulk_create([row for row in new if row.cell not in taken], batch_size=MANY)


def _body(report: Report, places: nodes.Nodes, tables: tuple[Table, ...]) -> dict[str, Any]:
    codes = {code for table in tables for cell in table.cells for name, code in cell.at if name == "area"}
    area = Area.objects.get(pk=report.area_id)
    pupils = [places.pupils.get(code) for code in places.municipalities if code in places.pupils]
    known = sum(filter(None, pupils)) if pupils and None not in pupils else None
    total = {"fi": area.name_fi, "sv": area.name_sv, "en": area.name_en, "parent": None, "pupils": known}
    corrected = Snapshot.objects.filter(report=report.corrects).first() if report.corrects else None
    certificate = hashlib.sha256(report.certificate.encode()).hexdigest()
    roles = sorted(set(report.signatures.values_list("role", flat=True)))
    return {
        "schema": SCHEMA,
        "area": area.slug,
        "school_year": report.school_year,
        "plan": report.plan,
        "language_neutral": True,
        "period": {"first": report.first.isoformat(), "last": report.last.isoformat()},
        "catalogue": report.version,
        "parameters": {
            "k": drafting.K,
            "k_sensitive": drafting.K_SENSITIVE,
            "p": drafting.P,
            "base": drafting.BASE,
        },
        "nodes": {"area": {"Total": total, **places.described(codes)}},
        "hierarchies": {"area": places.below(codes)},
        "tables": drafting.written(tables),
        "not_in_use": rooms.missing(plan_of(report.plan).specs, made={table.name for table in tables}),
        "opening_hours": [line for line in report.opening_hours.splitlines() if line.strip()],
        "notes": {"fi": report.note_fi, "sv": report.note_sv, "en": report.note_en},
        "gate": {"withdrawn": report.withdrawn, "certificate": certificate},
        "corrects": corrected.hash if corrected else None,
        "frozen": life.today().isoformat(),
        "signed": roles,
    }
