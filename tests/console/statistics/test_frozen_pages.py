"""What the pages show of frozen reports: the stored text in every language and form, and nothing that was altered."""

import json
import re
from itertools import product

import pytest
from django.db import connections
from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.reports.definitions import definitions
from chatservice.statistics.models import Snapshot
from tests.statistics import office


@pytest.fixture
def year(area: Area, sari: Worker, tiina: Worker) -> Snapshot:
    office.counted(area, count=600)
    return office.frozen(sari, tiina, plan="year")


def test_a_report_is_downloaded_in_every_form(at_rauni: Client, year: Snapshot) -> None:
    starts = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json-stat": b"{", "year": b"%PDF"}
    for kind, start in starts.items():
        for language in ("fi", "sv", "en"):
            answer = at_rauni.get(f"/statistics/reports/{year.hash}/{kind}/{language}")
            assert answer.content.startswith(start), (kind, language)
            assert "attachment" in answer.headers["Content-Disposition"]
    assert at_rauni.get(f"/statistics/reports/{year.hash}/report/fi").content.startswith(b"%PDF")
    assert at_rauni.get(f"/statistics/reports/{year.hash}/town/sv?place=091").content.startswith(b"%PDF")
    assert "Yhteydenotot" in at_rauni.get(f"/statistics/reports/{year.hash}/text/fi").content.decode()
    page = at_rauni.get(f"/statistics/reports/{year.hash}").content.decode()
    assert f"/statistics/reports/{year.hash}/report/fi?meeting=start" in page
    paper = at_rauni.get(f"/statistics/reports/{year.hash}/report/sv?meeting=may")
    assert paper.content.startswith(b"%PDF")
    assert "may-report-sv.pdf" in paper.headers["Content-Disposition"]
    for wrong in ("report/de", "zip/fi", "town/fi?place=nowhere", "report/fi?meeting=party"):
        assert at_rauni.get(f"/statistics/reports/{year.hash}/{wrong}").status_code == 404, wrong


def test_a_school_welfare_group_finds_its_own_page(area: Area, at_rauni: Client, sari: Worker, tiina: Worker) -> None:
    office.counted(area, count=600)
    other = office.frozen(sari, tiina, plan="october")
    assert "Koulun oma sivu" not in at_rauni.get(f"/statistics/reports/{other.hash}").content.decode()
    kept = office.frozen(sari, tiina, plan="school_autumn")
    page = at_rauni.get(f"/statistics/reports/{kept.hash}").content.decode()
    [address, *_] = re.findall(rf'"(/statistics/reports/{kept.hash}/report/sv\?place=[^"]+)"', page)
    assert at_rauni.get(address).content.startswith(b"%PDF")


def test_pages_show_each_chart_beside_its_table(at_rauni: Client, rauni: Worker, year: Snapshot) -> None:
    for language, path in product(("fi", "sv", "en"), ("dashboards", f"reports/{year.hash}")):
        Worker.objects.filter(pk=rauni.pk).update(language=language)
        page = at_rauni.get(f"/statistics/{path}").content.decode()
        assert f'<html lang="{language}">' in page
        assert "<svg" in page
        assert "style=" not in page
        for figure in page.split('class="figures"')[1:]:
            assert "<svg" not in figure or "<table" in figure
        ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
        assert len(ids) == len(set(ids))
        jumps = [part.split('"')[0] for part in page.split('href="#of-')[1:]]
        assert len(jumps) > 5
        assert {f"of-{key}" for key in jumps} <= set(ids)


def test_dashboards_show_nothing_that_is_not_frozen(area: Area, at_sari: Client, sari: Worker, tiina: Worker) -> None:
    office.counted(area)
    office.checked(sari, plan="autumn")
    assert "Yhtään raporttia ei ole vielä jäädytetty" in at_sari.get("/statistics/dashboards").content.decode()
    kept = office.frozen(sari, tiina, plan="october")
    page = at_sari.get("/statistics/dashboards").content.decode()
    assert kept.hash in page
    assert "Ei vielä missään tämän vuoden" in page


def test_definitions_are_those_of_the_reports(at_rauni: Client) -> None:
    page = at_rauni.get("/statistics/definitions").content.decode()
    for each in definitions("fi"):
        assert f'id="of-{each.key}"' in page
        assert each.name.split("'")[0] in page


def test_nothing_is_shown_of_a_report_that_was_altered(at_sari: Client, year: Snapshot) -> None:
    body = json.loads(year.body)
    body["tables"][0]["cells"][0]["text"] = "alle 99"  # no digest of a file or token has a blank
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE statistics_snapshot SET body = %s WHERE id = %s", [json.dumps(body), year.pk])
    for path in ("dashboards", f"reports/{year.hash}", f"reports/{year.hash}/csv/fi"):
        answer = at_sari.get(f"/statistics/{path}")
        assert answer.status_code == 409
        assert b"alle 99" not in answer.content
