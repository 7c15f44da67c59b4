"""Whoever serves two queues takes the one who has waited longer: those ahead in the other queue are turns lost here."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatservice.queues.crew import Hand
from chatservice.queues.rivals import each_lost, lost, weights

pytestmark = pytest.mark.pure

YOUTH, PARENTS, SWEDISH = 1, 2, 3
everybody = st.dictionaries(st.integers(1, 4), st.lists(st.integers(1, 6), unique=True), min_size=1)


def hand(worker: int, **known: bool | int) -> Hand:
    """Somebody on duty with two places."""
    facts: dict[str, object] = {"capacity": 2, "held": 0, "present": True, "accepting": True, "paused": False}
    ends = {"pause_until": None, "stop_taking_at": None, "until": None}
    return Hand(**{"worker": worker, **facts, **ends, **known})  # type: ignore[arg-type]  # by name


AINO, PETRI = hand(1), hand(2)


def test_two_who_serve_both_queues_are_one_line() -> None:
    both = weights({YOUTH: [AINO, PETRI], PARENTS: [AINO, PETRI]})
    assert lost(queue=YOUTH, before={YOUTH: 5, PARENTS: 3}, weights=both) == 3


def test_queues_of_different_people_do_not_meet() -> None:
    apart = weights({YOUTH: [AINO], PARENTS: [PETRI]})
    assert lost(queue=YOUTH, before={PARENTS: 9}, weights=apart) == 0


def test_half_of_the_others_turns_are_ours() -> None:
    """Petri serves both, Aino the parents only: every second parent is taken by Aino. Half a turn is a whole wait."""
    some = weights({YOUTH: [PETRI], PARENTS: [AINO, PETRI]})
    assert [lost(queue=YOUTH, before={PARENTS: n}, weights=some) for n in (1, 2, 3, 4)] == [1, 1, 2, 2]
    assert lost(queue=PARENTS, before={YOUTH: 2}, weights=some) == 2


@pytest.mark.parametrize("away", [hand(2, paused=True), hand(2, accepting=False), hand(2, present=False)])
def test_who_takes_nobody_new_connects_nothing(away: Hand) -> None:
    assert weights({YOUTH: [AINO, away], PARENTS: [away]}) == {YOUTH: {}, PARENTS: {}}


def test_each_loses_what_is_ahead_of_them() -> None:
    one = weights({YOUTH: [AINO], PARENTS: [AINO], SWEDISH: [PETRI]})
    order = [YOUTH, PARENTS, SWEDISH, YOUTH, PARENTS, SWEDISH]
    assert each_lost(order=order, weights=one) == [0, 1, 0, 1, 2, 0]


@given(everybody, st.lists(st.integers(1, 4)))
def test_nobody_loses_more_turns_than_people_are_ahead(serving: dict[int, list[int]], order: list[int]) -> None:
    found = weights({queue: [hand(worker) for worker in workers] for queue, workers in serving.items()})
    before: Counter[int] = Counter()
    for queue, turns in zip(order, each_lost(order=order, weights=found), strict=True):
        assert 0 <= turns <= before.total() - before[queue]
        before[queue] += 1
