"""The test bench tells what the rules say of a text, and keeps the text nowhere."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chatservice.accounts.models import Worker
from chatservice.screening import terms
from chatservice.screening.terms import TermDraft

MARK = "salaperäinenlause"
WISH = f"en haluu enää elää, soita 0401234567 {MARK}"


def try_out(office: Client, text: str, language: str = "fi") -> str:
    """What the page says."""
    answer = office.post("/bench", {"text": text, "language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_tells_level_reasons_and_personal_data(office: Client) -> None:
    page = try_out(office, WISH)
    for told in ("suuri riski", "itsemurha", "puhelinnumero", "<q>0401234567</q>", "<code>suicide."):
        assert told in page
    masked = page[page.index("Peitetty teksti") : page.index("Henkilötiedot")]
    assert "0401234567" not in masked


def test_it_tells_what_held_a_rule_back(office: Client) -> None:
    page = try_out(office, "mä kuolin siin pelis taas ku joku tappo mut")
    assert "ei nostettu" in page


def test_harmless_text_is_never_called_safe(office: Client) -> None:
    page = try_out(office, "moi, mitä kuuluu")
    assert "Se ei tarkoita, ettei vaaraa ole." in page
    assert ">ei vaaraa<" not in page
    assert ">ei nostettu<" in page


def test_terms_of_the_area_hold_on_the_bench(office: Client, sari: Worker) -> None:
    sentence = "meen kääntösillalle"
    assert "area:bridge" not in try_out(office, sentence)
    draft = TermDraft(
        key="bridge", phrase="kääntösil*", level=3, category="suicide", examples_match=("oon kääntösillalla",)
    )
    terms.save(actor=sari, draft=draft, version=0)
    page = try_out(office, sentence)
    assert "<code>area:bridge</code>" in page
    assert "<q>kääntösillalle</q>" in page


def test_what_is_written_runs_nowhere(office: Client) -> None:
    page = try_out(office, "<script>alert(1)</script> tapan itseni <img src=x>")
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize("sent", [{"text": "", "language": "fi"}, {"text": "hei", "language": "ru"}])
def test_what_is_missing_is_told_at_its_field(office: Client, sent: dict[str, Any]) -> None:
    page = office.post("/bench", sent).content.decode()
    assert "errorlist" in page
    assert "Mitä säännöt sanovat" not in page


@pytest.mark.parametrize("text", ["\ud83d\u0301" * 3, "a\u0301" * 2000, "\x00abc", "я не хочу", "\u202etxet"])
def test_odd_text_gets_an_answer(office: Client, text: str) -> None:
    sent = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert office.post("/bench", {"text": sent, "language": "sv"}).status_code == 200


def test_the_text_is_kept_nowhere(office: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        answer = office.post("/bench", {"text": WISH, "language": "fi"})
    assert MARK in answer.content.decode()
    assert MARK not in caplog.text
    assert not any(MARK in query["sql"] for query in asked.captured_queries)
    assert not any(query["sql"].startswith(("INSERT", "UPDATE")) for query in asked.captured_queries)
    assert answer["Cache-Control"] == "no-store"
    assert MARK not in str(answer.headers)
    assert MARK not in office.get("/bench").content.decode()
    assert MARK not in str(dict(office.session.items()))


def test_an_address_never_holds_the_text(office: Client) -> None:
    page = office.get("/bench", {"text": WISH, "language": "fi"}).content.decode()
    assert MARK not in page
    assert 'method="post"' in page
