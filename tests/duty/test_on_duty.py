"""A duty from its start to its end: who may take, pauses, capacity, lost desks, and a pair that does not come."""

import asyncio
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async

from chatservice.accounts.models import Worker
from chatservice.duty import desk, services
from chatservice.duty.errors import Finishing, NotTaking, OffDuty, OnPause, Refused
from chatservice.duty.models import OnDuty, Serves, Shift
from chatservice.duty.presence import end_lost, may_take, off_among, on_duty, renew
from chatservice.places.models import Area
from chatservice.store.pool import transaction
from tests.duty.stage import acts, desk_gone, do, now, shift_of
from tests.people import sql


async def test_aino_starts_and_may_take_within_her_capacity(aino: Worker) -> None:
    with pytest.raises(OffDuty, match="start"):
        await do(may_take, worker=aino.pk)
    begun = await do(services.start, worker=aino.pk)
    assert (begun.capacity, begun.takes, begun.until, begun.queues) == (2, True, None, ())
    right = await do(may_take, worker=aino.pk)
    assert (right.worker, right.area, right.profession, right.capacity) == (aino.pk, aino.area_id, "curator", 2)
    assert await acts(aino) == ["shift_started"]


async def test_a_double_tap_starts_once(aino: Worker) -> None:
    both = await asyncio.gather(*(do(services.start, worker=aino.pk, capacity=3) for _ in range(4)))
    assert len({(one.since, one.capacity) for one in both}) == 1
    assert await acts(aino) == ["shift_started"]


async def test_the_rota_gives_the_planned_end_and_the_queues(aino: Worker) -> None:
    shift = await shift_of(aino, queues=[7, 9])
    begun = await do(services.start, worker=aino.pk)
    assert (begun.shift, begun.until, begun.queues) == (shift.pk, shift.ends, (7, 9))


async def test_without_queues_in_the_shift_the_served_ones_count(aino: Worker) -> None:
    await Serves.objects.acreate(worker=aino, queue_id=5)
    await shift_of(aino)
    assert (await do(services.start, worker=aino.pk)).queues == (5,)
    assert (await do(may_take, worker=aino.pk)).queues == (5,)


async def test_a_shift_of_tomorrow_is_not_started_today(aino: Worker) -> None:
    await shift_of(aino, begins=24 * 60)
    assert (await do(services.start, worker=aino.pk)).shift is None


@pytest.mark.parametrize("capacity", [0, 6, -1])
async def test_an_impossible_capacity_is_refused_with_the_fix(aino: Worker, capacity: int) -> None:
    with pytest.raises(Refused, match="pause or end"):
        await do(services.start, worker=aino.pk, capacity=capacity)
    await do(services.start, worker=aino.pk)
    with pytest.raises(Refused, match="1 to 5"):
        await do(services.set_capacity, worker=aino.pk, capacity=capacity)
    assert (await do(services.set_capacity, worker=aino.pk, capacity=5)).capacity == 5


async def test_on_pause_nobody_may_take_and_after_it_again(aino: Worker) -> None:
    await do(services.start, worker=aino.pk)
    assert (await do(services.pause, worker=aino.pk, reason="heavy_talk", minutes=10)).paused
    with pytest.raises(OnPause):
        await do(may_take, worker=aino.pk)
    resumed = await do(services.resume, worker=aino.pk)
    assert (resumed.paused, resumed.pause_reason, resumed.pause_until) == (False, "", None)
    await do(may_take, worker=aino.pk)
    assert await acts(aino) == ["shift_started", "shift_paused", "shift_paused"]


async def test_a_pause_with_an_end_is_over_at_its_end(aino: Worker) -> None:
    await do(services.start, worker=aino.pk)
    await do(services.pause, worker=aino.pk, minutes=10)
    await sql("UPDATE duty_onduty SET pause_until = clock_timestamp() WHERE worker_id = %(id)s", id=aino.pk)
    await do(may_take, worker=aino.pk)


async def test_stopping_within_a_pause_keeps_the_pause(aino: Worker) -> None:
    await do(services.start, worker=aino.pk)
    paused = await do(services.pause, worker=aino.pk, reason="heavy_talk", minutes=10)
    stopped = await do(services.stop_taking, worker=aino.pk)
    assert (stopped.pause_until, stopped.pause_reason) == (paused.pause_until, "heavy_talk")
    assert not (await do(services.resume, worker=aino.pk)).accepting


@pytest.mark.parametrize("wrong", [{"reason": "tired"}, {"minutes": 0}, {"minutes": 121}])
async def test_a_pause_nobody_knows_is_refused(aino: Worker, wrong: dict[str, str | int]) -> None:
    await do(services.start, worker=aino.pk)
    with pytest.raises(Refused):
        await do(services.pause, worker=aino.pk, **wrong)


async def test_from_the_advised_time_on_no_new_ones_are_taken(aino: Worker) -> None:
    await do(services.start, worker=aino.pk)
    await do(services.stop_taking, worker=aino.pk, at=await now() + timedelta(minutes=5))
    await do(may_take, worker=aino.pk)
    await do(services.stop_taking, worker=aino.pk, at=await now())
    with pytest.raises(Finishing):
        await do(may_take, worker=aino.pk)
    await do(services.take_again, worker=aino.pk)
    await do(may_take, worker=aino.pk)


async def test_a_claim_that_waited_for_a_pause_sees_it(aino: Worker) -> None:
    """The race: the claim's lock waits for the pause's transaction and must not go by what it saw before."""
    await do(services.start, worker=aino.pk)
    async with transaction() as connection:
        await services.pause(connection, worker=aino.pk)
        claim = asyncio.create_task(do(may_take, worker=aino.pk))
        while not claim.done() and not await sql("SELECT 1 FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
        assert not claim.done()
    with pytest.raises(OnPause):
        await claim


async def test_the_end_tells_whether_anybody_is_left(aino: Worker, petri: Worker) -> None:
    await do(services.start, worker=aino.pk)
    await do(services.start, worker=petri.pk)
    first, last = await do(services.end, worker=aino.pk), await do(services.end, worker=petri.pk)
    assert ((first.worker, first.last), (last.worker, last.last)) == ((aino.pk, False), (petri.pk, True))
    assert not await OnDuty.objects.filter(area_id=aino.area_id).aexists()
    assert await do(off_among, workers=[aino.pk, petri.pk]) == {aino.pk, petri.pk}


@pytest.mark.parametrize(
    "act", [services.end, services.pause, services.resume, services.stop_taking, services.pair_absent]
)
async def test_whoever_has_not_started_can_only_start(aino: Worker, act: services.end) -> None:
    with pytest.raises(OffDuty):
        await do(act, worker=aino.pk)


async def test_an_account_that_is_switched_off_neither_starts_nor_takes(aino: Worker) -> None:
    await do(services.start, worker=aino.pk)
    await Worker.objects.filter(pk=aino.pk).aupdate(is_active=False)
    with pytest.raises(NotTaking):
        await do(may_take, worker=aino.pk)
    assert await do(on_duty, area=aino.area_id) == []


async def test_one_area_never_sees_who_is_on_duty_in_another(aino: Worker, eve: Worker) -> None:
    await do(services.start, worker=aino.pk)
    assert await do(on_duty, area=eve.area_id) == []


async def test_a_lost_desk_ends_the_duty_after_the_grace_and_not_before(aino: Worker, petri: Worker) -> None:
    while await do(end_lost):  # desks of other tests that were left long ago: each run ends a hundred
        pass
    for worker in (aino, petri):
        await do(services.start, worker=worker.pk)
    await desk_gone(aino, seconds=80)
    assert [one.takes for one in await do(on_duty, area=aino.area_id)].count(False) == 1
    await do(end_lost)
    assert len(await do(on_duty, area=aino.area_id)) == 2
    await desk_gone(aino, seconds=91)
    twice = await asyncio.gather(do(end_lost), do(end_lost))
    assert [(one.worker, one.last) for ended in twice for one in ended if one.area == aino.area_id] == [
        (aino.pk, False)
    ]
    assert await acts(aino) == ["shift_started", "shift_started", "shift_ended"]


async def test_whoever_comes_back_within_the_grace_stays_on_duty(aino: Worker) -> None:
    await do(services.start, worker=aino.pk)
    await desk_gone(aino, seconds=80)
    await do(renew, workers=[aino.pk])
    assert (await do(on_duty, area=aino.area_id))[0].takes


async def test_the_pair_did_not_come(aino: Worker, petri: Worker) -> None:
    mine = await shift_of(aino)
    pair = await shift_of(petri, pair_of=mine)
    await do(services.start, worker=aino.pk)
    (left,) = await do(services.pair_absent, worker=aino.pk)
    assert left.alone
    await pair.arefresh_from_db()
    assert (pair.state, pair.version) == (Shift.State.GIVEN_UP, 2)
    await do(services.pair_absent, worker=aino.pk)  # repeated: nothing more
    assert await acts(aino) == ["shift_started", "rota_changed"]


async def test_the_pair_comes_after_all(aino: Worker, petri: Worker) -> None:
    pair = await shift_of(petri)
    await shift_of(aino, pair_of=pair)
    await do(services.start, worker=aino.pk)
    await do(services.pair_absent, worker=aino.pk)
    await do(services.start, worker=petri.pk)
    await pair.arefresh_from_db()
    assert pair.state == Shift.State.PLANNED
    assert [one.alone for one in await do(on_duty, area=aino.area_id)] == [False, False]


async def test_a_pair_that_is_here_is_not_called_absent(aino: Worker, petri: Worker) -> None:
    mine = await shift_of(aino)
    await shift_of(petri, pair_of=mine)
    for worker in (aino, petri):
        await do(services.start, worker=worker.pk)
    for worker in (aino, petri):
        with pytest.raises(Refused, match="on duty"):
            await do(services.pair_absent, worker=worker.pk)
    await desk_gone(petri, seconds=1)
    assert (await do(services.pair_absent, worker=aino.pk))[0].alone


async def test_a_pair_that_starts_in_the_same_moment_is_never_left_marked_absent(aino: Worker, petri: Worker) -> None:
    """Whoever comes first: Petri is on duty in a planned shift, and Aino is told or no longer alone."""
    mine = await shift_of(aino)
    pair = await shift_of(petri, pair_of=mine)
    await do(services.start, worker=aino.pk)
    for _ in range(5):
        absent, _begun = await asyncio.gather(
            do(services.pair_absent, worker=aino.pk), do(services.start, worker=petri.pk), return_exceptions=True
        )
        await pair.arefresh_from_db()
        alone = {one.worker: one.alone for one in await do(on_duty, area=aino.area_id)}
        assert (pair.state, alone) == (Shift.State.PLANNED, {aino.pk: False, petri.pk: False})
        assert isinstance(absent, list | Refused)
        await do(services.end, worker=petri.pk)


async def test_a_shift_of_one_has_no_pair_and_says_so_without_an_error(aino: Worker) -> None:
    await shift_of(aino)
    await do(services.start, worker=aino.pk)
    (left,) = await do(services.pair_absent, worker=aino.pk)
    assert left.alone
    assert left.takes


async def test_whoever_works_without_a_rota_can_be_alone_too(aino: Worker) -> None:
    await do(services.start, worker=aino.pk)
    assert (await do(services.pair_absent, worker=aino.pk))[0].alone
    assert (await do(services.end, worker=aino.pk)).last


def test_pages_do_the_same_without_a_loop_of_their_own(aino: Worker, area: Area) -> None:
    assert desk.start(worker=aino.pk, capacity=1).capacity == 1
    assert desk.set_capacity(worker=aino.pk, capacity=2).capacity == 2
    assert desk.pause(worker=aino.pk).paused
    assert not desk.resume(worker=aino.pk).paused
    assert desk.pair_absent(worker=aino.pk)[0].alone
    assert [one.worker for one in desk.on_duty(area=area.pk)] == [aino.pk]
    assert desk.end(worker=aino.pk).last
    assert desk.view(worker=aino.pk) is None


async def test_a_page_under_the_service_s_own_loop_does_it_too(aino: Worker) -> None:
    begun = await sync_to_async(desk.start)(worker=aino.pk)
    assert begun.takes
