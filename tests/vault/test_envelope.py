"""What is sealed opens in its one place and nowhere else (threats C2, C3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chatservice.vault.envelope import OVERHEAD, Sealer, new_data_key, ordinary_day, unwrap, wrap
from chatservice.vault.errors import Damaged

pytestmark = pytest.mark.pure

KEY = bytes(range(32))
CONVERSATION = UUID(int=7)
DAY = date(2026, 11, 23)
START = datetime(2026, 1, 1, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
PLACES = st.fixed_dictionaries(
    {
        "stream": st.integers(0, 1),
        "seq": st.integers(1, 2**40),
        "side": st.integers(0, 2),
        "kind": st.integers(0, 20),
    }
)


def sealer(*, key: bytes = KEY, conversation: UUID = CONVERSATION) -> Sealer:
    return Sealer(data_key=key, conversation=conversation)


@given(payload=st.binary(max_size=5000), place=PLACES)
def test_a_payload_opens_in_its_place(payload: bytes, place: dict[str, int]) -> None:
    sealed = sealer().seal(**place, payload=payload)
    assert sealer().open(**place, sealed=sealed) == payload
    assert len(sealed) == len(payload) + OVERHEAD


@given(place=PLACES, other=PLACES)
def test_a_row_moved_or_given_to_the_other_side_is_damaged(place: dict[str, int], other: dict[str, int]) -> None:
    assume(place != other)
    sealed = sealer().seal(**place, payload=b"Hei")
    with pytest.raises(Damaged):
        sealer().open(**other, sealed=sealed)


@given(place=PLACES)
def test_a_row_of_another_conversation_is_damaged_even_under_the_same_key(place: dict[str, int]) -> None:
    sealed = sealer().seal(**place, payload=b"Hei")
    with pytest.raises(Damaged):
        sealer(conversation=UUID(int=8)).open(**place, sealed=sealed)
    with pytest.raises(Damaged):
        sealer(key=new_data_key()).open(**place, sealed=sealed)


@given(data=st.data(), payload=st.binary(max_size=200))
def test_any_flipped_bit_is_noticed(data: Any, payload: bytes) -> None:
    place = {"stream": 0, "seq": 1, "side": 0, "kind": 0}
    sealed = bytearray(sealer().seal(**place, payload=payload))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(Damaged):
        sealer().open(**place, sealed=bytes(sealed))


@given(data=st.data(), payload=st.binary(max_size=200), tail=st.binary(max_size=20))
def test_a_cut_or_lengthened_row_is_damaged(data: Any, payload: bytes, tail: bytes) -> None:
    place = {"stream": 0, "seq": 1, "side": 0, "kind": 0}
    sealed = sealer().seal(**place, payload=payload)
    left = data.draw(st.integers(0, len(sealed)))
    changed = sealed[:left] + tail
    assume(changed != sealed)
    with pytest.raises(Damaged):
        sealer().open(**place, sealed=changed)


def test_a_damaged_row_tells_nothing_of_its_content() -> None:
    place = {"stream": 0, "seq": 1, "side": 0, "kind": 0}
    with pytest.raises(Damaged) as caught:
        sealer().open(**place, sealed=b"They hit me at home, and nobody knows about it")
    assert "hit me" not in str(caught.value)


def test_no_nonce_is_used_twice() -> None:
    shared = [sealer(), sealer()]
    nonces = {shared[seq % 2].seal(stream=0, seq=1, side=0, kind=0, payload=b"")[1:13] for seq in range(100_000)}
    assert len(nonces) == 100_000


def test_what_the_database_returns_as_a_view_opens_too() -> None:
    sealed = sealer().seal(stream=0, seq=1, side=0, kind=0, payload=b"Hei")
    assert sealer().open(stream=0, seq=1, side=0, kind=0, sealed=memoryview(sealed)) == b"Hei"  # type: ignore[arg-type]  # psycopg may give views


def test_a_data_key_is_unwrapped_by_its_day_for_its_conversation() -> None:
    data_key = new_data_key()
    assert len(data_key) == 32
    assert data_key != new_data_key()
    wrapped = wrap(data_key=data_key, day_key=KEY, conversation=CONVERSATION, day=DAY)
    assert data_key not in wrapped
    assert unwrap(wrapped=wrapped, day_key=KEY, conversation=CONVERSATION, day=DAY) == data_key


@pytest.mark.parametrize(
    "change",
    [{"day_key": bytes(32)}, {"conversation": uuid4()}, {"day": DAY + timedelta(days=1)}, {"wrapped": b""}],
    ids=["another day's key", "another conversation", "another day", "nothing"],
)
def test_a_data_key_opens_with_nothing_else(change: dict[str, Any]) -> None:
    right = {"day_key": KEY, "conversation": CONVERSATION, "day": DAY}
    wrapped = wrap(data_key=new_data_key(), day_key=KEY, conversation=CONVERSATION, day=DAY)
    with pytest.raises(Damaged):
        unwrap(**{"wrapped": wrapped, **right, **change})


def test_a_wrapped_key_is_no_message_and_the_other_way_round() -> None:
    wrapped = wrap(data_key=new_data_key(), day_key=KEY, conversation=CONVERSATION, day=DAY)
    with pytest.raises(Damaged):
        sealer().open(stream=0, seq=1, side=0, kind=0, sealed=wrapped)


@pytest.mark.parametrize(
    ("admitted", "day"),
    [
        (datetime(2026, 11, 21, 21, 42, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 22, 0, 30, tzinfo=timezone(timedelta(hours=2))), date(2026, 11, 23)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 3)),
    ],
)
def test_the_ordinary_day_is_the_end_and_a_days_margin_in_utc(admitted: datetime, day: date) -> None:
    assert ordinary_day(admitted=admitted, hold=timedelta(minutes=60), retention=timedelta(hours=24)) == day


@given(
    passed=st.timedeltas(timedelta(0), timedelta(days=3650)),
    hold=st.timedeltas(timedelta(0), timedelta(days=1)),
    retention=st.timedeltas(timedelta(0), timedelta(days=3)),
)
def test_when_the_ordinary_day_begins_the_talk_has_ended(
    passed: timedelta, hold: timedelta, retention: timedelta
) -> None:
    admitted = (START + passed).astimezone(HELSINKI)
    day = ordinary_day(admitted=admitted, hold=hold, retention=retention)
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    end = admitted.astimezone(UTC) + hold + retention
    assert end < begins <= end + timedelta(days=1)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        ordinary_day(admitted=datetime(2026, 11, 21), hold=timedelta(0), retention=timedelta(0))  # noqa: DTZ001 - the refusal
