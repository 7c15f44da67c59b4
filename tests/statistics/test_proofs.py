"""A frozen report can be proven again from what is stored; whatever was touched since is named."""

import hashlib
import io
import json
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from chatservice.disclosure.certificate import frame_of
from chatservice.places.models import Area
from chatservice.statistics import checking, freezing, identities, proofs
from chatservice.statistics.models import Report, Snapshot
from tests.statistics import office
from tests.statistics.office import YEAR


@pytest.fixture
def frozen(area: Area) -> Area:
    """Two reports of a year are out, each let through by the gate that production uses."""
    office.counted(area, count=60, towns={"858": 1})
    sari, tiina = office.sari(area), office.tiina(area)
    for plan in ("october", "small_town"):
        office.frozen(sari, tiina, plan=plan)
    return area


def reasons(area: Area) -> list[str]:
    return [proof.why for proof in proofs.looked_at(area=area.pk, year=YEAR)]


def test_what_was_frozen_is_proven_again(frozen: Area) -> None:
    out = io.StringIO()
    call_command("statistics_verify", area=frozen.slug, stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split()[:2] for line in lines] == [[YEAR, "october"], [YEAR, "small_town"]]
    assert all(line.endswith(" proven") for line in lines)


def test_a_certificate_holds_the_frame_that_it_was_made_with(frozen: Area) -> None:
    row = Report.objects.filter(area=frozen, plan="small_town").get()
    own, made = frame_of(json.loads(row.certificate)), checking._frame(row)
    assert own.identities == made.identities == identities.every()
    assert {name: dict(tree) for name, tree in made.hierarchies.items()} == own.hierarchies
    assert (own.within, own.sensitive_codes, own.p) == (made.within, made.sensitive_codes, made.p)


def touched(text: str, change: Callable[[dict[str, object]], object]) -> str:
    found = json.loads(text)
    change(found)
    return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_a_touched_figure_or_certificate_is_named(frozen: Area) -> None:
    row = Report.objects.get(area=frozen, plan="october")
    kept = row.certificate
    row.certificate = touched(kept, lambda found: found.update(p=1))
    row.save()
    assert reasons(frozen) == [proofs.OTHER, ""]
    row.certificate = kept
    row.save()
    snapshot = Snapshot.objects.get(report=row)
    body = snapshot.body
    overwrite(snapshot, body.replace('"alle 5"', '"5"', 1))
    assert reasons(frozen)[0] == proofs.CHANGED
    with pytest.raises(CommandError, match="2 of 2 frozen reports are not proven"):
        call_command("statistics_verify", area=frozen.slug, school_year=YEAR, stdout=io.StringIO())


def test_whoever_changes_figure_and_hash_meets_the_certificate(frozen: Area) -> None:
    snapshot = Snapshot.objects.get(report__plan="october", area=frozen)
    body = json.loads(snapshot.body.replace('"alle 5"', '".."'))
    body["hash"] = freezing.digest(body)
    overwrite(snapshot, freezing.canonical(body), name=body["hash"])
    assert "other reports, hierarchies or parameters" in reasons(frozen)[0]
    body["parameters"]["p"] = 2
    body["hash"] = freezing.digest(body)
    overwrite(snapshot, freezing.canonical(body), name=body["hash"])
    assert reasons(frozen)[0] == proofs.PARAMETERS


def test_a_certificate_without_its_frame_proves_nothing(frozen: Area) -> None:
    row = Report.objects.get(area=frozen, plan="october")
    row.certificate = touched(row.certificate, lambda found: found.pop("frame"))
    row.save()
    snapshot = Snapshot.objects.get(report=row)
    body = json.loads(snapshot.body)
    body["gate"]["certificate"] = hashlib.sha256(row.certificate.encode()).hexdigest()
    body["hash"] = freezing.digest(body)
    overwrite(snapshot, freezing.canonical(body), name=body["hash"])
    assert "expected a certificate with its frame" in reasons(frozen)[0]


def test_an_area_without_reports_is_told_so(area: Area) -> None:
    with pytest.raises(CommandError, match="no report is frozen"):
        call_command("statistics_verify", area=area.slug, stdout=io.StringIO())


def overwrite(snapshot: Snapshot, body: str, *, name: str = "") -> None:
    """Change what nobody may: as the owner of the tables would."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE statistics_snapshot SET body = %s, hash = %s WHERE id = %s",
            [body, name or snapshot.hash, snapshot.pk],
        )
