"""Named people and counted years for the tests of reports."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from chatservice.accounts.models import Worker
from chatservice.disclosure.cells import Coordinates, Report
from chatservice.disclosure.pools import Members
from chatservice.places.models import Area
from chatservice.statistics import checking, freezing, life, loading
from chatservice.statistics.models import Report as Row
from chatservice.statistics.models import Snapshot
from tests import wire
from tests.statistics import years

YEAR = "2025-2026"
STAFF = {"curator": 4, "psychologist": 3, "nurse": 3}


def sari(area: Area) -> Worker:
    """Sari the coordinator."""
    return wire.make_worker(area, "Sari", profession="nurse", coordinator=True)


def tiina(area: Area) -> Worker:
    """Tiina the statistician."""
    return wire.make_worker(area, "Tiina", statistician=True)


def rauni(area: Area) -> Worker:
    """Rauni of the steering group, who reads."""
    return wire.make_worker(area, "Rauni", profession="", reader=True)


def counted(
    area: Area, *, count: int = 300, year: str = YEAR, seed: int = 7, towns: dict[str, int] | None = None
) -> None:
    """A year in which so many contacts came."""
    loading.load(area=area.pk, facts=years.contacts(count, seed=seed, year=year, towns=towns), staff=STAFF)


class Gate:
    """A gate that withdraws what it is told to, without any attack."""

    def __init__(
        self, *, withdraw: Sequence[tuple[str, Coordinates]] = (), why: str = "", identities: Sequence[str] = ()
    ) -> None:
        self.withdraw, self.why, self.identities = withdraw, why, list(identities)
        self.frozen: Sequence[Report] = ()
        self.members: Members = {}

    def __call__(self, frozen: Sequence[Report], draft: Report, *, members: Members, **_more: Any) -> Any:
        self.frozen, self.members = frozen, members
        report = draft.without(set(self.withdraw))
        certificate = {"worlds": [], "identities": self.identities}
        same = {"withdrawn": tuple(self.withdraw), "certificate": certificate, "why": self.why, "code": ""}
        return SimpleNamespace(clean=not self.why, report=report, **same)


def use(gate: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another gate in the place of the true one."""
    monkeypatch.setattr(checking, "import_module", lambda _: SimpleNamespace(gate=gate))


def checked(actor: Worker, *, plan: str = "october", year: str = YEAR, schools: bool = False) -> Row:
    """A report that has passed the gate, in this process."""
    drafted = life.draft(actor=actor, year=year, plan=plan, schools=schools)
    waiting = life.check(actor=actor, report=drafted.pk, start=False)
    assert checking.attempt(waiting)
    return life.one(actor=actor, report=drafted.pk)


def frozen(coordinator: Worker, statistician: Worker, **asked: Any) -> Snapshot:
    """A report that is out."""
    row = checked(coordinator, **asked)
    assert row.state == "checked", row.reason
    life.sign(actor=coordinator, report=row.pk, role="coordinator")
    life.sign(actor=statistician, report=row.pk, role="statistician")
    return freezing.freeze(actor=coordinator, report=row.pk)
