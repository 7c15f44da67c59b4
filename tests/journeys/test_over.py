"""Coming back to a conversation that is no more: told so, with the way to begin a new one."""

from playwright.sync_api import expect

from tests.journeys.stage import Stage

NAMES_NOBODY = "for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, 'x'.repeat(43))"


def test_who_comes_back_too_late_is_told_so_and_begins_a_new_one(stage: Stage) -> None:
    mia = stage.visitor().open().start().write("hei")
    mia.page.evaluate(NAMES_NOBODY)
    mia.page.reload()
    mia.ready().on("stopped")
    expect(mia.main.get_by_role("heading", level=1)).to_have_text("Tämä keskustelu on ohi")
    expect(mia.main).to_contain_text("lämpimästi tervetullut")
    assert mia.page.evaluate("sessionStorage.length") == 0
    mia.main.get_by_role("button", name="Aloita uusi keskustelu").click()
    mia.on("start").start()
