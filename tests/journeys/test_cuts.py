"""The line breaks while they write: nothing lost, nothing doubled, the order kept, and back by itself."""

import time

from playwright.sync_api import expect

from tests.journeys.people import ONLINE, Held, Visit
from tests.journeys.stage import Stage
from tests.journeys.watch import CUT
from tests.journeys.wire import Wire
from tests.pace import longer

BACK_S = 2.0


def together(stage: Stage, line: Wire | None = None) -> tuple[Visit, Held]:
    """Mia on a line of her own and Aino, in a talk."""
    mia = stage.visitor(wire=line).open().start()
    desk = stage.desk(stage.worker())
    held = desk.take()
    mia.on("talk").linked()
    return mia, held


def both_read(mia: Visit, held: Held, order: list[str]) -> None:
    """Both pages come to show exactly these messages."""
    expect(held.panel.locator(".row .words")).to_have_text(order)
    expect(mia.page.locator(".row .words")).to_have_text(order)
    expect(mia.pending).to_have_count(0)


def test_what_is_written_without_a_line_arrives_once_and_in_order(stage: Stage) -> None:
    line = stage.wire()
    mia, held = together(stage, line)
    mia.write("yksi")
    line.cut()
    mia.linked("lost")
    mia.say("kaksi").say("kolme")
    expect(mia.pending).to_have_count(2)
    held.write("oletko siellä?")
    line.mend()
    both_read(mia, held, ["yksi", "oletko siellä?", "kaksi", "kolme"])


def test_a_message_whose_answer_was_lost_is_there_once(stage: Stage) -> None:
    """The server stores it, the acknowledgement never comes: sent again with the same id (P2)."""
    line = stage.wire()
    mia, held = together(stage, line)
    line.deafen()
    mia.say("tallessa, mutta en tiedä sitä").say("toinen")
    held.hears("tallessa, mutta en tiedä sitä")
    expect(mia.pending).to_have_count(2)
    line.cut()
    mia.linked("lost")
    line.mend()
    both_read(mia, held, ["tallessa, mutta en tiedä sitä", "toinen"])


def test_the_browser_goes_offline_and_is_back_within_two_seconds(stage: Stage) -> None:
    line = stage.wire()
    mia, held = together(stage, line)
    mia.page.context.set_offline(True)
    line.cut()
    mia.linked("lost").say("junassa tunnelissa")
    expect(mia.pending).to_have_count(1)
    expect(mia.page.locator(".cut")).to_be_visible()
    line.mend()
    began = time.monotonic()
    mia.page.context.set_offline(False)
    expect(mia.pending).to_have_count(0)
    held.hears("junassa tunnelissa")
    assert time.monotonic() - began < longer(BACK_S)
    expect(mia.page.locator(".cut")).to_be_hidden()
    both_read(mia, held, ["junassa tunnelissa"])


def test_a_changed_address_leaves_the_dead_line_behind(stage: Stage) -> None:
    """The old connection stays silent and open (R13); the page finds out and takes a new one."""
    line = stage.wire()
    mia, held = together(stage, line)
    line.strand()
    mia.say("vaihdoin wifistä mobiiliin")
    mia.page.evaluate(ONLINE)
    both_read(mia, held, ["vaihdoin wifistä mobiiliin"])


def test_the_professional_sees_a_cut_line_and_the_return(stage: Stage) -> None:
    line = stage.wire()
    desk_line = stage.wire()
    mia = stage.visitor(wire=line).open().start()
    desk = stage.desk(stage.worker(), wire=desk_line)
    held = desk.take()
    mia.on("talk")
    held.field.fill("luonnos säilyy")
    desk_line.cut()
    desk.linked("lost")
    mia.write("kirjoitan silti")
    expect(held.panel.locator(".presence")).to_be_hidden()
    desk_line.mend()
    desk.back()
    held.hears("kirjoitan silti")
    expect(held.field).to_have_value("luonnos säilyy")
    stage.watches[-1].forgive(CUT)


def test_a_reload_in_mid_send_shows_the_message_once(stage: Stage) -> None:
    """The log is the truth after a reload (E6): stored, so it is there; the talk goes on in the same tab."""
    line = stage.wire()
    mia, held = together(stage, line)
    mia.write("ennen")
    line.deafen()
    mia.say("kesken lähetyksen")
    held.hears("kesken lähetyksen")
    line.mend()
    mia.page.reload()
    mia.on("talk").linked()
    both_read(mia, held, ["ennen", "kesken lähetyksen"])
    mia.write("jatkan")
    held.hears("jatkan")
    assert held.words() == ["ennen", "kesken lähetyksen", "jatkan"]


def test_two_windows_tell_of_each_other_and_agree(stage: Stage) -> None:
    """A duplicated tab has the same token: both may write, both read the same, one may close (R14)."""
    mia, held = together(stage)
    with mia.page.context.expect_page() as opened:
        mia.page.evaluate("() => { window.open(location.href); }")
    other = Visit(opened.value, mia.address).on("talk").linked()
    expect(mia.page.locator(".notice").first).to_be_visible()
    expect(other.page.locator(".notice").first).to_be_visible()
    mia.write("tästä ikkunasta")
    other.hears("tästä ikkunasta").write("ja tästä")
    order = ["tästä ikkunasta", "ja tästä"]
    expect(mia.page.locator(".row .words")).to_have_text(order)
    expect(held.panel.locator(".row .words")).to_have_text(order)
    mia.page.close()
    held.write("hyvä")
    other.hears("hyvä")


def test_a_message_older_than_ten_minutes_leaves_only_by_hand(stage: Stage) -> None:
    """R27: marked as not sent when the line is back, then sent by its button alone."""
    line = stage.wire()
    mia = stage.visitor(wire=line)
    mia.page.clock.install()
    mia.open().start()
    held = stage.desk(stage.worker()).take()
    mia.on("talk").write("alku")
    line.cut()
    mia.linked("lost").say("vanha viesti")
    mia.page.clock.fast_forward(601_000)
    expect(mia.pending).to_have_attribute("data-state", "late ")
    line.mend()
    mia.page.clock.run_for(31_000)
    mia.linked().say("uusi viesti ohittaa")
    held.hears("uusi viesti ohittaa")
    assert held.words() == ["alku", "uusi viesti ohittaa"]
    mia.pending.locator("button").first.click()
    held.hears("vanha viesti")
    both_read(mia, held, ["alku", "uusi viesti ohittaa", "vanha viesti"])


def test_the_server_is_killed_and_both_come_back(own_stage: Stage) -> None:
    """kill -9 with both pages open (P1, P6): what was acknowledged is there once, what was not goes again."""
    mia, held = together(own_stage)
    for watch in own_stage.watches:
        watch.forgive(CUT)
    mia.write("ennen kaatumista")
    held.write("vastaus ennen")
    own_stage.service.kill()
    mia.linked("lost").say("palvelin poissa")
    held.desk.linked("lost")
    own_stage.service.start()
    mia.back()
    held.desk.back()
    both_read(mia, held, ["ennen kaatumista", "vastaus ennen", "palvelin poissa"])
    held.write("jatketaan")
    both_read(mia, held, ["ennen kaatumista", "vastaus ennen", "palvelin poissa", "jatketaan"])
