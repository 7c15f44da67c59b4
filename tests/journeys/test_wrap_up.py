"""After a talk the codes are given by keyboard in a few seconds, changed later, and never lost by a refusal."""

from __future__ import annotations

import time

from playwright.sync_api import Locator, Page, expect

from chatservice.places.models import Municipality
from chatservice.wrapup.models import WrapUp
from tests.journeys.people import Held, press
from tests.journeys.stage import Stage, apart
from tests.pace import longer

MOST_KEYS, MOST_SECONDS = 10, 20


def ended(stage: Stage) -> tuple[Held, Locator]:
    """Mia has written and Aino has ended the talk; returned with the form, in which the focus stands."""
    apart(lambda: Municipality.objects.create(area_id=stage.area.pk, code="091", name_fi="Helsinki", name_sv="x"))
    stage.visitor().open().start().write("moi")
    talk = stage.desk(stage.worker()).take().write("hei, olen Aino").end()
    form = talk.panel.locator(".wrap-up")
    expect(form.get_by_role("combobox", name="Pääaihe")).to_be_focused()
    expect(form.get_by_role("option")).not_to_have_count(0)
    return talk, form


def stored(stage: Stage) -> WrapUp:
    """The one row of this area."""
    return apart(lambda: WrapUp.objects.get(area=stage.area.pk))


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self._page.keyboard.press(key)
            self.count += 1

    def type(self, text: str) -> None:
        """Press a key for each letter."""
        self.press(*text)


def test_the_common_case_takes_a_few_keys(stage: Stage) -> None:
    talk, form = ended(stage)
    keys, begun = Keys(talk.desk.page), time.monotonic()
    keys.type("yksin")
    keys.press("Enter", "Enter")
    expect(form.get_by_role("status").filter(has_text="Tallennettu")).to_be_visible()
    seconds = time.monotonic() - begun
    assert keys.count <= MOST_KEYS
    assert seconds < longer(MOST_SECONDS)
    print(f"wrap-up: {keys.count} keys, {seconds:.1f} s with the service's answer")  # noqa: T201
    row = stored(stage)
    assert (row.topic, row.outcomes, row.judged) == ("Y.PEER.LONE", ["O_HEARD"], 0)
    assert (row.role, row.age, row.stage, row.language, row.municipality) == (
        *("R_SELF", "A13_15", "S_UNK", "fi"),
        "unknown",
    )


def test_everything_is_reached_by_keyboard_and_a_refusal_loses_nothing(stage: Stage) -> None:
    talk, form = ended(stage)
    page = talk.desk.page
    keys = Keys(page)
    keys.type("poissa")
    keys.press("ArrowDown", "Enter", "Tab")
    for side in ("itsetunto", "yksin"):
        keys.type(side)
        keys.press("Enter")
    keys.type("uni")
    keys.press("Enter")
    expect(form.get_by_text("Enintään 2: poista ensin yksi.")).to_be_visible()
    keys.press("Tab", "Tab")
    keys.type("kuraat")
    keys.press("Enter", "Tab", "ArrowRight", "Tab")
    keys.type("vahing")
    assert form.evaluate("each => each.scrollWidth <= each.clientWidth"), "no list makes the form wider than its view"
    keys.press("Enter")
    form.get_by_label("Kouluvaihe").select_option("S_7_9")
    form.get_by_label("Koulun kunta").select_option("091")
    expect(form.get_by_text("Tilaston vuoksi ei kysytä.")).to_be_visible()
    press(form.get_by_role("button", name="Tallenna"), "Enter")
    expect(form.get_by_role("button", name="Muuta")).to_be_focused()
    row = stored(stage)
    assert row.topic.startswith("Y.SCH.ABS.")
    assert (len(row.sides), row.outcomes, row.judged) == (2, ["O_CUR", "O_HEARD"], 1)
    assert (row.risk_kinds, row.stage, row.municipality) == (["K_SH"], "S_7_9", "091")
    told_again(stage, talk)


def told_again(stage: Stage, talk: Held) -> None:
    """After a reload everything is there, a refusal takes nothing of it away, and a change is stored."""
    page = talk.desk.page
    page.reload()
    talk.desk.linked()
    press(page.locator("#ended-mine summary"), "Enter")
    press(page.locator("#ended button"), "Enter")
    question = page.get_by_role("dialog")
    expect(question.get_by_role("button", name="Poista: Ohjattiin kuraattorille")).to_be_visible()
    expect(question.get_by_label("Koulun kunta")).to_have_value("091")
    expect(question.get_by_label("Huoli")).to_be_checked()
    press(question.get_by_label("Suuri riski"), "Space")
    apart(lambda: Municipality.objects.filter(area_id=stage.area.pk).delete())
    press(question.get_by_role("button", name="Tallenna"), "Enter")
    expect(question.get_by_role("alert")).to_contain_text("kunta ei ole alueesi kunta")
    expect(question.get_by_label("Suuri riski")).to_be_checked()
    question.get_by_label("Koulun kunta").select_option("unknown")
    press(question.get_by_role("button", name="Tallenna"), "Enter")
    expect(question).to_have_count(0)
    assert stored(stage).judged == 2


def test_a_visitors_end_takes_no_focus_and_danger_is_never_judged_for_us(stage: Stage) -> None:
    mia = stage.visitor().open().start().write("en halua elää enää")
    talk = stage.desk(stage.worker()).take().write("hei, olen Aino")
    mia.hears("hei, olen Aino").end()
    talk.be("closed")
    form, keys = talk.panel.locator(".wrap-up"), Keys(talk.desk.page)
    topic, save = form.get_by_role("combobox", name="Pääaihe"), form.get_by_role("button", name="Tallenna")
    expect(topic).to_be_visible()
    expect(topic).not_to_be_focused()
    keys.press("r")
    expect(topic).to_be_focused()
    press(form.get_by_role("button", name="Myöhemmin"), "Enter")
    expect(topic).to_be_hidden()
    expect(form.get_by_role("button", name="Kerro, mistä oli kyse")).to_be_focused()
    keys.press("Enter")
    expect(form.get_by_role("option")).not_to_have_count(0)
    expect(form.locator("input[type=radio]:checked")).to_have_count(0)
    keys.type("yksin")
    keys.press("Enter", "Enter")
    assert stored(stage).judged is None
    press(form.get_by_label("Suuri riski"), "Space")
    press(save, "Enter")
    expect(form.get_by_role("status").filter(has_text="Tallennettu")).to_be_visible()
    assert stored(stage).judged == 2
    talk.panel.get_by_role("button", name="Sulje näkymä").click()
    expect(talk.desk.page.locator("#ended-count")).to_have_text("0")


def test_a_list_that_shuts_moves_no_button_from_under_the_press(stage: Stage) -> None:
    """The list reaches below the form's end: when it goes with the press, the form scrolls back."""
    talk, form = ended(stage)
    page, later = talk.desk.page, form.get_by_role("button", name="Myöhemmin")
    page.set_viewport_size({"width": 1280, "height": 460})
    form.get_by_label("Suuri riski").check()
    form.locator("[id$='kinds']").fill("a")
    expect(form.get_by_role("listbox")).to_be_visible()
    later.scroll_into_view_if_needed()
    form.evaluate("each => (each.scrollTop = each.scrollHeight)")
    place = later.bounding_box()
    assert place
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    expect(later).to_be_focused()
    assert later.bounding_box() == place
    page.mouse.up()
    expect(later).to_be_hidden()
