"""Waiting on a phone: leaving and coming back, the turn that comes and the turn that was missed, a place that grows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from chatservice.conversations.models import Conversation
from chatservice.hours.evaluate import ZONE
from tests.journeys.people import Visit
from tests.journeys.stage import Stage, apart
from tests.journeys.waiting import (
    WORDS,
    absent,
    by_code,
    call_next,
    call_passes,
    first_away,
    heading,
    on_duty,
    phone,
    press,
    return_code,
    says_here,
    told,
)

AWAY = ".link-state:not(:empty)"
both = pytest.mark.parametrize("language", ["fi", "sv"])
HOLD = timedelta(minutes=settings.HOLD_MINUTES)


def place(visit: Visit, text: str) -> None:
    """Wait for a place in words."""
    expect(visit.page.locator(".place")).to_have_text(text)


def kept_until(visit: Visit, said: dict[str, str]) -> None:
    """The clock time until when the place is kept for who leaves now; the minute may turn while we look."""
    pattern = re.escape(said["kept"]).replace(r"\{time\}", r"(\d{1,2})[.:](\d\d)")
    shown = re.search(pattern, visit.page.locator(".keeps").inner_text())
    assert shown is not None
    then = datetime.now(UTC) + HOLD
    right = [(then + timedelta(minutes=more)).astimezone(ZONE).timetuple()[3:5] for more in (-1, 0, 1)]
    assert tuple(map(int, shown.groups())) in right


def is_held(stage: Stage) -> None:
    """The place of who is away is held for the time that the page named."""
    gone = Conversation.objects.filter(area=stage.area, state="queued", held_until__isnull=False)
    found = apart(lambda: gone.get().held_until)
    assert found is not None
    assert abs(found - timezone.now() - HOLD) < timedelta(minutes=1)


@both
def test_the_place_comes_without_moving_the_button_that_a_finger_is_on(stage: Stage, language: str) -> None:
    visit = stage.visitor(language=language).open().start()
    expect(visit.page.locator(".range")).not_to_be_empty()
    moved = visit.page.evaluate(
        """() => {
          const button = document.querySelector(".composer .main");
          const after = button.getBoundingClientRect().top;
          for (const each of document.querySelectorAll(".place, .range")) each.textContent = "";
          return after - button.getBoundingClientRect().top;
        }"""
    )
    assert moved == 0


@pytest.mark.parametrize("language", ["fi", pytest.param("sv", marks=pytest.mark.long)])
def test_who_leaves_comes_back_to_the_place_and_who_waits_on_is_taken(stage: Stage, language: str) -> None:
    """Mia reloads, then is away past the lease: skipped and not dropped, she finds her place and then her talk."""
    said = WORDS[language]
    mia = phone(stage, language).open().start().write("moi")
    heading(mia, said["queued"])
    place(mia, said["first"])
    kept_until(mia, said)
    mia.page.reload()
    mia.ready().on("waiting").hears("moi")
    place(mia, said["first"])
    second = phone(stage, language).open().start()
    place(second, said["second"])
    desk = on_duty(stage, language=language)
    mia.page.goto("about:blank")
    first_away(stage, desk.page)
    expect(desk.page.locator("#waiting > li").first.locator(AWAY)).to_be_visible()
    is_held(stage)
    desk.take()
    second.on("talk")
    heading(second, said["aino"])
    mia.page.go_back()
    absent(mia.ready().on("waiting").hears("moi"))
    place(mia, said["first"])
    call_next(desk)
    mia.on("called")
    heading(mia, said["called"])
    call_passes(stage)
    mia.on("waiting")
    told(mia, said["skipped"])
    place(mia, said["first"])
    says_here(stage, mia)
    held = call_next(desk)
    mia.on("called")
    press(mia, said["here"])
    mia.on("talk")
    held.be("active").hears("moi").write("hei")
    mia.hears("hei")


@pytest.mark.parametrize("language", ["sv"])
def test_the_code_leads_to_the_same_place_on_another_phone(stage: Stage, language: str) -> None:
    said = WORDS[language]
    mia = phone(stage, language).open().start().write("ei kenellekään muulle")
    phone(stage, language).open().start()
    code = return_code(mia, said)
    mia.page.close()
    other = by_code(phone(stage, language).open(), code).on("waiting")
    place(other, said["first"])
    expect(other.page.locator(".row.service")).to_have_text(said["by_code"])
    expect(other.row("ei kenellekään muulle")).to_have_count(0)
    on_duty(stage, language=language).take().hears("ei kenellekään muulle")
    heading(other.on("talk"), said["aino"])


@both
def test_a_place_that_grows_is_explained(stage: Stage, language: str) -> None:
    said = WORDS[language]
    jonas, mia = phone(stage, language).open().start(), phone(stage, language).open().start()
    place(jonas, said["first"])
    mia.page.get_by_label(said["today_please"]).check()
    place(mia, said["first"])
    place(jonas, said["second"])
    told(jonas, said["why_urgent"])
