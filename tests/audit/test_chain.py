"""Change, deletion, re-ordering, truncation and forks are found, and the first bad row is named (threats B6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chatservice.audit.chain import GENESIS, Fault, Head, Row, seal, verify

pytestmark = pytest.mark.pure

KEY = b"k" * 32
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def chain(length: int, *, key: bytes = KEY, start: tuple[Row, ...] = (), mark: str = "") -> list[Row]:
    """Rows that follow each other; `mark` makes another history."""
    rows = list(start)
    while len(rows) < length:
        n = len(rows) + 1
        row = Row(
            n=n,
            time=NOON + timedelta(minutes=n),
            area=1,
            actor=n % 3 or None,
            action="talk_read",
            object=f"talk {n}{mark}",
            prev=rows[-1].mac if rows else GENESIS,
        )
        rows.append(replace(row, mac=seal(row, key=key)))
    return rows


def head_of(rows: list[Row]) -> Head:
    return Head(n=rows[-1].n, mac=rows[-1].mac)


def fault(rows: list[Row], *, exported: Head | None = None) -> Fault:
    found = verify(rows, key=KEY, exported=exported).fault
    assert found is not None
    return found


def test_an_empty_record_is_whole() -> None:
    assert verify([], key=KEY).fault is None
    assert verify([], key=KEY).head == Head(n=0, mac=GENESIS)


@given(length=st.integers(1, 30), data=st.data())
def test_a_whole_record_is_whole_against_every_earlier_head(length: int, data: Any) -> None:
    rows = chain(length)
    earlier = rows[: data.draw(st.integers(1, length))]
    finding = verify(rows, key=KEY, exported=head_of(earlier))
    assert finding.fault is None
    assert finding.head == head_of(rows)


CHANGES: dict[str, Any] = {
    "time": NOON,
    "area": 2,
    "actor": 7,
    "action": "signed_in",
    "object": "talk of nobody",
    "prev": b"p" * 32,
    "mac": b"m" * 32,
}


@given(at=st.integers(0, 9), field=st.sampled_from(sorted(CHANGES)))
def test_a_changed_row_is_named(at: int, field: str) -> None:
    rows = chain(10)
    rows[at] = replace(rows[at], **{field: CHANGES[field]})
    assert fault(rows).n == at + 1


def test_a_hidden_actor_is_noticed() -> None:
    rows = chain(3)
    rows[1] = replace(rows[1], actor=None)
    assert fault(rows) == Fault(n=2, reason="the row was changed or moved")


@given(at=st.integers(0, 8))
def test_after_a_deleted_row_the_next_is_named(at: int) -> None:
    rows = chain(10)
    del rows[at]
    assert fault(rows) == Fault(n=at + 2, reason=f"rows are missing from {at + 1}")


@given(at=st.integers(0, 8))
def test_a_deletion_hidden_by_new_numbers_is_noticed(at: int) -> None:
    rows = chain(10)
    del rows[at]
    rows = [replace(row, n=n) for n, row in enumerate(rows, start=1)]
    assert fault(rows).n == at + 1


@given(one=st.integers(0, 9), other=st.integers(0, 9))
def test_two_rows_that_changed_places_are_noticed(one: int, other: int) -> None:
    assume(one != other)
    rows = chain(10)
    rows[one], rows[other] = replace(rows[other], n=one + 1), replace(rows[one], n=other + 1)
    assert fault(rows).n == min(one, other) + 1


@given(left=st.integers(0, 9))
def test_a_record_cut_short_is_noticed_by_its_exported_head(left: int) -> None:
    rows = chain(10)
    assert verify(rows[:left], key=KEY).fault is None, "by itself the rest looks whole"
    assert fault(rows[:left], exported=head_of(rows)) == Fault(n=left + 1, reason="truncated before the exported head")


@given(common=st.integers(0, 9))
def test_a_history_written_anew_with_the_key_is_noticed_by_its_exported_head(common: int) -> None:
    rows = chain(10)
    other = chain(12, start=tuple(rows[:common]), mark="'")
    assert verify(other, key=KEY).fault is None, "by itself the other history looks whole"
    assert fault(other, exported=head_of(rows)) == Fault(n=10, reason="the chain was forked before the exported head")


def test_two_rows_with_one_number_are_a_fork() -> None:
    rows = chain(5)
    twin = chain(5, start=tuple(rows[:4]), mark="'")[-1]
    assert fault([*rows, twin]) == Fault(n=5, reason="the number was used before")


def test_a_row_grafted_from_another_history_does_not_follow() -> None:
    rows, other = chain(5), chain(5, mark="'")
    assert fault([*rows[:3], other[3]]) == Fault(n=4, reason="the row does not follow the one before it")


def test_without_the_key_no_row_can_be_made() -> None:
    rows = chain(3)
    forged = chain(4, start=tuple(rows), key=b"e" * 32)
    assert fault(forged) == Fault(n=4, reason="the row was changed or moved")


def test_a_head_survives_paper() -> None:
    head = head_of(chain(3))
    assert Head.parse(str(head)) == head
    with pytest.raises(ValueError, match="invalid literal"):
        Head.parse("nonsense")


@given(parts=st.lists(st.text(max_size=5), min_size=2, max_size=2))
def test_no_two_rows_look_the_same_to_the_seal(parts: list[str]) -> None:
    assume(parts[0])
    row = chain(1)[0]
    one = replace(row, action=parts[0], object=parts[1])
    other = replace(row, action=parts[0][:-1], object=parts[0][-1] + parts[1])
    assert seal(one, key=KEY) != seal(other, key=KEY)
