"""Closing time with five waiting: each gets the choice, nobody is dropped in silence, an early place comes first."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from chatservice.conversations.models import Conversation, Thread
from chatservice.duty.models import Shift
from tests.journeys.people import Visit
from tests.journeys.stage import Stage, apart
from tests.journeys.waiting import (
    WORDS,
    by_code,
    end_shift,
    heading,
    hours,
    nobody_stands_by,
    on_duty,
    phone,
    press,
    queue,
    shown_code,
    start,
    told,
    when,
)

HOUR = timedelta(hours=1)


def coming_shift(stage: Stage, opens: datetime) -> None:
    """By the rota one worker comes next time; talks are so long that half of two hours hold two."""
    planned = {"worker": stage.worker("nurse"), "starts": opens, "ends": opens + 2 * HOUR}
    apart(lambda: Shift.objects.create(area=stage.area, **planned))


def chosen(visit: Visit, said: dict[str, str]) -> Visit:
    """The choice is on the screen: an early place, the services open now, to leave; and to go on waiting."""
    heading(visit, said["closing_h"])
    expect(visit.main.get_by_role("button", name=said["voucher_ask"], exact=True)).to_be_visible()
    expect(visit.main.get_by_role("button", name=said["leave"], exact=True)).to_be_visible()
    return visit


def early(visit: Visit, said: dict[str, str], opens: datetime) -> str:
    """Take an early place: when to come, the code, and that it is no promise."""
    press(visit, said["voucher_ask"])
    expect(visit.page.get_by_role("heading", name=said["voucher_h"])).to_be_visible()
    told(visit, when(opens, said))
    told(visit, said["voucher_fair"])
    return shown_code(visit.on("ended"))


def next_opening(stage: Stage) -> None:
    """The day passes: the opening for which the places were given is now."""
    waiting = Thread.objects.filter(area=stage.area, voucher_for__isnull=False)
    assert apart(lambda: waiting.update(voucher_for=timezone.now())) == 2


@pytest.mark.parametrize("language", ["fi", pytest.param("sv", marks=pytest.mark.long)])
def test_five_wait_when_the_shift_ends(stage: Stage, language: str) -> None:
    said = WORDS[language]
    opens = hours(stage, language=language, begins=-HOUR, ends=2 * HOUR) + timedelta(days=1)
    coming_shift(stage, opens)
    desk = on_duty(stage, language=language)
    nobody_stands_by(stage)
    visits = [phone(stage, language).open().start() for _ in range(5)]
    mia, jonas, leaver, second, refused = visits
    queue(stage, language=language, mean_s=1800)
    end_shift(desk)
    for visit in visits:
        chosen(visit, said)

    code = early(mia, said, opens)
    early(second, said, opens)
    press(refused, said["voucher_ask"])
    told(refused, said["voucher_none"])
    press(leaver, said["leave"])
    press(leaver, said["yes"])
    heading(leaver.on("ended"), said["ended"])
    states = Conversation.objects.filter(area=stage.area).order_by("ticket").values_list("state", "closed_by")
    assert apart(lambda: list(states)) == [
        ("closed", "hours_ended"),
        ("queued", ""),
        ("closed", "ended_by_visitor"),
        ("closed", "hours_ended"),
        ("queued", ""),
    ]

    next_opening(stage)
    start(desk)
    for visit in (jonas, refused):
        heading(visit.on("waiting"), said["queued"])
    expect(jonas.page.locator(".place")).to_have_text(said["first"])
    back = by_code(phone(stage, language).open(), code).on("waiting")
    expect(back.page.locator(".place")).to_have_text(said["first"])
    told(jonas, said["why_early"])
    desk.take().write("hei, olen Aino")
    heading(back.on("talk").hears("hei, olen Aino"), said["aino"])
