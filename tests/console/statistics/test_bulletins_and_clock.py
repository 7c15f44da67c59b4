"""The pages of bulletins and of the annual clock, as Sari, Tiina and those who may not see them."""

from typing import Any

import pytest
from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.annual.models import Event
from chatservice.annual.rhythm import KINDS
from chatservice.bulletins import drafts
from chatservice.bulletins.models import Draft, Published
from chatservice.places.models import Area
from chatservice.statistics.classes import next_year, school_year
from chatservice.statistics.life import today
from console.statistics.bulletin_words import figure_name
from tests import wire
from tests.bulletins import invented
from tests.console.conftest import Browser
from tests.console.coordinator.conftest import coordinator, signed_in
from tests.statistics import office as people


@pytest.fixture
def sari(area: Area) -> Worker:
    return coordinator(area)


@pytest.fixture
def office(browser: Browser, sari: Worker) -> Client:
    return signed_in(browser, sari)


def sent(draft: Draft, **changed: Any) -> dict[str, Any]:
    """The draft's form as its page sends it."""
    fields: dict[str, Any] = {"act": "save", "version": draft.version}
    for language in ("fi", "sv"):
        kept = draft.words[language]
        fields[f"title_{language}"] = kept["title"]
        for place, pair in enumerate(kept["sentences"]):
            fields |= {f"s{place}_{language}_{number}": text for number, text in enumerate(pair)}
    return {**fields, **changed}


def test_a_bulletin_from_its_report_to_everybody(office: Client, area: Area) -> None:
    assert "joka kertoo kolme lukua, ei ole vielä" in office.get("/bulletins").content.decode()
    snapshot = invented.frozen(area)
    assert office.post("/bulletins/new", {"report": snapshot.pk, "figures": ["contacts", "tests"]}).status_code == 200
    made = office.post("/bulletins/new", {"report": snapshot.pk, "figures": invented.NAMES})
    draft = Draft.objects.get(area=area)
    assert made["Location"] == f"/bulletins/draft/{draft.pk}"
    page = office.get(made["Location"]).content.decode()
    assert "<code>{figure}</code> = <span" in page
    saved = office.post(made["Location"], sent(draft, s0_fi_0="Meille kirjoitettiin {figure} kertaa."))
    shown = office.get(saved["Location"]).content.decode()
    assert "Meille kirjoitettiin 1" in shown
    assert "{figure}" not in shown
    assert snapshot.hash in shown
    out = office.post(saved["Location"], {"act": "publish", "version": 2})
    assert out["Location"] == "/bulletins/1"
    page = office.get(out["Location"]).content.decode()
    assert f"/bulletins/{area.slug}/fi/1" in page
    assert "Sitä ei enää muuteta" in page
    assert office.post("/bulletins/1", {"act": "follow"}).status_code == 302
    assert Draft.objects.get(area=area).follows == Published.objects.get(area=area)


def test_figures_that_the_report_does_not_tell_are_named(office: Client, area: Area) -> None:
    whole, months = invented.frozen(area), invented.frozen(area, "october")
    absent = next(name for name in drafts.figures_of(whole) if name not in drafts.figures_of(months))
    page = office.post(
        "/bulletins/new", {"report": months.pk, "figures": ["contacts", "doors", absent]}
    ).content.decode()
    assert f"Raportti ei kerro näitä: {figure_name(absent)}. Valitse" in page
    assert not Draft.objects.filter(area=area).exists()


def test_a_typed_number_is_told_at_its_field(office: Client, area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    address = f"/bulletins/draft/{draft.pk}"
    page = office.post(address, sent(draft, s1_sv_0="Vi fick 17 tester.")).content.decode()
    assert 'id="id_s1_sv_0_error"' in page
    assert "Kirjoita luvun paikalle {figure}" in page
    assert Draft.objects.get(pk=draft.pk).version == 1


def test_gaps_are_kept_told_and_not_published(office: Client, area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    saved = office.post(f"/bulletins/draft/{draft.pk}", sent(draft, title_sv=""))
    page = office.get(saved["Location"]).content.decode()
    assert "Jotakin puuttuu vielä näistä kielistä: Ruotsi" in page.replace("ruotsi", "Ruotsi")
    assert 'value="publish"' not in page
    assert office.post(saved["Location"], {"act": "publish", "version": 2}).status_code == 409
    assert not Published.objects.filter(area=area).exists()


def test_who_was_slower_is_told(office: Client, area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    drafts.save(actor=sari, draft=draft.pk, version=1, words=draft.words)
    address = f"/bulletins/draft/{draft.pk}"
    assert 'id="conflict"' in office.post(address, sent(draft)).content.decode()
    assert office.post(address, {"act": "remove", "version": "1"}).status_code == 409
    assert office.post(f"{address}/preview", {"act": "publish", "version": "1"}).status_code == 409
    assert office.post(address, {"act": "remove", "version": "2"}).status_code == 302
    assert not Draft.objects.filter(area=area).exists()


def test_the_statistician_writes_bulletins_and_keeps_no_clock(browser: Browser, area: Area) -> None:
    tiina = signed_in(browser, people.tiina(area))
    assert tiina.get("/bulletins").status_code == 200
    assert tiina.get("/annual-clock").status_code == 404


def test_a_published_one_is_withdrawn_with_a_reason(office: Client, area: Area, sari: Worker) -> None:
    invented.out(sari, area)
    refused = office.post("/bulletins/1", {"act": "withdraw", "reason": ""}).content.decode()
    assert 'id="id_reason_error"' in refused
    assert office.post("/bulletins/1", {"act": "withdraw", "reason": "words"}).status_code == 302
    page = office.get("/bulletins/1").content.decode()
    assert "Vedetty pois" in page
    assert 'value="withdraw"' not in page
    assert "vedetty pois" in office.get("/bulletins").content.decode()
    office.post("/bulletins/1", {"act": "withdraw", "reason": "early"})
    assert "oli jo vedetty pois" in office.get("/bulletins/1").content.decode()


@pytest.mark.parametrize("who", ["reader", "worker", "elsewhere"])
def test_for_others_the_pages_do_not_exist(browser: Browser, area: Area, sari: Worker, who: str) -> None:
    row = invented.out(sari, area)
    draft = drafts.follow(actor=sari, number=row.number)
    event = Event.objects.create(area=area, school_year=school_year(today()), title="Kokous", day=today())
    other = {
        "reader": lambda: people.rauni(area),
        "worker": lambda: wire.make_worker(area, "Petri"),
        "elsewhere": lambda: coordinator(wire.make_area(), "Eve"),
    }[who]()
    client = signed_in(browser, other)
    own = ["/bulletins", "/bulletins/new", "/annual-clock"] if who != "elsewhere" else []
    rows = [
        *("/bulletins/1", f"/bulletins/draft/{draft.pk}", f"/bulletins/draft/{draft.pk}/preview"),
        f"/annual-clock/event/{event.pk}",
    ]
    for address in [*own, *rows]:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"act": "publish", "version": "1"}).status_code in {404, 405}, address
    assert client.post("/annual-clock", {"act": "done", "event": event.pk, "version": "1"}).status_code == 404
    assert Published.objects.filter(area=area).count() == 1


def test_the_clock_is_begun_ticked_off_changed_and_added_to(office: Client, area: Area) -> None:
    year = next_year(school_year(today()))
    assert 'value="begin"' in office.get(f"/annual-clock?year={year}").content.decode()
    assert office.post("/annual-clock", {"act": "begin", "year": year})["Location"] == f"/annual-clock?year={year}"
    assert Event.objects.filter(area=area).count() == len(KINDS)
    row = Event.objects.get(area=area, kind="meeting_1")
    tick = {"act": "done", "year": year, "event": row.pk, "version": "1"}
    assert office.post("/annual-clock", tick).status_code == 302
    assert "Joku muu muutti" in office.get(office.post("/annual-clock", tick)["Location"]).content.decode()
    address = f"/annual-clock/event/{row.pk}"
    assert "Tyhjäksi jätettynä nimi on: Ohjausryhmän kokous 1" in office.get(address).content.decode()
    changed = {"title": "Alkukokous", "day": row.day, "remind": row.day, "version": "2"}
    assert office.post(address, changed).status_code == 302
    assert office.post(address, changed).status_code == 409
    assert "Alkukokous" in office.get(f"/annual-clock?year={year}").content.decode()
    wrong = office.post(f"/annual-clock/{year}/new", {"title": "Talkoot", "day": "2001-01-01"}).content.decode()
    assert "Valitse tämän lukuvuoden päivä." in wrong
    assert office.post(f"/annual-clock/{year}/new", {"title": "Talkoot", "day": row.day}).status_code == 302
    assert office.post(address, {"act": "remove", "version": "3"}).status_code == 302
    assert office.get(address).status_code == 404
    assert office.get("/annual-clock/2035-2036/new").status_code == 404
