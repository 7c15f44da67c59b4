"""The rota: what Sari may plan, what is refused and how to mend it, and what workers do with their own shifts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.duty import desk, rota, swaps
from chatservice.duty.errors import Changed, Missing, Refused
from chatservice.duty.models import Serves, Shift
from chatservice.duty.rules import Draft, QueueSkill, wall, weekly
from tests.together import at_once

MONDAY = date(2031, 3, 3)
FINNISH, NURSES, OTHER = 7, 8, 9
KNOWN = {
    FINNISH: QueueSkill(name="suomi"),
    OTHER: QueueSkill(name="muut"),
    NURSES: QueueSkill(name="terveydenhoito", professions=("nurse",)),
}


def draft(worker: Worker, **changed: Any) -> Draft:
    """Monday afternoon from two to four."""
    wanted = Draft(worker=worker.pk, starts=wall(MONDAY, time(14)), ends=wall(MONDAY, time(16)), known=KNOWN)
    return replace(wanted, **changed)


def plan(sari: Worker, worker: Worker, **changed: Any) -> Shift:
    """One planned shift."""
    return rota.create(by=sari, draft=draft(worker, **changed))[0]


def fresh(shift: Shift) -> Shift:
    """The shift as the database has it now."""
    return Shift.objects.get(pk=shift.pk)


def test_sari_plans_a_shift_and_it_is_recorded(sari: Worker, aino: Worker) -> None:
    shift = plan(sari, aino, queues=(FINNISH,))
    assert (shift.worker, shift.queues, shift.state, shift.version) == (aino, [FINNISH], "planned", 1)
    entry = Entry.objects.get(area=sari.area_id)
    assert (entry.action, entry.actor, entry.object) == ("rota_changed", sari.pk, f"shift {shift.pk}")


def test_a_rota_repeats_at_the_same_wall_time_over_the_clock_change(sari: Worker, aino: Worker) -> None:
    made = rota.create(by=sari, draft=draft(aino), repeat_until=date(2031, 4, 7))
    assert [shift.starts.astimezone(UTC).hour for shift in made] == [12, 12, 12, 12, 11, 11]
    assert {shift.starts.weekday() for shift in made} == {0}


def test_an_hour_that_comes_twice_is_worked_twice() -> None:
    autumn = date(2031, 10, 26)
    shift = wall(autumn, time(3)), wall(autumn, time(4), ending=True)
    assert shift == (datetime(2031, 10, 26, 0, tzinfo=UTC), datetime(2031, 10, 26, 2, tzinfo=UTC))


@pytest.mark.parametrize(("until", "code"), [(date(2031, 3, 2), "repeat_before"), (date(2033, 3, 3), "repeat_long")])
def test_impossible_repeats_are_refused(aino: Worker, until: date, code: str) -> None:
    with pytest.raises(Refused) as told:
        weekly(draft(aino), until=until)
    assert (told.value.code, told.value.field) == (code, "repeat_until")


@pytest.mark.parametrize(
    ("changed", "code", "field", "fix"),
    [
        ({"ends": wall(MONDAY, time(13))}, "ends_first", "ends", "move its end"),
        ({"ends": wall(MONDAY, time(14))}, "ends_first", "ends", "move its end"),
        ({"ends": wall(MONDAY + timedelta(days=1), time(16))}, "too_long", "ends", "check the day"),
        (
            {"starts": wall(date(2020, 1, 1), time(14)), "ends": wall(date(2020, 1, 1), time(16))},
            "past",
            "starts",
            "coming",
        ),
        ({"queues": (99,)}, "no_queue", "queues", "choose from"),
        ({"queues": (NURSES,)}, "profession", "queues", "somebody of it"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_with_reason_and_fix(
    sari: Worker, aino: Worker, changed: dict[str, Any], code: str, field: str, fix: str
) -> None:
    with pytest.raises(Refused, match=fix) as told:
        plan(sari, aino, **changed)
    assert (told.value.code, told.value.field) == (code, field)
    assert not Shift.objects.filter(worker=aino).exists()


def test_a_worker_without_the_queue_s_skill_is_refused(sari: Worker, aino: Worker) -> None:
    Serves.objects.create(worker=aino, queue_id=55)
    with pytest.raises(Refused, match="add it to them"):
        plan(sari, aino, queues=(FINNISH,))
    rota.set_serves(by=sari, worker=aino.pk, queues=[FINNISH], was=[55], known=KNOWN)
    assert plan(sari, aino, queues=(FINNISH,)).queues == [FINNISH]


def test_an_overlap_with_the_worker_s_other_shift_is_refused_and_nothing_is_half_made(
    sari: Worker, aino: Worker
) -> None:
    plan(sari, aino)
    earlier = draft(aino, starts=wall(date(2031, 2, 24), time(15)), ends=wall(date(2031, 2, 24), time(17)))
    with pytest.raises(Refused, match="other times") as told:
        rota.create(by=sari, draft=earlier, repeat_until=date(2031, 3, 10))
    assert told.value.code == "overlap"
    assert Shift.objects.filter(worker=aino).count() == 1
    assert plan(sari, aino, starts=wall(MONDAY, time(16)), ends=wall(MONDAY, time(18)))  # one after the other is fine


def test_only_coordinators_of_the_area_plan(sari: Worker, aino: Worker, eve: Worker) -> None:
    shift = plan(sari, aino)
    with pytest.raises(NotCoordinator):
        plan(aino, aino)
    with pytest.raises(NotCoordinator):
        rota.remove(by=aino, shift=shift.pk, version=1)
    with pytest.raises(NotCoordinator):
        swaps.substitute(by=aino, shift=shift.pk, version=1, worker=aino.pk, known=KNOWN)
    for act in (
        lambda: plan(eve, aino),
        lambda: rota.change(by=eve, shift=shift.pk, version=1, draft=draft(eve)),
        lambda: rota.remove(by=eve, shift=shift.pk, version=1),
        lambda: swaps.take_over(by=eve, shift=shift.pk, version=1, known=KNOWN),
        lambda: swaps.give_up(by=eve, shift=shift.pk, version=1),
        lambda: rota.set_serves(by=eve, worker=aino.pk, queues=[], was=[], known=KNOWN),
    ):
        with pytest.raises(Missing):
            act()
    assert fresh(shift).version == 1


def test_the_second_of_two_edits_is_told(sari: Worker, aino: Worker) -> None:
    shift = plan(sari, aino)
    later = draft(aino, ends=wall(MONDAY, time(17)))
    assert rota.change(by=sari, shift=shift.pk, version=1, draft=later).version == 2
    with pytest.raises(Changed, match="somebody else"):
        rota.change(by=sari, shift=shift.pk, version=1, draft=draft(aino))
    with pytest.raises(Changed):
        rota.remove(by=sari, shift=shift.pk, version=1)
    with pytest.raises(Changed):
        rota.set_serves(by=sari, worker=aino.pk, queues=[], was=[FINNISH], known=KNOWN)
    assert fresh(shift).ends == later.ends


def test_of_two_who_press_in_the_same_moment_one_is_told(sari: Worker, aino: Worker) -> None:
    """A change and a removal, and two lists of queues, each seen before the other: one stands, whole."""
    shift = plan(sari, aino)
    later = draft(aino, ends=wall(MONDAY, time(17)))
    told = at_once(
        lambda: rota.change(by=sari, shift=shift.pk, version=1, draft=later),
        lambda: rota.change(by=sari, shift=shift.pk, version=1, draft=draft(aino, ends=wall(MONDAY, time(18)))),
        lambda: rota.remove(by=sari, shift=shift.pk, version=1),
    )
    assert len([one for one in told if isinstance(one, Changed | Missing)]) == 2, told
    told = at_once(
        lambda: rota.set_serves(by=sari, worker=aino.pk, queues=[FINNISH], was=[], known=KNOWN),
        lambda: rota.set_serves(by=sari, worker=aino.pk, queues=[OTHER], was=[], known=KNOWN),
    )
    assert [type(one) for one in told].count(Changed) == 1, told
    assert Serves.objects.filter(worker=aino).count() == 1


def test_a_pair_moves_together_and_parts_when_asked(sari: Worker, aino: Worker, petri: Worker) -> None:
    mine, pair = rota.create(by=sari, draft=draft(aino, pair=petri.pk))
    assert pair.pair_of == mine
    moved = draft(aino, pair=petri.pk, ends=wall(MONDAY, time(17)))
    mine = rota.change(by=sari, shift=mine.pk, version=mine.version, draft=moved)
    assert fresh(pair).ends == mine.ends == moved.ends
    assert fresh(pair).pair_of_id == mine.pk
    mine = rota.change(by=sari, shift=mine.pk, version=mine.version, draft=draft(aino))
    assert (fresh(pair).pair_of_id, fresh(pair).ends) == (None, moved.ends)
    mine = rota.change(by=sari, shift=mine.pk, version=mine.version, draft=draft(aino))  # a shift of one changes too
    assert mine.pair_of_id is None


def test_a_pair_is_changed_from_either_side(sari: Worker, aino: Worker, petri: Worker) -> None:
    mine, pair = rota.create(by=sari, draft=draft(aino, pair=petri.pk))
    wanted = draft(petri, pair=aino.pk, starts=wall(MONDAY, time(13)))
    rota.change(by=sari, shift=pair.pk, version=pair.version, draft=wanted)
    assert fresh(mine).starts == fresh(pair).starts == wanted.starts
    rota.remove(by=sari, shift=mine.pk, version=fresh(mine).version)
    assert fresh(pair).pair_of_id is None


def test_nobody_is_their_own_pair_and_a_busy_pair_stops_both(sari: Worker, aino: Worker, petri: Worker) -> None:
    with pytest.raises(Refused, match="two people"):
        plan(sari, aino, pair=aino.pk)
    plan(sari, petri)
    with pytest.raises(Refused) as told:
        plan(sari, aino, pair=petri.pk)
    assert told.value.code == "overlap"
    assert not Shift.objects.filter(worker=aino).exists()


def test_a_shift_given_up_is_taken_over_and_tells_for_whom(sari: Worker, aino: Worker, petri: Worker) -> None:
    shift = plan(sari, aino)
    shift = swaps.give_up(by=aino, shift=shift.pk, version=1)
    shift = swaps.take_over(by=petri, shift=shift.pk, version=2, known=KNOWN)
    assert (shift.worker, shift.substitute_for_id, shift.state) == (petri, aino.pk, "planned")
    shift = swaps.substitute(by=sari, shift=shift.pk, version=3, worker=aino.pk, known=KNOWN)
    assert (shift.worker, shift.substitute_for_id) == (aino, None)


def test_a_shift_offered_stays_one_s_own_until_taken_and_can_be_kept(sari: Worker, aino: Worker, petri: Worker) -> None:
    shift = plan(sari, aino)
    with pytest.raises(Refused, match="ask its worker"):
        swaps.take_over(by=petri, shift=shift.pk, version=1, known=KNOWN)
    offered = swaps.offer_swap(by=aino, shift=shift.pk, version=1)
    assert (offered.worker, offered.state) == (aino, "open_for_swap")
    assert swaps.keep(by=aino, shift=shift.pk, version=2).state == "planned"
    with pytest.raises(Missing):
        swaps.give_up(by=petri, shift=shift.pk, version=3)


def test_of_two_who_take_over_one_gets_it(sari: Worker, aino: Worker, petri: Worker) -> None:
    shift = swaps.give_up(by=aino, shift=plan(sari, aino).pk, version=1)
    swaps.take_over(by=petri, shift=shift.pk, version=2, known=KNOWN)
    with pytest.raises(Changed):
        swaps.take_over(by=sari, shift=shift.pk, version=2, known=KNOWN)


def test_nobody_takes_over_what_they_cannot_do(sari: Worker, aino: Worker, petri: Worker) -> None:
    shift = swaps.give_up(by=sari, shift=plan(sari, sari, queues=(NURSES,)).pk, version=1)
    with pytest.raises(Refused) as told:
        swaps.take_over(by=petri, shift=shift.pk, version=2, known=KNOWN)
    assert told.value.code == "profession"
    plan(sari, aino)
    other = swaps.give_up(by=petri, shift=plan(sari, petri).pk, version=1)
    with pytest.raises(Refused) as told:
        swaps.take_over(by=aino, shift=other.pk, version=2, known=KNOWN)
    assert told.value.code == "overlap"


def test_in_a_shift_of_one_giving_up_leaves_a_gap_that_stays_told(sari: Worker, aino: Worker) -> None:
    shift = swaps.give_up(by=aino, shift=plan(sari, aino).pk, version=1)
    assert (fresh(shift).state, fresh(shift).worker) == ("given_up", aino)
    assert swaps.keep(by=aino, shift=shift.pk, version=2).state == "planned"


def test_whoever_takes_over_the_pair_s_shift_has_no_pair(sari: Worker, aino: Worker, petri: Worker) -> None:
    mine, pair = rota.create(by=sari, draft=draft(aino, pair=petri.pk))
    swaps.give_up(by=petri, shift=pair.pk, version=pair.version)
    with pytest.raises(Refused) as told:
        swaps.take_over(by=aino, shift=pair.pk, version=fresh(pair).version, known=KNOWN)
    assert told.value.code == "overlap"
    assert fresh(mine).state == "planned"


def test_a_running_shift_is_neither_removed_nor_given_up(sari: Worker, aino: Worker, petri: Worker) -> None:
    now = datetime.now(UTC)
    shift = plan(sari, aino, starts=now - timedelta(minutes=5), ends=now + timedelta(hours=2))
    desk.start(worker=aino.pk)
    version = fresh(shift).version
    with pytest.raises(Refused, match="ended it"):
        rota.remove(by=sari, shift=shift.pk, version=version)
    with pytest.raises(Refused, match="end it instead"):
        swaps.give_up(by=aino, shift=shift.pk, version=version)
    with pytest.raises(Refused, match="beside it"):
        swaps.substitute(by=sari, shift=shift.pk, version=version, worker=petri.pk, known=KNOWN)


def test_a_running_shift_that_is_prolonged_moves_the_planned_end(sari: Worker, aino: Worker) -> None:
    now = datetime.now(UTC)
    wanted = draft(aino, starts=now - timedelta(minutes=5), ends=now + timedelta(hours=2))
    shift = rota.create(by=sari, draft=wanted)[0]
    desk.start(worker=aino.pk)
    longer = replace(wanted, ends=now + timedelta(hours=3))
    rota.change(by=sari, shift=shift.pk, version=fresh(shift).version, draft=longer)
    begun = desk.view(worker=aino.pk)
    assert begun is not None
    assert begun.until == longer.ends


def test_a_queue_nobody_serves_is_found(sari: Worker, aino: Worker) -> None:
    assert rota.unserved(area=sari.area_id, queues=[FINNISH, NURSES]) == set()
    for worker in (sari, aino):
        rota.set_serves(by=sari, worker=worker.pk, queues=[FINNISH], was=[], known=KNOWN)
    assert rota.unserved(area=sari.area_id, queues=[FINNISH, NURSES]) == {NURSES}
    with pytest.raises(Refused, match="another profession"):
        rota.set_serves(by=sari, worker=aino.pk, queues=[NURSES], was=[FINNISH], known=KNOWN)
