"""Sari and Tiina make a report by the pages: drafted, checked, signed by two, frozen, corrected."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.statistics import checking, freezing, life, shelf
from chatservice.statistics.models import Report, Signature, Snapshot
from console.statistics import words
from tests.statistics import office
from tests.statistics.office import YEAR, Gate

NEW = f"/statistics/new/{YEAR}/october"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def act(client: Client, report: Report, name: str, **more: str) -> str:
    """Press a button of a report's page and return what the page then says."""
    return text(client.post(f"/statistics/drafts/{report.pk}", {"act": name, **more}, follow=True))


def drafted(client: Client, area: Area) -> Report:
    assert client.post(NEW, {"opening_hours": "ma-to 14-20"}).status_code == 302
    return Report.objects.filter(area=area).latest("pk")


def passed(client: Client, report: Report) -> None:
    act(client, report, "check")
    report.refresh_from_db()
    assert checking.attempt(report)


def signed(at_sari: Client, at_tiina: Client, area: Area) -> Report:
    report = drafted(at_sari, area)
    passed(at_sari, report)
    act(at_sari, report, "sign", role="coordinator")
    act(at_tiina, report, "sign", role="statistician")
    return report


def test_a_report_is_made_by_two_and_read_by_all_three(
    area: Area, at_sari: Client, at_tiina: Client, at_rauni: Client
) -> None:
    office.counted(area)
    shelf = text(at_tiina.get("/statistics", {"year": YEAR}))
    assert NEW in shelf
    assert "Voi tehdä nyt" in shelf
    report = drafted(at_tiina, area)
    assert "Luonnos" in text(at_sari.get("/statistics", {"year": YEAR}))
    page = text(at_tiina.get(f"/statistics/drafts/{report.pk}"))
    assert "Ei julkaistavaksi" in page
    assert "alle 5" in page
    assert "ma-to 14-20" in page
    act(at_tiina, report, "write", fi="Syyskuu oli vilkas.", opening_hours="ma-to 14-20")
    assert "Tarkastus on alkanut" in act(at_tiina, report, "check")
    assert at_sari.get(f"/statistics/drafts/{report.pk}/progress").json() == {"checking": True, "percent": 0}
    report.refresh_from_db()
    assert checking.attempt(report)
    assert at_sari.get(f"/statistics/drafts/{report.pk}/progress").json()["checking"] is False
    assert "Kaksi ihmistä allekirjoittaa" in text(at_sari.get(f"/statistics/drafts/{report.pk}"))
    assert "sinun puuttuu" in text(at_sari.get("/statistics", {"year": YEAR}))
    assert "Toisen roolin allekirjoitus puuttuu" in act(at_sari, report, "sign", role="coordinator")
    assert "sinun puuttuu" not in text(at_sari.get("/statistics", {"year": YEAR}))
    assert "sinun puuttuu" in text(at_tiina.get("/statistics", {"year": YEAR}))
    assert "Et voi allekirjoittaa nyt" in act(at_sari, report, "sign", role="coordinator")
    assert "voi jäädyttää" in act(at_tiina, report, "sign", role="statistician")
    assert "Raportti on jäädytetty" in act(at_tiina, report, "freeze")
    kept = Snapshot.objects.get(report=report)
    read = text(at_rauni.get(f"/statistics/reports/{kept.hash}"))
    assert "Syyskuu oli vilkas." in read
    assert "correct" not in read
    assert kept.hash in text(at_rauni.get("/statistics"))


def test_whoever_freezes_second_is_told(area: Area, at_sari: Client, at_tiina: Client) -> None:
    office.counted(area)
    report = signed(at_sari, at_tiina, area)
    said: list[str] = []

    def freeze(client: Client) -> None:
        try:
            said.append(act(client, report, "freeze"))
        finally:
            connection.close()

    threads = [threading.Thread(target=freeze, args=(client,)) for client in (at_sari, at_tiina)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Snapshot.objects.filter(report=report).count() == 1
    assert sum("Raportti on jäädytetty. Sen voi" in each for each in said) == 1
    assert sum("Joku muu jäädytti tämän raportin hetki sitten" in each for each in said) == 1


def test_a_second_draft_of_a_period_is_the_first_one(area: Area, at_sari: Client) -> None:
    office.counted(area)
    report = drafted(at_sari, area)
    assert "Tällainen raportti on jo" in text(at_sari.post(NEW, follow=True))
    assert list(Report.objects.filter(area=area)) == [report]


def test_a_period_that_is_not_over_has_no_draft(area: Area, at_sari: Client) -> None:
    year = max(text(at_sari.get("/statistics")).split("?year=")[1:])[:9]
    answer = at_sari.post(f"/statistics/new/{year}/year")
    assert answer.status_code == 409
    assert "Jakso ei ole vielä päättynyt" in text(answer)
    assert not Report.objects.filter(area=area).exists()


def test_a_correction_is_a_new_report_and_the_old_one_stays(area: Area, at_sari: Client, at_tiina: Client) -> None:
    office.counted(area)
    report = signed(at_sari, at_tiina, area)
    act(at_sari, report, "freeze")
    old = Snapshot.objects.get(report=report)
    body = old.body
    at_sari.post(f"/statistics/reports/{old.hash}/correct", {"opening_hours": "ma-pe 14-20"})
    new = Report.objects.get(corrects=report)
    assert "<details open" in text(at_sari.get(f"/statistics/drafts/{new.pk}")), "what is corrected has to be told"
    assert "korjaus" in text(at_sari.get("/statistics", {"year": YEAR}))
    assert "pitää kertoa, mitä korjataan" in act(at_sari, new, "check")
    act(at_sari, new, "write", fi="Aukioloajat olivat väärin.")
    passed(at_sari, new)
    act(at_tiina, new, "sign", role="statistician")
    act(at_sari, new, "sign", role="coordinator")
    act(at_sari, new, "freeze")
    old.refresh_from_db()
    assert old.body == body
    page = text(at_sari.get(f"/statistics/reports/{old.hash}"))
    assert f"/statistics/reports/{Snapshot.objects.get(report=new).hash}" in page


def test_a_check_that_failed_tells_why_and_nothing_is_out(
    area: Area, at_sari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.counted(area)
    office.use(Gate(why="no clean draft in time"), monkeypatch)
    report = drafted(at_sari, area)
    passed(at_sari, report)
    page = text(at_sari.get(f"/statistics/drafts/{report.pk}"))
    assert "mitään julkaistu" in page
    assert "no clean draft in time" not in page
    act(at_sari, report, "check")
    assert "pysäytettiin käsin" in act(at_sari, report, "stop")
    assert not Snapshot.objects.filter(area=area).exists()


@pytest.mark.parametrize(
    "code", ["stopped", "unfinished", "contradiction", "known", "refused", "proof", "failed", "odd"]
)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_gates_reasons_are_told_in_the_readers_language(code: str, language: str) -> None:
    report = Report(reason=f"{code}: 'curious text' of a cell ('contacts', 20)")
    with translation.override(language):
        told = words.reason_name(report)
    assert "curious" not in told
    assert told.startswith({"fi": "Tarkastus ei", "sv": "Kontrollen gick", "en": "The check did"}[language])
    assert told.count(".") >= 2


def test_a_draft_nobody_needs_is_dropped(area: Area, at_sari: Client, at_rauni: Client) -> None:
    office.counted(area)
    report = drafted(at_sari, area)
    assert at_rauni.post(f"/statistics/drafts/{report.pk}", {"act": "drop"}).status_code == 404
    assert "Luonnos on hylätty" in act(at_sari, report, "drop")
    assert at_sari.get(f"/statistics/drafts/{report.pk}").status_code == 404
    report = drafted(at_sari, area)
    act(at_sari, report, "check")
    assert "ei ole enää siinä vaiheessa" in act(at_sari, report, "drop")


def test_a_year_that_is_closed_says_so(area: Area, at_sari: Client) -> None:
    office.counted(area)
    freezing.end_year(area=area.pk, year=YEAR)
    assert "Vuosi on suljettu" in text(at_sari.get("/statistics", {"year": YEAR}))
    answer = at_sari.post(NEW, {"opening_hours": ""})
    assert answer.status_code == 409
    assert "kuten pitääkin" in text(answer)


def test_one_person_alone_signs_on_two_days(area: Area, sari: Worker, at_sari: Client) -> None:
    office.counted(area)
    report = drafted(at_sari, area)
    passed(at_sari, report)
    assert "allekirjoitat kahdesti, eri päivinä" in text(at_sari.get(f"/statistics/drafts/{report.pk}"))
    said = act(at_sari, report, "sign", role="coordinator")
    assert "Palaa toisena päivänä" in said
    assert 'value="sign"' not in said
    Signature.objects.filter(report=report).update(day="2026-01-01")
    assert "voi jäädyttää" in act(at_sari, report, "sign", role="coordinator")
    assert "on taas luonnos" in act(at_sari, report, "reopen")
    assert not life.one(actor=sari, report=report.pk).signatures.exists()


def test_a_typed_figure_is_refused_at_its_field_and_what_was_written_stays(
    area: Area, at_sari: Client, at_tiina: Client
) -> None:
    office.counted(area, count=20)
    refused = at_tiina.post(NEW, {"opening_hours": "ma-to 14-20, yhteensä 317"})
    assert "317” ei ole päivä, päivämäärä eikä kellonaika" in text(refused)
    assert not Report.objects.filter(area=area).exists()
    report = drafted(at_tiina, area)
    sent = {"act": "write", "fi": "Kaksi oppilasta Kylän koulusta.", "sv": "September var livlig."}
    answer = at_sari.post(f"/statistics/drafts/{report.pk}", sent)
    page = text(answer)
    assert answer.status_code == 422
    assert "”Kaksi” on luku" in page
    assert "September var livlig." in page
    assert "<details open>" in page
    report.refresh_from_db()
    assert (report.note_fi, report.note_sv) == ("", "")
    Report.objects.filter(pk=report.pk).update(note_fi="Vain yksi oppilas.")
    assert "”yksi oppilas” on luku" in act(at_sari, report, "check")
    report.refresh_from_db()
    assert report.state == "draft"


def test_tables_of_schools_are_not_due_until_somebody_asks_for_them(
    area: Area, at_tiina: Client, tiina: Worker
) -> None:
    office.counted(area, count=60)
    due = {slot.plan for slot in shelf.slots(actor=tiina, year=YEAR) if slot.due}
    assert due == {"october", "autumn", "march", "small_town", "year"}
    page = text(at_tiina.get("/statistics", {"year": YEAR}))
    assert page.count("Voi tehdä nyt") == len(due)
    assert "Vain jos koulut ovat suostuneet" in page
    assert f"/statistics/new/{YEAR}/school_autumn" in page
    life.draft(actor=tiina, year=YEAR, plan="year", schools=True)
    due = {slot.plan for slot in shelf.slots(actor=tiina, year=YEAR) if slot.due}
    assert due == {"october", "autumn", "school_autumn", "march", "small_town"}
