"""What the professional sees of moderation: hidden data behind a tap, quiet signs of danger, attacks folded away."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from chatservice.audit.models import Entry
from tests.journeys.people import Desk, Held, press
from tests.journeys.stage import Stage, apart

PHONE = "soita mulle 0401234567 tänään"
MASKED = re.compile(r"soita mulle (•••|\[[\w ]+\]) tänään")
WISH = "en halua elää enää"
INSULT = "ootte kaikki vitun idiootteja siellä, haista paska aino"
PLACE = "asun Kotikatu 12 A 3"
QUESTION = "Kerrotko, missä olet juuri nyt?"


def acts(stage: Stage, action: str) -> int:
    """How often an act was recorded in this area."""
    return apart(lambda: Entry.objects.filter(area=stage.area.pk, action=action).count())


def held(stage: Stage, first: str) -> tuple[Held, Locator]:
    """Mia writes and Aino takes her; returned with the banner."""
    stage.visitor().open().start().write(first)
    talk = stage.desk(stage.worker()).take()
    return talk, talk.panel.locator(".risk")


def test_personal_data_is_read_after_one_tap_and_hidden_again(stage: Stage) -> None:
    talk, risk = held(stage, PHONE)
    talk.hears(MASKED)
    assert "0401234567" not in talk.desk.page.content()
    expect(risk).to_have_count(0)
    press(talk.panel.get_by_role("button", name="Näytä kuten kirjoitettu"), "Enter")
    talk.hears(PHONE)
    assert acts(stage, "line_revealed") == 1
    stored = talk.desk.page.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])")
    assert "0401234567" not in stored
    again = talk.panel.get_by_role("button", name="Piilota taas")
    expect(again).to_be_focused()
    press(again, "Enter")
    talk.hears(MASKED)
    assert "0401234567" not in talk.desk.page.content()


def test_danger_is_told_quietly_with_the_rules_words_and_lowered_by_a_person(stage: Stage) -> None:
    talk, risk = held(stage, WISH)
    expect(risk).to_contain_text("suuri riski")
    expect(risk).to_contain_text("itsemurha")
    expect(risk).to_contain_text("”halua elää”")
    expect(risk).to_contain_text("Se ei ole arvio tilanteesta: lue itse.")
    expect(talk.panel.locator(".row mark").first).to_be_visible()
    expect(talk.tab.locator(".risk-level")).to_have_text("suuri riski")
    expect(talk.desk.page.locator("dialog[open]")).to_have_count(0)
    press(risk.get_by_text("Mitkä säännöt?"), "Enter")
    expect(risk.locator(".grounds li")).to_contain_text(re.compile(r"\d+\.\d\d suicide\.\S+"))
    press(risk.get_by_text("Arvioin matalammaksi"), "Enter")
    press(risk.get_by_role("button", name="Huoli"), "Enter")
    expect(risk.locator(".risk-head")).to_contain_text("huoli")
    expect(talk.tab.locator(".risk-level")).to_have_text("huoli")
    assert acts(stage, "risk_lowered") == 1
    risk.get_by_text("Arvioin matalammaksi").click()
    risk.get_by_role("button", name="Ei korotettua tasoa").click()
    expect(risk).to_be_hidden()
    expect(talk.panel.locator(".row mark").first).to_be_visible()
    assert not re.search("turvallista|ei riskiä|ei vaaraa", talk.panel.inner_text(), re.IGNORECASE)


def test_an_attack_is_folded_and_answered_step_by_step(stage: Stage) -> None:
    mia = stage.visitor().open().start().write("moi")
    talk = stage.desk(stage.worker()).take().write("hei, olen Aino")
    mia.hears("hei, olen Aino").write(INSULT)
    fold = talk.panel.locator(".fold")
    expect(fold).to_be_visible()
    expect(talk.row(INSULT)).to_be_hidden()
    press(fold.get_by_text("Mahdollisesti loukkaava viesti – näytä"), "Enter")
    talk.hears(INSULT)
    press(fold.get_by_role("button", name="Varoita"), "Enter")
    question = talk.desk.page.get_by_role("dialog")
    expect(question).to_contain_text("rauhallinen varoitus")
    press(question.get_by_role("button", name="Varoita"), "Enter")
    expect(talk.panel.get_by_text("Kävijää varoitettiin")).to_be_visible()
    fold.get_by_role("button", name="Keskeytä kirjoittaminen 15 min").click()
    question.get_by_role("button", name="Keskeytä", exact=True).click()
    expect(talk.panel.get_by_text("Kävijä ei voi kirjoittaa 15 minuuttiin")).to_be_visible()
    assert (acts(stage, "visitor_warned"), acts(stage, "visitor_paused")) == (1, 1)
    fold.get_by_role("button", name="Päätä keskustelu").click()
    question.locator("button.danger").click()
    talk.be("closed")
    expect(fold.get_by_role("button", name="Varoita")).to_be_hidden()


def test_a_cancelled_warning_does_nothing(stage: Stage) -> None:
    talk, _ = held(stage, "moi")
    press(talk.panel.get_by_text("Lisää", exact=True), "Enter")
    press(talk.panel.get_by_role("button", name="Varoita"), "Enter")
    expect(talk.desk.page.get_by_role("dialog")).to_be_visible()
    talk.desk.page.keyboard.press("Escape")
    expect(talk.desk.page.get_by_role("dialog")).to_have_count(0)
    talk.write("hei")
    assert acts(stage, "visitor_warned") == 0


def test_where_they_are_is_asked_and_the_answer_stands_as_written(stage: Stage) -> None:
    mia = stage.visitor().open().start().write("moi")
    talk = stage.desk(stage.worker()).take().hears("moi")
    expect(talk.panel.locator(".composer").get_by_role("button", name="Kysy, missä hän on")).to_be_hidden()
    talk.panel.get_by_text("Lisää", exact=True).click()
    talk.panel.locator(".more-acts").get_by_role("button", name="Kysy, missä hän on").click()
    expect(talk.field).to_have_value(re.compile(re.escape(QUESTION)))
    expect(talk.panel.locator(".asks")).to_contain_text("näytetään kuten se kirjoitettiin")
    talk.field.fill(QUESTION)
    talk.panel.locator(".composer .main").click()
    expect(talk.panel.locator(".asks")).to_be_empty()
    mia.hears(QUESTION).write(PLACE)
    talk.hears(PLACE)
    expect(talk.panel.locator(".reveal")).to_have_count(0)
    mia.write(f"ei kun {PLACE.replace('12', '14')}")
    expect(talk.panel.locator(".reveal")).to_have_count(1)


def test_the_question_is_at_hand_in_danger_and_in_the_language_of_the_talk(stage: Stage) -> None:
    mia = stage.visitor(language="sv").open().start().write("jag vill inte leva längre")
    talk = stage.desk(stage.worker()).take()
    talk.panel.locator(".composer").get_by_role("button", name="Kysy, missä hän on").click()
    expect(talk.field).to_have_value(re.compile("Kan du berätta var du är"))
    talk.panel.locator(".composer .main").click()
    expect(mia.page.locator(".row.theirs .words")).to_contain_text("Kan du berätta var du är just nu?")


def test_words_of_danger_move_who_waits_and_say_why(stage: Stage) -> None:
    stage.visitor().open().start().write("moi, koulu ahdistaa vähän")
    later = stage.visitor().open().start().write("moi")
    desk: Desk = stage.desk(stage.worker())
    rows = desk.page.locator("#waiting .row-waiting")
    expect(rows).to_have_count(2)
    numbers = [row.split("\n")[0] for row in rows.all_inner_texts()]
    expect(rows.nth(1).locator(".reasons")).to_be_hidden()
    later.write(WISH)
    expect(rows.first).to_contain_text(numbers[1])
    expect(rows.first.locator(".reasons")).to_contain_text("suuri riski")
    rows.first.locator("summary").click()
    expect(rows.first.locator(".why p")).to_contain_text("suuri riski")
    desk.take().hears(WISH)
