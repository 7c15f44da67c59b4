"""Closing time: a choice, an overrun, an end in words; early places are counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chatservice.accounts.models import Worker
from chatservice.hours.evaluate import OpenState, Window
from chatservice.places.models import Host
from chatservice.queues import closing, vouchers
from chatservice.queues.closing import end_waiting, over
from tests.people import enter, row_of, sql
from tests.wire import Aino, Mia

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOMORROW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)


@pytest.mark.pure
def test_the_overrun_counts_from_the_last_closing() -> None:
    """Fifteen minutes of grace after the hours, and none when they ended long ago."""
    windows = [Window(NOON - timedelta(hours=2), NOON)]
    quarter = timedelta(minutes=15)
    assert not over(windows=windows, now=NOON + timedelta(minutes=14), overrun=quarter)
    assert over(windows=windows, now=NOON + timedelta(minutes=15), overrun=quarter)
    assert over(windows=[], now=NOON, overrun=quarter)


@pytest.fixture
def _closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hours have ended long ago; the next opening is tomorrow."""

    async def state(*_: Any, **__: Any) -> OpenState:
        return OpenState(open=False, next_opening=TOMORROW)

    async def week(*_: Any, **__: Any) -> list[Window]:
        return []

    for room in (closing, vouchers):
        monkeypatch.setattr(room, "astate", state)
    monkeypatch.setattr(closing, "aweek", week)


async def test_waiting_ends_with_words_and_danger_waits_on(host: Host, request: pytest.FixtureRequest) -> None:
    """Who is in danger is never ended by a clock."""
    mia, jonas = await enter(host), await enter(host)
    await sql("UPDATE conversations_conversation SET risk = 2 WHERE id = %(id)s", id=jonas.cid)
    request.getfixturevalue("_closed")
    assert await end_waiting() >= 1
    assert await row_of(mia.cid, "state", "closed_by") == {"state": "closed", "closed_by": "hours_ended"}
    assert (await row_of(jonas.cid, "state"))["state"] == "queued"


async def test_an_early_place_comes_with_the_code_and_is_worth_a_head_start(
    host: Host, aino: Worker, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Today's last is before tomorrow's first."""
    mia = await Mia(host).enter()
    request.getfixturevalue("_closed")
    await mia.say({"type": "voucher", "cid": mia.cid})
    voucher = await mia.expect("voucher")
    assert any(frame["type"] == "queue" and frame["state"] == "closed" for frame in mia.heard)
    monkeypatch.undo()
    await sql("UPDATE conversations_thread SET voucher_for = now() WHERE voucher_for IS NOT NULL")
    jonas = await Mia(host).enter()
    again = await Mia(host).enter(code=voucher["digits"], age_band=None)
    assert again.cid not in {mia.cid, jonas.cid}
    desk = await Aino(aino).sign_in()
    assert (await desk.claim())["cid"] == again.cid


async def test_early_places_are_never_more_than_the_shift_can_serve(host: Host, request: pytest.FixtureRequest) -> None:
    """One worker, two hours, twenty minutes a talk: three, then none."""
    waiting = [await Mia(host).enter() for _ in range(4)]
    request.getfixturevalue("_closed")
    answers = []
    for mia in waiting:
        await mia.say({"type": "voucher", "cid": mia.cid})
        while (frame := await mia.next())["type"] not in {"voucher", "nack"}:
            pass
        answers.append(frame["type"])
    assert answers == ["voucher", "voucher", "voucher", "nack"]
