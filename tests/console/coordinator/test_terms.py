"""Terms of the area on their pages: tried, saved, refused at the field, told who was faster, taken again."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from chatservice.screening import terms
from chatservice.screening.models import AreaTerm
from tests.console.conftest import Browser
from tests.console.coordinator.conftest import coordinator, signed_in

BRIDGE: dict[str, Any] = {
    "key": "bridge",
    "phrase": "kääntösil*",
    "level": "2",
    "category": "suicide",
    "examples_match": "oon kääntösillalla\r\n\r\n  meen kääntösillalle ",
    "examples_not": "",
    "version": "0",
    "act": "save",
}


@pytest.fixture
def bridge(office: Client, area: Area) -> AreaTerm:
    """A saved term."""
    assert office.post("/terms/new", BRIDGE).status_code == 302
    return AreaTerm.objects.get(area=area)


def again(office: Client, **changed: Any) -> Any:
    """Post the term's own page."""
    return office.post("/terms/bridge", {**BRIDGE, "version": "1", **changed})


def newest(area: Area) -> AreaTerm:
    """The version that holds."""
    return AreaTerm.objects.filter(area=area, key="bridge").latest("version")


def test_a_term_is_saved_and_listed(office: Client, area: Area, bridge: AreaTerm) -> None:
    assert (bridge.version, bridge.level, bridge.examples_match) == (
        *(1, 2),
        ["oon kääntösillalla", "meen kääntösillalle"],
    )
    page = office.get("/terms").content.decode()
    assert "kääntösil*" in page
    assert "Älä koskaan liitä tähän lapsen sanoja" in page


@pytest.mark.parametrize(
    ("field", "sent", "told"),
    [
        ("phrase", "**", "kolmikirjaiminen sana"),
        ("examples_match", "ollaan sillalla", "Termiä ei löydy virkkeestä ”ollaan sillalla”."),
        ("examples_not", "kiva kääntösilta", "Termi löytyy virkkeestä ”kiva kääntösilta”"),
        ("key", "Silta!", "Käytä"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(office: Client, area: Area, field: str, sent: str, told: str) -> None:
    for act in ("save", "try"):
        answer = office.post("/terms/new", {**BRIDGE, field: sent, "act": act})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert f'id="id_{field}_error"' in page
        assert told in page
    assert not AreaTerm.objects.filter(area=area).exists()


def test_a_key_that_is_there_already_is_refused(office: Client, area: Area, bridge: AreaTerm) -> None:
    answer = office.post("/terms/new", {**BRIDGE, "level": "3"})
    assert 'id="id_key_error"' in answer.content.decode()
    assert newest(area).level == 2


def test_trying_names_the_harmless_and_saves_nothing(office: Client, area: Area) -> None:
    sent = {**BRIDGE, "phrase": "koulu*", "examples_match": "tää koulu", "act": "try"}
    page = office.post("/terms/new", sent).content.decode()
    assert "nousisivat turhaan" in page
    assert '<q lang="fi">' in page
    assert not AreaTerm.objects.filter(area=area).exists()


def test_without_the_made_up_messages_the_page_says_so_and_saves(office: Client, area: Area, tmp_path: Path) -> None:
    with override_settings(MODERATION_SETS=tmp_path):
        page = office.post("/terms/new", {**BRIDGE, "act": "try"}).content.decode()
        assert "eivät ole tällä palvelimella" in page
        assert office.post("/terms/new", BRIDGE).status_code == 302
    assert newest(area).version == 1


def test_who_was_slower_is_told_what_is_there_now(office: Client, area: Area, bridge: AreaTerm, sari: Worker) -> None:
    terms.put_out_of_use(actor=sari, key="bridge", version=1)
    terms.take_back(actor=sari, key="bridge", to=1, version=2)
    answer = again(office, level="3")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'id="conflict"' in page
    assert 'name="version" value="3"' in page
    for act in ("remove", "again-1"):
        assert office.post("/terms/bridge", {"act": act, "version": "1"}).status_code == 409
    assert newest(area).version == 3


def test_a_term_is_put_out_of_use_and_an_earlier_version_taken_again(
    office: Client, area: Area, bridge: AreaTerm
) -> None:
    assert again(office, level="3").status_code == 302
    assert office.post("/terms/bridge", {"act": "remove", "version": "2"}).status_code == 302
    assert newest(area).active is False
    assert "ei käytössä" in office.get("/terms").content.decode()
    assert office.post("/terms/bridge", {"act": "again-1", "version": "3"}).status_code == 302
    found = newest(area)
    assert (found.version, found.level, found.active) == (4, 2, True)
    assert office.get("/terms/bridge").content.decode().count("Ota tämä versio uudelleen: ") == 3


@pytest.mark.parametrize("act", ["again-", "again-x", "again-99", "again-²", "again-" + "9" * 5000])
def test_a_version_that_never_was_cannot_be_taken(office: Client, area: Area, bridge: AreaTerm, act: str) -> None:
    assert office.post("/terms/bridge", {"act": act, "version": "1"}).status_code == 404
    assert newest(area).version == 1


def test_petri_who_coordinates_nothing_saves_nothing(browser: Browser, area: Area, bridge: AreaTerm) -> None:
    petri = coordinator(area, "Petri")
    Worker.objects.filter(pk=petri.pk).update(coordinator=False)
    desk = signed_in(browser, petri)
    for act in ("save", "try", "remove", "again-1"):
        assert desk.post("/terms/bridge", {**BRIDGE, "version": "1", "act": act}).status_code == 404
    assert newest(area).version == 1


def test_a_forged_save_is_refused(area: Area, sari: Worker) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="desk.localhost:8000")
    client.force_login(sari)
    assert client.post("/terms/new", BRIDGE).status_code == 403
    assert client.post("/bench", {"text": "hei", "language": "fi"}).status_code == 403
    assert not AreaTerm.objects.filter(area=area).exists()
