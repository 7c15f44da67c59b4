"""Picking out of order: only where a coordinator allows it, only from one's own queues, and told to every desk."""

from typing import Any

import pytest

from chatservice.accounts.models import Worker
from chatservice.conversations.errors import Full
from chatservice.places.models import Host
from chatservice.queues.claim import claim_next
from chatservice.queues.errors import NotOffered
from tests.people import enter, on_duty, row_of, sql
from tests.queues.stage import stranger
from tests.wire import Aino

ALLOW = "UPDATE queues_queue SET picking = %(on)s WHERE area_id = %(area)s RETURNING id"
SERVE = "INSERT INTO duty_serves (worker_id, queue_id) VALUES (%(worker)s, %(queue)s) RETURNING id"


async def ticket_of(mia: object) -> int:
    """The number under which desks know who waits."""
    return int((await row_of(mia.cid, "ticket"))["ticket"])  # type: ignore[attr-defined]  # what enter returns


async def allow(host: Host, *, on: bool = True) -> int:
    """Allow picking in the area's queues, and return one of them."""
    found = await sql(ALLOW, area=host.area_id, on=on)
    return int(found[0][0])


async def test_the_second_is_taken_before_the_first_where_it_is_allowed(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    first, second = await enter(host), await enter(host)
    await allow(host)
    taken = await claim_next(worker=aino.pk, ticket=await ticket_of(second))
    assert taken.conversation == second.cid
    assert (await row_of(first.cid, "state"))["state"] == "queued"


async def test_nobody_is_picked_where_it_is_not_allowed(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    mia = await enter(host)
    with pytest.raises(NotOffered, match="allows picking"):
        await claim_next(worker=aino.pk, ticket=await ticket_of(mia))
    await allow(host)
    await allow(host, on=False)
    with pytest.raises(NotOffered, match="allows picking"):
        await claim_next(worker=aino.pk, ticket=await ticket_of(mia))
    assert (await row_of(mia.cid, "state"))["state"] == "queued"


async def test_nobody_picks_from_another_area_or_a_queue_they_do_not_serve(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    mia = await enter(host)
    queue = await allow(host)
    eve = await stranger()
    with pytest.raises(NotOffered):
        await claim_next(worker=eve.pk, ticket=await ticket_of(mia))
    other = (
        "INSERT INTO queues_queue (area_id, channel, language, name, professions, topics, overflow_minutes, picking,"
    )
    other += " overrun_minutes, active, mean_s, talks, version)"
    other += " VALUES (%(area)s, 'youth', 'sv', '', '{}', '{}', 5, true, 15, true, 1200, 0, 1) RETURNING id"
    ((elsewhere,),) = await sql(other, area=host.area_id)
    assert queue != elsewhere
    await sql(SERVE, worker=aino.pk, queue=elsewhere)
    with pytest.raises(NotOffered):
        await claim_next(worker=aino.pk, ticket=await ticket_of(mia))


async def test_picking_keeps_to_the_agreed_number(host: Host, aino: Worker) -> None:
    await on_duty(aino)
    waiting = [await enter(host) for _ in range(3)]
    await allow(host)
    for one in waiting[:2]:
        await claim_next(worker=aino.pk, ticket=await ticket_of(one))
    with pytest.raises(Full):
        await claim_next(worker=aino.pk, ticket=await ticket_of(waiting[2]))


async def test_desks_are_told_which_queues_there_are_and_where_to_pick(host: Host, aino: Worker) -> None:
    """Whole, of the own area alone, and again when a coordinator changes it."""
    await on_duty(aino)
    await enter(host)
    desk = await Aino(aino).sign_in()
    told: dict[str, Any] = {}
    while not {"queues", "waiting"} <= told.keys():
        frame = await desk.next()
        told[frame["type"]] = frame
    (queue,), (waiting,) = told["queues"]["items"], told["waiting"]["items"]
    assert (queue["channel"], queue["language"], queue["picking"]) == ("youth", "fi", False)
    assert waiting["queue"] == queue["id"]
    await allow(host)
    assert (await desk.expect("queues"))["items"] == [{**queue, "picking": True}]


async def test_a_foreign_area_hears_nothing_of_our_queues(host: Host, aino: Worker) -> None:
    await enter(host)
    eve = await stranger()
    desk = await Aino(eve).sign_in()
    assert (await desk.expect("queues"))["items"] == []
