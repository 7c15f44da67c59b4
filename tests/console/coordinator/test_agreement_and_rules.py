"""Marks against judgement in tables and plain words; the rules for everybody at the desk to read."""

from datetime import date

import pytest
from django.test import Client

from chatservice.moderation.pipeline import default
from chatservice.places.models import Area
from chatservice.screening.models import Agreement


def count(area: Area, category: str, machine: int, judged: int, talks: int, *, year: int = 2026) -> None:
    """A counter."""
    Agreement.objects.create(
        area=area, period=date(year, 8, 1), category=category, machine=machine, judged=judged, talks=talks
    )


def test_agreement_is_told_in_words_and_cells(office: Client, area: Area) -> None:
    count(area, "suicide", 2, 2, 12)
    count(area, "suicide", 3, 2, 5)
    count(area, "suicide", 0, 3, 3)
    count(area, "suicide", 1, 0, 4)
    count(area, "suicide", 2, -1, 6)
    count(area, "", 0, 2, 2)
    count(area, "", 0, 0, 30)
    page = office.get("/agreement").content.decode()
    assert "Suureksi riskiksi tai välittömäksi vaaraksi arvioituja keskusteluja 20." in page
    assert "Ohjelma oli merkinnyt niistä yhtä vakavaksi 17." in page
    assert "Vaarattomiksi arvioituja keskusteluja 4. Ohjelma oli nostanut niistä 4." in page
    assert "Ilman arviota: 6." in page
    assert "Ohjelma ei nähnyt aihetta 32 arvioidussa keskustelussa." in page
    assert "Syksy 2026" in page
    assert "Ei julkaistavaksi" in page


def test_other_half_years_can_be_opened_and_other_areas_never(office: Client, elsewhere: Client, area: Area) -> None:
    count(area, "all", 1, 1, 7771)
    count(area, "all", 1, 1, 8882, year=2025)
    page = office.get("/agreement").content.decode()
    assert "7771" in page
    assert "8882" not in page
    assert "8882" in office.get("/agreement?from=2025-08-01").content.decode()
    for address in ("/agreement", "/agreement?from=2025-08-01"):
        assert "7771" not in elsewhere.get(address).content.decode()


@pytest.mark.parametrize("asked", ["", "x", "2020-01-01", "2026-08-01' OR 1=1"])
def test_a_half_year_that_never_was_is_the_newest(office: Client, area: Area, asked: str) -> None:
    count(area, "all", 1, 1, 7771)
    assert "7771" in office.get("/agreement", {"from": asked}).content.decode()


def test_aino_who_coordinates_nothing_reads_the_rules(desk: Client) -> None:
    page = desk.get("/rules").content.decode()
    assert "/rules/suicide" in page
    assert f"{default().risk.signs.lines[0]} pistettä on huoli" in page
    assert "/rules/signs" in page
    signs = desk.get("/rules/signs").content.decode()
    assert "/rules/risk/BEAT" in signs
    chapter = desk.get("/rules/suicide").content.decode()
    assert "suicide.want-to-die" in chapter
    assert "mä haluun vaan kuolla" in chapter
    assert "/rules/risk/DIE" in chapter
    assert "@kuolla" in desk.get("/rules/risk/DIE").content.decode()


@pytest.mark.parametrize("path", ["weather", "risk/NO_SUCH_MEANING", "other/DIE", "risk/..%2F..%2Fverdict"])
def test_what_is_no_rule_does_not_exist(desk: Client, path: str) -> None:
    assert desk.get(f"/rules/{path}").status_code == 404


def test_nobody_reads_them_without_signing_in(eve: Client) -> None:
    for path in ("rules", "rules/suicide", "rules/risk/DIE", "terms", "bench", "agreement"):
        assert eve.get(f"/{path}").status_code == 302
