"""Whether frozen reports still are what was frozen, and still have the proof that nobody can be found in them.

Everything is read from the stored snapshots and certificates and worked out anew; no solver is asked, none is trusted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from chatservice.disclosure import certificate
from chatservice.disclosure.cells import Report
from chatservice.statistics import drafting
from chatservice.statistics.freezing import digest
from chatservice.statistics.models import Snapshot

CHANGED: Final = "the stored report is not what was frozen"
OTHER: Final = "the stored certificate is not the one that was frozen"
PARAMETERS: Final = "the certificate was made with other thresholds than the report says"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of looking at one frozen report; an empty `why` says that its proof holds."""

    plan: str
    hash: str
    why: str


def looked_at(*, area: int, year: str) -> Iterator[Proof]:
    """Yield a year's frozen reports in the order of freezing, each proven together with all that were before it."""
    rows = Snapshot.objects.filter(area_id=area, school_year=year).select_related("report").order_by("pk")
    reports: list[Report] = []
    for row in rows.iterator(chunk_size=1):
        body = json.loads(row.body)
        reports.append(drafting.for_gate(f"{len(reports)}", drafting.read(body["tables"])))
        why = CHANGED if digest(body) != row.hash or body.get("hash") != row.hash else ""
        yield Proof(row.plan, row.hash, why or _why(body, row.report.certificate, reports))


def _why(body: Mapping[str, Any], text: str, reports: list[Report]) -> str:
    if hashlib.sha256(text.encode()).hexdigest() != body["gate"]["certificate"]:
        return OTHER
    try:
        found = json.loads(text)
        frame = certificate.frame_of(found)
    except ValueError as wrong:
        return str(wrong)
    if {name: found[name] for name in body["parameters"]} != body["parameters"]:
        return PARAMETERS
    return certificate.check(found, reports, frame=frame)
