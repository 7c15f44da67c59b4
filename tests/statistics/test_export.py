"""What is exported is what was frozen, and an outsider who reads it by the declared form never finds it untrue."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chatservice.places.models import Area
from chatservice.statistics import freezing, loading
from chatservice.statistics.catalogue import cell
from chatservice.statistics.codes import leaf
from tests import wire
from tests.statistics import office, years
from tests.statistics.office import YEAR, Gate

# Which column of the facts tells a dimension.
UNTOLD = {"topic": "unknown", "outcome": "unknown", "risk": "unknown", "role": "R_UNK", "stage": "S_UNK"}
TOLD = {"hour": "hour_band", "topic": "topic", "area": "area_school", "period": "month"}
TESTS = "school_year,term,area_municipality,band,count\n2025-2026,autumn,091,B1,37\n2025-2026,spring,092,B3,4\n"


class Case:
    """A folder of exported files, read with nothing but their own words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case: dict[str, Any] = json.loads((folder / "case.json").read_text())
        self.parents = {
            name: {row["child"]: row["parent"] for row in self.rows(file)}
            for name, file in self.case["hierarchies"].items()
        }

    def rows(self, file: str) -> list[dict[str, str]]:
        return list(csv.DictReader((self.folder / file).read_text(encoding="utf-8").splitlines()))

    def cells(self) -> list[tuple[dict[str, str], str]]:
        """Every published cell: its coordinates without totals, and its value."""
        found = []
        for report in self.case["reports"]:
            for row in self.rows(report["file"]):
                assert row["measure"] == "count"
                at = {name: row[name] for name in self.parents if row[name] not in {"", "Total"}}
                found.append((at, row["value"]))
        return found

    def bounds(self, value: str) -> tuple[int, int | None]:
        marks = self.case["reports"][0]["marks"]
        noise = self.case["reports"][0]["noise"]["max"]
        if value in marks:
            return marks[value][0], marks[value][1]
        return max(0, int(value) - noise), int(value) + noise

    def up(self, name: str, code: str) -> set[str]:
        found = set()
        while code in self.parents[name]:
            found.add(code)
            code = self.parents[name][code]
        return found


@pytest.fixture(scope="module")
def folder(database: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of a year with three frozen reports, schools among them."""
    with pytest.MonkeyPatch.context() as patch:
        office.use(Gate(), patch)
        return exported(wire.make_area(), tmp_path_factory.mktemp("case"))


def exported(area: Area, path: Path) -> Path:
    """Count, freeze and export."""
    loading.load(area=area.pk, facts=years.contacts(300), tests=TESTS, staff=office.STAFF)
    views = {(YEAR, "library_themes", cell({"period": "autumn", "theme": "friends"})): 12}
    loading.add(area=area.pk, counts=views)
    sari, tiina = office.sari(area), office.tiina(area)
    for plan in ("october", "autumn", "year"):
        office.frozen(sari, tiina, plan=plan, schools=plan == "year")
    call_command("statistics_export", school_year=YEAR, out=path / "out", area=area.slug)
    return path / "out"


def truth(case: Case) -> list[dict[str, set[str]]]:
    """The facts by the codes that each lies under, in every dimension of the case."""
    found = []
    for row in csv.DictReader(years.contacts(300).splitlines()):
        told: dict[str, set[str]] = {"thread": {row["thread"]}}
        for name in case.parents:
            if name == "thread":
                continue
            code = row.get(TOLD.get(name, name), "") or UNTOLD.get(name, "")
            if name == "topic":
                code = leaf("topic", code) if code != "unknown" else code
            told[name] = case.up(name, code) | ({row["area_municipality"]} if name == "area" else set())
        told["answered"] = {row["answered"]}
        found.append(told)
    return found


def test_the_truth_lies_where_every_published_value_says(folder: Path) -> None:
    case = Case(folder)
    facts = truth(case)
    cells = case.cells()
    assert len(cells) > 3000
    for at, value in cells:
        if "muut koulut" in at.get("area", "") or at.get("answered") in {"left_queue", "turned_away", "no_reason"}:
            continue
        true = sum(all(code in fact[name] for name, code in at.items()) for fact in facts)
        least, most = case.bounds(value)
        assert least <= true <= (true if most is None else most), (at, value, true)


def test_a_cell_has_one_value_and_threads_are_no_second_total(folder: Path) -> None:
    values: dict[str, set[str]] = {}
    for at, value in Case(folder).cells():
        values.setdefault(json.dumps(at, sort_keys=True), set()).add(value)
    assert [at for at, told in values.items() if len(told) > 1] == []
    threads = [at for at, _ in Case(folder).cells() if "thread" in at]
    assert threads
    assert all(at["thread"] == "1" for at in threads)


def test_the_case_tells_its_parameters_and_its_trees_are_whole(folder: Path) -> None:
    case = Case(folder)
    assert (case.case["k"], case.case["p"], case.case["protect_zeros"]) == (5, 3, True)
    assert case.case["sensitive"] == ["topic", "outcome", "risk"]
    assert case.case["reports"][0]["marks"] == {"alle 5": [0, 4], "alle 10": [0, 9], "..": [0, None]}
    for name, parents in case.parents.items():
        for code in parents:
            assert parents[code] == "Total" or parents[code] in parents, (name, code)
    assert {code for at, _ in case.cells() for code in at.values()} <= {
        code for parents in case.parents.values() for code in parents
    }


def test_other_populations_are_cases_of_their_own(folder: Path) -> None:
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"doors", "tests", "library", "sides"}
    tests = {json.dumps(at, sort_keys=True): value for at, value in Case(folder / "tests").cells()}
    assert tests['{"period": "autumn"}'] in {"35", "40"}
    assert tests['{"area": "092"}'] == "alle 5"


def test_only_frozen_reports_are_exported(area: Area, tmp_path: Path) -> None:
    office.counted(area, count=30)
    call_command("statistics_export", school_year=YEAR, out=tmp_path, area=area.slug)
    assert json.loads((tmp_path / "case.json").read_text())["reports"] == []
    assert freezing.snapshots(area=area.pk) == []
    with pytest.raises(CommandError, match="school year"):
        call_command("statistics_export", school_year="2025", out=tmp_path, area=area.slug)
