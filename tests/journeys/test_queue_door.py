"""The honest door on a phone: before anything is typed, who is there, until when nobody is, and where else to turn."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from chatservice.conversations import codes
from chatservice.conversations.models import Thread
from chatservice.duty.models import Shift
from tests.journeys.people import Visit
from tests.journeys.stage import Stage, apart
from tests.journeys.waiting import (
    WORDS,
    by_code,
    heading,
    hours,
    nobody_stands_by,
    phone,
    queue,
    shape,
    told,
    when,
)

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
both = pytest.mark.parametrize("language", ["fi", "sv"])


def others(visit: Visit, said: dict[str, str]) -> None:
    """Other services that are open now, and the emergency number, stand open on the page."""
    expect(visit.main.locator('.services:visible a[href="tel:112"]')).to_be_visible()
    expect(visit.main.locator(".services:visible .now").first).to_have_text(said["open_now"])


@both
def test_closed_until_in_words_with_who_is_open_now(stage: Stage, language: str) -> None:
    said = WORDS[language]
    opens = hours(stage, language=language, begins=2 * HOUR, ends=4 * HOUR)
    mia = phone(stage, language).open()
    heading(mia, said["closed"])
    told(mia, said["opens"].format(when=when(opens, said)))
    others(mia, said)
    expect(mia.page.locator("#enter")).to_have_count(0)


@both
def test_nobody_on_duty_names_the_next_shift(stage: Stage, language: str) -> None:
    said = WORDS[language]
    open_page = phone(stage, language).open()
    nobody_stands_by(stage)
    starts = timezone.now().replace(second=0, microsecond=0) + HOUR
    shift = {"area": stage.area, "worker": stage.worker(), "starts": starts, "ends": starts + HOUR}
    apart(lambda: Shift.objects.create(**shift))
    mia = phone(stage, language).open()
    heading(mia, said["nobody"])
    told(mia, said["opens_next"].format(when=when(starts, said)))
    others(mia, said)
    # Whose page was open before is told the same, and has lost nothing.
    open_page.page.get_by_label("13–15", exact=True).check()
    open_page.page.locator("#enter .main").click()
    open_page.on("stopped")
    heading(open_page, said["nobody"])
    others(open_page, said)


@both
def test_a_pause_with_an_end_lets_in_and_one_without_does_not(stage: Stage, language: str) -> None:
    said = WORDS[language]
    shape(stage, paused=True)
    mia = phone(stage, language).open()
    heading(mia, said["pause"])
    told(mia, said["pause_why"])
    until = timezone.now().replace(second=0, microsecond=0) + 10 * MINUTE
    shape(stage, pause_until=until)
    mia.page.locator(".check").click()
    told(mia, said["back_at"].format(when=when(until, said)))
    mia.ready().start()
    heading(mia, said["queued"])


@both
def test_full_today_but_not_for_who_has_an_early_place(stage: Stage, language: str) -> None:
    """Two talks still fit, and two wait: a third is turned away in words, an early place goes first."""
    said = WORDS[language]
    queue(stage, language=language, mean_s=600)
    shape(stage, until=timezone.now() + 15 * MINUTE)
    jonas, late = phone(stage, language).open().start(), phone(stage, language).open()
    phone(stage, language).open().start()
    expect(jonas.page.locator(".place")).to_have_text(said["first"])
    late.page.get_by_label("13–15", exact=True).check()
    late.page.locator("#enter .main").click()
    late.on("stopped")
    heading(late, said["full"])
    others(late, said)
    mia = phone(stage, language).open()
    heading(mia, said["full"])
    told(mia, said["full_why"])
    others(mia, said)
    by_code(mia, apart(lambda: early_place(stage))).on("waiting")
    expect(mia.page.locator(".place")).to_have_text(said["first"])
    expect(jonas.page.locator(".place")).to_have_text(said["second"])
    told(jonas, said["why_early"])


def early_place(stage: Stage) -> str:
    """The code of a voucher for the opening that is now."""
    code = codes.new_code()
    now = timezone.now()
    kept = {"code_hash": asyncio.run(codes.hashed(code)), "code_until": now + HOUR, "voucher_for": now}
    Thread.objects.create(area=stage.area, begun=now, **kept)
    return codes.shown(code)
