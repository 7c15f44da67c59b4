"""An early place is for who waits; a refusal takes nothing away."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations import codes
from chatservice.conversations.returning import by_code
from chatservice.duty.models import Shift
from chatservice.hours.evaluate import OpenState
from chatservice.places.models import Host
from chatservice.queues import vouchers
from chatservice.queues.errors import NotOffered
from chatservice.queues.models import Queue
from tests.people import Visitor, enter, in_talk, row_of


def hours(monkeypatch: pytest.MonkeyPatch, *, opening: datetime | None) -> None:
    """The hours have ended."""

    async def state(*_: Any, **__: Any) -> OpenState:
        return OpenState(open=False, next_opening=opening)

    monkeypatch.setattr(vouchers, "astate", state)


async def give(mia: Visitor) -> vouchers.Voucher:
    """Mia asks for an early place."""
    return await vouchers.give(conversation=mia.cid, participant=mia.talk.participant)


async def test_a_refused_voucher_leaves_the_code_alive(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code she wrote down before still opens her talk."""
    mia = await enter(host)
    digits = await codes.give(conversation=mia.cid, participant=mia.talk.participant)
    hours(monkeypatch, opening=None)
    with pytest.raises(NotOffered):
        await give(mia)
    assert (await by_code(text=digits, channel="youth")).token is not None


async def test_a_later_shift_of_the_same_hours_is_the_next_opening(
    host: Host, aino: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Petri comes at six, the hours end at eight: the early place is today's, for the queue he serves."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    comes, closes, tomorrow = (now + timedelta(hours=each) for each in (1, 3, 20))

    async def state(*_: Any, **__: Any) -> OpenState:
        return OpenState(open=True, until=closes, next_opening=tomorrow)

    monkeypatch.setattr(vouchers, "astate", state)
    mia, jonas = await enter(host), await enter(host, channel="parent", age_band="")
    facts = {"area": aino.area, "worker": aino, "ends": closes}
    await Shift.objects.acreate(**facts, starts=now + timedelta(minutes=30), state=Shift.State.GIVEN_UP)
    queue = await Queue.objects.aget(area=host.area, channel="youth", language="fi")
    await Shift.objects.acreate(**facts, starts=comes, queues=[queue.pk])
    assert (await give(mia)).opening == comes
    assert (await give(jonas)).opening == tomorrow


async def test_two_who_ask_at_once_do_not_both_get_the_last_place(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [await enter(host) for _ in range(4)]
    await Queue.objects.filter(area_id=host.area_id).aupdate(mean_s=7200)
    hours(monkeypatch, opening=datetime(2030, 1, 7, 14, tzinfo=UTC))
    asked = await asyncio.gather(*map(give, waiting), return_exceptions=True)
    assert sorted(type(each).__name__ for each in asked) == ["NotOffered", "NotOffered", "NotOffered", "Voucher"]


async def test_a_talk_that_is_on_is_not_ended_by_a_voucher(
    host: Host, aino: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia, _ = await in_talk(host, aino)
    hours(monkeypatch, opening=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(NotOffered):
        await give(mia)
    assert (await row_of(mia.cid, "state"))["state"] == "active"
