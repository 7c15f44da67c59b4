"""Programs read frozen tables as JSON, as the description tells; nobody writes, and what was altered is not shown."""

import json
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from jsonschema import Draft202012Validator

from chatservice.places.models import Area
from chatservice.statistics.models import Snapshot
from console.statistics.urls import urlpatterns
from tests.statistics import office

API = "/statistics/api"


@pytest.fixture
def kept(area: Area, sari: Any, tiina: Any) -> Snapshot:
    office.counted(area, count=60)
    return office.frozen(sari, tiina)


def fits(description: dict[str, Any], name: str, answer: Any) -> None:
    """The answer is what its schema says."""
    Draft202012Validator(description["components"]["schemas"][name]).validate(answer)


def test_answers_are_as_described_and_as_frozen(at_rauni: Client, kept: Snapshot) -> None:
    description = at_rauni.get(f"{API}/openapi.json").json()
    assert description["openapi"] == "3.1.0"
    listed = at_rauni.get(f"{API}/reports", {"year": office.YEAR}).json()
    fits(description, "Reports", listed)
    assert [row["hash"] for row in listed["reports"]] == [kept.hash]
    assert at_rauni.get(f"{API}/reports", {"year": "1999-2000"}).json() == {"reports": []}
    whole = at_rauni.get(f"{API}/reports/{kept.hash}", {"language": "sv"}).json()
    fits(description, "JsonStat", whole)
    assert whole == json.loads(at_rauni.get(f"/statistics/reports/{kept.hash}/json-stat/sv").content)
    first = next(each for each in whole["link"]["item"] if each["extension"]["table"] != "not_in_use")
    asked = f"{API}/reports/{kept.hash}/tables/{first['extension']['table']}"
    assert at_rauni.get(asked, {"language": "sv"}).json() == first
    assert at_rauni.get(asked).json()["dimension"] != first["dimension"], "Finnish unless asked otherwise"


def test_every_address_is_described_and_told_on_the_page(at_tiina: Client, kept: Snapshot) -> None:
    told = {path.strip("/") for path in at_tiina.get(f"{API}/openapi.json").json()["paths"]}
    served = {str(each.pattern).replace("<slug:", "{").replace(">", "}") for each in urlpatterns}
    assert told == {path for path in served if "/api/reports" in path}
    page = at_tiina.get(API).content.decode()
    assert all(f"GET /{path}</code>" in page for path in told)
    assert f'href="{API}"' in at_tiina.get(f"/statistics/reports/{kept.hash}").content.decode()


def test_what_is_not_there_is_not_told(at_rauni: Client, elsewhere: Client, kept: Snapshot) -> None:
    for path in (f"reports/{'0' * 64}", f"reports/{kept.hash}/tables/none", f"reports/{kept.hash}?language=de"):
        assert at_rauni.get(f"{API}/{path}").status_code == 404, path
    assert elsewhere.get(f"{API}/reports").json() == {"reports": []}
    assert elsewhere.get(f"{API}/reports/{kept.hash}").status_code == 404
    assert at_rauni.post(f"{API}/reports").status_code == 405


def test_nothing_altered_is_shown(at_rauni: Client, kept: Snapshot) -> None:
    body = json.loads(kept.body)
    table = body["tables"][0]
    table["cells"][0]["text"] = "alle 99"
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE statistics_snapshot SET body = %s WHERE id = %s", [json.dumps(body), kept.pk])
    for path in (f"reports/{kept.hash}", f"reports/{kept.hash}/tables/{table['id']}"):
        answer = at_rauni.get(f"{API}/{path}")
        assert (answer.status_code, answer.json()) == (409, {"error": "altered"})
